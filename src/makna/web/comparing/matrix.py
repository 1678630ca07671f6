"""The matrix that a page shows: codes in rows, what they are set against in columns, counts with their shade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from makna.analysis.likeness import seriated
from makna.library.crossing import by_value, together
from makna.record.models import Code
from makna.web.comparing.asked import MOST, Asked
from makna.web.comparing.groups import GROUP, divided
from makna.web.comparing.standing import codings, kept
from makna.web.here import Here

SHADES = 6
MOST_COLUMNS = 60


@dataclass(frozen=True)
class Row:
    """A code, with all its passages."""

    key: str
    name: str
    colour: int
    passages: int


@dataclass(frozen=True)
class Column:
    """A group, or a code. *cases* are the persons whose words are coded there; None where persons do not count."""

    key: str
    label: str
    passages: int
    cases: int | None


@dataclass(frozen=True)
class Cell:
    """A count, with what the measure says of it. *few*: too few to compute a share."""

    count: int
    shade: int
    few: bool
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Matrix:
    """Rows × columns with the *cells* that are not empty. *left* codes are not shown."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Cell]
    left: int
    columns_left: int = 0


def matrix(here: Here, ask: Asked) -> Matrix:
    """The answer to *ask*."""
    return kept(here, ("matrix", ask), lambda: _square(here, ask) if ask.square else _crossed(here, ask))


def _crossed(here: Here, ask: Asked) -> Matrix:
    parts = divided(here, ask)
    table, by_person = parts.table, parts.by_person
    rows, left = chosen(here, ask, _passages(table.filter(pc.is_valid(table[GROUP])), "code"))
    found = by_value(table, GROUP).to_pylist()
    groups = {r[GROUP]: r for r in found}
    names = parts.order or sorted(groups, key=lambda key: parts.labels.get(key, key).casefold())
    columns = [
        Column(
            key, parts.labels.get(key, key), groups[key]["group_passages"], groups[key]["group_cases"] or None
        )
        for key in names
        if key in groups
    ]
    cells = {
        (r["code"], r[GROUP]): Cell(
            r["passages"], 0, r["share"] is None or (by_person and r["case_share"] is None), r
        )
        for r in found
    }
    shaded = _shaded(cells, "share")
    return _ordered(
        ask,
        rows,
        columns[:MOST_COLUMNS],
        shaded,
        left,
        max(0, len(columns) - MOST_COLUMNS),
        fixed=parts.order is not None,
    )


def _square(here: Here, ask: Asked) -> Matrix:
    table = codings(here)
    rows, left = chosen(here, ask, _passages(table, "code", "document_id" if ask.by == "document" else None))
    keys = pa.array([row.key for row in rows], pa.string())
    found = together(table.filter(pc.is_in(table["code"], keys)), within=ask.by).to_pylist()
    cells: dict[tuple[str, str], Cell] = {}
    for r in found:
        few = r["a_share"] is None or r["b_share"] is None
        cells[r["code_a"], r["code_b"]] = Cell(r["together"], 0, few, r)
        cells[r["code_b"], r["code_a"]] = Cell(r["together"], 0, few, _turned(r))
    columns = [Column(row.key, row.name, row.passages, None) for row in rows]
    return _ordered(ask, rows, columns, _shaded(cells, "dice"), left, 0)


def _turned(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same pair seen from the other code."""
    pairs = (
        ("code_a", "code_b"),
        ("a_on_b", "b_on_a"),
        ("a", "b"),
        *((f"a_{n}", f"b_{n}") for n in ("share", "low", "high")),
    )
    turned = dict(row)
    for one, other in pairs:
        turned[one], turned[other] = row[other], row[one]
    return turned


def _passages(table: pa.Table, by: str, of: str | None = None) -> dict[str, int]:
    """How many different passages (or documents) stand under each value of a column."""
    places = [by, "document_id"] if of else [by, "document_id", "start", "end"]
    once = table.select(places).group_by(places).aggregate([])
    counted = once.group_by(by).aggregate([([], "count_all")])
    return dict(zip(counted[by].to_pylist(), counted["count_all"].to_pylist(), strict=True))


def chosen(here: Here, ask: Asked, used: Mapping[str, int]) -> tuple[list[Row], int]:
    """The codes that are asked for, in the order of the codebook, and how many that are used are left out."""
    codes = [row for row in _in_order(here) if str(row.pk) in used]
    if ask.under > 0:
        branch = _branch(here, ask.under)
        wanted = [row for row in codes if row.pk in branch]
    elif ask.under == 0 and len(codes) > MOST:
        most = sorted(codes, key=lambda row: -used[str(row.pk)])[:MOST]
        wanted = [row for row in codes if row in most]
    else:
        wanted = codes
    return [Row(str(r.pk), r.name, r.colour, used[str(r.pk)]) for r in wanted], len(codes) - len(wanted)


def _in_order(here: Here) -> list[Code]:
    """The codes of the study as the codebook lists them."""
    below: dict[int | None, list[Code]] = {}
    for row in Code.objects.filter(study=here.actor.study).order_by("place", "pk"):
        below.setdefault(row.parent_id, []).append(row)
    found: list[Code] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        found.append(waiting.pop())
        waiting.extend(reversed(below.get(found[-1].pk, [])))
    return found


def _branch(here: Here, top: int) -> set[int]:
    """A code and all below it."""
    parents = dict(Code.objects.filter(study=here.actor.study).values_list("pk", "parent"))
    found = {top}
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _shaded(cells: Mapping[tuple[str, str], Cell], by: str) -> dict[tuple[str, str], Cell]:
    """Each cell with its shade: a sixth of the strongest each; what is too few has none."""
    most = max((c.said[by] for c in cells.values() if not c.few and c.said[by]), default=0.0)
    shades = {
        key: 0 if c.few or not most else max(1, round(SHADES * (c.said[by] or 0.0) / most))
        for key, c in cells.items()
    }
    return {key: Cell(c.count, shades[key], c.few, c.said) for key, c in cells.items()}


def _ordered(
    ask: Asked, rows: Sequence[Row], columns: Sequence[Column], cells: Mapping[tuple[str, str], Cell], left: int,
    columns_left: int, *, fixed: bool = False,
) -> Matrix:  # fmt: skip
    """Rows and columns in the order that is asked for; time keeps its own."""
    by_row, by_column = list(range(len(rows))), list(range(len(columns)))
    if ask.order == "likeness" and rows and columns:
        values = np.array([[_weight(cells, ask, r.key, c.key) for c in columns] for r in rows])
        by_row = seriated(values)
        by_column = by_column if fixed else by_row if ask.square else seriated(values.T)
    return Matrix(
        tuple(rows[i] for i in by_row), tuple(columns[i] for i in by_column), cells, left, columns_left
    )


def _weight(cells: Mapping[tuple[str, str], Cell], ask: Asked, row: str, column: str) -> float:
    cell = cells.get((row, column))
    if ask.square:
        return 1.0 if row == column else float(cell.said["dice"]) if cell else 0.0
    return cell.count / max(cell.said["group_passages"], 1) if cell else 0.0
