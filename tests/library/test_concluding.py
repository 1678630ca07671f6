"""Findings in scripts and notebooks: claimed, evidenced, concluded, undone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from makna.errors import NoSuchRow, RecordError
from makna.library import Library, Study

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_importing import post, write


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Posts about testimonials, and a frame."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    texts = ["percaya karena testi", "testi itu penting", "testi palsu banyak"]
    made.add(write(tmp_path / "a.jsonl", [post(n, text=text) for n, text in enumerate(texts)]))
    made.add_concept("blumer", "Interaksionisme simbolik", references=["blumer1969"])
    made.add_concept("blumer-1", "Orang bertindak atas dasar makna", parent="blumer")
    return made


def test_a_finding_from_claim_to_final(study: Study) -> None:
    """It answers to a concept, stands on passages for and against, and is undone step by step."""
    finding = study.add_finding("Orang percaya karena testi", question="rm1", concept="blumer-1")
    assert study.add_evidence(finding, study.search("percaya"), paraphrase="Ia mempercayai kesaksian.") == 1
    with pytest.raises(RecordError, match="Nothing contradicts"):
        study.conclude_finding(finding)
    study.add_evidence(finding, study.search("palsu"), stance="contradicts")
    study.conclude_finding(finding)
    (row,) = study.findings().to_pylist()
    assert (row["status"], row["supports"], row["contradicts"], row["concept"]) == ("final", 1, 1, "blumer-1")
    assert study.evidence(finding)["text"].to_pylist() == ["percaya", "palsu"]
    assert study.undo()
    assert study.findings()["status"].to_pylist() == ["draft"]


def test_a_memo_on_the_search_will_do(study: Study) -> None:
    """Where nothing was found against the claim."""
    finding = study.add_finding("Orang percaya karena testi")
    study.write_memo("Dicari: yang tidak melihat testi. Tidak ada.", kind="negative_case", finding=finding)
    study.conclude_finding(finding)
    assert study.findings()["status"].to_pylist() == ["final"]


def test_codes_answer_to_the_frame(study: Study) -> None:
    """The frame tells which."""
    study.add_code("Percaya")
    study.answer_concept("percaya", "blumer-1", argument="Makna testi mendahului tindakan.")
    rows = {row["concept"]: row for row in study.concepts().to_pylist()}
    assert rows["blumer-1"] == {
        "concept": "blumer-1", "name": "Orang bertindak atas dasar makna", "parent": "blumer", "references": [],
        "codes": ["Percaya"],
    }  # fmt: skip
    with pytest.raises(NoSuchRow, match="no concept labelled goffman"):
        study.answer_concept("percaya", "goffman", argument="")


DESIGN = """
name = "s"
[[question]]
id = "rm1"
text = "Mengapa percaya?"
[[concept]]
id = "goffman"
name = { id = "Panggung", en = "Regions" }
references = ["goffman1959"]
"""
FINDINGS = """
[[finding]]
id = "testi"
question = "rm1"
concept = "goffman"
claim = { id = "Testi mendahului kepercayaan", en = "Testimony precedes trust" }
final = true
[[finding.evidence]]
stance = "supports"
by = "search"
search = "percaya"
paraphrase = "Kesaksian membuatnya yakin."
investigator = "SR"
[[finding.evidence]]
stance = "supports"
by = "search"
search = "tidakada"
[[finding.negative_case]]
searched = "Yang percaya tanpa testi"
found = 0
"""


def test_files_come_over_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Concepts, findings, passages and searches for negative cases; one undo takes all back."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    study = Library(tmp_path / "library").create("s")
    study.add(write(tmp_path / "a.jsonl", [post(0, text="percaya karena testi")]))
    (study.folder / "study.toml").write_text(DESIGN, encoding="utf-8")
    (study.folder / "findings.toml").write_text(FINDINGS, encoding="utf-8")
    came = study.import_findings(language="en")
    assert (came.concepts, came.findings, came.evidence, came.memos, came.gaps) == (1, 1, 1, 1, 1)
    (row,) = study.findings().to_pylist()
    assert (row["claim"], row["status"], row["concept"]) == ("Testimony precedes trust", "final", "goffman")
    (piece,) = study.evidence().to_pylist()
    assert (piece["investigator"], piece["paraphrase"]) == ("SR", "Kesaksian membuatnya yakin.")
    assert piece["text"] == "percaya karena testi"
    with pytest.raises(RecordError, match="already"):
        study.import_findings()
    assert study.undo()
    assert study.concepts().num_rows == study.findings().num_rows == study.memos().num_rows == 0
    assert study.import_findings().findings == 1
