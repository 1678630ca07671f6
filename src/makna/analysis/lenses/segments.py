"""Segments of a post: the stretches between breaks that writers set themselves.

A promoting post is a list: its parts stand between line ends, bars, dots, emoji or commas. A part is the unit that
carries a move, and the shortest passage that still reads.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import regex

_BREAK = regex.compile(
    r"[\n\r|•·▪●◦★☆✦;]+"
    r"|\s[-–—~/+]+\s"
    r"|(?<=[.!?…])\s+"
    r"|(?<!\d),|,(?!\d)"
    r"|(?<!\d)[:](?!\d)\s"
    r"|\s(?=#)"
    r"|(?:\p{Extended_Pictographic}[\uFE0F\u200D\p{EMod}]*)+"
)
_MENTIONS = regex.compile(r"(?:\s*⟦@[^⟧]*⟧)+\s*")
Token: TypeAlias = tuple[str, int, int]  # token, start, end
_NUMBER = regex.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text, in code points, with its tokens; *first* and *last* are its place in the post."""

    start: int
    end: int
    tokens: tuple[str, ...]
    first: bool = False
    last: bool = False


def segments(text: str, tokens: Sequence[Token]) -> list[Segment]:
    """The segments of *text* that hold a token. *tokens* are those of the text: token, start, end.

    A break inside a token is none. Leading mentions belong to no segment: they say to whom, not what.
    """
    opening = _MENTIONS.match(text)
    begin = opening.end() if opening else 0
    words = [_with_plus(text, t) for t in tokens if t[1] >= begin and not _pictograph(t[0])]
    if not words:
        return []
    cuts = [m.start() for m in _BREAK.finditer(text, begin)]
    groups: list[list[Token]] = [[words[0]]]
    at = 0
    for before, word in itertools.pairwise(words):
        while at < len(cuts) and cuts[at] < before[2] - 1:
            at += 1
        broken = at < len(cuts) and cuts[at] < word[1] + (word[0][0] == "#")
        same_tag_list = before[0][0] == "#" and word[0][0] == "#"
        if broken and not same_tag_list:
            groups.append([word])
        else:
            groups[-1].append(word)
    last = len(groups) - 1
    return [
        Segment(g[0][1], g[-1][2], tuple(w[0] for w in g), first=n == 0, last=n == last)
        for n, g in enumerate(groups)
    ]


def _with_plus(text: str, token: Token) -> Token:
    """*21+* is one word here: the sign says that it is a limit of age."""
    word, start, end = token
    return (word + "+", start, end + 1) if word.isdigit() and text[end : end + 1] == "+" else token


@lru_cache(maxsize=1 << 17)
def _pictograph(token: str) -> bool:
    return not any(c.isalnum() for c in token) and token[0] not in "⟦#"


def features(segment: Segment) -> list[str]:
    """What a segment shows: its words, word pairs and shape. Shapes start with ``·`` and are no words."""
    words = [unleet(t) for t in segment.tokens]
    found = [*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))]
    numbers = sum(bool(_NUMBER.match(t)) for t in segment.tokens)
    found += [f"·numbers {min(numbers, 2)}", f"·length {min(len(words), 6)}"]
    if segment.first:
        found.append("·first")
    if segment.last:
        found.append("·last")
    return list(dict.fromkeys(found))


_LEET = str.maketrans("013457", "oieast")
_MIXED = regex.compile(r"(?=.*\p{L}.*\d|.*\d\p{L})\p{L}[\p{L}\d]+")
_STRETCH = regex.compile(r"(\p{L})\1{2,}")


@lru_cache(maxsize=1 << 17)
def unleet(token: str) -> str:
    """A token with digits inside a word read as letters (*l4njut*), and stretched letters shortened (*yaaa*)."""
    if _MIXED.fullmatch(token) and not token[-1].isdigit():
        token = token.translate(_LEET)
    return _STRETCH.sub(r"\1", token) if len(token) > 3 else token
