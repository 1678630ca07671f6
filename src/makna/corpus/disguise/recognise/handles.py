"""How far a handle reaches that is cut by emoji, or partly said: mawar🌸mel, "mawar garis bawah mel", "mawarmel sembilan sembilan"."""

from __future__ import annotations

import re
from bisect import bisect_left

from makna import wordlists
from makna.corpus.disguise.normalise import EMOJI
from makna.corpus.disguise.recognise.base import Reading
from makna.corpus.disguise.recognise.digit_words import digit_of
from makna.corpus.disguise.words import is_common, zipf

_MARKS = wordlists.load("door_marks")
_LOW, _ALSO = _MARKS.words("low"), _MARKS.words("also")
_PAIRS = frozenset(tuple(pair.split()) for pair in _MARKS.words("pair"))
_GLUED = re.compile(rf"(?:{EMOJI}{{1,3}}|-(?=\d{{1,4}}(?!\w)))([._]?[^\W_][\w.\-]*)")
_GOES_ON = re.compile(rf"{EMOJI}|-\d| {{1,3}}(?:und|gar|low)")
_MOST = 12
_SPEECH, _FREQUENT = (
    5.2,
    4.0,
)  # Zipf frequencies from which a word behind a mark, or glued by an emoji, is speech


def end(reading: Reading, at: int, *, freely: bool = True) -> int:
    """Where the handle really ends whose first part ends at *at*; *freely*: dots and digits said after it are its own."""
    if not freely and reading.text[:at].endswith(tuple(_LOW)):
        i = bisect_left(reading.spans, (at,))
        return _token(reading, i) if i < len(reading.words) and _blank(reading.gap(i - 1)) else at
    if not freely and not _GOES_ON.match(reading.text, at):
        return at
    for _round in range(_MOST):
        glued = _GLUED.match(reading.text, at)
        further = _said(reading, at, freely=freely)
        if glued and not (glued[1].isalpha() and zipf(glued[1]) > _FREQUENT):
            at = glued.start(1) + len(glued[1].rstrip(".-"))
        elif further is not None:
            at = further
        else:
            break
    return at


def start(reading: Reading, at: int) -> int:
    """Where the handle really begins whose first part begins at *at*: with the marks said before it."""
    i = bisect_left(reading.spans, (at,))
    while i > 0 and reading.gap(i - 1).strip(" ") == "":
        size = (
            1
            if reading.words[i - 1] in _LOW
            else 2
            if tuple(reading.words[max(i - 2, 0) : i]) in _PAIRS
            else 0
        )
        if not size:
            break
        i -= size
        at = reading.spans[i][0]
    return at


def is_mark(reading: Reading, i: int) -> int:
    """How many words from word *i* on say a mark; 0 for none."""
    if reading.words[i] in _LOW or reading.words[i] in _ALSO:
        return 1
    return 2 if tuple(reading.words[i : i + 2]) in _PAIRS else 0


def leads(reading: Reading, i: int) -> bool:
    """Whether word *i* belongs to a mark said before a handle."""
    pair = tuple(reading.words[i : i + 2]) in _PAIRS or (
        i > 0 and tuple(reading.words[i - 1 : i + 1]) in _PAIRS
    )
    return reading.words[i] in _LOW or pair


def marked(reading: Reading, at: int) -> bool:
    """Whether what ends at *at* goes on with a mark that is said, and so is a handle."""
    i = bisect_left(reading.spans, (at,))
    if i >= len(reading.words) or not _blank(reading.text[at : reading.spans[i][0]]):
        return False
    return is_mark(reading, i) > 0 and _said(reading, at, freely=True) is not None


def _said(reading: Reading, at: int, *, freely: bool) -> int | None:
    """The end of what is said right after *at*: a mark and the part behind it, digit words, a short number."""
    i = bisect_left(reading.spans, (at,))
    if i >= len(reading.words) or not _blank(reading.text[at : reading.spans[i][0]]):
        return None
    size = is_mark(reading, i) if freely or leads(reading, i) else 0
    if size:
        part = i + size
        sure = reading.words[i] not in _ALSO
        more = part < len(reading.words) and _blank(reading.gap(part - 1)) and not is_mark(reading, part)
        part_of_it = zipf(reading.words[part]) < _SPEECH if more and sure else False
        if more and (part_of_it or not is_common(reading.words[part]) or _within(reading, part)):
            return _token(reading, part)
        return reading.spans[part - 1][1] if sure else None
    if not freely:
        return None
    word = reading.words[i]
    return (
        reading.spans[i][1]
        if word.isalpha() and digit_of(word) is not None and not _counts(reading, i)
        else None
    )


def _within(reading: Reading, i: int) -> bool:
    """Whether an everyday word stands between two marks, or last of all: a part of the handle then."""
    last = i + 1 >= len(reading.words) or reading.gap(i).strip(" ") != ""
    return last or is_mark(reading, i + 1) > 0 or reading.words[i + 1].isdecimal()


def _counts(reading: Reading, i: int) -> bool:
    """Whether a digit word counts something: "dua kali"."""
    return i + 1 < len(reading.words) and reading.words[i + 1] in (
        "kali",
        "orang",
        "jam",
        "hari",
        "of",
        "times",
    )


def _token(reading: Reading, i: int) -> int:
    match = re.compile(r"[\w.\-]+").match(reading.text, reading.spans[i][0])
    return match.start() + len(match[0].rstrip(".-")) if match else reading.spans[i][1]


def _blank(gap: str) -> bool:
    return 0 < len(gap) <= 3 and gap.strip(" ") == ""
