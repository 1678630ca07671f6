"""A revised transcript stands under the id of the old one, whole or not at all, and evidence follows its words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from test_erasing import ALONE, PARTICIPANTS, rows
from test_importing import post, write
from test_killed import Nursery, leftovers

from makna.corpus.erasure import replacing
from makna.errors import ConsentMissing, DoorError, StudyError
from makna.library import Library, Study
from makna.record.anchoring import found_again

CODE = """
batch = library.study("s").batches()[-1].number
library.study("s").revise(batch << 32, file)
"""
NEW = (
    "P: Mengapa di sana?\n\nInforman 1: Karena pasarnya ramai sekali, tiap pagi.\n\n"
    "Informan 1: Catat ramai betul pasar 9912 4471 begitu.\n\nP: Lalu?\n\nInforman 1: Lalu saya kerasan di situ.\n"
)
FINDINGS = """[[finding]]
id = "ramai"
claim = "Pasar ramai."

[[finding.evidence]]  # stays, with a comma more
by = "passage"
document = "Informan 1"
passage = "Karena pasarnya ramai sekali tiap pagi"

[[finding.evidence]]
by = "passage"
document = "Informan 1"
passage = "saya betah di situ"
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of some posts and an interview, with two pieces of evidence on it."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    made.add(write(tmp_path / "a.jsonl", [post(n) for n in range(6)]))
    (made.folder / "participants.toml").write_text(PARTICIPANTS, encoding="utf-8")
    (made.folder / "findings.toml").write_text(FINDINGS, encoding="utf-8")
    (tmp_path / "satu.txt").write_text(ALONE, encoding="utf-8")
    made.add(tmp_path / "satu.txt", kind="interview", access="private", date="2021-03-14")
    (tmp_path / "satu.txt").write_text(NEW, encoding="utf-8")
    return made


def interview(study: Study) -> int:
    """The id of the interview."""
    return next(r["document_id"] for r in rows(study, "documents") if r["kind"] == "interview")


def test_the_new_text_stands_under_the_old_id(study: Study, tmp_path: Path) -> None:
    """Same id, day and author; new units with ids never used; counts, doubts and search are those of the new text."""
    document = interview(study)
    before = {table: rows(study, table) for table in ("documents", "units", "authors")}
    report = study.revise(document, tmp_path / "satu.txt")
    after = {table: rows(study, table) for table in ("documents", "units", "authors")}
    (old,), (new,) = ([r for r in t["documents"] if r["document_id"] == document] for t in (before, after))
    text = study.text(document)
    assert new == {**old, "length": len(text), "language": new["language"]}
    assert text.endswith("Lalu saya kerasan di situ.") and "⟦?⟧" in text
    mine = [r for r in after["units"] if r["document_id"] == document]
    assert [text[r["start"] : r["end"]] for r in mine] == [r["text"] for r in mine]
    assert not {r["unit_id"] for r in mine} & {r["unit_id"] for r in before["units"]}
    assert after["authors"] == before["authors"]
    assert [r for r in after["units"] if r["document_id"] != document] == [
        r for r in before["units"] if r["document_id"] != document
    ]
    manifest = study.batches()[1]
    assert (manifest.revision, manifest.counts["units"], manifest.counts["doubts"]) == (1, len(mine), 1)
    assert (report.units, report.doubts, report.revision) == (len(mine), 1, 1)
    (doubt,) = study.doubts().to_pylist()
    assert doubt["span"] == "9912 4471"
    assert (study.search("betah").num_rows, study.search("kerasan").num_rows) == (0, 1)
    assert not study.damaged()


def test_evidence_follows_its_words(study: Study, tmp_path: Path) -> None:
    """Words that stand with a comma more are quoted as they are now; those that are gone are named and left."""
    study.report()
    report = study.revise(interview(study), tmp_path / "satu.txt")
    assert (report.standing, report.rewritten, report.failed) == (1, 1, (("ramai", 2),))
    kept = (study.folder / "findings.toml").read_text(encoding="utf-8")
    assert kept == FINDINGS.replace("ramai sekali tiap", "ramai sekali, tiap")
    assert report.reports == ("s-id-public.html",)


@pytest.mark.parametrize(
    ("passage", "text", "found"),
    [
        ("Karena ramai, ya.", "Katanya karena  ramai ya begitu", "karena  ramai ya"),
        ("ramai", "keramaian", None),
        ("kirim ke ⟦wa⟧", "kirim ke ⟦wa⟧ ya", "kirim ke ⟦wa⟧"),
        ("…", "apa saja …", None),
    ],
)
def test_how_words_are_found_again(passage: str, text: str, found: str | None) -> None:
    """The same words in the same order, whatever marks and blanks stand between them."""
    assert found_again(passage, text) == found


def test_one_of_two_documents_of_a_batch(study: Study, tmp_path: Path) -> None:
    """A note is replaced at its place, without a day of its own it keeps the old one; its neighbours do not move."""
    notes = tmp_path / "catatan.txt"
    notes.write_text(
        "Catatan lapangan\nTanggal: 4 Maret 2021\n\nPasar ramai.\n\nLalu hujan.\n", encoding="utf-8"
    )
    study.add(notes)
    document = study.batches()[-1].number << 32
    notes.write_text("Pasar sepi sekali hari ini.\n", encoding="utf-8")
    report = study.revise(document, notes)
    assert (report.kind, study.text(document)) == ("field_note", "Pasar sepi sekali hari ini.")
    (day,) = [r["sent_on"].isoformat() for r in rows(study, "documents") if r["document_id"] == document]
    assert day == "2021-03-04"
    again = study.revise(document, notes)
    assert again.revision == 2
    assert len({r["unit_id"] for r in rows(study, "units")}) == study.run(study.units).num_rows


def test_consent_is_asked_as_for_a_new_file(study: Study, tmp_path: Path) -> None:
    """Without consent on record, with a cue of a minor, for posts and for what is not there: refused, nothing changed."""
    document, (study_file, alone) = (
        interview(study),
        (study.folder / "participants.toml", tmp_path / "lain.txt"),
    )
    alone.write_text("P: Siapa?\n\nI: Saya sendiri.\n", encoding="utf-8")
    with pytest.raises(ConsentMissing):
        study.revise(document, alone)
    (tmp_path / "satu.txt").write_text("P: Umur?\n\nInforman 1: Umur saya 16 tahun.\n", encoding="utf-8")
    with pytest.raises(DoorError, match="under 18"):
        study.revise(document, tmp_path / "satu.txt")
    with pytest.raises(StudyError, match="Only interviews"):
        study.revise(1 << 32, tmp_path / "satu.txt")
    with pytest.raises(StudyError, match="holds no document"):
        study.revise(99, tmp_path / "satu.txt")
    assert study_file.read_text(encoding="utf-8") == PARTICIPANTS
    assert [b.revision for b in study.batches()] == [0, 0]
    assert study.unfinished is None


def test_stopped_by_ctrl_c(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the batch is written leaves the study as it was, doubts included."""

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(replacing.Replacing, "_turns", stop)
    before = (study.folder / "findings.toml").read_text(encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        study.revise(interview(study), tmp_path / "satu.txt")
    assert study.unfinished is None
    assert (study.doubts().num_rows, study.batches()[1].revision) == (0, 0)
    assert (study.folder / "findings.toml").read_text(encoding="utf-8") == before
    assert not leftovers(study)
    assert not list((tmp_path / "config").rglob("*.doubts"))


@pytest.fixture
def nursery(study: Study) -> Iterator[Nursery]:
    """Revises the interview in processes that are killed."""
    made = Nursery(study.folder.parents[1], CODE)
    yield made
    made.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="revisions are killed in forked processes")
def test_killed_before_each_operation_on_files(study: Study, nursery: Nursery, tmp_path: Path) -> None:
    """The old text, then the new one; the next writer ends what is left, and no byte of the old text stays."""
    revisions: list[int] = []
    file, document = tmp_path / "satu.txt", interview(study)
    for n in count():
        stopped = nursery.stopped(file, n)
        here = Library(tmp_path / "library").study("s")
        revisions.append(here.batches()[1].revision)
        new = "kerasan" in here.text(document)
        assert new is (revisions[-1] > 0)
        assert not here.damaged()
        if not stopped or n % 4 == 0:
            here.erase_again()
            assert here.unfinished is None
            assert here.doubts().num_rows == int(new)
            assert here.search("betah").num_rows == int(not new)
            assert not leftovers(here)
        if not stopped:
            break
    assert revisions[0] == 0
    assert revisions == sorted(revisions)
    assert len(revisions) > 15
    held = b"".join(p.read_bytes() for p in (tmp_path / "library").rglob("*") if p.is_file())
    assert b"betah di situ" not in held.replace(b"saya betah di situ", b"", 1)  # findings.toml says it, once


def test_the_report_is_plain_data(study: Study, tmp_path: Path) -> None:
    """A page or a script can show it."""
    answer = study.revise(interview(study), tmp_path / "satu.txt").asdict()
    assert json.loads(json.dumps(answer))["rows"] == [{"finding": "ramai", "evidence": 2}]
