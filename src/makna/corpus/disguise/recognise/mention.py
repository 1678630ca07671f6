"""Mentions of accounts: ``@handle``, also glued to a word or with a blank, and bare handles that their shape gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from makna.corpus.disguise.recognise import handles
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.words import is_common

_MENTION = re.compile(r"@(\s?)([^\W_][\w.]{0,40}|_+\w[\w.]{0,40})")
_PRICE = re.compile(
    r"\d{1,4}(?:[.,]\d{1,3})*(?:k|rb|ribu|jt|juta|x|pcs|jam|org|orang|malam|bln|am|pm|wib|wit|wita|ish)?$"
)
_FENCED = re.compile(r"(?<![\w])[\[({<]\s?(?:at|@)\s?[\])}>]\s?([^\W_]\w{3,30})(?![\w.@])")
_BARE = re.compile(
    r"(?<![\w@#./&=:\-])(?=\w{5,40}(?![\w]))[a-z0-9]*[a-z][a-z0-9]*_[a-z0-9_]*[a-z0-9_]{2}(?![\w])"
)


def find(reading: Reading) -> Iterator[Hit]:
    """Every mention of the text; the label is @ and the handle."""
    text = reading.text
    for match in _MENTION.finditer(text):
        handle = match[2].rstrip(".")
        if _PRICE.match(handle) or (match[1] and not _shows_itself(handle)):
            continue
        end = handles.end(reading, match.start(2) + len(handle), freely=False)
        yield Hit(match.start(), end, "@" + handle)
    for match in _BARE.finditer(text) if "_" in text else ():
        yield Hit(match.start(), match.end(), "@" + match[0])
    for match in _FENCED.finditer(text) if "at" in text else ():
        if _shows_itself(match[1]):
            yield Hit(match.start(), match.end(), "@" + match[1])


def _shows_itself(handle: str) -> bool:
    """Whether a word after a lonely @ is a handle rather than speech ("ketemu @ rumah", "@ 5 pm")."""
    if handle.isdigit():
        return False
    return "_" in handle or any(c.isdigit() for c in handle) or "." in handle or not is_common(handle)
