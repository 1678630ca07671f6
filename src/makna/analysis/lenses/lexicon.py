"""The words of general language as letters: which of them a spelling may be near to, and by which changes.

The distance is a weighted edit distance, worked out for all near words at once; the changes are read off its cheapest
path. Weights are rough, for they only choose what is weighed afterwards (see :mod:`makna.analysis.lenses.standard`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from math import log10

import numpy as np
from numpy.typing import NDArray

from makna.analysis.lenses.general import shares

LONGEST = 18
MORE = 2  # kinds of consonants that a spelling may lack of a near word; skeletons find the others
BLENDED = 10_000  # the commonest words, which blends are made of
VOWELS = frozenset("aeiou")
_BARE = str.maketrans("", "", "aeiou")
_CLASS = str.maketrans("qcgxzvfbdrj", "kkksspppt" + "ly")  # consonants that are written for each other
_A = ord("a")
_CLOSE = ("ae", "ou", "ei")
_ALIKE = (
    "kq",
    "sx",
    "kx",
    "sz",
    "jz",
    "fv",
    "bv",
    "fp",
    "ck",
    "cs",
    "jy",
    "uw",
    "ow",
    "iy",
    "dt",
    "bp",
    "gk",
    "hk",
    "lr",
    "mn",
)
_OTHER, _AGAIN = 2.6, 0.25
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@cache
def usual(word: str, language: str = "id") -> float:
    """How common *word* is in general *language*, on Zipf's scale; 0 where it is not listed."""
    share = shares(language).get(word, 0.0)
    return log10(share) + 9 if share else 0.0


def skeleton(word: str) -> str:
    """The consonants of *word*."""
    return word.translate(_BARE)


_SOUNDS = ("ea", "ou", "ei", "ie", "uo", "pf", "fv", "sz", "zs", "jz", "kq", "qk", "xs", "wu", "yi")


def kind(a: str, b: str) -> str:
    """How *a* stands for *b*: by a sound change with a name of its own, another vowel, an alike consonant, another letter."""
    if a + b in _SOUNDS:
        return f"{a}<{b}"
    return _rough(a, b)


def _rough(a: str, b: str) -> str:
    if a in VOWELS and b in VOWELS:
        return "v"
    return "c" if any(a in pair and b in pair for pair in _ALIKE) else "x"


def _costs() -> tuple[Floats, Floats, Floats]:
    """Of a letter for another, of a letter left out, of a letter put in."""
    letters = [chr(_A + n) for n in range(26)]
    cost = {"v": 1.2, "c": 1.2, "x": _OTHER}  # vowels, alike consonants, others
    other = np.array([[0.0 if a == b else cost[_rough(a, b)] for b in letters] for a in letters])
    for pair in _CLOSE:
        a, b = (ord(c) - _A for c in pair)
        other[a, b] = other[b, a] = 0.8
    left_out = np.array([0.7 if c in "aiueoh" else 1.8 for c in letters])
    put_in = np.array([1.3 if c in "aiueohk" else 2.0 for c in letters])
    return other, left_out, put_in


_SWAP, _LEFT_OUT, _PUT_IN = _costs()


class Lexicon:
    """The listed words of a language as a matrix of letters."""

    def __init__(self, language: str) -> None:
        found = (w for w in shares(language) if 1 < len(w) <= LONGEST and w.isascii() and w.isalpha())
        self.words = sorted(found)
        self.number = {word: n for n, word in enumerate(self.words)}
        self.usual: Floats = np.array([usual(w, language) for w in self.words])
        self.lengths = np.array([len(w) for w in self.words])
        self.letters = np.full((len(self.words), LONGEST), -1, np.int8)
        for row, word in enumerate(self.words):
            self.letters[row, : len(word)] = [ord(c) - _A for c in word]
        self.classes = np.array([_classes(w) for w in self.words], np.uint32)
        self.beginnings: dict[str, list[str]] = defaultdict(list)  # the commonest words with each beginning
        for row in np.lexsort((np.arange(len(self.words)), -self.usual))[:BLENDED].tolist():
            for size in (2, 3, 4):
                begun = self.beginnings[self.words[row][:size]]
                if len(begun) < 3 and len(self.words[row]) > size:
                    begun.append(self.words[row])
        self.skeletons: dict[str, list[int]] = defaultdict(list)
        for row, word in enumerate(self.words):
            self.skeletons[skeleton(word)].append(row)

    def near(self, word: str) -> tuple[Rows, Floats]:
        """Words about as long that share the consonants of *word* but for few, and how far they are."""
        own, size = np.uint32(_classes(word)), len(word)
        lacking, more = np.bitwise_count(own & ~self.classes), np.bitwise_count(self.classes & ~own)
        fits = (lacking <= 1) & (more <= MORE) & (self.lengths >= size - 4) & (self.lengths <= 2 * size + 3)
        rows = np.flatnonzero(fits)
        return rows, self._distances(word, rows)

    @staticmethod
    def letters_of(word: str) -> NDArray[np.int8]:
        """The letters of *word* as numbers from 0."""
        return np.frombuffer(word.encode(), np.uint8).astype(np.int8) - np.int8(_A)

    def holding(self, written: str, rows: Rows) -> Rows:
        """Those of *rows* whose words begin or end with *written*."""
        own = self.letters_of(written)
        rows = rows[self.lengths[rows] >= len(own)]
        begins = (self.letters[rows, : len(own)] == own).all(axis=1)
        last = self.lengths[rows, None] - len(own) + np.arange(len(own))
        return rows[begins | (self.letters[rows[:, None], last] == own).all(axis=1)]

    def _distances(self, written: str, rows: Rows) -> Floats:
        """A row of the table for each letter of *written*; in it a column for each letter of the words, so that each lies together."""
        lengths = self.lengths[rows]
        letters = self.letters[rows, : int(lengths.max(initial=0))].T
        inside = letters >= 0
        missing = np.where(inside, _LEFT_OUT[letters], 0.0)
        before = np.zeros((len(letters) + 1, len(rows)))
        np.cumsum(missing, axis=0, out=before[1:])
        for place, c in enumerate(written):
            more = _extra(written, place)
            swap = np.append(_SWAP[ord(c) - _A], 9.0)[letters]  # the last is no letter
            now = np.empty_like(before)
            now[0] = before[0] + more
            best = np.minimum(before[1:] + more, before[:-1] + swap)
            for column, gone in enumerate(missing):
                np.minimum(best[column], now[column] + gone, out=now[column + 1])
            before = now
        return np.asarray(before[lengths, np.arange(len(rows))], dtype=np.float64)


def _classes(word: str) -> int:
    bits = 0
    for c in set(skeleton(word).translate(_CLASS)) - {"u"}:
        bits |= 1 << (ord(c) - _A)
    return bits


def _extra(written: str, place: int) -> float:
    """What the letter at *place* costs where nothing stands for it."""
    again = place and written[place - 1] == written[place]
    return _AGAIN if again else float(_PUT_IN[ord(written[place]) - _A])


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of *language*, id or en."""
    return Lexicon(language)


def changes(written: str, word: str) -> Counter[str]:
    """By which changes *word* was written so, on the cheapest path: ``-v`` a vowel left out, ``+c`` a consonant put in, …"""
    table = _table(written, word)
    found: Counter[str] = Counter()
    i, j = len(written), len(word)
    while i or j:
        here = table[i][j]
        a, b = written[i - 1 : i], word[j - 1 : j]
        if i and j and here == table[i - 1][j - 1] + _swap(a, b):
            if a != b:
                found[f"s:{kind(a, b)}"] += 1
            i, j = i - 1, j - 1
        elif i and here == table[i - 1][j] + _extra(written, i - 1):
            found.update(_put_in(written, i - 1, last=j == len(word)))
            i -= 1
        else:
            where = "-s" if i == 0 else "-e" if i == len(written) else "-"
            found[where + ("v" if b in VOWELS else "h" if b == "h" else "c")] += 1
            j -= 1
    return found


def _put_in(written: str, place: int, *, last: bool) -> list[str]:
    letter = written[place]
    if place and written[place - 1] == letter:
        name = "+again"
    else:
        name = "+v" if letter in VOWELS else "+h" if letter == "h" else "+k" if letter in "kq" else "+c"
    return [name, "+end"] if last else [name]


def _swap(a: str, b: str) -> float:
    return float(_SWAP[ord(a) - _A][ord(b) - _A])


def _table(written: str, word: str) -> list[list[float]]:
    swap, missing = _SWAP.tolist(), [float(_LEFT_OUT[ord(c) - _A]) for c in word]
    first = [0.0]
    for cost in missing:
        first.append(first[-1] + cost)
    table = [first]
    for i, a in enumerate(written):
        more, row, before = _extra(written, i), swap[ord(a) - _A], table[-1]
        now = [before[0] + more]
        for j, b in enumerate(word):
            now.append(min(before[j] + row[ord(b) - _A], before[j + 1] + more, now[j] + missing[j]))
        table.append(now)
    return table
