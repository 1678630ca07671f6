"""Times as posts state them, to seconds since the epoch, UTC. A time without a zone is taken as UTC.

Where day and month cannot be told apart the day comes first, as Indonesians write.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from makna.corpus.readers import dates

_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_MONTH = {_MONTHS[n : n + 3]: n // 3 + 1 for n in range(0, 36, 3)}
_EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([AaPp])?\.?[Mm]?(?![\d/])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})([/.\-])(\d{1,2})\2((?:19|20)\d\d|(?<!\.)\d\d)(?!\d)")
_ZONE = re.compile(r"(?:(?<=[:.]\d\d)|(?<=\s))([+-])(\d{2}):?(\d{2})\s*$|\b(WIB|WITA|WIT)\b")
_HOURS = {"WIB": 7, "WITA": 8, "WIT": 9}


def iso_time(text: Any) -> float | None:
    """The time of an ISO stamp (``2021-04-08T15:07:30.000Z``); None where it is none."""
    try:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def x_time(text: Any) -> float | None:
    """The time of a v1.1 stamp (``Wed Oct 10 20:19:24 +0000 2018``), also of an ISO one; None where it is neither."""
    try:
        days = datetime(int(text[26:30]), _MONTH[text[4:7]], int(text[8:10])).toordinal() - 719163
        zone = int(text[20:23]) * 3600 + int(text[20] + text[23:25]) * 60
        return days * 86400.0 + int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19]) - zone
    except (ValueError, KeyError, IndexError, TypeError):
        return iso_time(text)


def any_time(text: str) -> float | None:
    """The time of a cell: v1.1, ISO, epoch seconds or milliseconds, Excel's day number, or a written date and clock."""
    text = text.strip()
    if not text:
        return None
    found = x_time(text) if len(text) == 30 else iso_time(text)
    if found is not None:
        return found
    if _NUMBER.fullmatch(text):
        return _from_number(float(text.replace(",", ".")))
    return _written(text)


def _from_number(value: float) -> float | None:
    if 1e8 <= value < 1e10:
        return value
    if 1e11 <= value < 1e13:
        return value / 1000
    if 20_000 <= value < 80_000:  # 1954 to 2119
        return (_EXCEL_EPOCH + timedelta(days=value)).timestamp()
    return None


def _written(text: str) -> float | None:
    """``10-Feb-2025 (15:00:22)``, ``10/02/2025 15.00``, ``10 Februari 2025``, ``Feb 10, 2025 · 3:00 PM UTC``."""
    day = _slashed(text) or _named(text)
    if day is None:
        return None
    clock = _CLOCK.search(_SLASHED.sub(" ", text, count=1))
    seconds = 0
    if clock:
        hour, minute, second, half = (
            int(clock[1]),
            int(clock[2]),
            int(clock[3] or 0),
            (clock[4] or "").lower(),
        )
        hour = hour % 12 + 12 * (half == "p") if half else hour
        if hour > 23 or minute > 59 or second > 59:
            return None
        seconds = hour * 3600 + minute * 60 + second
    return day.timestamp() + seconds - _zone(text)


def _slashed(text: str) -> datetime | None:
    match = _SLASHED.search(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    day, month = (second, first) if second > 12 else (first, second)
    try:
        return datetime(year + 2000 * (year < 100), month, day, tzinfo=UTC)
    except ValueError:
        return None


def _named(text: str) -> datetime | None:
    found = dates.iso(text)
    return datetime.fromisoformat(found).replace(tzinfo=UTC) if found and len(found) == 10 else None


def _zone(text: str) -> int:
    match = _ZONE.search(text)
    if not match:
        return 0
    if match[4]:
        return _HOURS[match[4]] * 3600
    return (1 if match[1] == "+" else -1) * (int(match[2]) * 3600 + int(match[3]) * 60)
