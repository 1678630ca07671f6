"""Dates and places of birth: a date after "lahir", "ttl", "born", "dob"; a date by itself identifies nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.words import is_common, places

_MONTH = (
    r"(?:jan(?:uari|uary)?|peb(?:ruari)?|feb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agu(?:stus)?|agt"
    r"|aug(?:ust)?|sep(?:t|tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|nop(?:ember)?|des(?:ember)?|dec(?:ember)?)"
)
_NUMBER = (
    r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|seribu|ribu|ratus|nol"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|\w+teen|twenty|thirty|first|second|third|\w+th)"
)
_WORDS = rf"{_NUMBER}(?:[\s-]{_NUMBER}){{0,8}}"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"(?<!\w)(?:{_DAY}\s?[./\-]\s?(?:0?[1-9]|1[0-2])\s?[./\-]\s?(?:\d{{4}}|\d{{2}})(?!\d)|{_DAY}\s(?:0?[1-9]|1[0-2])\s\d{{4}}(?!\d)"
    rf"|(?:19|20)\d\d\s?[./\-]\s?(?:0?[1-9]|1[0-2])\s?[./\-]\s?{_DAY}(?!\w)"
    rf"|(?:{_DAY}|{_WORDS})[\s\-/.]*(?:of\s+)?{_MONTH}\b(?:[\s,\-/.']*(?:\d{{4}}|\d{{2}})\b|\s+{_WORDS})?"
    rf"|{_MONTH}\.?\s+{_DAY}(?!\w)(?:[\s,]*(?:\d{{4}})\b)?)"
)
_CUE = re.compile(
    r"(?<!\w)(?:lahir|lhr|kelahiran|ttl|tgl lahir|tanggal lahir|tempat tanggal lahir|born|dob|d\.o\.b|date of birth"
    r"|birth ?da(?:y|te)|b-?day|ultah|ulang tahun|milad)(?:ku|nya|mu|an)?(?!\w)"
)
_PLACE_FIRST = re.compile(r"\s*[:=\-]?\s*(?:di\s+|in\s+)?([a-z]+(?:\s[a-z]+)?)\s*[,/]\s*$")
_PLACE_AFTER = re.compile(r"[\s,]*(?:di|in|at)\s+(?:kota\s+|kab\.?\s+|desa\s+)?([a-z]+(?:\s[a-z]+)?)")
_PARTED = re.compile(
    r"[.!?\x00]\s|\w[^\n]*\n|(?:19|20)\d\d|\d\W*[a-z](?!.*\b(?:tgl|tanggal|pada|on) ?$)"
)  # what keeps a date from belonging to a cue
_REACH = 45


def find(reading: Reading) -> Iterator[Hit]:
    """Every date of birth, and the place of birth beside it."""
    text = reading.text
    for cue in _CUE.finditer(text):
        if cue[0] in ("lahir", "milad") and text[max(0, cue.start() - 5) : cue.start()] == "hari ":
            continue  # the day a state or a people was born
        date = DATE.search(text, cue.end(), min(len(text), cue.end() + _REACH + 25))
        if date and date.start() - cue.end() <= _REACH and not _PARTED.search(text[cue.end() : date.start()]):
            yield Hit(date.start(), date.end(), "birthdate")
            first = _PLACE_FIRST.match(text[cue.end() : date.start()])
            if first:
                yield Hit(cue.end() + first.start(1), cue.end() + first.end(1), "address")
            yield from _place(reading, date.end())
            continue
        for before in DATE.finditer(text, max(0, cue.start() - 35), cue.start()):
            if cue.start() - before.end() <= 12 and "." not in text[before.end() : cue.start()]:
                yield Hit(before.start(), before.end(), "birthdate")
        if cue[0].startswith(("lahir", "born", "kelahiran", "ttl")):
            yield from _place(reading, cue.end())


def _place(reading: Reading, at: int) -> Iterator[Hit]:
    match = _PLACE_AFTER.match(reading.text, at)
    if not match:
        return
    first, _blank, second = match[1].partition(" ")
    start = match.start(1)
    if match[1] in places() or (
        second and _named(reading, start, first) and _named(reading, match.end() - len(second), second)
    ):
        yield Hit(start, match.end(), "address")
    elif _named(reading, start, first):
        yield Hit(start, start + len(first), "address")


def _named(reading: Reading, start: int, word: str) -> bool:
    capital = reading.raw(start, start + 1).isupper()
    return word in places() or not is_common(word) or (capital and len(word) > 3)
