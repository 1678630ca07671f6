"""Motives from invented interviews, and triangulation from findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pytest
from ibis.backends import BaseBackend
from lens_corpus import Market, unit

from makna.analysis.lenses import LENSES
from makna.errors import MeasureError

WHY = "Kenapa pilih Twitter?"
ANSWERS = (
    ("Karena bebas dan terbuka.", {"freedom"}),
    ("Bukan karena bebas. Saya butuh uang.", {"income"}),
    ("Penghasilan saya dari sana, dan nggak ketahuan keluarga.", {"income", "anonymity"}),
    ("Sudah lama di sana tempatnya.", {"long_place"}),
    ("Bebas saja, sudah lama juga.", {"freedom", "long_place"}),
    ("Demi uang.", {"income"}),
)


def interviews(answers: Sequence[str]) -> Market:
    """One interview per answer: why this medium, then a question about something else after two probes."""
    made = Market()
    for n, answer in enumerate(answers, 1):
        document, speaker, start = (n << 32), 900 + n, 0
        said = [
            ("researcher", WHY),
            ("participant", answer),
            ("researcher", "Lalu?"),
            ("participant", "Begitu."),
            ("researcher", "Selain itu?"),
        ]
        said += [
            ("participant", "Tidak."),
            ("researcher", "Bagaimana hari itu?"),
            ("participant", "Saya bayar uang parkir di komunitas."),
        ]
        for ordinal, (role, text) in enumerate(said):
            author = speaker if role == "participant" else None
            made.units.append(unit(document + ordinal, document, ordinal, start, author, role, text))
            start += len(text) + 2
        made.documents.append(
            {"document_id": document, "kind": "interview", "author_id": speaker, "context": False}
        )
        made.authors.append({"author_id": speaker, "pseudonym": f"Informan {n}", "participant": True})
    return made


def cells(table: pa.Table) -> dict[str, set[str]]:
    """informant -> motives."""
    found: dict[str, set[str]] = {}
    for row in table.to_pylist():
        if row["informant"]:
            found.setdefault(row["informant"], set()).add(row["motive"])
    return found


def test_motives_are_read_from_the_answer_to_why(backend: BaseBackend) -> None:
    """Each informant gets the motives of the answer; a denied one is none, and later talk of money is no motive."""
    table = LENSES["motives"](interviews([a for a, _ in ANSWERS]).data(backend)).table
    assert cells(table) == {f"Informan {n}": motives for n, (_a, motives) in enumerate(ANSWERS, 1)}


def test_denials_stand_apart(duckdb: BaseBackend) -> None:
    """A sentence that denies a motive is counted against it, with its passage."""
    result = LENSES["motives"](interviews([a for a, _ in ANSWERS]).data(duckdb))
    row = next(r for r in result.table.to_pylist() if r["kind"] == "motive" and r["motive"] == "freedom")
    assert (row["informants"], row["against"]) == (2, 1)
    texts = [p["text"] for p in result.passages.to_pylist() if p["row"] == row["row"]]
    assert texts == ["Bukan karena bebas."]


def test_saturation_follows_the_interview_order(duckdb: BaseBackend) -> None:
    """Four motives in four interviews and none in the next two: saturation after the fourth."""
    result = LENSES["motives"](interviews([a for a, _ in ANSWERS]).data(duckdb))
    assert next(s.value for s in result.statistics if s.name == "saturation reached after interview") == 4
    assert "after interview 4" in result.sentence["en"] and "ke-4" in result.sentence["id"]


def test_few_interviews_read_too_few(duckdb: BaseBackend) -> None:
    """Two interviews give neither shares nor saturation."""
    result = LENSES["motives"](interviews([a for a, _ in ANSWERS[:2]]).data(duckdb))
    assert all(s.value is None for s in result.statistics if s.name.startswith(("share", "saturation")))
    assert "too few" in result.sentence["en"]


def test_codings_replace_the_proposals(duckdb: BaseBackend) -> None:
    """Where the researcher coded, their codes are the motives, cut to the participant's words."""
    made = interviews([a for a, _ in ANSWERS])
    start = len(WHY) + 2
    coded = [{"code": "kebiasaan", "document_id": 1 << 32, "start": start, "end": start + 6, "coder": "A"}]
    codings = duckdb.create_view("lens_codings", ibis.memtable(pa.Table.from_pylist(coded)), overwrite=True)
    result = LENSES["motives"](made.data(duckdb, codings=codings))
    assert cells(result.table) == {"Informan 1": {"kebiasaan"}}
    assert result.passages["text"].to_pylist() == ["Karena"] and result.table["coded"].to_pylist() == [
        True,
        True,
    ]


def evidence(finding: str, stance: str, kind: str, **more: Any) -> Mapping[str, Any]:
    """One piece of evidence."""
    return {"finding": finding, "stance": stance, "source_kind": kind, **more}


FINDINGS = (
    evidence("f1", "supports", "interview", document_id=1 << 32, method="interview", month="2021-01", coder="A", text="Karena"),
    evidence("f1", "supports", "interview", document_id=1 << 32, method="interview", month="2021-02", coder="B", text="bebas"),
    evidence("f1", "supports", "observation", document_id=2 << 32, method="observation", month="2021-02", concept="c1", text="x"),
    evidence("f1", "supports", "literature", document_id=9 << 32, method="literature", concept="c2", text="y"),
    evidence("f1", "contradicts", "interview", document_id=3 << 32, text="z"),
    evidence("f2", "supports", "literature", document_id=9 << 32, text="y"),
)  # fmt: skip


def test_literature_never_raises_a_count(backend: BaseBackend) -> None:
    """A finding that only literature supports stands on nothing from the field."""
    rows = LENSES["triangulation"](
        interviews(["a", "b", "c"]).data(backend, findings=FINDINGS)
    ).table.to_pylist()
    first, second = rows
    assert (first["supports"], first["contradicts"], first["literature"], first["kinds"]) == (3, 1, 1, 2)
    assert (second["supports"], second["kinds"], second["sources"], second["literature"]) == (0, 0, 0, 1)
    assert second["stands_on"] == []


def test_a_person_counts_once(duckdb: BaseBackend) -> None:
    """Two passages of one informant are one source; months, coders and methods are counted apart."""
    row = LENSES["triangulation"](
        interviews(["a", "b", "c"]).data(duckdb, findings=FINDINGS)
    ).table.to_pylist()[0]
    assert row["sources"] == 2 and row["times"] == 2 and row["investigators"] == 2 and row["theories"] == 1
    assert row["stands_on"] == ["sources", "methods", "times", "investigators"]
    assert (row["interview"], row["interview_against"], row["observation_against"]) == (2, 1, 0)


def test_evidence_without_a_stance_is_refused(duckdb: BaseBackend) -> None:
    """What neither supports nor contradicts is no evidence."""
    with pytest.raises(MeasureError):
        LENSES["triangulation"](Market().data(duckdb, findings=[evidence("f", "maybe", "interview")]))
