"""A lens's answer as its page shows it: tables kind by kind, figures with their intervals, the figure to draw."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from makna.analysis.lenses import figures, motives
from makna.analysis.lenses.base import LensResult, Statistic
from makna.i18n import _, spoken
from makna.report.lens_cells import BOUNDED, cell, is_number
from makna.report.lens_views import views
from makna.report.release import EXAMINERS
from makna.report.words import Words

SHOWN = 25  # rows of a part until all are asked for
_BOUNDS = frozenset(bound for bounds in BOUNDED.values() for bound in bounds)
_APART = _BOUNDS | {"row", "harvest_keyword"}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. *few*: there are too few to compute what belongs there."""

    text: str
    few: bool = False


@dataclass(frozen=True)
class Line:
    """A row of a table. *keyword*: the harvest searched for it; *says* is the lens's reason in plain words."""

    row: int
    cells: tuple[Cell, ...]
    passages: int
    keyword: bool = False
    says: str = ""


@dataclass(frozen=True)
class Part:
    """Rows of one kind. *heads* are (title, whether its column holds numbers); *more* rows are not shown."""

    caption: str
    heads: tuple[tuple[str, bool], ...]
    lines: tuple[Line, ...]
    more: int


def parts(result: LensResult, *, whole: bool = False, opened: int | None = None) -> list[Part]:
    """The tables of an answer; all rows where *whole*, else the first ones and the *opened* one."""
    words = Words(spoken())
    about = _About(result)
    found = [
        _part(view.caption, view.result.table, about, words, whole, opened)
        for view in views(result, EXAMINERS, _)
    ]
    return [part for part in found if part.lines]


class _About:
    """What the lens says of each row, whatever the part shows of it."""

    def __init__(self, result: LensResult) -> None:
        table, says = result.table, f"says_{spoken()}"
        columns = [name for name in ("passages", says) if name in table.column_names]
        self._rows = dict(zip(table["row"].to_pylist(), table.select(columns).to_pylist(), strict=True))
        self._result, self._says = result, says

    def of(self, row: int) -> tuple[int, str]:
        """How many passages stand behind a row, and why it is there."""
        says = str(self._rows[row].get(self._says) or "")
        return sum(int(self._rows[one].get("passages") or 0) for one in behind(self._result, row)), says


def behind(result: LensResult, row: int) -> list[int]:
    """The rows whose passages stand behind a shown one.

    The motives lens keeps them by informant and motive: behind a motive stand those of all informants, behind an
    informant those of all motives.
    """
    if result.lens != motives.NAME:
        return [row]
    rows = result.table.to_pylist()
    shown = next((one for one in rows if one["row"] == row), None)
    by = "motive" if shown and shown["kind"] == "motive" else "informant"
    return [one["row"] for one in rows if shown and one["kind"] == "cell" and one[by] == shown[by]]


def _part(
    caption: str, table: pa.Table, about: _About, words: Words, whole: bool, opened: int | None
) -> Part:  # fmt: skip
    names = [name for name in table.column_names if name not in _APART]
    names.sort(key=lambda name: is_number(table.schema, name))  # words first, as a reader goes
    rows = table if whole else _first(table, opened)
    lines = tuple(_line(row, names, about, words) for row in rows.to_pylist())
    heads = tuple((words.column(name), is_number(table.schema, name)) for name in names)
    return Part(caption, heads, lines, table.num_rows - rows.num_rows)


def _first(table: pa.Table, opened: int | None) -> pa.Table:
    shown = pc.less(pa.array(range(table.num_rows)), SHOWN)
    return table.filter(
        shown if opened is None else pc.or_(shown, pc.equal(table["row"], opened).combine_chunks())
    )


def _line(row: Mapping[str, Any], names: Sequence[str], about: _About, words: Words) -> Line:
    passages, says = about.of(row["row"])
    cells = tuple(_cell(row, name, words) for name in names)
    return Line(row["row"], cells, passages, bool(row.get("harvest_keyword")), says)


def _cell(row: Mapping[str, Any], name: str, words: Words) -> Cell:
    few = name in BOUNDED and row[name] is None
    return Cell(_("too few") if few else cell(dict(row), name, words), few)


def heading(result: LensResult, row: int) -> dict[str, Any]:
    """What a row is called (its first words), and how wide its table is."""
    for part in parts(result, opened=row):
        for line in part.lines:
            if line.row == row:
                return {"title": line.cells[0].text, "columns": len(part.heads) + 1}
    return {"title": "", "columns": 1}


def passages_of(result: LensResult, row: int) -> list[dict[str, Any]]:
    """The passages behind a row, in the lens's order, each once."""
    mine = pa.array(behind(result, row), pa.int64())
    rows = result.passages.filter(pc.is_in(result.passages["row"], mine)).to_pylist()
    seen: dict[tuple[int, int, int], dict[str, Any]] = {}
    for one in rows:
        seen.setdefault((one["document_id"], one["start"], one["end"]), one)
    return list(seen.values())


@dataclass(frozen=True)
class Figure:
    """A statistic in words: its value with its interval, and what it is of."""

    name: str
    value: str
    about: str
    few: bool


def statistics(result: LensResult) -> Iterator[Figure]:
    """The statistics of an answer, each with its interval; what is too few is said, never a bare number."""
    words = Words(spoken())
    for one in result.statistics:
        few = one.value is None
        value = _("too few to compute") if few else _value(one, words)
        yield Figure(words.statistic(one.name), value, _about(one, words), few)


def _value(one: Statistic, words: Words) -> str:
    if one.method == "count" or one.value is None:
        return words.number(int(one.value or 0))
    if one.low is None or one.high is None:
        return words.share(one.value) if one.value <= 1 else words.number(one.value)
    low, high = (words.number(100 * bound, decimals=1) for bound in (one.low, one.high))
    return f"{words.share(one.value)} ({low}–{high})"


def _about(one: Statistic, words: Words) -> str:
    if one.method == "count" or one.n is None:
        return ""
    level = words.number(100 * one.level, decimals=0)
    return _("n = {n}; {level} % interval, {method}").format(
        n=words.number(one.n), level=level, method=one.method
    )


def drawn(result: LensResult) -> dict[str, Any] | None:
    """The figure for the browser, in the reader's language; None where there is nothing to draw.

    Its title stands above it on the page, so it goes; every mark tells what it stands for.
    """
    spec = copy.deepcopy(figures.said(dict(result.figure), spoken()))
    if not spec.get("data", {}).get("values"):
        return None
    spec.pop("title", None)
    spec.pop("$schema", None)
    words = Words(spoken())
    for layer in spec.get("layer", [spec]):
        layer["encoding"]["tooltip"] = _told(layer["encoding"], words)
    return dict(spec)


def _told(encoding: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """What a mark tells the pointer: its label as a heading, then its values under the names of their columns."""
    told: dict[str, dict[str, Any]] = {"label": {"field": "label", "type": "nominal", "title": "title"}}
    share = encoding.get("x", {}).get("axis", {}).get("format") == "%"
    for channel in ("x", "x2", "text"):
        of = encoding.get(channel, {})
        field = of.get("field")
        if field is None or field in told:
            continue
        if of.get("type") == "nominal":
            told[field] = {"field": field, "type": "nominal", "title": "\u00a0"}
            continue
        named = of.get("title") if channel == "x" and field not in ("low", "high") else None
        written = ".1%" if share and channel != "text" else of.get("format") or ",.4~r"
        told[field] = {
            "field": field, "type": "quantitative", "title": named or words.column(field), "format": written,
        }  # fmt: skip
    return list(told.values())
