"""A new code."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max

from makna.record import palette
from makna.record.acting import Doing, action
from makna.record.models import Code, Origin


@action()
def add_code(
    do: Doing, name: str, *, parent: int | None = None, origin: str = Origin.RESEARCHER, definition: str = "",
    kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Add a code, last among its siblings, in the a colour unlike those of its branch; returns its id."""
    above = do.get(Code, parent) if parent is not None else None
    siblings = Code.objects.filter(study=do.study, parent=above)
    place = (siblings.aggregate(last=Max("place"))["last"] or 0) + 1
    branch = [*siblings.values_list("colour", flat=True), *([above.colour] if above else [])]
    colour = palette.choose(
        branch, list(Code.objects.filter(study=do.study).values_list("colour", flat=True))
    )
    row = Code(
        study=do.study, parent=above, place=place, name=do.typed(name, kept), colour=colour, origin=Origin(origin),
        definition=do.typed(definition, kept),
    )  # fmt: skip
    return int(do.create(row).pk)
