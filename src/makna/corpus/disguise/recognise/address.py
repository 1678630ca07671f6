"""Addresses and coordinates: streets, lanes, housing blocks, hotel rooms; where a bare place word is not enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from makna import wordlists
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.recognise.digit_words import values
from makna.corpus.disguise.words import is_common, places

_WORDS = {
    category: frozenset(words) for category, words in wordlists.load("door_address").categories().items()
}
_SHORT, _MARKER, _STOP = _WORDS["short"], _WORDS["marker"], _WORDS["stop"]
_STREET = _SHORT | _WORDS["street"]
_SITE = _WORDS["site"] | _WORDS["area"]
_HOUSES = _WORDS["site"]
_ANCHORS = _STREET | _SITE | {"rt"}
_PART = _MARKER | _STREET | _WORDS["area"] | _WORDS["part"]
_ROOM = frozenset(("kamar", "room"))
_CAPITAL_ONLY = _WORDS["english capital"]
_ENGLISH_KINDS = _WORDS["english"] | _CAPITAL_ONLY
_DWELLINGS = frozenset(
    word + suffix
    for word in _WORDS["dwelling"] | {"kos", "kost", "kosan", "kontrakan"}
    for suffix in ("", "ku", "nya", "an")
)
_ROMAN = re.compile(r"[ivx]{1,5}$")
_UNIT = re.compile(
    r"\s?(?:k|rb|ribu|jt|juta|km|m|meter|menit|jam|hari|malam|orang|x|kali|bulan|tahun|persen|%|an)\b"
)
_ENGLISH = re.compile(
    r"(?<![\w.])(?:(?:flat|apt|apartment|unit|room|suite)\s?\.?\s?\w{1,5},?\s+)?\d{1,5}[a-z]?,?\s{1,3}(?:[a-z'’]{1,20}\s{1,3}){1,3}(?P<kind>street|st|road|rd|avenue|ave|lane|boulevard|blvd|drive|close|court"
    r"|way|place|terrace|crescent|square|gardens|grove|mews)\b\.?"
)
_TAIL = re.compile(
    r",?\s{0,3}(?:(?:flat|apt|apartment|unit|room|suite|floor|#)\s*\.?\s*\w{1,5}"
    r"|[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b|[a-z]{2}\s\d{5}\b|\d{5}(?:-\d{4})?\b)"
)
_GLUED_MARK = re.compile(r"(?:no|nomor|nmr|rt|rw|blok|blk|lt|kav|unit|kamar)\d{1,4}[a-z]?$")
_HERE = re.compile(
    r"(?<!\w)(?:di|at|ke|alamat(?:ku|nya)?|address(?: is)?|lokasi|lives?) ?:? ?(?:(?:flat|apt|unit|room) ?\w{1,5},? )?$"
)
_MAY_BE_SMALL = frozenset(("drive", "st", "rd", "ave", "square", "gardens", "court"))
_TOWN = re.compile(r",\s{0,3}[a-z]{1,20}(?:\s[a-z]{1,20})?(?![\w])")
_HALF_GLOBE = r"(?:\s?(?:[nsew]|l[su]|b[tb])(?!\w))?"
_DEGREES = r"-?\d{1,3}\.\d{4,12}\s?\x1f?"
_MINUTES = r"\d{1,3}\s?[\x1fo]\s?\d{1,2}\s?'\s?(?:\d{1,2}(?:[.,]\d{1,6})?\s?(?:\"|'')?)?\s?(?:[nsew]|l[su]|b[tb])(?!\w)"
_FINE = re.compile(r"\.\d{4}")
_COORDINATES = re.compile(
    rf"(?<![\d.]){_DEGREES}{_HALF_GLOBE}\s{{0,2}}[,;/ ]\s{{0,2}}{_DEGREES}{_HALF_GLOBE}(?![\d.]*\d)|{_MINUTES}(?:[\s,;]{{0,3}}{_MINUTES})?"
    r"|(?<!\w)lat(?:itude)?\W{0,3}-?\d{1,3}[.,]\d{2,12}\W{1,4}l(?:on|ng|ong|ongitude)\W{0,3}-?\d{1,3}[.,]\d{2,12}"
)
_DWELLING = re.compile(
    r"(?<!\w)(?:tinggal|rumah|kos|kost|kosan|ngekos|ngekost|domisili|alamat|kontrakan)(?:ku|nya|an)?(?: (?:aku|saya|gue|gw|ku))?"
    r"(?: (?:di|daerah)|:) (?:daerah |kawasan |desa |kel |kec )?([a-z]{4,20})(?!\w)(?=( [a-z]{4,20}(?!\w))?)"
)
_SURELY = ("kos", "ngekos", "domisili", "alamat", "kontrakan")
_MOST_WORDS, _MOST_BARE = 20, 3


def find(reading: Reading) -> Iterator[Hit]:
    """Every address of the text that leads to a door."""
    if not _ENGLISH_KINDS.isdisjoint(reading.words):
        yield from _english(reading)
    if not _DWELLINGS.isdisjoint(reading.words):
        yield from _dwellings(reading)
    reached = 0
    for i, word in enumerate(reading.words):
        if word in _ANCHORS and i >= reached and (word != "rt" or _has_rw(reading, i)):
            first = (
                i - 2 if i >= 2 and reading.words[i - 2] in _ROOM and _numeral(reading.words[i - 1]) else i
            )
            last = _extent(reading, i, proof=first < i)
            if last is not None:
                reached = last + 1
                yield Hit(reading.spans[first][0], reading.spans[last][1], "address")


def coordinates(reading: Reading) -> Iterator[Hit]:
    """Every pair of coordinates."""
    for match in _COORDINATES.finditer(reading.text) if _may_place(reading.text) else ():
        yield Hit(match.start(), match.end(), "address")


def _may_place(text: str) -> bool:
    return "'" in text or "lat" in text or _FINE.search(text) is not None


def _dwellings(reading: Reading) -> Iterator[Hit]:
    """A place below the regency after "tinggal di", "rumahku di"."""
    for match in _DWELLING.finditer(reading.text):
        start, end, first = match.start(1), match.end(1), match[1]
        capital = reading.raw(start, start + 1).isupper() and not reading.shouted
        if first + (match[2] or "") in places() or first in places() or first in _STREET | _SITE | _STOP:
            continue
        unusual = not is_common(first) and match[0].startswith(_SURELY)
        if unusual or (capital and len(first) > 3):
            both = match[2] is not None and reading.raw(end + 1, end + 2).isupper() and not reading.shouted
            yield Hit(start, match.end(2) if both else end, "address")


def _has_rw(reading: Reading, i: int) -> bool:
    return "rw" in reading.words[i + 2 : i + 4]


def _extent(reading: Reading, first: int, *, proof: bool = False) -> int | None:
    """The last word of the address that begins at word *first*; None where there is no door to find."""
    last, bare, i = first, 0, first + 1
    street = reading.words[first] in _STREET
    if (
        street
        and i < len(reading.words)
        and (reading.words[i] == reading.words[first] or reading.words[i] in _STOP)
    ):
        return None
    while i < len(reading.words) and i - first < _MOST_WORDS and _continues(reading, i - 1):
        word = reading.words[i]
        if _GLUED_MARK.match(word) and i > first:
            proof, bare = True, 0
        elif _numeral(word) or _lettered(reading, i):
            named = not proof and reading.words[i - 1] in _HOUSES and reading.gap(i) == " "  # OYO 123 Melati
            if not named and not _proves(reading, i, street or (bare > 0 and proof), within=i > first + 1):
                break
            proof, bare = not named, bare + 1 if named else 0
        elif word in _PART or (proof and word in places()):
            bare = 0
        elif word in _STOP or bare >= _MOST_BARE or (bare >= 1 and _speech(reading, i)):
            break
        else:
            bare += 1
        last, i = i, i + 1
    named = (
        reading.words[first] in _SHORT
        and last > first
        and not reading.shouted
        and reading.raw(*reading.spans[first + 1])[:1].isupper()
    )
    return _trimmed(reading, first, last) if proof or named else None


def _speech(reading: Reading, i: int) -> bool:
    """Whether a word inside an address has gone over into speech: an everyday word without a capital."""
    word = reading.words[i]
    upper = reading.raw(*reading.spans[i])[:1].isupper()
    follows = reading.words[i + 1 : i + 3]
    leads_on = any(w in _MARKER or _numeral(w) for w in follows)
    return not upper and is_common(word) and not leads_on


def _trimmed(reading: Reading, first: int, last: int) -> int:
    while last > first and reading.words[last] in _PART - {"kota"}:
        last -= 1
    return last


def _continues(reading: Reading, i: int) -> bool:
    gap = reading.gap(i)
    if "\n" in gap or "\x00" in gap or len(gap) > 3 or any(c in gap for c in "!?;"):
        return False
    return not (gap.startswith(".") and " " in gap and reading.words[i] not in _PART | _SHORT)


def _numeral(word: str) -> bool:
    return (
        word[0].isdecimal()
        or (word in values() and values()[word].isdigit())
        or _ROMAN.match(word) is not None
    )


def _lettered(reading: Reading, i: int) -> bool:
    """A single letter after a block, tower or number: blok f 12, tower A, 4 B."""
    return len(reading.words[i]) == 1 and (reading.words[i - 1] in _MARKER or _numeral(reading.words[i - 1]))


def _proves(reading: Reading, i: int, direct: bool, *, within: bool) -> bool:
    """Whether a numeral numbers a door rather than counts something."""
    if _UNIT.match(reading.text, reading.spans[i][1]) or re.fullmatch(
        r"\d+[a-z]{2,}|\d+[kx]", reading.words[i]
    ):
        return False
    before = reading.words[i - 1]
    marked = before in _MARKER or (within and before in _STREET) or _numeral(before) or len(before) == 1
    return marked or (direct and before not in _STREET) or len(reading.words[i]) == 5


def _english(reading: Reading) -> Iterator[Hit]:
    for match in _ENGLISH.finditer(reading.text):
        kind = match.start("kind")
        if match["kind"] in _CAPITAL_ONLY and not reading.raw(kind, kind + 1).isupper():
            said_where = _HERE.search(reading.text, max(0, match.start() - 40), match.start())
            if match["kind"] not in _MAY_BE_SMALL or said_where is None:
                continue
        end = match.end()
        while True:
            tail = _TAIL.match(reading.text, end) or _town(reading, end)
            if not tail:
                break
            end = tail.end()
        yield Hit(match.start(), end, "address")


def _town(reading: Reading, at: int) -> re.Match[str] | None:
    match = _TOWN.match(reading.text, at)
    if not match:
        return None
    word = match[0].strip(", ")
    start = match.end() - len(word)
    return match if reading.raw(start, start + 1).isupper() or word in places() else None
