"""What every lens takes and what every lens returns.

A lens answers one question of the method with evidence: rows, the passages behind every row, statistics with their
uncertainty, a figure specification, one sentence in plain words, and what the lens cannot see. It proposes; it never
codes. Row → passages → proposal → coding is one path for all lenses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

PASSAGES = pa.schema(
    [
        ("row", pa.int64()),  # the row of the table it stands behind
        ("document_id", pa.int64()),
        ("start", pa.int64()),  # code points into the document's text, half-open
        ("end", pa.int64()),
        ("text", pa.string()),  # the passage, disguised
        ("note", pa.string()),  # why this passage: the cue, the move; may be null
    ]
)


@dataclass(frozen=True)
class LensInput:
    """The tables a lens reads: Ibis tables in the schemas of :mod:`makna.corpus.model`.

    *codings* has the columns code, document_id, start, end, coder; *reference* are documents and units that are
    compared against and never evidence. *harvest_keywords* are what the batches were searched by: they are key by
    construction, so a lens marks them. *wordlist* gives a :class:`makna.wordlists.WordList` by name.
    """

    documents: ir.Table
    units: ir.Table
    authors: ir.Table
    wordlist: Callable[[str], Any]
    codings: ir.Table | None = None
    reference_documents: ir.Table | None = None
    reference_units: ir.Table | None = None
    harvest_keywords: frozenset[str] = frozenset()
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Statistic:
    """One figure with its interval. *value* is None where there are too few observations to compute it."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    level: float = 0.95
    method: str = ""  # "Wilson", "bootstrap, 1,000 draws"


@dataclass(frozen=True)
class LensResult:
    """The answer of a lens. *table* has an int64 column ``row`` (0, 1, ...) that *passages* points to."""

    lens: str
    table: pa.Table
    passages: pa.Table  # schema PASSAGES
    statistics: tuple[Statistic, ...]
    figure: Mapping[
        str, Any
    ]  # Vega-Lite v5, data inline, no external reference; usermeta says it in Indonesian
    sentence: Mapping[str, str]  # language -> sentence; keys en and id
    blind: Mapping[str, tuple[str, ...]]  # language -> what this lens cannot see here
    unworded: Mapping[str, str] | None = None  # the sentence without terms and channels, for a public edition
