"""Actions in words, for the line that says what was undone and for the page of activities."""

from __future__ import annotations

from makna.i18n import _
from makna.record import action_words
from makna.record.models import Event


def of_event(event: Event) -> str:
    """What an event did, in words; the action's own name where there are none."""
    return of_action(event.action)


def of_action(name: str) -> str:
    """An action in words."""
    return _(action_words.of(name))
