"""A concept added to the frame."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Max

from makna.record.acting import Doing, action
from makna.record.models import Concept


@action()
def add_concept(
    do: Doing, label: str, name: str, *, parent: int | None = None, definition: str = "",
    references: Sequence[str] = (), kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Add a concept, last among its siblings; *references* are citation keys. Returns its id."""
    above = do.get(Concept, parent) if parent is not None else None
    last = Concept.objects.filter(study=do.study, parent=above).aggregate(last=Max("place"))["last"] or 0
    row = Concept(
        study=do.study, parent=above, place=last + 1, label=label.strip(), name=do.typed(name, kept),
        definition=do.typed(definition, kept), references=list(references),
    )  # fmt: skip
    return int(do.create(row).pk)
