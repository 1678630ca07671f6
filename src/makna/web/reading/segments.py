"""Codings as segments: any stretch of a text, cut wherever a coding begins or ends, with the codings that cover each cut.

A text is HTML here as it will be read: every code point of it stands in the page exactly once, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

import regex

_LAYERS = "cde"  # a segment names the colours of its first three codings; the stripes beside it name all
_KEPT = str.maketrans(
    {"\r": "&#13;", "\0": "\ufffd"}
)  # a parser of HTML would drop these, and shift what follows


_SPECIAL = regex.compile(r"""[&<>"'\r\0]""")


class Passage(NamedTuple):
    """A coding's place in its text (code points, half-open), and the code it carries."""

    start: int
    end: int
    coding: int
    code: int


class Segment(NamedTuple):
    """A stretch of a text and the codings that cover all of it, those that began first in front."""

    start: int
    end: int
    cover: tuple[Passage, ...]


def segments(passages: Iterable[Passage], start: int, end: int) -> list[Segment]:
    """The stretch from *start* to *end*, cut at every edge of *passages*: disjoint segments, in order, that fill it.

    Passages may cross, contain each other or lie outside. O(n log n + output) for n passages.
    """
    inside = sorted(p for p in passages if p.start < end and p.end > start and p.start < p.end)
    edges = sorted({start, end, *(e for p in inside for e in (p.start, p.end) if start < e < end)})
    return list(_swept(inside, edges))


def _swept(inside: Sequence[Passage], edges: Sequence[int]) -> Iterator[Segment]:
    active: list[Passage] = []
    coming = 0
    for begin, stop in pairwise(edges):
        active = [p for p in active if p.end > begin]
        while coming < len(inside) and inside[coming].start <= begin:
            active.append(inside[coming])
            coming += 1
        yield Segment(begin, stop, tuple(active))


def render(text: str, passages: Iterable[Passage], *, offset: int = 0) -> str:
    """*text* as HTML, with a ``<mark>`` around each segment that is coded. *offset* is where *text* begins in its document.

    A mark has the classes ``c-7 d-9 e-4`` for the codes of its first three codings, ``n2`` or ``n3`` where it has two
    or more, and names its codings in ``data-k``.
    """
    return "".join(_written(text, segments(passages, offset, offset + len(text)), offset))


def _written(text: str, cut: Iterable[Segment], offset: int) -> Iterator[str]:
    for segment in cut:
        words = escaped(text[segment.start - offset : segment.end - offset])
        yield f"<mark{_said(segment.cover)}>{words}</mark>" if segment.cover else words


def _said(cover: Sequence[Passage]) -> str:
    codes = list(dict.fromkeys(p.code for p in cover))[: len(_LAYERS)]
    names = [f"{layer}-{code}" for layer, code in zip(_LAYERS, codes, strict=False)]
    if len(codes) > 1:
        names.append(f"n{len(codes)}")
    return f' class="{" ".join(names)}" data-k="{" ".join(str(p.coding) for p in cover)}"'


def escaped(text: str) -> str:
    """*text* as HTML that a browser reads back with the same number of code points."""
    return escape(text).translate(_KEPT) if _SPECIAL.search(text) else text
