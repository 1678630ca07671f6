"""Undo, redo and restore: events taken back, each by an event of its own.

A change is taken back only where what it left still stands as it left it. What somebody else changed since is theirs:
then nothing is taken back, and the message says what is in the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from makna.record import rows
from makna.record.acting import Actor, Doing, keep, whole
from makna.record.applying import apply
from makna.record.concluding import refuse_unchallenged
from makna.record.consenting import recheck_after
from makna.record.models import Event, Role, Way


def undo(actor: Actor) -> Event | None:
    """Take back the last thing this person did that still stands; None where there is nothing."""
    with whole():
        actor.check(Role.CODER)
        event = _mine(actor, Way.DONE, Way.REDONE).first()
        return _take_back(actor, event, Way.UNDONE) if event else None


def redo(actor: Actor) -> Event | None:
    """Do again what this person undid last; None where there is nothing, or where something was done since."""
    with whole():
        actor.check(Role.CODER)
        event = _mine(actor, Way.UNDONE).first()
        if event is None or _mine(actor, Way.DONE, all_=True).filter(pk__gt=event.pk).exists():
            return None
        return _take_back(actor, event, Way.REDONE)


def restore(actor: Actor, moment: datetime) -> Event | None:
    """Take back everything that anybody did in the study after *moment*; None where nothing was done."""
    with whole():
        actor.check(Role.OWNER)
        since = Event.objects.filter(study=actor.study, at__gt=moment).order_by("-pk")
        changes = _reduced(change for event in since for change in _reversed(event.changes))
        if not changes:
            return None
        done = apply(changes)
        done += _rechecked(actor, done)
        return keep(actor, "restore", done, way=Way.RESTORED, said={"moment": moment.isoformat()})


def _mine(actor: Actor, *ways: Way, all_: bool = False) -> models.QuerySet[Event]:
    mine = Event.objects.filter(study=actor.study, person=actor.person, way__in=ways).order_by("-pk")
    return mine if all_ else mine.filter(undone_by=None)


def _take_back(actor: Actor, event: Event, way: Way) -> Event:
    changes = apply(_reversed(event.changes))
    refuse_unchallenged(changes)
    changes += _rechecked(actor, changes)
    return keep(actor, event.action, changes, way=way, undoes=event, said=event.said)


def _rechecked(actor: Actor, changes: list[rows.Change]) -> list[rows.Change]:
    """What changes about texts that may be coded, where consents are others now."""
    do = Doing(actor)
    recheck_after(do, changes)
    return do.changes


def _reduced(changes: Iterable[rows.Change]) -> list[rows.Change]:
    """*changes* without those that the next one takes back at once.

    An earlier restore and what it took back are each other's reverse. Left in, every restore would be twice the last.
    """
    kept: list[rows.Change] = []
    for model, key, before, after in changes:
        if kept and kept[-1] == (model, key, after, before):
            kept.pop()
        else:
            kept.append((model, key, before, after))
    return kept


def _reversed(changes: Iterable[list[object]]) -> list[rows.Change]:
    """The changes that lead back."""
    return [(model, key, after, before) for model, key, before, after in reversed(list(changes))]  # type: ignore[misc]
