"""A new code."""

from __future__ import annotations

from collections.abc import Collection

from makna.record.acting import Doing, action
from makna.record.codebook import free_colour
from makna.record.models import Code, Origin
from makna.record.ordering import last_place


@action()
def add_code(
    do: Doing, name: str, *, parent: int | None = None, origin: str = Origin.RESEARCHER, definition: str = "",
    kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Add a code, last among its siblings, in a colour unlike those of its branch; returns its id."""
    above = do.get(Code, parent) if parent is not None else None
    siblings = Code.objects.filter(study=do.study, parent=above)
    row = Code(
        study=do.study, parent=above, place=last_place(siblings), name=do.typed(name, kept),
        colour=free_colour(do.study, above), origin=Origin(origin), definition=do.typed(definition, kept),
    )  # fmt: skip
    return int(do.create(row).pk)
