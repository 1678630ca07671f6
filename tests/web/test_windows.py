"""A long text by pieces and windows."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from makna.web.reading.windows import (
    FIRST,
    LONGEST,
    WINDOW,
    Piece,
    Unit,
    pieces,
    pieces_of,
    window_at,
    windows,
)  # fmt: skip

TEXT = st.tuples(st.text(st.sampled_from("a. \n⟦b⟧🔥"), max_size=60), st.integers(1, 120)).map(
    lambda t: t[0] * t[1]
)


@st.composite
def documents(draw: st.DrawFn) -> list[Unit]:
    """Units joined by two line breaks, short and long, some empty."""
    texts = draw(st.lists(TEXT, min_size=1, max_size=6))
    starts = [sum(len(t) + 2 for t in texts[:n]) for n in range(len(texts))]
    return [Unit(n, start, text) for n, (start, text) in enumerate(zip(starts, texts, strict=True))]


@given(documents())
def test_pieces_fill_their_units(units: list[Unit]) -> None:
    """The pieces of a unit follow each other from its beginning to its end; the first says that it is."""
    cut = pieces(units)
    for unit in units:
        mine = [p for p in cut if p.unit == unit.ordinal]
        assert [p.start for p in mine] == [unit.start, *(p.end for p in mine[:-1])]
        assert mine[-1].end == unit.start + len(unit.text)
        assert [p.first for p in mine] == [True] + [False] * (len(mine) - 1)
        assert all(p.end - p.start <= LONGEST for p in mine)
    assert [p.number for p in cut] == list(range(len(cut)))


@given(documents())
def test_windows_hold_every_piece_once(units: list[Unit]) -> None:
    """Windows follow each other and none is empty; the first is short."""
    cut = pieces(units)
    runs = windows(cut)
    assert [w.first for w in runs] == [0, *(w.last for w in runs[:-1])]
    assert runs[-1].last == len(cut)
    assert all(w.first < w.last and w.start == cut[w.first].start for w in runs)
    assert runs[0].end - runs[0].start < FIRST + LONGEST
    assert all(w.end - w.start < WINDOW + LONGEST + 2 for w in runs[1:])


@given(documents(), st.data())
def test_a_passage_touches_its_pieces_and_no_other(units: list[Unit], data: st.DataObject) -> None:
    """The pieces of a passage are those it shares a code point with."""
    cut = pieces(units)
    start = data.draw(st.integers(0, cut[-1].end))
    end = data.draw(st.integers(start + 1, cut[-1].end + 1))
    touched = [p for p in cut if p.start < p.end and p.start < end and start < p.end]
    assert [p for p in pieces_of(cut, start, end) if p.start < p.end] == touched


@given(documents(), st.data())
def test_a_place_lies_in_its_window(units: list[Unit], data: st.DataObject) -> None:
    """A code point of a unit is found in the window that holds it."""
    cut = pieces(units)
    piece = data.draw(st.sampled_from([p for p in cut if p.start < p.end] or cut))
    found = window_at(windows(cut), piece.start)
    assert found.first <= piece.number < found.last or piece.start == piece.end


def test_a_long_unit_is_cut_after_a_line_or_a_sentence() -> None:
    """No word, sentence or placeholder is cut where there is a better place."""
    chance = random.Random(7)
    words = ["karena", "bebas", "saja,", "di", "⟦nama panjang sekali⟧", "situ.", "Memang"]
    text = " ".join(chance.choices(words, k=2000))
    parts = [text[p.start : p.end] for p in pieces([Unit(0, 0, text)])]
    assert len(parts) > 5
    assert all(part.rstrip().endswith(".") for part in parts[:-1])
    assert all(part.count("⟦") == part.count("⟧") for part in parts)


def test_an_empty_text_has_one_window() -> None:
    """A document without a word still has a page."""
    cut = pieces([Unit(0, 0, "")])
    assert cut == [Piece(0, 0, 0, 0, True)]
    assert len(windows(cut)) == 1
