"""A concept of the frame changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import Concept


@action()
def change_concept(
    do: Doing, concept: int, *, name: str | None = None, definition: str | None = None,
    references: Sequence[str] | None = None, seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Change a concept's name, definition or references."""
    columns = {n: do.typed(t, kept) for n, t in (("name", name), ("definition", definition)) if t is not None}
    others = {} if references is None else {"references": list(references)}
    do.change(do.get(Concept, concept), seen, **columns, **others)
