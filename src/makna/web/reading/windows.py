"""A long text by pieces and windows: what is sent first, and what is drawn anew when a passage is coded.

A piece is a unit, or a part of a long one, and the smallest thing that is drawn anew; a window is a run of pieces that
is sent at once. Neither depends on the codings, so an address of either stays what it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

LONGEST = 1_500  # code points of a piece
WINDOW = 36_000  # code points of a window, the first one apart
FIRST = 6_000  # two screens
_PARTING = regex.compile(r"\s+")


class Unit(NamedTuple):
    """Where a unit stands in its document, and its text."""

    ordinal: int
    start: int
    text: str


class Piece(NamedTuple):
    """A stretch of one unit. *first* says that its unit begins here."""

    number: int
    unit: int
    start: int
    end: int
    first: bool


class Window(NamedTuple):
    """Pieces *first* to *last* (the last one not included), and the stretch of the document they fill."""

    number: int
    first: int
    last: int
    start: int
    end: int


def pieces(units: Iterable[Unit]) -> list[Piece]:
    """The units, long ones in parts of at most LONGEST; an empty unit is one piece."""
    found: list[Piece] = []
    for unit in units:
        for start, end in _parts(unit.text):
            found.append(Piece(len(found), unit.ordinal, unit.start + start, unit.start + end, start == 0))
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > LONGEST:
        cut = _cut(text, start)
        yield start, cut
        start = cut
    yield start, len(text)


def _cut(text: str, start: int) -> int:
    """Where to part a long text: after a line, else after a sentence, else at a blank, else anywhere.

    Blanks stay with the part before them.
    """
    best, rank = start + LONGEST, 0
    for match in _PARTING.finditer(text, start + LONGEST // 3, start + LONGEST):
        if _within_placeholder(text, match.start()):
            continue
        kind = 3 if "\n" in match[0] else 2 if text[match.start() - 1] in ".!?…" else 1
        if kind >= rank:
            best, rank = match.end(), kind
    return best


def _within_placeholder(text: str, at: int) -> bool:
    opened = text.rfind("⟦", max(0, at - 80), at)
    return opened > text.rfind("⟧", max(0, at - 80), at)


def windows(cut: Sequence[Piece]) -> list[Window]:
    """The pieces in runs of about WINDOW code points; the first run is short, so that it is there at once."""
    found: list[Window] = []
    begin = 0
    for piece in cut:
        room = WINDOW if found else FIRST
        last = piece.number + 1
        if piece.end - cut[begin].start >= room or last == len(cut):
            found.append(Window(len(found), begin, last, cut[begin].start, piece.end))
            begin = last
    return found


def window_at(all_: Sequence[Window], at: int) -> Window:
    """The window that holds the code point *at*; the last one for what lies beyond."""
    return all_[max(0, bisect_right(all_, at, key=lambda w: w.start) - 1)]


def pieces_of(cut: Sequence[Piece], start: int, end: int) -> Sequence[Piece]:
    """The pieces that a passage from *start* to *end* touches."""
    first = bisect_right(cut, start, key=lambda p: p.end)
    last = bisect_left(cut, end, key=lambda p: p.start)
    return cut[first : max(first, last)]
