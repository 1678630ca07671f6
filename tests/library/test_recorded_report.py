"""The report and the triangulation lens read the record where it holds findings, and the files where it does not."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from pathlib import Path

import pytest
import regex

from makna.library import Library, Study
from makna.record import participants_file, study_file
from makna.report import assemble

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_importing import post, write

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
claim = { id = "Testimoni mendahului kepercayaan.", en = "Testimony precedes trust." }
final = true
[[finding.evidence]]
by = "search"
search = "percaya"
limit = 2
paraphrase = { id = "Kesaksian membuat mereka yakin.", en = "What others attest convinced them." }
[[finding.negative_case]]
searched = { id = "Yang percaya tanpa testi", en = "Those who trust without it" }
found = 0
"""
_TAGS = regex.compile(r"<style.*?</style>|<[^>]+>", regex.S)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Posts, a design and one finding in files."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    texts = ["percaya karena testi", "mereka percaya juga", "testi palsu banyak"]
    made.add(write(tmp_path / "a.jsonl", [post(n, text=text) for n, text in enumerate(texts)]))
    (made.folder / "study.toml").write_text(DESIGN, encoding="utf-8")
    (made.folder / "findings.toml").write_text(FINDINGS, encoding="utf-8")
    return made


def page(study: Study, language: str = "en") -> str:
    """The words of the report."""
    path = study.report(study.folder / f"{language}.html", language=language, force=True)
    return " ".join(_TAGS.sub(" ", path.read_text(encoding="utf-8")).split())


def test_what_came_over_reads_as_it_did(study: Study) -> None:
    """In both languages, composites together; the record itself is in one."""
    before = assemble.resolved(study)
    assert study.recorded() is None
    study.import_findings(language="id")
    (found,) = assemble.resolved(study)
    assert found.finding.claim == before[0].finding.claim
    assert found.finding.final and found.finding.concept == "goffman"
    (piece,) = found.evidence
    assert piece.passages == before[0].evidence[0].passages and len(piece.passages) == 2
    assert piece.item.paraphrase == before[0].evidence[0].item.paraphrase
    text = page(study)
    assert "Testimony precedes trust." in text and "composite paraphrase of 2 posts" in text
    assert "Searched for: Those who trust without it. Found: 0." in text
    assert "Dicari: Yang percaya tanpa testi. Ditemukan: 0." in page(study, "id")


def test_the_record_goes_on_without_the_files(study: Study) -> None:
    """What is changed and added in the record stands in the report; the file's finding no more."""
    study.import_findings(language="id")
    (row,) = study.findings().to_pylist()
    study.add_evidence(row["finding"], study.search("palsu"), stance="contradicts")
    study.write_memo("Kepercayaan dipinjam dari orang lain.", kind="argument", finding=row["finding"])
    study.add_finding("Testi dapat dipalsukan.", question="rm1")
    study.add_code("Percaya", definition="Alasan untuk mengandalkan seseorang.")
    study.add_codings("Percaya", study.search("percaya"))
    (study.folder / "findings.toml").unlink()
    text = page(study, "id")
    for said in (
        "Testimoni mendahului kepercayaan.", "Testi dapat dipalsukan.", "Kepercayaan dipinjam dari orang lain.",
        "Alasan untuk mengandalkan seseorang.", "kutipan dikodekan 1", "1 kutipan ditahan",
    ):  # fmt: skip
        assert said in text, said


def test_the_design_on_record_is_told(study: Study) -> None:
    """Once it came over, what is changed there stands in the report; what was not changed is in both languages."""
    stated = DESIGN.replace('"Mengapa percaya?"', '{ id = "Mengapa percaya?", en = "Why trust?" }')
    stated += '[design]\nmethod = { id = "Kualitatif.", en = "Qualitative." }\nsetting = "Linimasa"\n'
    (study.folder / "study.toml").write_text(stated, encoding="utf-8")
    with study._acting() as actor:
        from makna.record.actions.import_design import import_design  # noqa: PLC0415  (Django is ready now)
        from makna.record.actions.state_design import state_design  # noqa: PLC0415

        import_design(actor, study_file.read(study.folder / "study.toml"))
        state_design(actor, setting="Linimasa publik", approached=9)
    text = page(study)
    assert "Why trust?" in text and "Qualitative." in text and "Linimasa publik" in text
    assert "Approached 9" in text


def test_the_lens_counts_what_the_record_holds(study: Study) -> None:
    """Evidence added in the record is counted by the triangulation lens; a study without a record is read from files."""
    assert study.lens("triangulation").table["supports"].to_pylist() == [2]
    study.import_findings()
    (row,) = study.findings().to_pylist()
    study.add_evidence(row["finding"], study.search("palsu"), stance="contradicts")
    (counted,) = study.lens("triangulation").table.to_pylist()
    assert (counted["supports"], counted["contradicts"], counted["investigators"]) == (2, 1, 1)


def test_evidence_of_a_removed_batch_is_a_gap(study: Study, tmp_path: Path) -> None:
    """It is named, and the report is made."""
    study.add(write(tmp_path / "b.jsonl", [post(50, text="orang bilang aman")]))
    finding = study.add_finding("Orang berkata aman.")
    study.add_evidence(finding, study.search("aman"))
    study.remove(2)
    assert "Evidence 1 is missing: the study holds no document of this name." in page(study)


def test_it_is_read_in_a_notebook(study: Study) -> None:
    """Also while an event loop runs."""
    study.import_findings()

    async def cell() -> int:
        return len(assemble.resolved(study))

    assert asyncio.run(cell()) == 1


PARTICIPANTS = """
[[participant]]
code = "Informan 1"
files = ["satu.txt"]
labels = ["I"]
attributes = { role = "pembeli" }
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-04
scopes = ["analysis", "verbatim"]
"""
TALK = "P: Mengapa percaya?\n\nI: Karena kata orang memang begitu adanya.\n"


def test_the_consent_on_record_counts(study: Study, tmp_path: Path) -> None:
    """Whoever takes back the consent to be quoted, in the record alone, is not quoted any more; the check is shown."""
    (study.folder / "participants.toml").write_text(PARTICIPANTS, encoding="utf-8")
    (tmp_path / "satu.txt").write_text(TALK, encoding="utf-8")
    study.add(tmp_path / "satu.txt", kind="interview", access="private")
    finding = study.add_finding("Kata orang meyakinkan.")
    study.add_evidence(finding, study.search('"memang begitu"', kinds=["interview"]))
    assert "memang begitu" in page(study)
    with study._acting() as actor:
        from makna.record.actions.add_member_check import add_member_check  # noqa: PLC0415  (Django is ready now)
        from makna.record.actions.import_participants import import_participants  # noqa: PLC0415
        from makna.record.actions.record_consent import record_consent  # noqa: PLC0415

        import_participants(actor, participants_file.read(study.folder / "participants.toml"))
        who = actor.study.participants.get().pk
        record_consent(
            actor, who, mode="written", version="2", given=dt.date(2021, 5, 1), scopes=["analysis"]
        )
        add_member_check(actor, who, finding, reply="agrees", on=dt.date(2021, 6, 1))
    text = page(study)
    assert "memang begitu" not in text and "1 passage is withheld" in text
    assert "Member check Informant 1, 1 June 2021: agrees." in text
