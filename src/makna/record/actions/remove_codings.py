"""Codings taken away."""

from __future__ import annotations

from collections.abc import Iterable

from makna.record.acting import Doing, action
from makna.record.actions.change_coding import own


@action()
def remove_codings(do: Doing, codings: Iterable[int]) -> None:
    """Remove some of one's own codings, with their memos."""
    for coding in dict.fromkeys(codings):
        do.remove(own(do, coding))
