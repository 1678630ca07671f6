"""The gate before the recognisers: what a text may hold, told for many texts at once.

A text that shows no digit, no @, no dotted word and no announcing word cannot hold an identifier that a recogniser
would find, and passes untouched. The roster's names are found here, for all texts together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from makna import wordlists
from makna.corpus.disguise.folding import _SPACE, FoldHash, Stream, fold_name, head_of
from makna.corpus.disguise.known_names import KnownNames
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import plain
from makna.corpus.disguise.plain_mentions import (
    ENOUGH_DIGITS,
    FEW_LETTERS,
    LONG_WORD,
    NOTHING,
    Found,
    PlainMentions,
    heed,
    words_within,
)
from makna.corpus.disguise.plain_texts import plain_texts
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
from makna.corpus.disguise.recognise.base import Hit
from makna.corpus.disguise.recognise.digit_words import weight
from makna.corpus.disguise.roster import Roster
from makna.corpus.disguise.words import ADDRESS, DIGIT, MESSENGER, Vocabulary

_IS_DIGIT, _IS_AT, _IS_DOT, _IS_SLASH, _IS_BRACKET, _IS_LOW = 1, 2, 4, 8, 16, 32
_IS_BLANK, _IS_LETTER = 64, 128


class Glance(NamedTuple):
    """What one text may hold (bits), and what is known in it already: hits in source offsets.

    The bits leave out what only the plain mentions show.
    """

    bits: int
    names: Sequence[Hit] = ()
    mentions: Sequence[Hit] = ()
    plain: str | None = None  # the normalised text, where each character has a form of one character


class Gate:
    """Looks at texts before the recognisers do."""

    def __init__(self, macs: Macs, roster: Roster, masked: Iterable[str]) -> None:
        self._hash = FoldHash(macs)
        self._vocabulary = Vocabulary(self._hash)
        self._names = KnownNames(macs, self._hash, roster, masked)
        self._plain = PlainMentions(self._vocabulary, self._hash, self._names.whose)

    def look(self, texts: Sequence[str]) -> list[Glance | None]:
        """A glance at each text; None where nothing can be in it."""
        if not texts:
            return []
        stream = Stream(texts, self._hash)
        found = self._plain.find(stream)
        glances, entangled = self._glances(stream, texts, found)
        if entangled:
            some = sorted(entangled)
            again = [texts[i] for i in some]
            whole, _none = self._glances(Stream(again, self._hash), again, NOTHING)
            for i, glance in zip(some, whole, strict=True):
                glances[i] = glance
        return glances

    def _glances(
        self, stream: Stream, texts: Sequence[str], found: Found
    ) -> tuple[list[Glance | None], set[int]]:
        """A glance at each text, and the texts to look at once more without plain mentions.

        These are the ones where a known name begins or ends within a plain mention.
        """
        within = words_within(stream, found)
        bits, announced = self._bits(stream, texts, found, within)
        names, entangled = self._names.find(stream, texts, within, announced)
        mentions, plains = found.hits(stream), plain_texts(stream)
        glances = [
            Glance(b, names.get(i, ()), mentions.get(i, ()), plains[i])
            if b or i in names or i in mentions
            else None
            for i, b in enumerate((bits & np.uint32(CALLING)).tolist())
        ]
        return glances, entangled

    def _bits(
        self, stream: Stream, texts: Sequence[str], found: Found, within: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Per text what it may hold, per word what it announces; words *within* plain mentions announce nothing."""
        announced = self._announced(stream)
        announced[within > 0] = 0
        n = len(stream.lengths)
        bits = np.zeros(n, np.uint32)
        heard = np.flatnonzero(announced)
        where = stream.text_of(heard)
        said = announced[heard]
        np.bitwise_or.at(bits, where, said & ~np.uint32(DIGIT))
        digit_words = np.bincount(where[(said & DIGIT) > 0], minlength=n)
        kinds = _kinds(stream.codes)
        if len(found.starts):
            kinds[found.covered(len(kinds))] = _IS_LETTER
        self._marks(bits, kinds, stream)
        digits = self._shapes(bits, kinds, stream, texts, within) + digit_words
        bits[digits >= ENOUGH_DIGITS] |= np.uint32(MANY)
        bits[(digits > 0) & ((bits & ADDRESS) > 0)] |= np.uint32(COUNTED)
        if len(found.starts):
            heed(bits, digits, texts, stream, found)
        return bits, announced

    def _announced(self, stream: Stream) -> NDArray[np.uint32]:
        """What each word announces, alone or as the first half of a messenger's name."""
        announced = self._vocabulary.bits(stream.runs(1)[0])
        pairs, near = stream.runs(2)
        halves = np.where(near, self._vocabulary.bits(pairs) & np.uint32(MESSENGER), 0).astype(np.uint32)
        announced[: len(halves)] |= halves
        return announced

    @staticmethod
    def _shapes(
        bits: NDArray[np.uint32],
        kinds: NDArray[np.uint8],
        stream: Stream,
        texts: Sequence[str],
        within: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """The bits of words by their make: figures among letters, single letters in a row, the cut of a plate.

        Returns how many figures each text holds, a few letters beside figures counted with them.
        """
        figures = np.concatenate(
            [[0], np.cumsum((kinds if stream.at is None else kinds[stream.at]) & _IS_DIGIT)]
        )
        size = np.where(within > 0, LONG_WORD - 1, stream.ends - stream.starts)
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
        mass = np.where(letters[weighty] <= FEW_LETTERS, size[weighty], digits[weighty])
        counts = np.bincount(stream.text_of(weighty), weights=mass, minlength=len(bits)).astype(np.int64)
        spoken = np.flatnonzero((digits == 0) & (size >= LONG_WORD))
        spoken = spoken[np.isin(stream.heads(spoken), _NUMERAL_HEADS)]
        hiding = np.concatenate([np.flatnonzero(both & (letters > FEW_LETTERS)), spoken])
        for word in hiding.tolist():
            text, start, end = stream.span(word, word)
            counts[text] += _hidden(texts[text][start:end])
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


@lru_cache(maxsize=1 << 13)
def _hidden(word: str) -> int:
    """How many figures a word hides that is not all figures."""
    return sum(map(weight, re.findall(r"[^\W_]+", plain(word))))


def _heads(words: Iterable[str]) -> NDArray[np.uint64]:
    return np.unique(np.array([head_of(fold_name(word)) for word in words if len(word) >= 3], np.uint64))


_NUMERAL_HEADS = _heads(wordlists.load("door_digits").entries)


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
