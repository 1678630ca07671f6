"""Where the words of a search stand in a text that is read: the same places that the concordance shows."""

from __future__ import annotations

from collections.abc import Iterator

from makna.corpus.query import Query, holds, spans
from makna.corpus.tokens import index_line, tokenise
from makna.web.reading.texts import Leaf

Place = tuple[int, int, int]
"""A document, and a stretch of it."""


def hits_in(query: Query, leaf: Leaf) -> Iterator[Place]:
    """The places in *leaf*, in their order, of the units that match *query*."""
    for unit in leaf.units:
        tokens = tokenise(unit.text)
        words = [index_line([token]) for token, _start, _end in tokens]
        if holds(query, words):
            for first, last in spans(query, words):
                yield leaf.document, unit.start + tokens[first][1], unit.start + tokens[last - 1][2]
