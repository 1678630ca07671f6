"""Replacing: overlapping hits become one, and each its placeholder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from makna.corpus.disguise.normalise import BAR, plain
from makna.corpus.disguise.recognise.base import Hit

OPEN, CLOSE = "⟦", "⟧"
_NEUTRAL = str.maketrans({OPEN: "[", CLOSE: "]", BAR: "\ufffd", "\x00": " "})
_FIRM = ("link", "email", "#", "=", "account", "nik", "kk", "npwp", "document", "bank", "wa")
_FAINT = ("@", "phone", "name", "address", "plate", "birthdate")
"""Which label stays where two overlap: the first of these, then a messenger's, then the fainter ones."""


def neutralise(text: str) -> str:
    """*text* without the brackets of placeholders (nobody writes one by hand) and without NULs. Same length."""
    if "\x00" not in text and (text.isascii() or not (OPEN in text or CLOSE in text or BAR in text)):
        return text
    return text.translate(_NEUTRAL)


def neutralised(texts: Sequence[str]) -> list[str]:
    """Each of *texts* as :func:`neutralise` gives it; most hold nothing of the kind, which is told of all at once."""
    joined = "".join(texts)
    if any(mark in joined for mark in (OPEN, CLOSE, BAR, "\x00")):
        return list(map(neutralise, texts))
    return list(texts)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to the ends of the (ASCII) words it cuts: what sticks to an identifier belongs to it."""
    while start > 0 and _sticks(text[start]) and _sticks(text[start - 1]):
        start -= 1
    while end < len(text) and _sticks(text[end - 1]) and _sticks(text[end]):
        end += 1
    return start, end


def _sticks(char: str) -> bool:
    """Whether a character is a letter or digit, or a mark that vanishes between them."""
    return char.isalnum() if char.isascii() else not plain(char)


def merge(hits: Iterable[Hit]) -> list[Hit]:
    """Disjoint hits in order that cover the same characters; where some overlap, the strongest label stays."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if out and hit.start < out[-1].end:
            last = out[-1]
            label = min(last.label, hit.label, key=_rank)
            out[-1] = Hit(last.start, max(last.end, hit.end), label)
        else:
            out.append(hit)
    return out


def _rank(label: str) -> int:
    for rank, known in enumerate(_FIRM):
        if label.startswith(known):
            return rank
    return next((100 + i for i, known in enumerate(_FAINT) if label.startswith(known)), 50)


def replace(
    text: str, hits: Sequence[Hit], name: Callable[[str], str]
) -> tuple[str, dict[str, int], list[tuple[int, int]]]:
    """*text* with each (disjoint, ordered) hit replaced: the new text, counts by class, where placeholders stand.

    *name* turns a label into what stands between the brackets.
    """
    out: list[str] = []
    classes: dict[str, int] = {}
    placed: list[tuple[int, int]] = []
    at = length = 0
    for hit in hits:
        start, end, label = hit
        shown = f"{OPEN}{name(label)}{CLOSE}"
        out += (text[at:start], shown)
        length += start - at
        placed.append((length, length + len(shown)))
        length += len(shown)
        at = end
        kind = class_of(label)
        classes[kind] = classes.get(kind, 0) + 1
    out.append(text[at:])
    return "".join(out), classes, placed


def class_of(label: str) -> str:
    """The class a label counts under: all mentions are one class."""
    return "account" if label[0] in "@#" else label.removeprefix("=")
