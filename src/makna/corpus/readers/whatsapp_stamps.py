"""Day and time before each message of a WhatsApp export: the forms of Android and iOS, and which number is the day.

The phone's region decides the order and nothing in the file says which it was, so the whole file is asked: a number
above 12 is no month, one above 31 is a year, and messages stand in the order of their time. Where all of that is
silent the day comes first, as Indonesians write, and the import says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import regex

_MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_GAP = r"[ \t\xa0\u202f]"
_DAY = r"(?P<a>\d{1,4})(?P<sign>[./-])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{2}|\d{4})\.?"
_CLOCK = rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?(?:{_GAP}?(?P<half>[AaPp])\.?{_GAP}?[Mm]\.?)?"
_BOTH = rf"{_DAY}(?:,|{_GAP}(?:pukul|at|um|às|à))?{_GAP}{{1,2}}{_CLOCK}"
STAMP = regex.compile(
    rf"^[{_MARKS}]*(?:\[(?P<stamp>{_BOTH})\]{_GAP}?|(?P<stamp>{_BOTH}){_GAP}[-–—]{_GAP})[{_MARKS}]*",
    regex.MULTILINE,
)
"""Matches at the start of a message, up to what follows the time."""

Day = tuple[int, int, int]  # the three numbers as they stand


@dataclass
class Orders:
    """What the days of a file tell about the order of their numbers."""

    year_first: bool = False
    day_first: int = 0  # days whose first number is no month
    month_first: int = 0
    differs: bool = False  # whether any day's two numbers are not the same
    _last: Day | None = None
    _falls: list[int] = field(default_factory=lambda: [0, 0])  # steps back in time: day first, month first

    def see(self, days: Iterable[Day]) -> None:
        """Take the days of more messages into account, in their order."""
        for day in days:
            if day == self._last:
                continue
            a, b, c = day
            self.year_first |= a > 31
            self.day_first += 12 < a <= 31 and b <= 12
            self.month_first += b > 12 and a <= 12
            self.differs |= a != b
            if self._last:
                x, y, z = self._last
                self._falls[0] += (c, b, a) < (z, y, x)
                self._falls[1] += (c, a, b) < (z, x, y)
            self._last = day

    def decide(self) -> tuple[str, bool]:
        """(order as ``ymd``, ``dmy`` or ``mdy``; whether the file tells it)."""
        if self.year_first:
            return "ymd", True
        if self.day_first != self.month_first:
            return ("dmy" if self.day_first > self.month_first else "mdy"), True
        if self._falls[0] != self._falls[1]:
            return ("dmy" if self._falls[0] < self._falls[1] else "mdy"), True
        return "dmy", not self.differs


def day(match: regex.Match[str]) -> Day:
    """The three numbers of a stamp."""
    return int(match["a"]), int(match["b"]), int(match["c"])


def seconds(match: regex.Match[str], order: str) -> float | None:
    """The time of a stamp, read in *order*, in seconds since the epoch; None where there is no such time.

    The export names no zone: it is taken as UTC.
    """
    numbers = dict(zip(order, day(match), strict=True))
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    clock = hour, int(match["minute"]), int(match["second"] or 0)
    year = numbers["y"] + 2000 * (numbers["y"] < 100)
    try:
        return datetime(year, numbers["m"], numbers["d"], *clock, tzinfo=UTC).timestamp()
    except ValueError:
        return None
