"""A text that somebody pasted, found again in what the door left of it. Nothing of it is kept.

The door replaced spans by placeholders, and which ones depended on the batch. So a stored text matches when all that
stands between its placeholders stands in the pasted one in this order; a part matches when it stands there as it is,
plain or after the door.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_PLACEHOLDER = re.compile(r"@?⟦[^⟦⟧]*⟧")
_WORDS = re.compile(r"\w+")
LEAST_WORDS = 3  # that must stand outside placeholders
PART_WORDS = 5  # from which on a part of a text tells


class Pasted:
    """One pasted text; *readings* are the text as it was pasted, and as the door makes it."""

    def __init__(self, text: str, readings: Iterable[str] = ()) -> None:
        self._plain = _folded(text)
        folded = [self._plain, *map(_folded, readings)]
        self._parts = [part for part in dict.fromkeys(folded) if _words(part) >= PART_WORDS]

    def stands_in(self, stored: str) -> bool:
        """Whether the pasted text is that of the unit *stored*, or a part of it."""
        text = _folded(stored)
        return any(part in text for part in self._parts) or self._is(text)

    def _is(self, stored: str) -> bool:
        """Whether the pasted text is *stored* with something in place of each placeholder."""
        if "⟦" not in stored:
            return stored == self._plain and bool(stored)
        pieces = [piece.strip() for piece in _PLACEHOLDER.split(stored)]
        if _words(" ".join(pieces)) < LEAST_WORDS:
            return False
        first, *_between, last = pieces
        if not (self._plain.startswith(first) and self._plain.endswith(last)):
            return False
        at = 0
        for piece in pieces:
            at = self._plain.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        return len(last) <= len(self._plain) - (at - len(last))


def _folded(text: str) -> str:
    """*text* in one case, one form of its characters and single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _words(text: str) -> int:
    return len(_WORDS.findall(_PLACEHOLDER.sub(" ", text)))
