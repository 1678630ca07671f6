"""Coarsening: exact facts become bands that many share."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache, lru_cache

from makna.corpus.disguise.normalise import plain
from makna.corpus.disguise.words import places

_COUNTS = ((1, "0"), (10, "1-9"), (100, "10-99"), (1_000, "100-999"), (10_000, "1k-9k"), (100_000, "10k-99k"))
_AGES = ((1.0, "<1y"), (3.0, "1-3y"), (10.0, "3-10y"))
_YEAR = 365.25 * 86_400


def count_bucket(n: int | None) -> str | None:
    """The band of a count: "0", "1-9", "10-99", "100-999", "1k-9k", "10k-99k", "100k+"; None where unknown."""
    if n is None or n < 0:
        return None
    return next((band for limit, band in _COUNTS if n < limit), "100k+")


def age_bucket(created: float | None, now: float) -> str | None:
    """The band of an account's age at *now* (both in seconds since the epoch); None where it cannot be told."""
    if created is None or created > now:
        return None
    years = (now - created) / _YEAR
    return next((band for limit, band in _AGES if years < limit), ">10y")


def day(seconds: float) -> date:
    """The UTC day of a moment in seconds since the epoch; raises ValueError or OverflowError beyond year 9999."""
    return datetime.fromtimestamp(seconds, UTC).date()


@lru_cache(maxsize=1 << 12)
def place(text: str | None) -> str | None:
    """The regency, or what is wider, that a free text names; the narrowest where it names several; else None."""
    if not text:
        return None
    known = places()
    found = [known[m[0]] for m in _pattern().finditer(" ".join(re.findall(r"[^\W_]+", plain(text))))]
    return min(found, key=lambda name: name in _WIDE) if found else None


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(places(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(n) for n in names) + r")\b")


_WIDE = frozenset(
    (
        "Indonesia", "Jawa Barat", "Jawa Tengah", "Jawa Timur", "Banten", "Sumatera Utara", "Sumatera Barat",
        "Sumatera Selatan", "Riau", "Kepulauan Riau", "Kalimantan Barat", "Kalimantan Timur", "Kalimantan Selatan",
        "Kalimantan Tengah", "Kalimantan Utara", "Sulawesi Selatan", "Sulawesi Utara", "Sulawesi Tengah",
        "Sulawesi Tenggara", "Sulawesi Barat", "Nusa Tenggara Barat", "Nusa Tenggara Timur", "Maluku", "Maluku Utara",
        "Papua", "Papua Barat", "Jabodetabek", "Jawa", "Sumatera", "Kalimantan", "Sulawesi", "Bali", "Malaysia",
        "Singapore", "Australia", "Japan", "South Korea", "Saudi Arabia", "United States", "London", "Taiwan",
    )
)  # fmt: skip
