"""Number plates of vehicles: B 1234 XYZ in capitals, or in any case after "plat", "nopol", "mobil"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from makna import wordlists
from makna.corpus.disguise.recognise.base import Hit, Reading

_REGION = r"(?:a[abdeg]?|b[abdeghklmnp]?|d[abcdeghklmnrst]?|e[abd]?|f|g|h|k[btuh]?|l|m|n|p[abg]?|r|s|t|w|z)"
_DIGITS = r"(?:\d{1,4}|(?:(?:nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\s){2,4})"
_PLATE = re.compile(rf"(?<![\w@#/])({_REGION})[\s.\-]?({_DIGITS})[\s.\-]?([a-z]{{1,3}})(?!\w)")
_TRIGGER = re.compile(
    r"(?<!\w)(?:plat|nopol|platnya|plat ?no(?:mor)?|mobil|motor|nomor polisi|license plate|plate|car|kendaraan|taksi|truk|angkot|avanza|xenia|innova|brio|agya|ayla|jazz|calya|sigra|ertiga|xpander|fortuner|pajero"
    r"|rush|terios|vario|beat|scoopy|nmax|aerox|mio|vixion|supra|ninja|vespa)(?:nya|ku|mu)?\b[^.,!?\n\x00\d]{0,30}$"
)
_ENGLISH = re.compile(
    r"(?<!\w)(?:license|licence|number|car|registration) plates?(?: is|:)? ([a-z]{1,3}[ \-]?\d{2,4}[ \-]?[a-z]{0,3})(?!\w)"
)
_AFTER = re.compile(r"[\s,(]{1,3}(?:plat|nopol|plate)")
_LEAST_SAID = 3
_UNITS = frozenset(wordlists.load("door_units").entries)


def find(reading: Reading) -> Iterator[Hit]:
    """Every number plate of the text."""
    for match in _ENGLISH.finditer(reading.text):
        yield Hit(match.start(1), match.end(1), "plate")
    for match in _PLATE.finditer(reading.text):
        before = _TRIGGER.search(reading.text, max(0, match.start() - 50), match.start())
        after = _AFTER.match(reading.text, match.end())
        if _plausible(match, reading.raw(*match.span()), before is not None or after is not None):
            yield Hit(match.start(), match.end(), "plate")


def _plausible(match: re.Match[str], raw: str, triggered: bool) -> bool:
    digits, tail = match[2], match[3]
    if tail in _UNITS and not (triggered and raw.isupper()):
        return False
    if triggered:
        return True
    if not digits.isdecimal():
        return raw[:1].isupper() and raw[-len(tail) :].isupper() and digits.count(" ") >= _LEAST_SAID
    return raw.isupper() and len(digits) >= 3 and digits[0] != "0" and len(tail) >= 2
