"""``findings.toml``: claims and where their evidence stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from makna.errors import RecordFileError
from makna.record import findings_file

HEAD = "[[finding]]\nid = 'trust'\nclaim = { id = 'Percaya.', en = 'Trust.' }\n"
ITEM = "[[finding.evidence]]\nstance = 'supports'\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "findings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_way_of_evidence_is_read(tmp_path: Path) -> None:
    """Search, lens row and passage keep what finds them again."""
    text = HEAD + (
        ITEM + "by = 'search'\nsearch = 'testi'\nlimit = 3\nkind = 'observation'\nparaphrase = 'Pujian.'\n"
        "[[finding.evidence]]\nstance = 'contradicts'\nby = 'lens'\nlens = 'testimony'\n"
        "row = { column = 'praise', equals = 'trust' }\n"
        "[[finding.evidence]]\nby = 'passage'\ndocument = 'Informan 2'\npassage = 'bebas saja'\ninvestigator = 'A'\n"
        "[[finding.negative_case]]\nsearched = 'Harga dulu'\nfound = 0\n"
    )
    (finding,) = findings_file.read(written(tmp_path, text))
    search, lens, passage = finding.evidence
    assert (search.number, search.limit, search.paraphrase.id) == (1, 3, "Pujian.")
    assert lens.row == findings_file.RowPick("praise", "trust")
    assert (passage.stance, passage.document, passage.investigator) == ("supports", "Informan 2", "A")
    assert finding.negative_cases[0].found == 0
    assert finding.may_be_final


def test_no_file_is_no_finding(tmp_path: Path) -> None:
    """A study may have no findings yet."""
    assert findings_file.read(tmp_path / "findings.toml") == ()


def test_final_needs_something_against_the_claim(tmp_path: Path) -> None:
    """A finding is final only with counter-evidence or a negative-case search; the refusal says so."""
    with pytest.raises(RecordFileError, match=r"finding 1, key final: .*counter-evidence"):
        findings_file.read(written(tmp_path, HEAD + "final = true\n"))
    against = "[[finding.evidence]]\nstance = 'contradicts'\nby = 'search'\nsearch = 'x'\n"
    (finding,) = findings_file.read(written(tmp_path, HEAD + "final = true\n" + against))
    assert finding.final


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (HEAD + ITEM + "by = 'search'\n", "finding 1, evidence 1, key search"),
        (HEAD + ITEM + "by = 'search'\nsearch = 'x'\nlens = 'y'\n", "finding 1, evidence 1, key lens"),
        (HEAD + ITEM + "by = 'guess'\n", "finding 1, evidence 1, key by"),
        (HEAD + ITEM + "by = 'search'\nsearch = 'x'\nlimit = 0\n", "evidence 1, key limit"),
        (HEAD + ITEM + "by = 'search'\nsearch = 'x'\nkind = 'tweet'\n", "evidence 1, key kind"),
        (HEAD + ITEM + "by = 'lens'\nlens = 'x'\nrow = { column = 'a' }\n", "row, key equals"),
        (HEAD + HEAD, "finding 2, key id"),
        ("[[finding]]\nid = 'x'\n", "finding 1, key claim"),
        (HEAD + "evidence = 'x'\n", "[[finding.evidence]]"),
    ],
)
def test_an_error_names_the_place(tmp_path: Path, text: str, place: str) -> None:
    """An error says which finding, which evidence and which key."""
    with pytest.raises(RecordFileError) as caught:
        findings_file.read(written(tmp_path, text))
    assert "findings.toml" in str(caught.value)
    assert place in str(caught.value)


def test_a_finding_answers_to_what_the_design_holds(tmp_path: Path) -> None:
    """A research question or concept that the design lacks is refused, and those it has are named."""
    text = HEAD + "question = 'rq9'\n"
    with pytest.raises(RecordFileError, match="rq1, rq2"):
        findings_file.read(written(tmp_path, text), questions=["rq1", "rq2"])
    assert findings_file.read(written(tmp_path, text))[0].question == "rq9"
