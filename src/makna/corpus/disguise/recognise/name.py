"""Names of persons: after a cue ("nama saya", "a.n.", "kak", "my name is"), and names that are hardly another word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from makna import wordlists
from makna.corpus.disguise.folding import fold_name
from makna.corpus.disguise.normalise import BARRIER
from makna.corpus.disguise.recognise import cues
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.words import all_names, is_common, sure_names, zipf

_ACCOUNT_OF = re.compile(
    r"(?<![\w])(?:a\s?\.\s?n\b\.?|a\s?/\s?n\b|atas nama|an\.|rekening nama|rek nama)\s{0,2}:?\s{0,2}(?=\w)"
)
_ACCOUNT_SIGNS = (".", "/", "nama")  # one of them stands in whatever _ACCOUNT_OF finds
_FIGURES_FIRST = re.compile(r"\d{2}")  # 83th, 12gb
_LIST = wordlists.load("door_name_words")
_AFTER_SELF, _VAGUE, _BALINESE = (_LIST.words(kind) for kind in ("filler", "vague", "balinese"))
_SPEECH = wordlists.load("stopwords_id").words()
_SELF_ONLY_NAMES = frozenset(("called", "call", "named", "nick", "inisial", "name", "an"))
_LINKS = frozenset(["bin", "binti", "al", "van", "de", "von"])
_MOST, _LEAST_LEET = 4, 4
_INFORMAL = wordlists.load("door_everyday").words()
_IN_BRACKETS = re.compile(r"[\d)\x1f]\s?\(\s?(?=[a-z])")
_KNOWN_ZIPF = 4.6  # up to here a capital after a name makes a word its second half
_SPEECH_ZIPF = 5.5  # from here a word beside a name is speech, unless it has a capital


def find(reading: Reading) -> Iterator[Hit]:
    """Every name of the text that a cue or its own form gives away."""
    yield from _account_holders(reading)
    honorifics, selves = cues.words("honorific"), cues.words("self")
    telling = _telling()
    for i, word in enumerate(reading.words):
        if word not in telling and word.isalpha() and not word[-1] == word[-2:-1] == word[-3:-2]:
            continue
        if _sure(reading, i) or _balinese(reading, i):
            yield whole(reading, i)
        elif word in honorifics:
            yield from _after_honorific(reading, i)
        elif word in selves or (cues.stem(word) in selves and word != "namanya"):
            yield from _after_self(reading, i)


def _sure(reading: Reading, i: int) -> bool:
    word = _short(reading.words[i])
    if word in sure_names():
        return not _phrase(reading, i)
    if len(word) < _LEAST_LEET or word.isalpha():
        return False
    if _leet_pair(reading, i):
        return True
    return (
        not _FIGURES_FIRST.match(word) and sum(map(str.isalpha, word)) >= 2 and reading.folded[i] in _folded()
    )


def _leet_pair(reading: Reading, i: int) -> bool:
    """Whether this word and the next are names with figures for letters: dew1 lest4ri."""
    both = reading.words[i : i + 2]
    return (
        len(both) > 1
        and all(
            len(w) >= _LEAST_LEET and not w.isalpha() and not w[:1].isdecimal() and not w.isdecimal()
            for w in both
        )
        and _adjoins(reading, i)
        and all(folded in _folded_all() for folded in reading.folded[i : i + 2])
    )


def _phrase(reading: Reading, i: int) -> bool:
    """Whether the word belongs to a fixed phrase with the one before or after it: Idul Fitri."""
    around = reading.words[max(0, i - 1) : i + 2]
    phrases = wordlists.load("door_not_names").entries
    return any(f"{a} {b}" in phrases for a, b in pairwise(around))


@cache
def _telling() -> frozenset[str]:
    """Words that may begin a hit; all others, unless they hold a digit, are passed over at once."""
    selves = {word + suffix for word in cues.words("self") for suffix in ("", "nya", "ku", "mu")}
    return sure_names() | cues.words("honorific") | selves | {"i", "ni", "ida"}


@cache
def _folded() -> frozenset[str]:
    return frozenset(fold_name(name) for name in sure_names() if len(name) >= 4)


@cache
def _folded_all() -> frozenset[str]:
    return frozenset(fold_name(name) for name in all_names())


def _balinese(reading: Reading, i: int) -> bool:
    """I Made …, Ni Luh …: the particle and the birth-order name, both with a capital, and a name after them."""
    if reading.words[i] not in ("i", "ni", "ida") or i + 2 >= len(reading.words):
        return False
    return reading.words[i + 1] in _BALINESE and capital(reading, i + 1) and capital(reading, i + 2)


def capital(reading: Reading, i: int) -> bool:
    return reading.raw(*reading.spans[i])[:1].isupper()


def _adjoins(reading: Reading, i: int) -> bool:
    """Whether word i and the next stand as first and last name do: one blank apart, or after an initial's dot."""
    gap = reading.gap(i)
    return gap in (" ", "  ") or (gap == ". " and len(reading.words[i]) <= 2) or gap in ("-", "'")


def _short(word: str) -> str:
    """A word without the drawn-out vowel at its end: rinaaaa, rina."""
    return word.rstrip(word[-1]) + word[-1] if word[-1:] * 3 == word[-3:] else word


def _surname(reading: Reading, i: int) -> bool:
    """Whether a word after a name is its second half by its capital: no everyday word, though a known one."""
    if not capital(reading, i) or reading.titled or reading.shouted or not reading.words[i].isalpha():
        return False
    return zipf(reading.words[i]) < _KNOWN_ZIPF and reading.words[i] not in _INFORMAL


def _name_like(reading: Reading, i: int) -> bool:
    word = reading.words[i]
    if word in all_names() or word in _LINKS or _sure(reading, i):
        return True
    if not word.isalpha():
        return not word.isdecimal() and reading.folded[i] in _folded_all()
    return capital(reading, i) and not reading.shouted and not is_common(word)


def whole(reading: Reading, first: int) -> Hit:
    """The hit at word *first*, grown over the names to both sides."""
    last = first
    while (
        last + 1 < len(reading.words)
        and last - first < _MOST - 1
        and _adjoins(reading, last)
        and _grows(reading, last + 1)
    ):
        last += 1
    while first > max(0, last - _MOST) and _adjoins(reading, first - 1) and _leads(reading.words[first - 1]):
        first -= 1
    return Hit(reading.spans[first][0], reading.spans[last][1], "name")


def _leads(word: str) -> bool:
    return word in all_names() and word not in cues.words("honorific")


def _grows(reading: Reading, i: int) -> bool:
    word = reading.words[i]
    if word in cues.words("honorific"):
        return False
    soft = word in all_names() and word not in sure_names()
    if _surname(reading, i):
        return True
    return _name_like(reading, i) and (not soft or capital(reading, i) or zipf(word) < _SPEECH_ZIPF)


def _after_honorific(reading: Reading, i: int) -> Iterator[Hit]:
    j = i + 1
    if j >= len(reading.words) or reading.gap(i) not in (" ", ". ", "  ", "-", "."):
        return
    if reading.words[j] in cues.words("honorific") and j + 1 < len(reading.words) and reading.gap(j) == " ":
        return
    if reading.words[i] in _VAGUE and not (
        reading.words[j] in all_names() or (capital(reading, j) and unusual(reading, j))
    ):
        return
    if _short(reading.words[j]) in all_names() or reading.folded[j] in _folded() or unusual(reading, j):
        yield whole(reading, j)


def unusual(reading: Reading, i: int) -> bool:
    """Whether a word could be a name that no list holds: letters with vowels that no everyday word explains."""
    word = _short(reading.words[i])
    if not word.isalpha() or len(word) < 3 or is_common(word) or cues.messenger(word):
        return False
    return any(c in "aiueo" for c in word) and not re.search(r"[^aiueoy]{4}|(.)\1\1", word)


def _after_self(reading: Reading, i: int) -> Iterator[Hit]:
    j, strict = i + 1, reading.words[i] in _SELF_ONLY_NAMES
    while j < len(reading.words) and reading.words[j] in _AFTER_SELF and _close(reading.gap(j - 1)):
        j += 1
    if (
        j >= len(reading.words)
        or not _close(reading.gap(j - 1))
        or reading.words[j] in cues.words("honorific")
    ):
        return
    known = _short(reading.words[j]) in all_names() or _name_like(reading, j)
    if known or (not strict and (unusual(reading, j) or _surname(reading, j))):
        yield whole(reading, j)


def _close(gap: str) -> bool:
    return len(gap) <= 3 and BARRIER not in gap and not any(c in gap for c in ".?!\n,;")


def _account_holders(reading: Reading) -> Iterator[Hit]:
    """The holder of a bank account: after "a.n." whatever words follow, up to three; a name in brackets after a number."""
    if "(" in reading.text and not cues.words("bank").isdisjoint(reading.words):
        for match in _IN_BRACKETS.finditer(reading.text):
            i = bisect_left(reading.spans, (match.end(),))
            if i < len(reading.words) and (reading.words[i] in all_names() or _surname(reading, i)):
                yield whole(reading, i)
    if not any(sign in reading.text for sign in _ACCOUNT_SIGNS):
        return
    for match in _ACCOUNT_OF.finditer(reading.text):
        i = bisect_left(reading.spans, (match.end(),))
        if i == len(reading.spans) or reading.words[i] in _SPEECH or reading.words[i].isdecimal():
            continue
        last = i
        while (
            last + 1 < len(reading.words)
            and last - i < _MOST - 1
            and _adjoins(reading, last)
            and (_name_like(reading, last + 1) or _surname(reading, last + 1))
        ):
            last += 1
        yield Hit(reading.spans[i][0], reading.spans[last][1], "name")
