"""A term taken out of the list."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import ArgotTerm


@action()
def remove_term(do: Doing, term: int) -> None:
    """Remove a term with its senses, evidence and memos."""
    do.remove(do.get(ArgotTerm, term))
