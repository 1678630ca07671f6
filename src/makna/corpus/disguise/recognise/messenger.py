"""Messenger ids: whatever follows the name of a messenger, in clear or in any disguise."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from makna import wordlists
from makna.corpus.disguise.normalise import EMOJI
from makna.corpus.disguise.recognise import cues, handles
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.recognise.quantities import UNIT
from makna.corpus.disguise.words import everyday, is_common, triggers, zipf

_FILLERS = wordlists.load("door_fillers")
_FILLER, _STRONG, _JOINED = frozenset(_FILLERS.entries), _FILLERS.words("strong"), _FILLERS.words("joined")
_NUMBERED = frozenset(
    ("wa", "youtube", "facebook", "signal", "email", "twitter")
)  # no bare word is an id there
_NEEDS_COLON = frozenset(("dc", "tt", "sc"))
_ID = re.compile(rf"_*[^\W_](?:[\w.\-]|{EMOJI}{{1,3}}(?=[^\W_]))*(?:#\d{{4}}(?!\d))?")
_QUANTITY = re.compile(
    r"(?:rp|idr|usd|rm)?\d+(?:[.,:]\d+)*(?:k|rb|ribu|jt|juta|x|jam|menit|hari|th|thn|tahun|yo|am|pm|an|gb|mb|pcs|org|orang|an|d|s|st|nd|rd)?$"
)
_BLANKS = re.compile(r"[\s:=.,@\-~>|/(\[\"'*→$&_]*")
_IN_TWO = {w: k for w, k in triggers().items() if len(w) > 5 or w in ("tele", "ig", "wa", "tg")}
_HALVES = {word[:k] for word in _IN_TWO for k in range(1 if len(word) == 2 else 2, len(word))}
_HALF = _HALVES | {word[k:] for word in _IN_TWO for k in range(1 if len(word) == 2 else 2, len(word))}
_NUMBER_AFTER = re.compile(r" (?:_ ?)?(\d{1,4})(?![\w.,:/%])")
_QUANTITY_AFTER = re.compile(r"\s?" + UNIT)
_MOST_WORDS = 3
_FREQUENT = 4.5  # Zipf frequency from which a word is speech even after a colon
_LONG_ENOUGH, _ODD = 5, 9
_LONGEST_FILLER, _MOST_LETTERS = 5, 40


def find(reading: Reading) -> Iterator[Hit]:
    """The id after each messenger that the text names, and handles that say "on Telegram" after themselves."""
    words = reading.words
    for i, word in enumerate(words):
        label = cues.messenger(word)
        if label:
            yield from _after(reading, i, label)
            yield from _before(reading, i, label)
        elif word in _HALVES and i + 1 < len(words) and len(reading.gap(i)) <= 2:
            whole = _IN_TWO.get(word + words[i + 1])
            if whole:
                yield from _after(reading, i + 1, whole)


def _after(reading: Reading, trigger: int, label: str) -> Iterator[Hit]:
    i, strong, joined = trigger + 1, False, False
    gap = reading.gap(trigger)
    while i < len(reading.words) and (_linking(gap) or _asked(gap, reading.words[i])):
        strong |= any(c in gap for c in ":=@")
        if not _filler(reading, i) or i - trigger > _LONGEST_FILLER:
            break
        strong |= reading.words[i] in _STRONG
        joined |= reading.words[i] in _JOINED
        gap = reading.gap(i)
        i += 1
    else:
        return
    if strong or reading.words[trigger] not in _NEEDS_COLON:
        yield from _id(reading, trigger, i, label, strong=strong, joined=joined)


def _linking(gap: str) -> bool:
    return len(gap) <= 8 and _BLANKS.fullmatch(gap) is not None


def _asked(gap: str, word: str) -> bool:
    """Whether the id follows a question: main michat? add mawarmel."""
    return gap.strip() in ("?", "??") and word in _STRONG


def _filler(reading: Reading, i: int) -> bool:
    """A word between the messenger and the id; not when it is the first piece of an id (add_me, id.mawar)."""
    return (reading.words[i] in _FILLER or handles.leads(reading, i)) and reading.gap(i)[:1] not in ("_", ".")


def _id(reading: Reading, trigger: int, i: int, label: str, *, strong: bool, joined: bool) -> Iterator[Hit]:
    start = handles.start(reading, reading.spans[i][0])
    while start > 0 and reading.text[start - 1] in "_@":
        start -= 1
    last = _spaced_letters(reading, i)
    if last is not None:
        yield Hit(start, reading.spans[last][1], label)
        return
    if joined:
        yield Hit(start, reading.spans[_several(reading, i, freely=True)][1], label)
        return
    match = _ID.match(reading.text, reading.spans[i][0])
    token = match[0].rstrip(".-") if match else ""
    letters = token.replace(EMOJI, "")
    marked = match is not None and handles.marked(reading, match.start() + len(token))
    if not match or not (
        marked
        or reading.text[start] == "_"
        or _acceptable(reading, trigger, letters, strong=strong, end=match.end())
    ):
        return
    end = match.start() + len(token)
    if label == "facebook" and strong:
        end = max(end, reading.spans[_capitals(reading, i)][1])
    if strong and token.isalpha():
        last = _clause(reading, i)
        end = max(end, reading.spans[_several(reading, i, freely=False) if last is None else last][1])
    end = _numbered(reading, handles.end(reading, end))
    yield Hit(start, end, label)


def _numbered(reading: Reading, at: int) -> int:
    """The end of an id with the short number that follows it: mawarmel 99."""
    number = _NUMBER_AFTER.match(reading.text, at)
    return number.end(1) if number and not _QUANTITY_AFTER.match(reading.text, number.end(1)) else at


def _acceptable(reading: Reading, trigger: int, token: str, *, strong: bool, end: int) -> bool:
    if len(token) < 3 or _QUANTITY.match(token):
        return strong and token.isdecimal() and len(token) >= _LONG_ENOUGH
    if shaped(token):
        return True
    if not token.isalpha():
        return strong and len(token) >= _LONG_ENOUGH
    return _strongly(reading, trigger, token, end) if strong else _weakly(reading, trigger, token)


def _strongly(reading: Reading, trigger: int, token: str, end: int) -> bool:
    """Whether a word of letters is an id after a colon or "id": rare, or the last before a break."""
    named = cues.messenger(reading.words[trigger]) == "facebook"
    if named and reading.raw(end - len(token), end)[:1].isupper():
        return True
    return (
        not is_common(token) or _clause(reading, bisect_left(reading.spans, (end - len(token),))) is not None
    )


def _weakly(reading: Reading, trigger: int, token: str) -> bool:
    """Whether a word of letters right after the messenger is an id: rare, and no compound with it (telenovela)."""
    named = cues.messenger(reading.words[trigger])
    if len(token) < (_ODD if named == "twitter" else 4) or is_common(token):
        return False
    if named in _NUMBERED and not (named == "twitter" and zipf(token) == 0):
        return False
    compound = reading.words[trigger] + token
    return compound not in everyday() and zipf(compound) == 0


def shaped(token: str) -> bool:
    """Whether a token has the shape of a handle: letters with digits, underscores or inner dots."""
    letters = any(map(str.isalpha, token))
    if not letters or _QUANTITY.match(token):
        return False
    if any(map(str.isdecimal, token)) or "_" in token:
        return True
    pieces = token.split(".")
    return len(pieces) > 1 and all(pieces) and not all(zipf(piece) > _FREQUENT for piece in pieces)


def _twice(token: str) -> bool:
    """Whether a word is only said twice: kelar2."""
    return token.endswith("2") and token[:-1].isalpha() and is_common(token[:-1])


def _clause(reading: Reading, i: int) -> int | None:
    """The last of at most three rarer words from *i* to the end of the clause (mawar mel); None for speech."""
    last = i
    while last + 1 < len(reading.words) and reading.gap(last) == " ":
        last += 1
        if last - i >= _MOST_WORDS:
            return None
    words = reading.words[i : last + 1]
    return last if all(zipf(word) < _FREQUENT and word not in _FILLER for word in words) else None


def is_half(word: str) -> bool:
    """Whether a word may be one half of a messenger's name that is written in two words."""
    return word in _HALF


def is_filler(word: str) -> bool:
    """Whether a word only leads on to an id."""
    return word in _FILLER


def _spaced_letters(reading: Reading, i: int) -> int | None:
    """The last word of a run of single characters (j a n e d o e x), or None."""
    last, stop = i, min(len(reading.words) - 1, i + _MOST_LETTERS)
    while last < stop and len(reading.words[last + 1]) == 1 and 0 < len(reading.gap(last)) <= 3:
        last += 1
    return last if len(reading.words[i]) == 1 and last - i >= 3 else None


def _several(reading: Reading, i: int, *, freely: bool) -> int:
    """The last word of an id written with blanks: mawar mel 99."""
    last = i
    while (
        last + 1 < len(reading.words)
        and last - i < 3
        and reading.gap(last) in (" ", "  ", "_", ".", "-", " _ ", "_ ")
    ):
        word = reading.words[last + 1]
        own = not is_common(word) or (freely and zipf(word) < _FREQUENT and word not in _FILLER)
        if (
            not own
            or (not freely and word.isdecimal() and len(word) > 4)
            or (_QUANTITY.fullmatch(word) and not word.isdecimal())
        ):
            break
        last += 1
    return last


def _capitals(reading: Reading, i: int) -> int:
    last = i
    while (
        last + 1 < len(reading.words)
        and last - i < 3
        and reading.gap(last) == " "
        and (reading.raw(*reading.spans[last + 1])[:1].isupper())
    ):
        last += 1
    return last


def _before(reading: Reading, trigger: int, label: str) -> Iterator[Hit]:
    """A handle that names its messenger afterwards: mawarmel99 (tele), mawar_mel on telegram."""
    i = trigger - 1
    if i >= 0 and reading.words[i] in ("on", "di", "at", "via", "in"):
        i -= 1
    if i < 0 or len(reading.text[reading.spans[i][1] : reading.spans[trigger][0]]) > 5 + 2 * (
        trigger - 1 - i
    ):
        return
    text, (_s, end) = reading.text, reading.spans[i]
    start = _s
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "._"):
        start -= 1
    token = text[start:end].strip(".")
    if (
        len(token) >= 6
        and shaped(token)
        and not _twice(token)
        and cues.messenger(token) is None
        and "\x00" not in text[end : reading.spans[trigger][0]]
    ):
        yield Hit(start, end, label)
