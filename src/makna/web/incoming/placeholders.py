"""What stands in a text for what the door took out, found again to be shown in its tint."""

from __future__ import annotations

import re
from collections.abc import Iterable

from makna.corpus.disguise.measured import measured_class

_PLACEHOLDER = re.compile(r"⟦[^⟦⟧\n]*⟧")
_TINTS = {
    "phone": "contact", "messenger": "contact", "email": "contact", "account": "account", "link": "link",
    "name": "name", "nik": "number", "kk": "number", "npwp": "number", "bank": "number", "plate": "number",
    "birthdate": "number", "document": "number", "address": "place", "image": "sign", "video": "sign", "voice": "sign",
    "media": "sign", "animation": "sign", "sticker": "sign", "turn withheld": "withheld", "?": "doubt",
}  # fmt: skip
Piece = tuple[str, str]  # (words, tint): no tint where the text says it itself


def pieces(text: str) -> list[Piece]:
    """*text* in pieces, each placeholder with its tint."""
    found: list[Piece] = []
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > at:
            found.append((text[at : match.start()], ""))
        found.append((match[0], tint_of(match[0])))
        at = match.end()
    return [*found, (text[at:], "")] if at < len(text) else found


def tint_of(placeholder: str) -> str:
    """What kind of thing a placeholder stands for."""
    inside = placeholder.strip("⟦⟧")
    if inside.startswith("@"):
        return "account"
    return _TINTS.get(inside, _TINTS.get(measured_class(inside), "sign"))


def tints(texts: Iterable[list[Piece]]) -> list[str]:
    """The tints that occur, for a legend."""
    there = {tint for text in texts for _words, tint in text if tint}
    return [tint for tint in dict.fromkeys(_TINTS.values()) if tint in there]
