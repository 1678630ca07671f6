"""From counts in the engine to a scored table: the step that every measure over words shares.

An engine counts and keeps what is frequent enough; the rest comes along as one row, so that totals need no second
pass. The result is a table in memory that any backend can filter, join and order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from makna.analysis.maths import Floats


def fold_rare(counts: ir.Table, frequent: ir.BooleanValue, *, key: str, sums: Sequence[str]) -> ir.Table:
    """*counts* (*key* and the counts *sums*) where *frequent* holds; all others summed into one row with a null key.

    A further column ``folded`` is the number of rows that a row stands for.
    """
    kept = counts.select(*sums, **{key: ibis.ifelse(frequent, counts[key], ibis.null("string"))})
    total = {name: kept[name].sum() for name in sums}
    return kept.group_by(key).agg(folded=kept.count(), **total)


def unfold(table: pa.Table, key: str) -> tuple[pa.Table, dict[str, int]]:
    """The rows of :func:`fold_rare` that were kept, and the sum of each other column over all rows."""
    names = [name for name in table.column_names if name != key]
    totals = {name: int(pc.sum(table[name]).as_py() or 0) for name in names}
    return table.filter(pc.is_valid(table[key])), totals


def numbers(table: pa.Table, *names: str) -> list[Floats]:
    """Columns of *table* as float64 arrays."""
    return [table[name].to_numpy().astype(np.float64) for name in names]


def scored(kept: pa.Table, scores: Mapping[str, Floats], *, order: Sequence[Any]) -> ir.Table:
    """*kept* with the columns *scores* (NaN becomes null), as a table ordered by *order*.

    *order* is a total key: names, or (name, "desc") pairs; nulls come last.
    """
    for name, values in scores.items():
        kept = kept.append_column(name, pa.array(values, type=pa.float64(), from_pandas=True))
    table = ibis.memtable(kept)
    return table.order_by([_key(table, by) for by in order])


def _key(table: ir.Table, by: str | tuple[str, str]) -> ir.Value:
    if isinstance(by, tuple):
        return table[by[0]].desc(nulls_first=False)
    return table[by].asc(nulls_first=False)


def constant_columns(table: pa.Table, **values: int) -> pa.Table:
    """*table* with int64 columns that hold one value each."""
    for name, value in values.items():
        table = table.append_column(name, pa.array(np.full(table.num_rows, value, dtype=np.int64)))
    return table
