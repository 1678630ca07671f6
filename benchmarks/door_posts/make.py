"""Posts of a seed: those with identifiers, each in clear or in a named style, and as many harmless ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.door_posts import figures, harmless, letters, people
from benchmarks.door_posts.carriers import CARRIERS, CLOSINGS, OPENINGS

_NUMBERS = ("PHONE", "PHONE_US", "EWALLET", "NIK", "KK", "NPWP", "BANK")
_OTHERS = {
    "URL": letters.URLS, "EMAIL": letters.EMAILS, "HANDLE": letters.MENTIONS, "MSGID": letters.HANDLES, "NAME": letters.NAMES, "NICK": letters.NAMES,
    "ADDRESS": letters.ADDRESSES, "DOB": letters.DATES, "PLATE": letters.PLATES, "GEO": letters.PLACES,
}  # fmt: skip
_SHARES = {
    "PHONE": 26, "PHONE_US": 2, "EWALLET": 3, "URL": 10, "EMAIL": 9, "HANDLE": 8, "MSGID": 14, "NAME": 6, "NICK": 6, "NIK": 3, "KK": 1, "NPWP": 1,
    "BANK": 4, "PLATE": 3, "ADDRESS": 6, "GEO": 2, "DOB": 4,
}  # fmt: skip
_SHOWN_AS = {"NICK": "NAME", "PHONE_US": "PHONE"}
_CLEAR = 0.3


def posts(size: int, seed: int) -> Iterator[dict[str, Any]]:
    """*size* posts with identifiers and as many harmless ones, as a probe has them; ``style`` names the disguise."""
    rng = Random(seed)
    kinds, weights = list(_SHARES), list(_SHARES.values())
    for n in range(size):
        yield {"id": f"g{n:06}", **_post(rng.choices(kinds, weights)[0], rng)}
        yield {"id": f"h{n:06}", "text": harmless.post(rng), "spans": []}


def styles() -> set[str]:
    """The names of all styles."""
    return {name for table in (figures.STYLES, figures.PHONE_ONLY, *_OTHERS.values()) for name in table}


def _post(kind: str, rng: Random) -> dict[str, Any]:
    clear = people.MAKERS[kind](rng)
    style = "clear" if rng.random() < _CLEAR else rng.choice(list(_styles(kind)))
    written = (
        _clear(kind, clear, rng) if style == "clear" else _styles(kind)[style](rng, _digits(kind, clear))
    )
    if written.strip("\u200b") == clear and kind not in _NUMBERS:
        style = "clear"
    carrier = rng.choice(CARRIERS[kind].split("\n"))
    if kind == "HANDLE" and style == "digits said":
        style, written = "clear", clear
    return _laid_out(carrier, written, kind, style, rng)


def _styles(kind: str) -> dict[str, figures.Style]:
    if kind in _NUMBERS:
        return {**figures.STYLES, **(figures.PHONE_ONLY if kind in ("PHONE", "EWALLET") else {})}
    return _OTHERS[kind]


def _digits(kind: str, clear: str) -> str:
    return "".join(c for c in clear if c.isdigit()) if kind in _NUMBERS else clear


def _clear(kind: str, clear: str, rng: Random) -> str:
    """A number as it is usually grouped; anything else as it is."""
    if kind in ("PHONE", "EWALLET"):
        a, b, c = clear[:4], clear[4:8], clear[8:]
        return rng.choice(
            (
                clear,
                clear,
                f"{a}-{b}-{c}",
                f"{a} {b} {c}",
                f"{a}.{b}.{c}",
                f"62{clear[1:]}",
                f"+62{clear[1:]}",
                f"+62 {clear[1:4]}-{b}-{c}",
                f"({a}) {b}{c}",
            )
        )
    if kind == "PHONE_US":
        a, b, c = clear[:3], clear[3:6], clear[6:]
        return rng.choice(
            (f"({a}) {b}-{c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"+1 {a} {b} {c}", f"{a} {b} {c}")
        )
    if kind in ("NIK", "KK", "BANK"):
        return rng.choice(
            (
                clear,
                clear,
                " ".join(clear[i : i + 4] for i in range(0, len(clear), 4)),
                "-".join(clear[i : i + 4] for i in range(0, len(clear), 4)),
            )
        )
    return clear


def _laid_out(carrier: str, written: str, kind: str, style: str, rng: Random) -> dict[str, Any]:
    """The post's text with the spans of what it holds."""
    text, spans = rng.choice(OPENINGS), []
    for piece in _pieces(carrier):
        if piece == "{x}":
            spans.append(_span(len(text), written, _SHOWN_AS.get(kind, kind), style))
            text += written
        elif piece == "{n}":
            name = people.name(rng)
            spans.append(_span(len(text), name, "NAME", "clear"))
            text += name
        else:
            text += piece
    return {"text": text + rng.choice(CLOSINGS), "spans": spans}


def _pieces(carrier: str) -> list[str]:
    return [piece for piece in re.split(r"(\{[xn]\})", carrier) if piece]


def _span(start: int, written: str, kind: str, style: str) -> dict[str, Any]:
    return {"start": start, "end": start + len(written), "type": kind, "cls": style, "text": written}
