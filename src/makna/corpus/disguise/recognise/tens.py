"""Numbers said in tens: "nol delapan tiga empat, dua belas, tiga puluh enam", "oh eight, forty two, nineteen"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from makna import wordlists
from makna.corpus.disguise.recognise import cues
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.recognise.digit_words import digit_of

_TENS = {word: value for word, value in wordlists.load("door_tens").entries.items() if value.isdigit()}
_MAKES_TEN, _MAKES_TEEN = (wordlists.load("door_tens").words(kind) for kind in ("ten", "teen"))
_LEAST, _MOST, _WIDEST = 8, 16, 3


@cache
def words() -> frozenset[str]:
    """The words that say a ten."""
    return frozenset(_TENS) | _MAKES_TEN | _MAKES_TEEN


def find(reading: Reading) -> Iterator[Hit]:
    """Every number said in tens that begins as a mobile number, or that a word before it announces."""
    first: int | None = None
    for i, word in enumerate([*reading.words, ""]):
        if word in words() or (word and digit_of(word) is not None):
            if first is not None and not _joins(reading.gap(i - 1)):
                yield from _hit(reading, first, i)
                first = i
            first = i if first is None else first
        elif first is not None:
            yield from _hit(reading, first, i)
            first = None


def _joins(gap: str) -> bool:
    return len(gap) <= _WIDEST and "\x00" not in gap and not any(c in gap for c in ".!?")


def _hit(reading: Reading, first: int, end: int) -> Iterator[Hit]:
    said = reading.words[first:end]
    number = _number(said)
    if not _LEAST <= len(number) <= _MOST or words().isdisjoint(said):
        return
    near = cues.around(reading, first, end - 1)
    label = near.document or near.bank or near.messenger or ("phone" if near.contact else None)
    if number.startswith(("08", "628")) or label:
        yield Hit(reading.spans[first][0], reading.spans[end - 1][1], label or "phone")


def _number(said: list[str]) -> str:
    """The digits of words: a ten takes the digit before it, and the digit after it takes the ten's nought."""
    out = ""
    for i, word in enumerate(said):
        if word in _MAKES_TEN:
            out += "" if _digit_follows(said, i) else "0"
        elif word in _MAKES_TEEN:
            out = out[:-1] + "1" + out[-1:]
        elif word in _TENS:
            out += _TENS[word][:1] if _TENS[word].endswith("0") and _digit_follows(said, i) else _TENS[word]
        else:
            out += digit_of(word) or ""
    return out


def _digit_follows(said: list[str], i: int) -> bool:
    """Whether the next word is the ones of this ten rather than a digit, a ten or a teen of its own."""
    after = said[i + 1 : i + 3]
    return (
        bool(after)
        and digit_of(after[0]) is not None
        and (len(after) < 2 or after[1] not in _MAKES_TEN | _MAKES_TEEN)
    )
