"""What is noted of an argot term changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.actions.add_term import spellings
from makna.record.models import ArgotTerm, Explained

TEXTS = frozenset({"term", "category", "explanation"})
OTHERS = frozenset({"variants", "explained", "first_seen"})


@action()
def change_term(
    do: Doing, term: int, *, seen: Mapping[str, Any] | None = None, kept: Collection[str] = (), **columns: Any
) -> None:
    """Change how a term is written, its variants, category, first day, and whether and how it is explained.

    *columns* are name, variants, category, explained, explanation, first_seen. Raises Overtaken where one of them is
    not as *seen* by now.
    """
    columns = {"term" if name == "name" else name: value for name, value in columns.items()}
    if strange := set(columns) - TEXTS - OTHERS:
        raise TypeError(f"A term has no {', '.join(sorted(strange))} to change.")
    row = do.get(ArgotTerm, term)
    typed = {name: do.typed(value, kept) if name in TEXTS else value for name, value in columns.items()}
    if "variants" in typed:
        typed["variants"] = spellings(do, typed.get("term", row.term), typed["variants"], kept)
    if "explained" in typed:
        typed["explained"] = Explained(typed["explained"])
    do.change(row, seen, **typed)
