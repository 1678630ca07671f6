"""A meaning of a term, noted or reworded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import ArgotTerm, Sense
from makna.record.ordering import last_place


@action()
def define_sense(
    do: Doing, term: int, definition: str, *, example: str = "", sense: int | None = None,
    seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Note a sense of a term, last; or change the *sense* of it with this id. Returns the id."""
    row = do.get(ArgotTerm, term)
    said = {"definition": do.typed(definition, kept), "example": do.typed(example, kept)}
    if sense is None:
        return int(do.create(Sense(term=row, place=last_place(row.senses.all()), **said)).pk)
    do.change(do.among(Sense.objects.filter(term=row), sense), seen, **said)
    return sense
