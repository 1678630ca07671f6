"""The gate before the recognisers: what a text may hold, told for many texts at once.

A text that shows no digit, no @, no dotted word and no announcing word cannot hold an identifier that a recogniser
would find, and passes untouched. The roster's names are found here, for all texts together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from makna import wordlists
from makna.corpus.disguise.folding import _SPACE, FoldHash, Stream, fold_name, head_of
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import plain
from makna.corpus.disguise.recognise import (
    AT,
    BRACKET,
    CALLING,
    COUNTED,
    DOTTED,
    LOW_LINE,
    MANY,
    MIXED,
    PLATED,
    SPACED,
)
from makna.corpus.disguise.recognise.digits import weight
from makna.corpus.disguise.roster import EXACT, HANDLE, ORDINARY, Roster
from makna.corpus.disguise.words import ACCOUNT, ADDRESS, DIGIT, HONORIFIC, MESSENGER, SELF, Vocabulary

_LONGEST_NAME = 6
_IS_DIGIT, _IS_AT, _IS_DOT, _IS_SLASH, _IS_BRACKET, _IS_LOW = 1, 2, 4, 8, 16, 32
_IS_BLANK, _IS_LETTER = 64, 128
_ENOUGH_DIGITS = 5
_FEW_LETTERS, _LONG_WORD = 3, 10
_CALLS = MESSENGER | HONORIFIC | SELF | ACCOUNT


@dataclass(frozen=True, slots=True)
class Glance:
    """What one text may hold (bits), and the known names in it: (start, end, label) in source offsets."""

    bits: int
    names: tuple[tuple[int, int, str], ...] = ()


class Gate:
    """Looks at texts before the recognisers do."""

    def __init__(self, macs: Macs, roster: Roster, masked: Iterable[str]) -> None:
        self._macs, self._roster = macs, roster
        self._hash = FoldHash(macs)
        self._vocabulary = Vocabulary(self._hash)
        folded = {fold_name(name) for name in masked} - {""}
        self._masked = np.array(sorted(self._hash.of(name) for name in folded), np.uint64)

    def look(self, texts: Sequence[str]) -> list[Glance | None]:
        """A glance at each text; None where nothing can be in it."""
        if not texts:
            return []
        stream = Stream(texts, self._hash)
        bits = self._bits(stream, texts)
        names = self._names(stream, texts)
        calling = (bits & np.uint32(CALLING)).tolist()
        return [
            Glance(b, tuple(names.get(i, ()))) if b or i in names else None for i, b in enumerate(calling)
        ]

    def _bits(self, stream: Stream, texts: Sequence[str]) -> NDArray[np.uint32]:
        hashes, _near = stream.runs(1)
        self._announced = self._vocabulary.bits(hashes)
        pairs, near = stream.runs(2)
        halves = np.where(near, self._vocabulary.bits(pairs) & np.uint32(MESSENGER), 0).astype(np.uint32)
        self._announced[: len(halves)] |= halves
        n = len(stream.lengths)
        bits = np.zeros(n, np.uint32)
        heard = np.flatnonzero(self._announced)
        where = stream.text_of(heard)
        said = self._announced[heard]
        np.bitwise_or.at(bits, where, said & ~np.uint32(DIGIT))
        digit_words = np.bincount(where[(said & DIGIT) > 0], minlength=n)
        kinds = _kinds(stream.codes)
        self._marks(bits, kinds, stream)
        digits = self._shapes(bits, kinds, stream, texts) + digit_words
        bits[digits >= _ENOUGH_DIGITS] |= np.uint32(MANY)
        bits[(digits > 0) & ((bits & ADDRESS) > 0)] |= np.uint32(COUNTED)
        return bits

    @staticmethod
    def _shapes(
        bits: NDArray[np.uint32], kinds: NDArray[np.uint8], stream: Stream, texts: Sequence[str]
    ) -> NDArray[np.int64]:
        """The bits of words by their make: figures among letters, single letters in a row, the cut of a plate.

        Returns how many figures each text holds, a few letters beside figures counted with them.
        """
        figures = np.concatenate(
            [[0], np.cumsum((kinds if stream.at is None else kinds[stream.at]) & _IS_DIGIT)]
        )
        size = stream.ends - stream.starts
        digits = figures[stream.ends] - figures[stream.starts]
        letters = size - digits
        single, number = size == 1, (digits == size) & (size <= 4)
        row = single[:-3] & single[1:-2] & single[2:-1] & single[3:]
        plate = (
            (letters[:-2] <= 2) & (digits[:-2] == 0) & number[1:-1] & (digits[2:] == 0) & (letters[2:] <= 3)
        )
        both = (digits > 0) & (letters >= 2) & ~stream.signed
        glued = both & (digits <= 4) & (letters <= 5)
        for words, bit in ((both, MIXED), (row, SPACED), (plate, PLATED), (glued, PLATED)):
            found = np.flatnonzero(words)
            if len(found):
                bits[stream.text_of(found)] |= np.uint32(bit)
        weighty = np.flatnonzero(digits > 0)
        mass = np.where(letters[weighty] <= _FEW_LETTERS, size[weighty], digits[weighty])
        counts = np.bincount(stream.text_of(weighty), weights=mass, minlength=len(bits)).astype(np.int64)
        spoken = np.flatnonzero((digits == 0) & (size >= _LONG_WORD))
        spoken = spoken[np.isin(stream.heads(spoken), _NUMERAL_HEADS)]
        hiding = np.concatenate([np.flatnonzero(both & (letters > _FEW_LETTERS)), spoken])
        for word in hiding.tolist():
            text, start, end = stream.span(word, word)
            counts[text] += sum(map(weight, re.findall(r"[^\W_]+", plain(texts[text][start:end]))))
        return counts

    @staticmethod
    def _marks(bits: NDArray[np.uint32], kinds: NDArray[np.uint8], stream: Stream) -> None:
        """The bits of punctuation, looked at only where there is some."""
        at = np.flatnonzero(kinds & (_IS_AT | _IS_DOT | _IS_SLASH | _IS_BRACKET | _IS_LOW))
        text = np.searchsorted(stream.offsets, at, side="right") - 1
        kind = kinds[at]
        before, after = kinds[np.maximum(at - 1, 0)], kinds[np.minimum(at + 1, len(kinds) - 1)]
        sentence = ((before & (_IS_LETTER | _IS_DIGIT)) > 0) & ((after & (_IS_BLANK | _IS_DOT)) > 0)
        decimal = ((before & _IS_DIGIT) > 0) & ((after & _IS_DIGIT) > 0)
        dotted = ((kind & _IS_DOT) > 0) & ~sentence & ~decimal
        for mask, bit in (
            ((kind & _IS_AT) > 0, AT),
            (dotted | ((kind & _IS_SLASH) > 0), DOTTED),
            ((kind & _IS_BRACKET) > 0, BRACKET),
            ((kind & _IS_LOW) > 0, LOW_LINE),
        ):
            bits[text[mask]] |= np.uint32(bit)

    def _names(self, stream: Stream, texts: Sequence[str]) -> dict[int, list[tuple[int, int, str]]]:
        found: dict[int, list[tuple[int, int, str]]] = {}
        if not len(self._roster.names) and not len(self._masked):
            return found
        for n in range(1, _LONGEST_NAME + 1):
            hashes, near = stream.runs(n)
            for text, start, end, label in self._matches(hashes, near, n, stream, texts):
                found.setdefault(text, []).append((start, end, label))
        return found

    def _matches(
        self,
        hashes: NDArray[np.uint64],
        near: NDArray[np.bool_],
        n: int,
        stream: Stream,
        texts: Sequence[str],
    ) -> Iterable[tuple[int, int, int, str]]:
        if len(self._masked):
            at = np.minimum(np.searchsorted(self._masked, hashes), len(self._masked) - 1)
            for first in np.flatnonzero((self._masked[at] == hashes) & near).tolist():
                yield (*_span(stream, texts, first, n), "=name")
        rows = self._roster.find(hashes)
        for first in np.flatnonzero((rows >= 0) & near).tolist():
            flags, accounts = self._roster.entry(int(rows[first]))
            mention = stream.after_sign(first)
            if (
                not mention
                and int(np.bitwise_and.reduce(flags)) & ORDINARY
                and not self._called(first, stream)
            ):
                continue
            text, start, end = _span(stream, texts, first, n)
            spelling = texts[text][start:end]
            label = self._mentioned(spelling, flags, accounts) if mention else self._named(spelling, accounts)
            if label:
                yield text, start, end, label

    def _called(self, first: int, stream: Stream) -> bool:
        """Whether an everyday word stands right after a word that calls somebody."""
        if first == 0 or not int(self._announced[first - 1]) & _CALLS:
            return False
        return int(stream.starts[first] - stream.ends[first - 1]) <= Stream.GAP

    def _mentioned(self, spelling: str, flags: NDArray[np.uint8], accounts: NDArray[np.uint64]) -> str | None:
        """Whom @name means: the exact handle, else the one handle of that folded name; None for a new handle."""
        handles = set(accounts[(flags & HANDLE) > 0].tolist())
        if not handles:
            return None
        exact = self._macs.mac("handle", plain(spelling))
        if exact in handles:
            return f"#{exact}"
        return f"#{handles.pop()}" if len(handles) == 1 else "account"

    def _named(self, spelling: str, accounts: NDArray[np.uint64]) -> str:
        """Whom a name in a text means: its one account, else who spells it exactly so; else just some account."""
        different = set(accounts.tolist())
        if len(different) > 1:
            different = self._exactly(spelling, different)
        whose = different.pop() if len(different) == 1 else 0
        return f"#{whose}" if whose else "account"

    def _exactly(self, spelling: str, accounts: set[int]) -> set[int]:
        """The accounts that carry exactly this spelling, as their handle or their display name."""
        handle = self._macs.mac("handle", plain(spelling))
        if handle in accounts:
            return {handle}
        row = int(self._roster.find(np.array([self._macs.mac("name", spelling.strip())], np.uint64))[0])
        if row >= 0:
            flags, exact = self._roster.entry(row)
            if int(np.bitwise_and.reduce(flags)) & EXACT:
                return set(exact.tolist())
        return accounts


def _heads(words: Iterable[str]) -> NDArray[np.uint64]:
    return np.unique(np.array([head_of(fold_name(word)) for word in words if len(word) >= 3], np.uint64))


_NUMERAL_HEADS = _heads(wordlists.load("door_digits").entries)


def _span(stream: Stream, texts: Sequence[str], first: int, n: int) -> tuple[int, int, int]:
    """(text, start, end) of *n* words, with the low lines and marks that belong to them."""
    text, start, end = stream.span(first, first + n - 1)
    whole = texts[text]
    while start > 0 and whole[start - 1] == "_":
        start -= 1
    while end < len(whole) and (whole[end] == "_" or not plain(whole[end])):
        end += 1
    return text, start, end


_KINDS: NDArray[np.uint8] = np.full(_SPACE, 255, np.uint8)


def _kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    kinds = _KINDS[codes]
    if (kinds == 255).any():
        for code in np.unique(codes[kinds == 255]).tolist():
            _KINDS[code] = _kind(chr(code))
        kinds = _KINDS[codes]
    return kinds


def _kind(char: str) -> int:
    form = plain(char)
    if char == "\x00" or not form:
        return _IS_BLANK if char == "\x00" else 0
    kind = _IS_DIGIT if any(map(str.isdecimal, form)) or unicodedata.numeric(char, None) is not None else 0
    for marks, bit in _MARKS:
        kind |= bit if any(c in marks for c in form) else 0
    kind |= _IS_LETTER if form[0].isalpha() else 0
    return kind | (_IS_BLANK if form[0].isspace() else 0)


_MARKS = (("@", _IS_AT), (".", _IS_DOT), ("/\\", _IS_SLASH), ("([{<|", _IS_BRACKET), ("_", _IS_LOW))
