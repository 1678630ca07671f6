"""The gate before the recognisers: what a text may hold, told for many texts at once.

A text that shows no digit, no @, no dotted word and no announcing word cannot hold an identifier that a recogniser
would find, and passes untouched. The roster's names are found here, for all texts together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from makna import wordlists
from makna.corpus.disguise.folding import _SPACE, FoldHash, Stream, fold_name, head_of, plain_texts
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import plain
from makna.corpus.disguise.plain_mentions import Found, PlainMentions, stands_alone
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
from makna.corpus.disguise.recognise.digits import weight
from makna.corpus.disguise.roster import EXACT, HANDLE, ORDINARY, Roster
from makna.corpus.disguise.words import (
    ACCOUNT,
    ADDRESS,
    AT_WORD,
    CARE,
    DIGIT,
    HONORIFIC,
    LINK,
    MESSENGER,
    SELF,
    Vocabulary,
)

_LONGEST_NAME = 6
_IS_DIGIT, _IS_AT, _IS_DOT, _IS_SLASH, _IS_BRACKET, _IS_LOW = 1, 2, 4, 8, 16, 32
_IS_BLANK, _IS_LETTER = 64, 128
_ENOUGH_DIGITS = 5
_FEW_LETTERS, _LONG_WORD = 3, 10
_CALLS = MESSENGER | HONORIFIC | SELF | ACCOUNT


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
        self._macs, self._roster = macs, roster
        self._hash = FoldHash(macs)
        self._vocabulary = Vocabulary(self._hash)
        folded = {fold_name(name) for name in masked} - {""}
        self._masked = np.array(sorted(self._hash.of(name) for name in folded), np.uint64)
        self._plain = PlainMentions(self._vocabulary, self._hash, self._whose)

    def look(self, texts: Sequence[str]) -> list[Glance | None]:
        """A glance at each text; None where nothing can be in it."""
        if not texts:
            return []
        stream = Stream(texts, self._hash)
        found = self._plain.find(stream)
        glances, entangled = self._glances(stream, texts, found)
        if (
            entangled
        ):  # a known name begins or ends within a plain mention: recognisers read these texts whole
            some = sorted(entangled)
            again = [texts[i] for i in some]
            stream = Stream(again, self._hash)
            whole, _none = self._glances(stream, again, _NOTHING)
            for i, glance in zip(some, whole, strict=True):
                glances[i] = glance
        return glances

    def _glances(
        self, stream: Stream, texts: Sequence[str], found: Found
    ) -> tuple[list[Glance | None], set[int]]:
        """A glance at each text, and the texts where a known name overlaps a plain mention without being it."""
        bits = self._bits(stream, texts, found)
        names, entangled = self._names(stream, texts, found)
        mentions: dict[int, list[Hit]] = {}
        offsets = stream.offsets[found.texts]
        spans = zip(
            found.texts.tolist(),
            (found.starts - offsets).tolist(),
            (found.ends - offsets).tolist(),
            found.known,
            strict=True,
        )
        for text, start, end, known in spans:
            mentions.setdefault(text, []).append(Hit(start, end, known.label))
        plains = plain_texts(stream)
        glances = [
            Glance(b, names.get(i, ()), mentions.get(i, ()), plains[i])
            if b or i in names or i in mentions
            else None
            for i, b in enumerate((bits & np.uint32(CALLING)).tolist())
        ]
        return glances, entangled

    def _bits(self, stream: Stream, texts: Sequence[str], found: Found) -> NDArray[np.uint32]:
        hashes, _near = stream.runs(1)
        self._announced = self._vocabulary.bits(hashes)
        pairs, near = stream.runs(2)
        halves = np.where(near, self._vocabulary.bits(pairs) & np.uint32(MESSENGER), 0).astype(np.uint32)
        self._announced[: len(halves)] |= halves
        self._within = _within(stream, found)
        self._announced[self._within > 0] = 0
        n = len(stream.lengths)
        bits = np.zeros(n, np.uint32)
        heard = np.flatnonzero(self._announced)
        where = stream.text_of(heard)
        said = self._announced[heard]
        np.bitwise_or.at(bits, where, said & ~np.uint32(DIGIT))
        digit_words = np.bincount(where[(said & DIGIT) > 0], minlength=n)
        kinds = _kinds(stream.codes)
        if len(found.starts):
            kinds[_covered(found, len(kinds))] = _IS_LETTER
        self._marks(bits, kinds, stream)
        digits = self._shapes(bits, kinds, stream, texts) + digit_words
        bits[digits >= _ENOUGH_DIGITS] |= np.uint32(MANY)
        bits[(digits > 0) & ((bits & ADDRESS) > 0)] |= np.uint32(COUNTED)
        if len(found.starts):
            _heed(bits, digits, texts, stream, found)
        return bits

    def _shapes(
        self, bits: NDArray[np.uint32], kinds: NDArray[np.uint8], stream: Stream, texts: Sequence[str]
    ) -> NDArray[np.int64]:
        """The bits of words by their make: figures among letters, single letters in a row, the cut of a plate.

        Returns how many figures each text holds, a few letters beside figures counted with them.
        """
        figures = np.concatenate(
            [[0], np.cumsum((kinds if stream.at is None else kinds[stream.at]) & _IS_DIGIT)]
        )
        size = np.where(self._within > 0, _LONG_WORD - 1, stream.ends - stream.starts)
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

    def _names(
        self, stream: Stream, texts: Sequence[str], found: Found
    ) -> tuple[dict[int, list[Hit]], set[int]]:
        """The known names of each text, those within plain mentions left out; and the texts entangled with one."""
        names: dict[int, list[Hit]] = {}
        entangled: set[int] = set()
        if not len(self._roster.names) and not len(self._masked):
            return names, entangled
        covered = np.concatenate([[0], np.cumsum(self._within > 0)])
        for n in range(1, _LONGEST_NAME + 1):
            hashes, near = stream.runs(n)
            taken = (
                covered[n:] - covered[: max(len(covered) - n, 0)]
            )  # words of each run that stand in plain mentions
            one = self._within[: len(hashes)] == self._within[n - 1 :]
            masked, rows = self._listed(hashes, near), self._roster.find(hashes)
            known = np.flatnonzero((rows >= 0) & near & ~((taken == n) & one))
            crossing = np.concatenate([masked[taken[masked] > 0], known[taken[known] > 0]])
            entangled.update(stream.text_of(crossing).tolist())
            for text, start, end, label in self._matches(masked, known, rows, n, stream, texts):
                names.setdefault(text, []).append(Hit(start, end, label))
        return names, entangled

    def _listed(self, hashes: NDArray[np.uint64], near: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The runs that are names of the study's own list."""
        if not len(self._masked):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self._masked, hashes), len(self._masked) - 1)
        return np.flatnonzero((self._masked[at] == hashes) & near)

    def _matches(
        self,
        masked: NDArray[np.int64],
        known: NDArray[np.int64],
        rows: NDArray[np.int64],
        n: int,
        stream: Stream,
        texts: Sequence[str],
    ) -> Iterable[tuple[int, int, int, str]]:
        for first in masked.tolist():
            yield (*_span(stream, texts, first, n), "=name")
        for first in known.tolist():
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

    def _whose(self, handle: str) -> str:
        """The label of a plain mention: whom the roster knows by this handle, else whoever it is."""
        row = int(self._roster.find(np.array([self._hash.of(fold_name(handle))], np.uint64))[0])
        label = self._mentioned(handle, *self._roster.entry(row)) if row >= 0 else None
        return label or "@" + handle.lower()

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


_NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), [])


def _within(stream: Stream, found: Found) -> NDArray[np.int64]:
    """Per word the number of the plain mention it stands in, from 1; 0 for the words outside."""
    if not len(found.starts):
        return np.zeros(len(stream.starts), np.int64)
    starts = stream.starts if stream.at is None else stream.at[stream.starts]
    mention = np.searchsorted(found.starts, starts, side="right")
    inside: NDArray[np.int64] = np.where((mention > 0) & (starts < found.ends[mention - 1]), mention, 0)
    return inside


def _covered(found: Found, size: int) -> NDArray[np.bool_]:
    """Per character whether it belongs to a plain mention."""
    edges = np.zeros(size + 1, np.int8)
    edges[found.starts] += 1
    edges[found.ends] -= 1
    covered: NDArray[np.bool_] = np.cumsum(edges, dtype=np.int8)[:-1] > 0
    return covered


def _heed(
    bits: NDArray[np.uint32], digits: NDArray[np.int64], texts: Sequence[str], stream: Stream, found: Found
) -> None:
    """Call the recognisers that could still read something together with a plain mention, or only because of one."""
    figures = np.bincount(found.texts, [known.figures for known in found.known], len(bits)).astype(np.int64)
    holding = np.bincount(found.texts, minlength=len(bits)) > 0
    lined = np.bincount(found.texts, [known.low_line for known in found.known], len(bits)) > 0
    bits[holding & ((bits & (ACCOUNT | CARE | LINK)) > 0)] |= np.uint32(AT_WORD)
    bits[lined & ((bits & (ACCOUNT | CARE)) > 0)] |= np.uint32(MIXED)
    bits[(figures > 0) & ((bits & ADDRESS) > 0)] |= np.uint32(COUNTED)
    many = (figures > 0) & (digits + figures >= _ENOUGH_DIGITS)
    bits[many & ((digits > 0) | ((bits & MESSENGER) > 0))] |= np.uint32(MANY)
    for i in np.flatnonzero(many[found.texts] & (digits[found.texts] == 0)).tolist():
        text = int(found.texts[i])
        offset = int(stream.offsets[text])
        start, end = int(found.starts[i]) - offset, int(found.ends[i]) - offset
        if found.known[i].label[0] == "@" or not stands_alone(texts[text], start, end):
            bits[text] |= np.uint32(MANY)


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
