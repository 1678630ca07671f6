"""Dates as Indonesian and English writers state them at the head of a transcript or a note."""

from __future__ import annotations

from datetime import date

import regex

_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "pebruari", "feb"),
    ("maret", "march", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "agt", "ags", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAME = "(?P<month>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = tuple(
    regex.compile(pattern, regex.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}[-/.](?P<m>\d{{1,2}})[-/.](?P<day>\d{{1,2}})\b",
        rf"\b(?P<day>\d{{1,2}})\s*[-/.]\s*(?P<m>\d{{1,2}})\s*[-/.]\s*{_YEAR}\b",  # the day first, as Indonesians write
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-]+{_NAME}[\s,\-]+{_YEAR}\b",
        rf"\b{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_NAME}[\s,]+{_YEAR}\b",
        rf"\b{_YEAR}-(?P<m>\d{{2}})\b",
        rf"^\W*{_YEAR}\W*$",
    )
)
_RUN = regex.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")  # 20210314


def in_file_name(name: str) -> str | None:
    """The date in a file's name ("wawancara_2021-03-14.srt", "20210314 Informan 2.vtt"); None where it has none."""
    spaced = name.rsplit(".", 1)[0].replace("_", " ")
    return iso(spaced) or iso(_RUN.sub(r"\1-\2-\3", spaced))


def iso(text: str) -> str | None:
    """The first date in *text* as ISO day, month or year; None where it states none that exists."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found = _iso(match.groupdict())
            if found:
                return found
    return None


def _iso(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    named = parts.get("month")
    month = _MONTH[named.lower()] if named else int(parts.get("m") or 0)
    day = int(parts.get("day") or 0)
    if not month:
        return f"{year:04d}"
    try:
        whole = date(year, month, day or 1)
    except ValueError:
        return None
    return whole.isoformat() if day else f"{year:04d}-{month:02d}"
