"""A cell opened: what it says in words, and the passages it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from makna.analysis.cooccurrence import meetings_of
from makna.errors import NoSuchRow
from makna.i18n import _, ngettext, spoken
from makna.report.words import Words
from makna.web.comparing.asked import Asked
from makna.web.comparing.groups import GROUP, divided
from makna.web.comparing.matrix import Cell, Column, Row, matrix
from makna.web.comparing.standing import codings
from makna.web.here import Here
from makna.web.passages import Shown, shown

PAGE = 12
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Opened:
    """A cell with its passages from the *first* on, of *total*."""

    row: Row
    column: Column
    lines: tuple[str, ...]
    passages: tuple[Shown, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last passage that is shown."""
        return self.first + len(self.passages)


def opened(here: Here, ask: Asked, row: str, column: str, first: int = 0) -> Opened:
    """The cell of a code and a column; raises NoSuchRow where nothing stands there."""
    shows = matrix(here, ask)
    cell = shows.cells.get((row, column))
    of_row = next((one for one in shows.rows if one.key == row), None)
    of_column = next((one for one in shows.columns if one.key == column), None)
    if cell is None or of_row is None or of_column is None:
        raise NoSuchRow(_("Nothing stands there any more. Look again."))
    places = _met(here, ask, row, column) if ask.square else _there(here, ask, row, column)
    first = max(0, min(first, len(places) - 1))
    passages = tuple(shown(here.study, places[first : first + PAGE]))
    lines = tuple(
        _together(ask, of_row, of_column, cell) if ask.square else _share(ask, of_row, of_column, cell)
    )
    return Opened(of_row, of_column, lines, passages, first, len(places))


def _places(table: pa.Table) -> list[Place]:
    columns = ("document_id", "start", "end")
    return sorted(set(zip(*(table[name].to_pylist() for name in columns), strict=True)))


def _there(here: Here, ask: Asked, row: str, column: str) -> list[Place]:
    table = divided(here, ask).table
    return _places(table.filter(pc.and_(pc.equal(table["code"], row), pc.equal(table[GROUP], column))))


def _met(here: Here, ask: Asked, row: str, column: str) -> list[Place]:
    """The passages of the row's code that meet the column's."""
    table = codings(here)
    of_both = table.filter(pc.is_in(table["code"], pa.array([row, column], pa.string())))
    if ask.by == "passage":
        return _places(meetings_of(ibis.memtable(of_both), row, column).to_pyarrow())
    mine = of_both.filter(pc.equal(of_both["code"], row))
    theirs = of_both.filter(pc.equal(of_both["code"], column))["document_id"].unique()
    return _places(mine.filter(pc.is_in(mine["document_id"], theirs)))


def _share(ask: Asked, row: Row, column: Column, cell: Cell) -> Iterator[str]:
    """How much of what is coded in the group is coded so, and by how many of its persons."""
    said, words = cell.said, Words(spoken())
    n, of = said["passages"], said["group_passages"]
    yield ngettext(
        "{n} of {of} passage coded there: {share}", "{n} of {of} passages coded there: {share}", of
    ).format(n=words.number(n), of=words.number(of), share=_interval(said, "", words))
    if said["group_cases"]:
        yield ngettext(
            "{n} of {of} person coded there: {share}",
            "{n} of {of} persons coded there: {share}",
            said["group_cases"],
        ).format(
            n=words.number(said["cases"]),
            of=words.number(said["group_cases"]),
            share=_interval(said, "case_", words),
        )


def _together(ask: Asked, row: Row, column: Column, cell: Cell) -> Iterator[str]:
    """How often two codes meet, as a share of each, and Dice."""
    said, words = cell.said, Words(spoken())
    sides = (("a", "a_on_b", row.name, column.label), ("b", "b_on_a", column.label, row.name))
    message = _("{n} of {of} passages of {code} meet {other}: {share}")
    if ask.by == "document":
        message = _("{n} of {of} documents with {code} hold {other} too: {share}")
    for side, met, code, other in sides:
        share = _interval(said, f"{side}_", words)
        yield message.format(
            n=words.number(said[met]), of=words.number(said[side]), code=code, other=other, share=share
        )
    yield _("Dice {value}").format(value=words.number(float(said["dice"])))


def _interval(said: Any, prefix: str, words: Words) -> str:
    """A share with its 95 % interval; that there are too few where it is not computed."""
    share = said[f"{prefix}share"]
    if share is None:
        return _("too few to compute")
    low, high = (words.number(100 * said[f"{prefix}{name}"], decimals=1) for name in ("low", "high"))
    return f"{words.share(share)} ({low}–{high})"
