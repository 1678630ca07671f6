"""A meaning of a term taken away."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Sense


@action()
def remove_sense(do: Doing, sense: int) -> None:
    """Remove a sense; its evidence stays with the term."""
    row = do.among(Sense.objects.filter(term__study=do.study), sense)
    for one in row.evidence.select_for_update():
        do.change(one, sense_id=None)
    do.remove(row)
