"""What a search is narrowed by: who speaks, cases, time, and codings that stand there or do not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from makna.corpus.search import Found
from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import CaseValue
from makna.web import coded
from makna.web.codes.tree import bare
from makna.web.nested import flat
from makna.web.searching.asked import Asked

Sieve = Callable[[Sequence[Found]], list[Found]]


def units_that(study: Study, actor: Actor, asked: Asked) -> Sieve:
    """Lets through the units of whom and when was asked for."""
    kept: list[tuple[Callable[[Found], int | None], NDArray[np.int64]]] = []
    if asked.case:
        kept.append((lambda one: one.author, _of_cases(study, actor, asked)))
    if asked.by:
        units = study.units
        kept.append((lambda one: one.unit, _ids(study, units.filter(units.role.isin(asked.by)), "unit_id")))
    if asked.since or asked.until:
        kept.append((lambda one: one.document, _ids(study, _in_time(study, asked), "document_id")))

    def sieve(found: Sequence[Found]) -> list[Found]:
        for key, there in kept:
            keys = np.array([key(one) or -1 for one in found], np.int64)
            found = [one for one, stays in zip(found, np.isin(keys, there), strict=True) if stays]
        return list(found)

    return sieve


def _ids(study: Study, rows: ir.Table, column: str) -> NDArray[np.int64]:
    return np.asarray(study.run(rows.select(column))[column].to_numpy(), np.int64)


def _in_time(study: Study, asked: Asked) -> ir.Table:
    documents = study.documents
    if asked.since:
        documents = documents.filter(documents.sent_on >= ibis.literal(asked.since))
    if asked.until:
        documents = documents.filter(documents.sent_on <= ibis.literal(asked.until))
    return documents


def _of_cases(study: Study, actor: Actor, asked: Asked) -> NDArray[np.int64]:
    """The authors who have, of each attribute asked for, one of its values."""
    wanted: dict[int, set[str]] = {}
    for key, value in asked.case:
        wanted.setdefault(key, set()).add(value)
    speakers = _participants(study)
    found: set[int] | None = None
    for key, values in wanted.items():
        rows = CaseValue.objects.filter(attribute__study=actor.study, attribute=key, value__in=values)
        mine = {
            author if author is not None else speakers.get((code or "").lower(), -1)
            for author, code in rows.values_list("author", "participant__code")
        }
        found = mine if found is None else found & mine
    return np.array(sorted(found or ()), np.int64)


def _participants(study: Study) -> dict[str, int]:
    """The code of a participant, in small letters, and the author of the corpus who bears it."""
    authors = study.authors
    rows = study.run(authors.filter(authors.participant).select("author_id", "pseudonym")).to_pylist()
    return {row["pseudonym"].lower(): row["author_id"] for row in rows}


def places_that(actor: Actor, asked: Asked) -> Sequence[Coded]:
    """What codings a place must have, or must not."""
    tests = [Coded(actor, [code], wanted=True) for code in asked.coded]
    return [*tests, Coded(actor, asked.uncoded, wanted=False)] if asked.uncoded else tests


class Coded:
    """Tells whether some code, or one below it, stands at a place, and whether that is *wanted*."""

    def __init__(self, actor: Actor, codes: Iterable[int], *, wanted: bool) -> None:
        self._wanted, asked = wanted, set(codes)
        wide = {code for branch in flat(bare(actor)) if branch.row.pk in asked for code in branch.ids}
        self._rows = coded.seen(actor).filter(code__in=wide).order_by("source_id", "start", "end")
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self._reach: dict[int, list[int]] = {}

    def look_up(self, documents: Collection[int]) -> None:
        """Learn how these documents are coded; asked about others, it takes them for not coded."""
        rows = self._rows.filter(source__document__in=documents)
        self._spans, self._reach = {}, {}
        for document, start, end in rows.values_list("source__document", "start", "end"):
            self._spans.setdefault(document, []).append((start, end))

    def document(self, document: int) -> bool:
        """Whether a place in this document may be right; else nobody need look."""
        return not self._wanted or document in self._spans

    def place(self, document: int, start: int, end: int) -> bool:
        """Whether this place is right."""
        spans = self._spans.get(document)
        if spans is None:
            return not self._wanted
        if document not in self._reach:
            self._reach[document] = reach(spans)
        return overlapped(spans, self._reach[document], start, end) is self._wanted


def reach(spans: Iterable[tuple[int, int]]) -> list[int]:
    """How far the spans up to each one go."""
    return list(accumulate((end for _start, end in spans), max))


def overlapped(spans: Sequence[tuple[int, int]], reached: Sequence[int], start: int, end: int) -> bool:
    """Whether one of *spans*, which are sorted, overlaps a place."""
    before = bisect_left(spans, (end, 0))  # those that begin before the place ends
    return before > 0 and reached[before - 1] > start
