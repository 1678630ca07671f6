"""Margin stripes and their lanes."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from makna.web.reading.segments import Passage
from makna.web.reading.stripes import clusters, stripes

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))
CODINGS = st.lists(SPANS, max_size=14).map(
    lambda spans: [Passage(a, b, n, n % 3) for n, (a, b) in enumerate(spans)]
)


def _overlap(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end


@given(CODINGS)
def test_codings_that_overlap_stand_in_different_lanes(codings: list[Passage]) -> None:
    """No two stripes of a lane share a code point, and every coding has its stripe."""
    laid = stripes(codings)
    assert sorted(s.passage for s in laid) == sorted(codings)
    for one, other in itertools.combinations(laid, 2):
        assert one.lane != other.lane or not _overlap(one.passage, other.passage)


@given(CODINGS)
def test_there_are_no_more_lanes_than_codings_at_the_densest_place(codings: list[Passage]) -> None:
    """Lanes are as few as can be."""
    deepest = max((sum(p.start <= at < p.end for p in codings) for at in range(45)), default=0)
    assert len({s.lane for s in stripes(codings)}) == deepest


@given(CODINGS, st.randoms())
def test_the_order_of_asking_moves_no_stripe(codings: list[Passage], random: object) -> None:
    """The same codings lie in the same lanes, whatever order they come in."""
    other = list(codings)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert stripes(other) == stripes(codings)


@given(CODINGS)
def test_a_cluster_is_laid_out_alone_as_in_the_whole(codings: list[Passage]) -> None:
    """Groups that do not overlap can be laid out apart."""
    apart = [stripe for group in clusters(codings) for stripe in stripes(group)]
    assert sorted(apart) == sorted(stripes(codings))


def test_a_long_coding_stays_next_to_the_text() -> None:
    """Of two that begin together the longer one has the inner lane, and short ones after each other share a lane."""
    long, first, second = Passage(0, 90, 1, 1), Passage(0, 9, 2, 2), Passage(20, 30, 3, 3)
    assert [(s.passage.coding, s.lane) for s in stripes([second, first, long])] == [(1, 0), (2, 1), (3, 1)]
