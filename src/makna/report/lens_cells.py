"""What a value of a lens's table looks like in a report: in the report's language, shares and effects with their interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.types as pt
import regex

from makna.report.words import Words

# The columns whose values are names of ours, said in the report's language; others stand as they were found.
NAMED = frozenset(
    {
        "category", "spelling", "kind", "explained", "uptake", "move", "order", "weekday", "measure", "position", "place",
        "role", "praise", "form", "where", "slot", "together", "channel", "motive", "motives", "stands_on",
    }
)  # fmt: skip
# Columns that stand within another's cell: column → (its bounds, whether it is a share).
BOUNDED: Mapping[str, tuple[str, str]] = {
    "share": ("low", "high"),
    "log_ratio": ("log_ratio_low", "log_ratio_high"),
}
BOUNDS = frozenset(bound for bounds in BOUNDED.values() for bound in bounds)
_SHARES = frozenset({"share", "first", "by_cue", "share_others", "respelled"})
PSEUDONYM = regex.compile(r"\b\p{Lu}\p{Ll}+-\d{3}(?:\d{3})?\b")
OTHER = object()  # the value of a row that several were merged into

Row = dict[str, Any]


def is_number(schema: pa.Schema, column: str) -> bool:
    kind = schema.field(column).type
    return bool(pt.is_integer(kind) or pt.is_floating(kind))


def cell(row: Row, column: str, words: Words) -> str:
    """A value as the report's language writes it; a share or an effect with its interval."""
    value = row[column]
    if value is OTHER:
        return words.gettext("other")
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return words.gettext("yes") if value else words.gettext("no")
    if isinstance(value, int | float):
        bounds = [row.get(bound) for bound in BOUNDED.get(column, ())]
        return _number(float(value) if column in _SHARES else value, bounds, column in _SHARES, words)
    if isinstance(value, list | tuple):
        return ", ".join(cell({column: v}, column, words) for v in value)
    named = words.name(str(value)) if column in NAMED else str(value)
    return PSEUDONYM.sub("⟦account⟧", named)


def _number(value: float, bounds: Sequence[float | None], share: bool, words: Words) -> str:
    factor, decimals = (100, 1) if share else (1, 2)
    said = words.share(value) if share else words.number(value)
    if not bounds or None in bounds:
        return said
    low, high = (words.number(float(b or 0) * factor, decimals=decimals) for b in bounds)
    joined = f"{low}\u2060–\u2060{high}" if share else f"{low}\u00a0…\u00a0{high}"
    return f"{said}\u00a0({joined})"  # never broken
