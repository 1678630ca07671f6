"""Sorted numbers, many at once: distinct ones, distinct rows of them, and where some stand among others.

The keys of a large source are random, so looking each up by itself waits for memory every time; sorted first, they
come one after another.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Number = TypeVar("Number", np.uint64, np.int64)
_FEW = 1 << 12


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """The distinct *values*, ascending."""
    ascending = np.sort(values)
    first = np.ones(len(ascending), bool)
    first[1:] = ascending[1:] != ascending[:-1]
    return ascending[first]


def distinct_rows(rows: U64) -> U64:
    """The distinct rows of an n × k array, in lexicographic order."""
    order = np.lexsort(rows.T[::-1])
    ascending = rows[order]
    fresh = np.ones(len(rows), bool)
    fresh[1:] = (ascending[1:] != ascending[:-1]).any(axis=1)
    return ascending[fresh]


def places(ascending: U64, wanted: U64) -> NDArray[np.int64]:
    """Where in *ascending* each of *wanted* belongs, as ``np.searchsorted`` tells it."""
    if len(wanted) < _FEW:
        return np.searchsorted(ascending, wanted)
    order = np.argsort(wanted)
    found = np.empty(len(wanted), np.int64)
    found[order] = np.searchsorted(ascending, wanted[order])
    return found
