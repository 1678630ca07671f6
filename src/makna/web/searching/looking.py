"""Looking: a page of the concordance, or all its hits, within bounds that are said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import regex

from makna.corpus.query import Query, parse
from makna.corpus.search import Found, lines
from makna.library import Study
from makna.record.acting import Actor
from makna.web.reading.sentences import sentences
from makna.web.searching.asked import Asked
from makna.web.searching.narrowing import places_that, units_that

PAGE = 50  # units where nothing is gathered, else hits
LOOKED = 10_000  # units that are looked through at most
SORTED = 5_000  # hits that are put in order at most
_CHUNK = 2_000
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


class Hit(NamedTuple):
    """Where the words of a search stand: in which unit, and as code points into the document's text."""

    unit: Found
    start: int
    end: int
    left: str
    words: str
    right: str

    @property
    def whole(self) -> tuple[int, int]:
        """The unit, without the blanks around it."""
        text = self.unit.text
        begin = len(text) - len(text.lstrip())
        return self.unit.start + begin, self.unit.start + max(begin + 1, len(text.rstrip()))

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence that the words stand in, or those that they reach over."""
        there = [
            s
            for s in sentences(self.unit.text, offset=self.unit.start)
            if s[0] < self.end and self.start < s[1]
        ]
        return (there[0][0], there[-1][1]) if there else (self.start, self.end)


@dataclass(frozen=True)
class Looked:
    """A page of hits. *units* match the words; *through* of them were looked at, with *hits* in all where that is known."""

    page: Sequence[Hit]
    units: int
    through: int
    hits: int | None
    more: bool

    @property
    def whole(self) -> bool:
        """Whether all that match were looked at."""
        return self.through >= self.units


def look(study: Study, actor: Actor, asked: Asked) -> Looked:
    """The page that was asked for."""
    units = study.count(asked.q, kinds=asked.kind)
    query, first = parse(asked.q), asked.page * PAGE
    if not asked.gathers:
        found = study.found(asked.q, kinds=asked.kind, limit=PAGE, offset=first, ranked=asked.order == "best")
        page = [hit for one in found for hit in hits_in(query, one)]
        return Looked(page, units, units, None, first + PAGE < units)
    through, beside = _Through(study, actor, asked), asked.order in _KEYS
    short = units > LOOKED and not beside  # then the page is shown as soon as it is full
    hits = list(islice(through, first + PAGE + 1 if short else None))
    if beside:
        hits.sort(key=_KEYS[asked.order])
    more, page = len(hits) > first + PAGE, hits[first : first + PAGE]
    return Looked(page, units, through.units, None if short and more else len(hits), more)


def every(study: Study, actor: Actor, asked: Asked) -> tuple[list[Hit], bool]:
    """All hits, and whether they are all that match the words."""
    through = _Through(study, actor, asked, sort=False)
    hits = list(through)
    return hits, through.units >= study.count(asked.q, kinds=asked.kind)


class _Through:
    """The hits one after the other; *units* says how many units were looked through to find them."""

    def __init__(self, study: Study, actor: Actor, asked: Asked, *, sort: bool = True) -> None:
        self._study, self._asked = study, asked
        self._sieve, self._tests = units_that(study, actor, asked), places_that(actor, asked)
        self._most = SORTED if sort and asked.order in ("left", "right") else None
        self.units = 0

    def __iter__(self) -> Iterator[Hit]:
        query, hits = parse(self._asked.q), 0
        while self.units < LOOKED:
            found = self._study.found(
                self._asked.q, kinds=self._asked.kind, limit=_CHUNK, offset=self.units,
                ranked=self._asked.order == "best",
            )  # fmt: skip
            self.units += len(found)
            for hit in self._kept(query, self._sieve(found)):
                hits += 1
                yield hit
            if len(found) < _CHUNK or (self._most and hits >= self._most):
                return

    def _kept(self, query: Query, found: Sequence[Found]) -> Iterator[Hit]:
        for test in self._tests:
            test.look_up({one.document for one in found})
        for one in found:
            if all(test.document(one.document) for test in self._tests):
                for hit in hits_in(query, one):
                    if all(test.place(one.document, hit.start, hit.end) for test in self._tests):
                        yield hit


def hits_in(query: Query, unit: Found) -> Iterator[Hit]:
    """Where the words stand in a unit."""
    for row in lines(query, unit):
        yield Hit(unit, *(row[name] for name in ("start", "end", "left", "match", "right")))  # type: ignore[arg-type]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


_KEYS: dict[str, Callable[[Hit], list[str]]] = {
    "left": lambda hit: _words(hit.left)[::-1],
    "right": lambda hit: _words(hit.right),
}
