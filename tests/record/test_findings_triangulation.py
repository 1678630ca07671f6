"""Triangulation counts field evidence by five kinds; literature and gaps raise nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from makna.record.evidence import NO_HIT, Gap, Passage, Place, ResolvedEvidence, ResolvedFinding
from makna.record.findings_file import EvidenceItem, Finding
from makna.record.toml_table import Text
from makna.record.triangulation import KINDS, triangulate


def passage(kind: str, document: int, author: int | None = None, month: int = 3) -> Passage:
    where = Place(
        document, kind, None, dt.date(2021, month, 1), author, None, kind == "interview", None, 0, "x"
    )
    return Passage(0, 1, "x", where)


def finding(
    *evidence: tuple[str, list[Passage], dict[str, Any]], concept: str | None = None
) -> ResolvedFinding:
    pieces = []
    for n, (stance, passages, more) in enumerate(evidence, 1):
        gap = None if passages else Gap(NO_HIT)
        pieces.append(ResolvedEvidence(EvidenceItem(n, stance, "search", **more), tuple(passages), gap))
    return ResolvedFinding(Finding("f", Text("x"), concept=concept), tuple(pieces))


def counts(found: ResolvedFinding) -> dict[str, int]:
    return {m.kind: m.count for m in triangulate(found).marks}


def test_each_kind_is_counted_apart() -> None:
    """Two persons, two methods, two months, two concepts and two investigators are two of each."""
    found = finding(
        ("supports", [passage("observation", 1, 10)], {"investigator": "A", "concept": "c2"}),
        ("supports", [passage("interview", 2, 20, month=5)], {"investigator": "B"}),
        concept="c1",
    )
    assert counts(found) == dict.fromkeys(KINDS, 2)
    assert all(m.stands for m in triangulate(found).marks)


def test_one_person_quoted_often_is_one_source() -> None:
    """The same informant in three passages is one voice."""
    found = finding(("supports", [passage("interview", n, 20) for n in range(3)], {}))
    assert triangulate(found).mark("source").count == 1
    assert triangulate(found).by_source["interview"] == 3
    assert triangulate(found).participants == 1


def test_field_notes_count_by_document() -> None:
    """A note names no author: each note is a source, its passages are not."""
    notes = [passage("field_note", 1), passage("field_note", 1), passage("field_note", 2)]
    assert triangulate(finding(("supports", notes, {}))).mark("source").count == 2


def test_gaps_and_contradictions_raise_nothing() -> None:
    """What is missing, and what speaks against the claim, supports nothing."""
    found = finding(
        ("supports", [], {"investigator": "A"}),
        ("contradicts", [passage("interview", 1, 20)], {"investigator": "B"}),
    )
    assert set(counts(found).values()) == {0}
    assert triangulate(found).against["interview"] == 1


@given(st.lists(st.integers(1, 12), max_size=8), st.lists(st.integers(100, 110), max_size=8))
def test_literature_never_raises_a_count(months: list[int], works: list[int]) -> None:
    """Whatever is cited, the marks are those of the field evidence alone."""
    field = [("supports", [passage("observation", n, n, month)], {}) for n, month in enumerate(months)]
    read = [
        ("supports", [passage("literature", w, w, 1)], {"concept": "c9", "investigator": "Z"}) for w in works
    ]
    assert counts(finding(*field, *read)) == counts(finding(*field))
    assert triangulate(finding(*field, *read)).literature == len(set(works))
