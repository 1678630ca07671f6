"""What a search is narrowed by: who speaks, cases, time, and codings that stand there or do not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from makna.corpus.search import Found
from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import CaseValue
from makna.web import coded
from makna.web.codes.tree import tree
from makna.web.nested import flat
from makna.web.searching.asked import Asked

Sieve = Callable[[Sequence[Found]], list[Found]]
Test = Callable[[int, int, int], bool]  # document, start, end


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


def places_that(actor: Actor, asked: Asked) -> Test | None:
    """Tells whether a place is coded as was asked for; None where nothing was."""
    tests = [_overlaps(actor, [code], wanted=True) for code in asked.coded]
    if asked.uncoded:
        tests.append(_overlaps(actor, asked.uncoded, wanted=False))
    return (lambda *place: all(test(*place) for test in tests)) if tests else None


def _overlaps(actor: Actor, codes: Iterable[int], *, wanted: bool) -> Test:
    wide = {code for branch in flat(tree(actor)) if branch.row.pk in set(codes) for code in branch.ids}
    rows = coded.seen(actor).filter(code__in=wide).order_by("source_id", "start")
    of: dict[int, list[tuple[int, int]]] = {}
    for document, start, end in rows.values_list("source__document", "start", "end"):
        of.setdefault(document, []).append((start, end))
    reach = {document: _reach(spans) for document, spans in of.items()}

    def test(document: int, start: int, end: int) -> bool:
        return _covers(of, reach, document, start, end) is wanted

    return test


def _reach(spans: Sequence[tuple[int, int]]) -> list[int]:
    """How far the codings up to each one go."""
    return list(np.maximum.accumulate([end for _start, end in spans]))


def _covers(
    of: Mapping[int, Sequence[tuple[int, int]]], reach: Mapping[int, Sequence[int]], document: int, start: int, end: int
) -> bool:  # fmt: skip
    """Whether one of the codings of a document, sorted, overlaps a place."""
    spans = of.get(document)
    if not spans:
        return False
    before = bisect_left(spans, (end, 0))  # those that begin before the place ends
    return before > 0 and bool(reach[document][before - 1] > start)
