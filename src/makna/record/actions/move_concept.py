"""A concept moved in the frame."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Concept
from makna.record.ordering import put


@action()
def move_concept(do: Doing, concept: int, *, parent: int | None, before: int | None = None) -> None:
    """Put a concept under *parent* (None: at the top), before the sibling *before* or last."""
    row = do.get(Concept, concept)
    above = do.get(Concept, parent) if parent is not None else None
    do.change(row, parent_id=above.pk if above else None)
    put(do, Concept.objects.filter(study=do.study, parent=above), row, before)
