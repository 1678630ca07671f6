"""Findings meet their passages in a small study of real tables; what is missing is a gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import ibis
import pyarrow as pa
import pytest

from makna.analysis.lenses.base import PASSAGES, LensResult
from makna.corpus.model import AUTHORS, DOCUMENTS, UNITS
from makna.errors import IdentifierQuery, MeasureError
from makna.record import evidence
from makna.record.evidence import ResolvedEvidence, resolve
from makna.record.findings_file import EvidenceItem, Finding, RowPick
from makna.record.study_source import StudySource
from makna.record.toml_table import Text

POST, INTERVIEW, NOTE = 1, 2, 3
TURNS = ("Kenapa percaya?", "Karena ada testi. Harga nomor dua.\nItu saja")
TEXTS = {POST: "Slot titip dibuka. Testi di sorotan! 🎒", INTERVIEW: "\n\n".join(TURNS), NOTE: "Ramai testi."}


def table(schema: pa.Schema, *rows: Mapping[str, Any]) -> Any:
    """An Ibis table of *rows*; columns not given are null."""
    full = [{name: row.get(name) for name in schema.names} for row in rows]
    return ibis.memtable(pa.Table.from_pylist(full, schema))


def unit(document: int, start: int, text: str, author: int | None, role: str | None) -> dict[str, Any]:
    return {
        "unit_id": document * 100 + start, "document_id": document, "start": start, "end": start + len(text),
        "author_id": author, "role": role, "text": text,
    }  # fmt: skip


@pytest.fixture(scope="module")
def source() -> StudySource:
    """A post, an interview of two turns and a field note."""
    day = dt.date(2021, 3, 4)
    documents = table(
        DOCUMENTS,
        {"document_id": POST, "kind": "observation", "author_id": 10, "sent_on": day},
        {"document_id": INTERVIEW, "kind": "interview", "title": "Wawancara 2", "sent_on": day},
        {"document_id": NOTE, "kind": "field_note", "title": "Catatan"},
    )
    units = table(
        UNITS,
        unit(POST, 0, TEXTS[POST], 10, None),
        unit(INTERVIEW, 0, TURNS[0], None, "researcher"),
        unit(INTERVIEW, len(TURNS[0]) + 2, TURNS[1], 20, "participant"),
        unit(NOTE, 0, TEXTS[NOTE], None, None),
    )
    authors = table(
        AUTHORS,
        {"author_id": 10, "pseudonym": "Melati-042", "participant": False},
        {"author_id": 20, "pseudonym": "Informan 2", "participant": True},
    )
    return StudySource(documents, units, authors, find, answer)


def find(query: str, kind: str | None, limit: int) -> pa.Table:
    if query.isdigit():
        raise IdentifierQuery()
    kinds = {POST: "observation", INTERVIEW: "interview", NOTE: "field_note"}
    hits = []
    for document, text in TEXTS.items():
        at = text.lower().find(query)
        if at >= 0 and kind in (None, kinds[document]):
            hits.append({"document_id": document, "start": at, "end": at + len(query)})
    return pa.Table.from_pylist(
        hits[:limit], pa.schema([(c, pa.int64()) for c in ("document_id", "start", "end")])
    )


def answer(name: str) -> LensResult:
    if name != "testimony":
        raise MeasureError("no such lens")
    rows = pa.table({"row": [0, 1, 2], "praise": ["trust", "speed", "trust"], "n": [4, 1, 2]})
    behind = [
        {"row": 0, "document_id": POST, "start": 0, "end": 4},
        {"row": 2, "document_id": NOTE, "start": 0, "end": 5},
    ]
    return LensResult("testimony", rows, pa.Table.from_pylist(behind, PASSAGES), (), {}, {}, {})


def one(source: StudySource, **item: Any) -> ResolvedEvidence:
    (found,) = resolve([Finding("f", Text("x"), evidence=(EvidenceItem(1, "supports", **item),))], source)
    return found.evidence[0]


def test_a_search_hit_becomes_its_sentence(source: StudySource) -> None:
    """A bare match is no quotation: the sentence around it is, at its offsets in the document."""
    (passage,) = one(source, by="search", search="testi", kind="interview").passages
    assert passage.text == "Karena ada testi."
    assert TEXTS[INTERVIEW][passage.start : passage.end] == passage.text
    assert (passage.place.author, passage.place.participant, passage.month) == ("Informan 2", True, (2021, 3))


def test_limit_and_kind_hold(source: StudySource) -> None:
    """The first hits in document order are taken, no more than asked for."""
    assert [p.place.document_id for p in one(source, by="search", search="testi", limit=2).passages] == [
        POST,
        INTERVIEW,
    ]


def test_exact_words_are_found_in_a_document(source: StudySource) -> None:
    """A passage is found by title, id or the code of who speaks, whatever its line breaks."""
    for document in ("Wawancara 2", str(INTERVIEW), "Informan 2"):
        (passage,) = one(source, by="passage", document=document, passage="nomor dua. Itu saja").passages
        assert passage.text == "nomor dua.\nItu saja"


def test_lens_rows_lead_to_their_passages(source: StudySource) -> None:
    """All rows that equal the pick are taken, numbers as text too."""
    found = one(source, by="lens", lens="testimony", row=RowPick("praise", "trust"), limit=5)
    assert [p.text for p in found.passages] == ["Slot", "Ramai"]
    assert [p.text for p in one(source, by="lens", lens="testimony", row=RowPick("n", "2")).passages] == [
        "Ramai"
    ]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"by": "search", "search": "gratis"}, evidence.NO_HIT),
        ({"by": "lens", "lens": "testimony", "row": RowPick("praise", "price")}, evidence.NO_ROW),
        ({"by": "lens", "lens": "testimony", "row": RowPick("tone", "x")}, evidence.NO_ROW),
        ({"by": "lens", "lens": "testimony", "row": RowPick("praise", "speed")}, evidence.NO_PASSAGE_BEHIND),
        ({"by": "passage", "document": "Informan 9", "passage": "x"}, evidence.NO_DOCUMENT),
        ({"by": "passage", "document": "Informan 2", "passage": "tak pernah"}, evidence.NO_WORDS),
        (
            {"by": "passage", "document": "Catatan", "passage": "Ramai", "kind": "interview"},
            evidence.WRONG_KIND,
        ),
        ({"by": "search", "search": "0834"}, evidence.FAILED),
        ({"by": "lens", "lens": "unknown"}, evidence.FAILED),
    ],
)
def test_what_cannot_be_found_is_a_gap(source: StudySource, item: dict[str, Any], reason: str) -> None:
    """Nothing is dropped silently: the evidence stays, without passages, and says why."""
    found = one(source, **item)
    assert found.passages == ()
    assert found.gap is not None
    assert found.gap.reason == reason


def test_a_lens_is_run_once(source: StudySource) -> None:
    """Evidence of many rows does not run a lens many times."""
    assert source.lens("testimony") is source.lens("testimony")


def test_the_place_between_two_units_is_the_unit_before(source: StudySource) -> None:
    """Every offset of a document has a place."""
    assert source.place(INTERVIEW, len(TURNS[0]) + 1).role == "researcher"
    assert source.place(INTERVIEW, len(TURNS[0]) + 2).role == "participant"
    assert source.place(POST, 3).author == "Melati-042"
