"""Which codes stand together: on passages that overlap."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from makna.record.acting import Actor
from makna.record.queries.passages import seen

Ints = NDArray[np.int64]
_AT_ONCE = 2_000_000  # pairs held at a time


@dataclass(frozen=True)
class Together:
    """Codes by id, and two matrices over them: how many pairs of *passages* overlap, in how many *documents* any do.

    Passages that several coders gave the same code count once. The diagonal is how many passages, and in how many
    documents, a code has itself.
    """

    codes: tuple[int, ...]
    passages: Ints
    documents: Ints


def together(actor: Actor, *, documents: Collection[int] | None = None) -> Together:
    """The co-occurrence of all codes, in *documents* or everywhere."""
    rows = seen(actor).order_by()
    if documents is not None:
        rows = rows.filter(source__document__in=list(documents))
    found = list(rows.values_list("source", "start", "end", "code"))
    places = np.unique(np.array(found, np.int64).reshape(-1, 4), axis=0)  # sorted by text, then by start
    codes, code = np.unique(places[:, 3], return_inverse=True)
    _texts, text = np.unique(places[:, 0], return_inverse=True)
    size = len(codes)
    passages, standing = (np.zeros(size * size, np.int64) for _each in range(2))
    for one, other in _overlapping(text, places[:, 1], places[:, 2]):
        apart = code[one] != code[other]
        cell = np.minimum(code[one], code[other])[apart] * size + np.maximum(code[one], code[other])[apart]
        passages += np.bincount(cell, minlength=size * size)
        standing += _in_texts(text[one][apart], cell, size * size)
    own = code * size + code
    passages += np.bincount(own, minlength=size * size)
    standing += _in_texts(text, own, size * size)
    return Together(tuple(map(int, codes)), _both_ways(passages, size), _both_ways(standing, size))


def _overlapping(text: Ints, start: Ints, end: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of passages of one text that overlap, by their numbers; all pairs of a text come at once."""
    reach = int(end.max(initial=0)) + 1
    first = text * reach + start
    until = np.searchsorted(first, text * reach + end)  # the later passages that begin before this one ends
    many = until - np.arange(len(text)) - 1
    bounds = np.flatnonzero(np.diff(text, prepend=-1))  # where each text begins
    total = np.add.reduceat(many, bounds) if len(bounds) else many
    begin = 0
    while begin < len(bounds):
        stop = begin + max(1, int(np.searchsorted(np.cumsum(total[begin:]), _AT_ONCE)))
        low, high = int(bounds[begin]), int(bounds[stop]) if stop < len(bounds) else len(text)
        one = np.repeat(np.arange(low, high), many[low:high])
        within = np.arange(len(one)) - np.repeat(np.cumsum(many[low:high]) - many[low:high], many[low:high])
        yield one, one + 1 + within
        begin = stop


def _in_texts(text: Ints, cell: Ints, cells: int) -> Ints:
    """Cell → in how many texts it occurs."""
    once = np.unique(text * cells + cell)
    return np.bincount(once % cells, minlength=cells)


def _both_ways(flat: Ints, size: int) -> Ints:
    upper = flat.reshape(size, size)
    return upper + upper.T - np.diag(np.diag(upper))
