"""Many texts in one pass, and who speaks in an interview."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from makna.errors import ConsentMissing, ReadError
from makna.library import Library, Study

TALK = "P: Kenapa di sini?\n\nBu Tiruan: Karena bebas saja.\n\nP: Sejak kapan?\n\nBu Tiruan: Sudah lama, sejak dulu.\n"
SCOPES = ("analysis", "verbatim")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """An empty study."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MAKNA_LANG", "en")
    return Library(tmp_path / "library").create("s")


def written(folder: Path, **files: str | bytes) -> list[Path]:
    """Files with these contents, by their names without suffix."""
    made = []
    for name, content in files.items():
        made.append(folder / f"{name}.txt")
        made[-1].write_bytes(content if isinstance(content, bytes) else content.encode())
    return made


def test_many_notes_are_one_batch_and_a_bad_one_stays_out(study: Study, tmp_path: Path) -> None:
    """Each file whole or not at all, its own error named; its number goes to none of the others."""
    files = written(
        tmp_path,
        a="Lini masa ramai.\n\nLalu sepi.",
        b=b"\x00\x01\x02\x03" * 40,
        c="Nomor 0834-5550-0110.",
        d="",
    )
    report = study.add_texts(files, kind="field_note")
    assert (report.documents, report.read, report.batch) == (2, 2, 1)
    assert [one.file for one in report.refused] == ["b.txt", "d.txt"]
    assert all(one.file in one.reason for one in report.refused)
    assert study.run(study.documents)["document_id"].to_pylist() == [1 << 32, (1 << 32) + 1]
    assert "0834" not in study.text((1 << 32) + 1)
    assert report.disguised == {"phone": 1}


def test_files_that_are_all_bad_leave_the_study_as_it_was(study: Study, tmp_path: Path) -> None:
    """No batch, no gap in their numbers."""
    report = study.add_texts(written(tmp_path, a=""), kind="field_note")
    assert (report.batch, len(report.refused), study.batches()) == (None, 1, [])


def test_posts_are_not_added_as_texts(study: Study, tmp_path: Path) -> None:
    """They come one file a batch."""
    with pytest.raises(ReadError):
        study.add_texts(written(tmp_path, a="x"), kind="observation")


def test_the_consent_on_record_lets_an_interview_in(study: Study, tmp_path: Path) -> None:
    """Said which label is whom; without a consent on record it stays out."""
    (talk,) = written(tmp_path, wawancara=TALK)
    meant = {"Bu Tiruan": "Informan 7"}
    with pytest.raises(ConsentMissing):
        study.add(talk, kind="interview", access="private", speakers=meant)
    consented(study, *SCOPES)
    assert study.labels(talk, kind="interview", speakers=meant) == [
        ("P", 2, "researcher"),
        ("Bu Tiruan", 2, "Informan 7"),
    ]
    study.add(talk, kind="interview", access="private", speakers=meant)
    text = study.text(study.run(study.documents)["document_id"].to_pylist()[0])
    assert "Karena bebas saja." in text
    assert study.run(study.authors)["pseudonym"].to_pylist() == ["Informan 7"]


def test_who_is_called_other_is_withheld(study: Study, tmp_path: Path) -> None:
    """What somebody without consent says in an interview does not enter."""
    consented(study, *SCOPES)
    (talk,) = written(tmp_path, wawancara=TALK + "\nTeman: Saya juga.\n")
    study.add(
        talk, kind="interview", access="private", speakers={"Bu Tiruan": "Informan 7", "Teman": "other"}
    )
    text = study.text(study.run(study.documents)["document_id"].to_pylist()[0])
    assert "Saya juga" not in text
    assert "⟦turn withheld⟧" in text


def test_a_consent_without_analysis_does_not_let_it_in(study: Study, tmp_path: Path) -> None:
    """The scope counts."""
    consented(study, "archive")
    (talk,) = written(tmp_path, wawancara=TALK)
    with pytest.raises(ConsentMissing):
        study.add(talk, kind="interview", access="private", speakers={"Bu Tiruan": "Informan 7"})


def test_of_many_interviews_each_is_whose_it_is_said_to_be(study: Study, tmp_path: Path) -> None:
    """By their file names; who is not named, and has no consent, stays out."""
    consented(study, *SCOPES)
    files = written(tmp_path, satu=TALK, dua=TALK)
    report = study.add_texts(files, kind="interview", access="private", informants={"satu.txt": "Informan 7"})
    assert report.documents == 1
    assert [one.file for one in report.refused] == ["dua.txt"]
    assert study.run(study.authors)["pseudonym"].to_pylist() == ["Informan 7"]
    assert study.run(study.documents)["title"].to_pylist() == ["Informan 7"]


def consented(study: Study, *scopes: str) -> None:
    """Informan 7 comes on record, with a consent."""
    with study._acting() as actor:
        from makna.record.actions.add_participant import add_participant  # noqa: PLC0415  (Django is ready now)
        from makna.record.actions.record_consent import record_consent  # noqa: PLC0415

        who = add_participant(actor, "Informan 7")
        record_consent(actor, who, mode="written", version="1", given=date(2021, 3, 1), scopes=scopes)
