"""Mentions that need no recogniser: ``@handle`` between blanks, in ASCII, with nothing in it that announces anything.

Half of all posts hold such a mention and nothing else to disguise. Who is meant is worked out once for each spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from makna.corpus.disguise.folding import FoldHash, Stream, fold_name
from makna.corpus.disguise.normalise import plain
from makna.corpus.disguise.recognise import AT, COUNTED, MANY, MIXED
from makna.corpus.disguise.recognise.base import Hit
from makna.corpus.disguise.recognise.digit_words import stands_for_digits, weight
from makna.corpus.disguise.recognise.messenger import is_half
from makna.corpus.disguise.words import ACCOUNT, ADDRESS, AT_WORD, CARE, LINK, MARK, MESSENGER, Vocabulary

I64 = NDArray[np.int64]

_PLAIN = re.compile(
    r"@(?<![^\x00 \n]@)([A-Za-z][A-Za-z0-9]{1,15}(?:_{1,3}[A-Za-z0-9]{2,15}){0,5}_{0,2})"
    r"(?=\Z|\x00|[ \n]{1,3}(?:\Z|[\x00A-Za-z0-9@\U0001f300-\U0001faff]))"
)
_WORD = re.compile(r"[^\W_]+")
_REMEMBERED = 1 << 13
_LONGEST = 30
ENOUGH_DIGITS, FEW_LETTERS, LONG_WORD = 5, 3, 10
_REACH = 40  # characters looked at beside a mention


class Known(NamedTuple):
    """What one spelling of a handle is: the label of its account ("" where recognisers must read it), how it is made."""

    label: str
    figures: int
    low_line: bool


class Found(NamedTuple):
    """The plain mentions of many texts: where they stand in the texts laid end to end, in which text, and whose."""

    starts: I64
    ends: I64
    texts: I64
    known: list[Known]

    def hits(self, stream: Stream) -> dict[int, list[Hit]]:
        """The mentions of each text that has some, as hits in its own offsets."""
        hits: dict[int, list[Hit]] = {}
        offsets = stream.offsets[self.texts]
        starts, ends = (self.starts - offsets).tolist(), (self.ends - offsets).tolist()
        for text, start, end, known in zip(self.texts.tolist(), starts, ends, self.known, strict=True):
            hits.setdefault(text, []).append(Hit(start, end, known.label))
        return hits

    def covered(self, size: int) -> NDArray[np.bool_]:
        """Per character whether it belongs to a mention."""
        edges = np.zeros(size + 1, np.int8)
        edges[self.starts] += 1
        edges[self.ends] -= 1
        covered: NDArray[np.bool_] = np.cumsum(edges, dtype=np.int8)[:-1] > 0
        return covered


NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), [])


class PlainMentions:
    """Finds plain mentions; *whose* tells the labels of handles as they are spelled."""

    def __init__(
        self, vocabulary: Vocabulary, hashing: FoldHash, whose: Callable[[Sequence[str]], list[str]]
    ) -> None:
        self._vocabulary, self._hash, self._whose = vocabulary, hashing, whose
        self._known: dict[str, Known] = {}

    def find(self, stream: Stream) -> Found:
        """All plain mentions of the *stream*'s texts."""
        matches = list(_PLAIN.finditer(stream.joined))
        self._meet([match[1] for match in matches])
        starts, ends, known = [], [], []
        for match in matches:
            who = self._known[match[1]]
            if who.label:
                starts.append(match.start())
                ends.append(match.end())
                known.append(who)
        at = np.array(starts, np.int64)
        texts: I64 = np.searchsorted(stream.offsets, at, side="right") - 1
        return Found(at, np.array(ends, np.int64), texts, known)

    def _meet(self, handles: Sequence[str]) -> None:
        """Get to know those of *handles* that are new."""
        fresh = [handle for handle in dict.fromkeys(handles) if handle not in self._known]
        if not fresh:
            return
        if len(self._known) + len(fresh) > _REMEMBERED:
            self._known.clear()
            fresh = list(dict.fromkeys(handles))
        silent = [handle for handle, quiet in zip(fresh, self._quiet(fresh), strict=True) if quiet]
        labels = dict(zip(silent, self._whose(silent), strict=True))
        for handle in fresh:
            self._known[handle] = Known(labels.get(handle, ""), _figures(handle.lower()), "_" in handle)

    def _quiet(self, handles: Sequence[str]) -> list[bool]:
        """Whether no word of a handle, nor two together, is or may become a word that calls a recogniser."""
        words = [[word for word in handle.lower().split("_") if word] for handle in handles]
        runs = [some + [a + b for a, b in pairwise(some)] for some in words]
        hashes = [self._hash.of(fold_name(run)) for some in runs for run in some]
        calls = iter((self._vocabulary.bits(np.array(hashes, np.uint64)) > 0).tolist())
        calling = [sum([next(calls) for _run in some]) > 0 for some in runs]
        return [
            not (loud or len(handle) > _LONGEST or any(map(is_half, some)))
            for handle, some, loud in zip(handles, words, calling, strict=True)
        ]


def _figures(handle: str) -> int:
    """How many figures the gate would count in a handle."""
    first, *others = handle.split("_")
    return _figures_of(first, signed=True) + sum(_figures_of(word, signed=False) for word in others)


def _figures_of(word: str, *, signed: bool) -> int:
    digits = sum(map(str.isdigit, word))
    if not digits:
        return weight(word) if len(word) >= LONG_WORD else 0
    if len(word) - digits <= FEW_LETTERS:
        return len(word)
    return digits + (0 if signed else weight(word))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the words beside a mention cannot be read together with its figures."""
    before = _WORD.findall(plain(text[max(0, start - _REACH) : start]))
    after = _WORD.search(plain(text[end : end + _REACH]))
    return not (before and stands_for_digits(before[-1])) and not (after and stands_for_digits(after[0]))


def words_within(stream: Stream, found: Found) -> I64:
    """Per word the number of the plain mention it stands in, from 1; 0 for the words outside."""
    if not len(found.starts):
        return np.zeros(len(stream.starts), np.int64)
    starts = stream.starts if stream.at is None else stream.at[stream.starts]
    mention = np.searchsorted(found.starts, starts, side="right")
    inside: I64 = np.where((mention > 0) & (starts < found.ends[mention - 1]), mention, 0)
    return inside


def heed(
    bits: NDArray[np.uint32], digits: NDArray[np.int64], texts: Sequence[str], stream: Stream, found: Found
) -> None:
    """Call the recognisers that could still read something together with a plain mention, or only because of one."""
    figures = np.bincount(found.texts, [known.figures for known in found.known], len(bits)).astype(np.int64)
    holding = np.bincount(found.texts, minlength=len(bits)) > 0
    lined = np.bincount(found.texts, [known.low_line for known in found.known], len(bits)) > 0
    bits[holding & ((bits & (ACCOUNT | CARE | LINK)) > 0)] |= np.uint32(AT_WORD)
    bits[holding & ((bits & MARK) > 0)] |= np.uint32(AT)
    bits[lined & ((bits & (ACCOUNT | CARE)) > 0)] |= np.uint32(MIXED)
    bits[(figures > 0) & ((bits & ADDRESS) > 0)] |= np.uint32(COUNTED)
    many = (figures > 0) & (digits + figures >= ENOUGH_DIGITS)
    bits[many & ((digits > 0) | ((bits & MESSENGER) > 0))] |= np.uint32(MANY)
    for i in np.flatnonzero(many[found.texts] & (digits[found.texts] == 0)).tolist():
        text = int(found.texts[i])
        offset = int(stream.offsets[text])
        start, end = int(found.starts[i]) - offset, int(found.ends[i]) - offset
        if found.known[i].label[0] == "@" or not stands_alone(texts[text], start, end):
            bits[text] |= np.uint32(MANY)
