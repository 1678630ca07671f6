"""Names and words folded to their skeleton, hashed for many texts at once.

A folded name has no case, accents, look-alikes, leet, separators or emoji: ``@Mawar_Melati``, ``mawar melati`` and
``m4war_melati`` are one. A :class:`Stream` lays the texts of one call end to end and hashes every run of words by a
keyed polynomial modulo 2**64 over prefix sums, so that looking a whole roster up costs a few array operations.
The hashes live in memory and are never written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import mul

import numpy as np
from numpy.typing import NDArray

from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import plain

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
Mask = NDArray[np.bool_]

_LEET = {
    "0": "o",
    "1": "i",
    "l": "i",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "g",
    "7": "t",
    "8": "b",
    "9": "g",
}
_LEET |= {"$": "s"}
_WHOLE = 0xFFFF_FFFF_FFFF_FFFF
_SPACE = 0x20000  # code points above are rare scripts and tags
_UNMET, _BREAK, _GONE = 0, 1, 2  # values of the table that are no letter
_SIGNS = frozenset((0x40, 0xFF20, 0xFE6B))  # @ and its wide forms


def fold_name(name: str) -> str:
    """*name* without anything that spelling can change: the form in which names are compared. May be empty."""
    return name.translate(_FOLDED)


def _value(code: int) -> int:
    """The folded value of a code point: a letter's, or _BREAK between words, or _GONE within them."""
    if int(_TABLE[min(code, _SPACE - 1)]) == _UNMET:
        _TABLE[min(code, _SPACE - 1)] = _meet(min(code, _SPACE - 1))
    return int(_TABLE[min(code, _SPACE - 1)])


def _meet(code: int) -> int:
    form = plain(chr(code))
    if not form:
        return _GONE
    first = _LEET.get(form[0], form[0])
    return min(ord(first), _SPACE - 1) if first.isalnum() else _BREAK


_TABLE: NDArray[np.uint32] = np.zeros(_SPACE, np.uint32)


class _Folded(dict[int, str]):
    """Code point -> its folded letter, or nothing; made when first met, so that a name folds in one call."""

    def __missing__(self, code: int) -> str:
        value = _value(code)
        self[code] = chr(value) if value > _GONE else ""
        return self[code]


_FOLDED = _Folded()


def head_of(folded: str) -> int:
    """The first three characters of a folded word as one number."""
    a, b, c = map(ord, folded[:3])
    return a << 42 | b << 21 | c


class FoldHash:
    """Keyed 64-bit hashes of folded words, for single names and for whole streams alike."""

    def __init__(self, macs: Macs) -> None:
        self._base = macs.secret("fold base") | 5
        self._inverse = pow(self._base, -1, 1 << 64)
        self._ladder_of_numbers = [1]
        self._powers = self._unpowers = np.ones(1, np.uint64)

    def of(self, folded: str) -> int:
        """The hash of an already folded name."""
        ladder = self._ladder_of_numbers
        while len(ladder) < len(folded):
            ladder.append(ladder[-1] * self._base & _WHOLE)
        return sum(map(mul, map(ord, folded), ladder)) & _WHOLE

    def letters(self, values: NDArray[np.uint32]) -> U64:
        """The value each letter adds, before its power."""
        return self._letter_table[values]

    @cached_property
    def _letter_table(self) -> U64:
        table = np.arange(_SPACE, dtype=np.uint64)
        table[: _GONE + 1] = 0
        return table

    def powers(self, n: int) -> tuple[U64, U64]:
        """The first *n* powers of the base and of its inverse."""
        if len(self._powers) < n:
            size = max(n, 1 << 16)
            self._powers = self._ladder(self._base, size)
            self._unpowers = self._ladder(self._inverse, size)
        return self._powers[:n], self._unpowers[:n]

    @staticmethod
    def _ladder(base: int, n: int) -> U64:
        steps = np.full(n, base, np.uint64)
        steps[0] = 1
        ladder: U64 = np.multiply.accumulate(steps)
        return ladder


class Sieve:
    """Tells quickly which hashes are surely not among the *wanted*: a table of one bit of hope per wanted hash."""

    def __init__(self, wanted: U64) -> None:
        bits = max(12, len(wanted).bit_length() + 3)
        self._shift = np.uint64(64 - bits)
        self._table = np.zeros(1 << bits, bool)
        self._table[_scatter(wanted) >> self._shift] = True

    def maybe(self, hashes: U64) -> I64:
        """Where in *hashes* a wanted one may stand."""
        return np.flatnonzero(self._table[_scatter(hashes) >> self._shift])


def _scatter(hashes: U64) -> U64:
    """Hashes with their bits mixed, so that the high ones depend on all."""
    return (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)


class Stream:
    """The words of many texts: offsets into the texts laid end to end, and hashes of runs of words."""

    GAP = 5  # words further apart than this many characters never make one name

    def __init__(self, texts: Sequence[str], hashing: FoldHash) -> None:
        self.joined = ("\x00" * (self.GAP + 1)).join(texts)
        self.codes = _codes(self.joined)
        lengths = np.array([len(t) for t in texts], np.int64)
        self.offsets: I64 = np.concatenate([[0], np.cumsum(lengths + self.GAP + 1)])[:-1].astype(np.int64)
        self.lengths: I64 = lengths
        self._firsts: list[int] = self.offsets.tolist()
        self._hash(hashing)

    def _hash(self, hashing: FoldHash) -> None:
        values = _lookup(self.codes)
        self.at: I64 | None = None
        gone = values == _GONE
        if gone.any():
            self.at = np.flatnonzero(~gone)
            values = values[self.at]
        self._values = values
        word = values > _GONE
        edges = np.flatnonzero(np.diff(np.concatenate([[False], word, [False]]).astype(np.int8)))
        self.starts, self.ends = edges[::2], edges[1::2]
        letters = np.concatenate([[0], np.cumsum(word)])
        powers, unpowers = hashing.powers(len(values) + 1)
        terms = hashing.letters(values) * powers[letters[:-1]]
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(terms, dtype=np.uint64)])
        self._low, self._high = sums[self.starts], sums[self.ends]
        self._shift = unpowers[letters[self.starts]]

    def runs(self, n: int) -> tuple[U64, Mask]:
        """The hash of every run of *n* words, and whether these words are close enough to be one name."""
        count = max(len(self.starts) - n + 1, 0)
        hashes = (self._high[n - 1 :] - self._low[:count]) * self._shift[:count]
        near = np.ones(count, bool)
        for k in range(n - 1):
            near &= self.starts[k + 1 : k + 1 + count] - self.ends[k : k + count] <= self.GAP
        return hashes, near

    def span(self, first: int, last: int) -> tuple[int, int, int]:
        """(text, start, end) of the words *first* to *last*, inclusive, in that text's own offsets."""
        start, end = int(self.starts[first]), int(self.ends[last]) - 1
        if self.at is not None:
            start, end = int(self.at[start]), int(self.at[end])
        text = bisect_right(self._firsts, start) - 1
        offset = self._firsts[text]
        return text, start - offset, end + 1 - offset

    @cached_property
    def signed(self) -> Mask:
        """Per word, whether an @ stands right before it."""
        starts = self.starts if self.at is None else self.at[self.starts]
        before = self.codes[np.maximum(starts - 1, 0)]
        found: Mask = (before == 0x40) & (starts > 0)
        return found

    def heads(self, words: I64) -> U64:
        """The first three folded characters of each of these words (of three and more) as one number."""
        starts = self.starts[words]
        a, b, c = (self._values[starts + i].astype(np.uint64) for i in range(3))
        return (a << np.uint64(42)) | (b << np.uint64(21)) | c

    def after_sign(self, word: int) -> bool:
        """Whether an @ stands right before this word, or one blank away."""
        start = int(self.starts[word]) if self.at is None else int(self.at[self.starts[word]])
        return any(start > back and int(self.codes[start - back - 1]) in _SIGNS for back in (0, 1))

    def text_of(self, words: I64) -> I64:
        """The index of the text that each of these words stands in."""
        starts = self.starts[words]
        if self.at is not None:
            starts = self.at[starts]
        found: I64 = np.searchsorted(self.offsets, starts, side="right") - 1
        return found


def _codes(joined: str) -> NDArray[np.uint32]:
    if joined.isascii():
        return np.frombuffer(joined.encode("ascii"), np.uint8).astype(np.uint32)
    data = joined.encode("utf-32-le", "surrogatepass")
    return np.minimum(np.frombuffer(data, np.uint32), _SPACE - 1)


def _lookup(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    values = _TABLE[codes]
    if not values.all():
        for code in np.unique(codes[values == _UNMET]).tolist():
            _TABLE[code] = _meet(code)
        values = _TABLE[codes]
    return values
