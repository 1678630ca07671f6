"""The second scan: independent of the recognisers, high recall; what it alone sees is masked in doubt.

It reads the disguised text by mass instead of grammar: characters are classed by Unicode's own tables, digit words
by a plain search, and a window heavy with digits or of a contact's shape is a hit unless it is plainly a quantity.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Found = tuple[int, int, str]
_DENSE = re.compile(r"(?:\d[^\w\x00]{0,3}){8,}\d")
_MONEY = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_CONTACT = re.compile(r"[\w.+\-]+@[\w\-]+|(?<!\w)@\w{2,}|https?:|www\.")


def scan(text: str, placed: Sequence[tuple[int, int]]) -> list[Found]:
    """Spans of *text* outside the placeholders (*placed*) that still look like an identifier, disjoint, in order."""
    stream = _digits(text, placed)
    found = [(m.start(), m.end(), "digits") for m in _DENSE.finditer(stream) if not _harmless(m[0])]
    found += [(m.start(), m.end(), "contact") for m in _CONTACT.finditer(stream)]
    out: list[Found] = []
    for start, end, reason in sorted(found):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]), out[-1][2])
        else:
            out.append((start, end, reason))
    return out


def _digits(text: str, placed: Sequence[tuple[int, int]]) -> str:
    for start, end in placed:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text if text.isascii() else "".join(map(_figure, text))


def _figure(char: str) -> str:
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)


def _harmless(written: str) -> bool:
    return _MONEY.fullmatch(written) is not None
