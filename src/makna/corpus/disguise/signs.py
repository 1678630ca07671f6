"""Signs: the parts of a handle or display name that may mean something to insiders.

Parts are only candidates: the importer keeps those that at least five accounts of the batch share. What is unique
identifies, and goes.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

_PART = regex.compile(
    r"(?:\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3"
    r"|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*)"
    r"|\d+(?:[/.:]\d+)*\+?|[\p{L}\p{M}]+"
)
_ASCII_PART = re.compile(r"[0-9]+(?:[/.:][0-9]+)*\+?|[A-Za-z]+")  # what _PART finds in ASCII
_HUMP = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})")
_BANDS = ((5, "1-5"), (10, "6-10"), (15, "11-15"))
_SHORT_NUMBER = 3


def parts(handle: str | None, name: str | None) -> frozenset[str]:
    """Words (lower case, of two letters and more), emoji and number shapes of a handle and a display name.

    A number of up to three digits stands as it is (18+, 24/7), a longer one as its shape (#### for four digits).
    """
    return _parts(handle or "") | _parts(name or "")


@lru_cache(maxsize=1 << 13)
def _parts(text: str) -> frozenset[str]:
    pieces = (_ASCII_PART if text.isascii() else _PART).findall(text)
    return frozenset[str]().union(*map(_split, pieces))


@lru_cache(maxsize=1 << 13)
def _split(piece: str) -> tuple[str, ...]:
    if piece[0].isdigit() and "\u20e3" not in piece:
        short = len(piece.strip("+")) <= _SHORT_NUMBER or ("/" in piece[:3] and len(piece) <= 4)
        return (piece if short else regex.sub(r"\d", "#", piece),)
    if not piece[0].isalpha():
        return (piece,)
    words = {w.lower() for w in [piece, *_HUMP.split(piece)] if w}
    return tuple(w for w in words if len(w) > 1)


def name_shape(handle: str) -> str:
    """The shape of a handle: its length band, how many digits, which separators; such as ``6-10, 2 digits, _``."""
    length = next((band for limit, band in _BANDS if len(handle) <= limit), ">15")
    digits = sum(char.isdigit() for char in handle)
    shape = [length] + ([f"{min(digits, 5)}{'+' if digits > 5 else ''} digits"] if digits else [])
    return ", ".join(shape + ["".join(sorted(set(handle) & set("_.-")))] * bool(set(handle) & set("_.-")))
