"""Sorted numbers, many at once: what NumPy says of them one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus.sorting import distinct, distinct_rows, places

NUMBERS = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 5), max_size=40)


@given(NUMBERS)
def test_distinct_numbers(numbers: list[int]) -> None:
    """Each number once, in order."""
    assert distinct(np.array(numbers, np.uint64)).tolist() == sorted(set(numbers))


@given(st.lists(st.tuples(*[st.integers(0, 2**64 - 1) | st.integers(0, 3)] * 3), max_size=40))
def test_distinct_rows(rows: list[tuple[int, int, int]]) -> None:
    """Each row once, in the order of its numbers from the left."""
    found = distinct_rows(np.array(rows, np.uint64).reshape(-1, 3))
    assert [tuple(row) for row in found.tolist()] == sorted(set(rows))


@given(NUMBERS, NUMBERS, st.sampled_from([1, 2000]))
def test_places(there: list[int], wanted: list[int], times: int) -> None:
    """Every number gets the place that a search for it alone would find, whether few are looked for or many."""
    ascending, many = np.array(sorted(there), np.uint64), np.array(wanted * times, np.uint64)
    assert places(ascending, many).tolist() == np.searchsorted(ascending, many).tolist()
