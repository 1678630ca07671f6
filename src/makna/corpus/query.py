"""The search language: words, "phrases", prefix*, AND, OR, NOT, brackets. DAN, ATAU, BUKAN mean the same.

A query becomes a small tree; the tree becomes a tantivy query and, for the concordance, the spans of tokens that
made a unit match. Words pass Makna's own tokeniser, so a query means what the corpus means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from makna.corpus.tokens import tokenise
from makna.errors import BadQuery
from makna.i18n import _

_LEX = regex.compile(
    r'\s*(?:(?P<open>\()|(?P<close>\))|"(?P<phrase>[^"]*)"|(?P<not>-(?=[^\s-]))|(?P<word>[^\s()"]+))'
)
_AND, _OR, _NOT = {"AND", "DAN"}, {"OR", "ATAU"}, {"NOT", "BUKAN"}


@dataclass(frozen=True)
class Phrase:
    """Tokens in a row; one token is a word. With *prefix* the last token may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Not:
    """Units that the part does not match."""

    part: Query


@dataclass(frozen=True)
class And:
    """Units that every part matches."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Or:
    """Units that at least one part matches."""

    parts: tuple[Query, ...]


Query = Phrase | Not | And | Or


def parse(text: str) -> Query:
    """The tree of a query; raises :class:`BadQuery` with what is wrong and how to write it."""
    reader = _Reader(text)
    query = reader.either()
    if reader.peek() is not None:
        raise BadQuery(_("The query has a closing bracket too many: {query}").format(query=text))
    if not _positive(query):
        raise BadQuery(_("A query needs at least one word that must occur; NOT alone finds nothing."))
    return query


def spans(query: Query, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words of *query* stand in *tokens*: half-open token ranges, in order. NOT has none."""
    found: set[tuple[int, int]] = set()
    for phrase in _phrases(query):
        n = len(phrase.tokens)
        for at in range(len(tokens) - n + 1):
            if _matches(phrase, tokens[at : at + n]):
                found.add((at, at + n))
    return sorted(found)


def holds(query: Query, tokens: Sequence[str]) -> bool:
    """Whether a unit of these *tokens* matches *query*, as the index decides it."""
    match query:
        case Phrase():
            return bool(spans(query, tokens))
        case Not(part):
            return not holds(part, tokens)
        case And(parts):
            return all(holds(part, tokens) for part in parts)
        case Or(parts):
            return any(holds(part, tokens) for part in parts)


def _matches(phrase: Phrase, window: Sequence[str]) -> bool:
    if not phrase.prefix:
        return tuple(window) == phrase.tokens
    return tuple(window[:-1]) == phrase.tokens[:-1] and window[-1].startswith(phrase.tokens[-1])


def _phrases(query: Query) -> list[Phrase]:
    match query:
        case Phrase():
            return [query]
        case Not():
            return []
        case And(parts) | Or(parts):
            return [p for part in parts for p in _phrases(part)]


def _positive(query: Query) -> bool:
    match query:
        case Phrase():
            return True
        case Not():
            return False
        case And(parts):
            return any(_positive(p) for p in parts)
        case Or(parts):
            return all(_positive(p) for p in parts)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._items = list(_LEX.finditer(text.strip()))
        self._at = 0

    def peek(self) -> regex.Match[str] | None:
        return self._items[self._at] if self._at < len(self._items) else None

    def _word_is(self, words: set[str]) -> bool:
        item = self.peek()
        return item is not None and item["word"] in words

    def either(self) -> Query:
        parts = [self._all()]
        while self._word_is(_OR):
            self._at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts: list[Query] = []
        while (item := self.peek()) is not None and not item["close"] and not self._word_is(_OR):
            if self._word_is(_AND):
                self._at += 1
                continue
            parts.append(self._one())
        if not parts:
            raise BadQuery(_("The query is empty, or a word is missing: {query}").format(query=self._text))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Query:
        item = self._items[self._at]
        self._at += 1
        if item["not"] or item["word"] in _NOT:
            if self.peek() is None:
                raise BadQuery(_("NOT needs a word after it."))
            return Not(self._one())
        if item["open"]:
            inner = self.either()
            closing = self.peek()
            if closing is None or not closing["close"]:
                raise BadQuery(
                    _("The query has a bracket that is not closed: {query}").format(query=self._text)
                )
            self._at += 1
            return inner
        return _phrase(item["phrase"] if item["phrase"] is not None else item["word"])


def _phrase(text: str) -> Phrase:
    tokens = tuple(token for token, _start, _end in tokenise(text))
    if not tokens:
        raise BadQuery(_("{text} holds no letter, digit or emoji to search for.").format(text=text))
    return Phrase(tokens, prefix=text.endswith("*"))
