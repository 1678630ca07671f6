"""Social-media aware tokens, lower-cased, with their offsets.

A word (with inner apostrophes and hyphens, so *kupu-kupu* and *don't* stay whole), a hashtag with its ``#``, a
number, an emoji sequence, a placeholder of the door as one token. Elongations (*bangettt*) and reduplication
(*kupu2*) stay as written. Made once, at import.
"""

from __future__ import annotations

import regex

TOKENISER_VERSION = 1

_EMOJI = (
    r"(?:\p{RI}\p{RI}"
    r"|[#*0-9]\uFE0F?\u20E3"
    r"|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*)"
)
_WORD = r"[\p{L}\p{M}\p{N}_]+(?:['’\-][\p{L}\p{M}\p{N}_]+)*"
_NUMBER = r"\d+(?:[.,:]\d+)+(?![\p{L}\p{N}_])"
TOKEN = regex.compile(rf"⟦[^⟦⟧\n]*⟧|{_EMOJI}|{_NUMBER}|\#{_WORD}|{_WORD}")
_ASCII = regex.compile(r"[0-9]+(?:[.,:][0-9]+)+(?![A-Za-z0-9_])|\#?[A-Za-z0-9_]+(?:['\-][A-Za-z0-9_]+)*")


def tokenise(text: str) -> list[tuple[str, int, int]]:
    """The tokens of *text*: (token, start, end), offsets in code points. Curly apostrophes become straight."""
    pattern = _ASCII if text.isascii() else TOKEN
    found = [(m[0], *m.span()) for m in pattern.finditer(text)]
    return [(_form(token), start, end) for token, start, end in found]


def _form(token: str) -> str:
    if token[0] == "⟦":
        return token
    return token.lower().replace("’", "'")


def index_line(tokens: list[str]) -> str:
    """Tokens as the full-text index takes them: separated by spaces, none within."""
    line = " ".join(tokens)
    return line if "⟦" not in line else " ".join(t.replace(" ", "_") for t in tokens)
