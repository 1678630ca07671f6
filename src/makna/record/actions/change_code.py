"""A code renamed, recoloured, defined."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import Code

TEXTS = frozenset({"name", "definition", "include", "exclude", "example"})
OTHERS = frozenset({"colour", "origin", "cycle"})


@action()
def change_code(
    do: Doing, code: int, *, seen: Mapping[str, Any] | None = None, kept: Collection[str] = (), **columns: Any
) -> None:
    """Change a code's name, definition, include, exclude, example, colour, origin or cycle.

    *seen* are the values that whoever changes it saw; raises Overtaken where one is another by now, TypeError for what
    is no such column.
    """
    if strange := set(columns) - TEXTS - OTHERS:
        raise TypeError(f"A code has no {', '.join(sorted(strange))} to change.")
    typed = {name: do.typed(value, kept) if name in TEXTS else value for name, value in columns.items()}
    do.change(do.get(Code, code), seen, **typed)
