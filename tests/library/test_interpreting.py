"""The record as scripts and notebooks use it: tables out, actions in, also while an event loop runs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from makna.errors import IdentifierTyped, NoSuchRow, RecordError
from makna.library import Library, Study

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_importing import post, write

TALK = "P: Kenapa percaya?\n\nI: Karena lihat testi dulu, baru percaya.\n"
CONSENT = """
[[participant]]
code = "Informan 1"
files = ["wawancara.txt"]
labels = ["I"]
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-01
scopes = [{scopes}]
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Posts about testimonials."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    made.add(write(tmp_path / "a.jsonl", [post(n, text=f"kabar testi pasar {'ya' * n}") for n in range(6)]))
    return made


def test_hits_of_a_search_become_codings(study: Study) -> None:
    """Each with the words it stands on; coding them again adds nothing; one undo takes all back."""
    study.add_code("Kepercayaan", definition="Mengapa orang percaya")
    hits = study.search("testi")
    assert study.add_codings("kepercayaan", hits) == hits.num_rows == 6
    assert study.add_codings("Kepercayaan", hits) == 0
    rows = study.codings("Kepercayaan").to_pylist()
    assert {row["text"] for row in rows} == {"testi"}
    assert study.codes().to_pylist()[0]["codings"] == 6
    assert study.undo()
    assert study.codings().num_rows == 0
    assert study.redo()
    assert study.codings().num_rows == 6
    assert not study.redo()
    assert study.activity()["action"].to_pylist() == ["add_codings", "add_codings", "add_codings", "add_code"]


def test_memos_and_codes_are_there_the_next_time(study: Study) -> None:
    """The record lies in the library's folder."""
    study.add_code("Percaya")
    study.add_code("Testimoni", parent="Percaya", origin="in_vivo")
    study.write_memo("Testi datang sebelum harga.", kind="argument", code="testimoni")
    again = Library(study.folder.parents[1]).study("s")
    assert [(row["code"], row["parent"]) for row in again.codes().to_pylist()] == [
        ("Percaya", None),
        ("Testimoni", "Percaya"),
    ]
    assert again.memos().to_pylist()[0]["code"] == "Testimoni"
    assert (study.folder.parents[1] / "record.sqlite").is_file()


def test_it_works_while_an_event_loop_runs(study: Study) -> None:
    """As in a notebook."""

    async def cell() -> int:
        study.add_code("Percaya")
        return study.codes().num_rows

    assert asyncio.run(cell()) == 1


def test_libraries_stay_apart_in_one_program(study: Study, tmp_path: Path) -> None:
    """Each has a record of its own."""
    other = Library(tmp_path / "other").create("s")
    study.add_code("Percaya")
    assert other.codes().num_rows == 0
    other.add_code("Percaya")
    assert study.codes().num_rows == 1


@pytest.mark.parametrize(("scopes", "allowed"), [('"analysis", "verbatim"', True), ('"verbatim"', False)])
def test_an_interview_is_coded_as_its_consent_says(
    study: Study, tmp_path: Path, scopes: str, allowed: bool
) -> None:
    """Without the scope for analysis no coding stands on it."""
    stated = study.folder / "participants.toml"
    stated.write_text(CONSENT.format(scopes='"analysis"'), encoding="utf-8")
    file = tmp_path / "wawancara.txt"
    file.write_text(TALK, encoding="utf-8")
    study.add(file, kind="interview", access="private")
    stated.write_text(CONSENT.format(scopes=scopes), encoding="utf-8")
    study.add_code("Percaya")
    hits = study.search("percaya", kinds=["interview"])
    assert hits.num_rows > 0
    if allowed:
        assert study.add_codings("Percaya", hits) == hits.num_rows
    else:
        with pytest.raises(RecordError, match="does not cover analysis"):
            study.add_codings("Percaya", hits)


def test_what_is_typed_passes_the_door_also_after_sealing(study: Study) -> None:
    """A number in a memo is told, not stored."""
    for _each in range(2):
        with pytest.raises(IdentifierTyped) as caught:
            study.write_memo("hubungi wa 083471000123")
        ((start, end, label),) = caught.value.hits
        assert (label, end) == ("wa", 23)
        assert start <= 11
        study.seal()
    assert study.memos().num_rows == 0


def test_what_is_not_there_is_named(study: Study) -> None:
    """A code that is not, a document that is not."""
    study.add_code("Percaya")
    with pytest.raises(NoSuchRow, match="no code named Ragu"):
        study.add_codings("Ragu", [])
    with pytest.raises(NoSuchRow, match="no document 7"):
        study.add_codings("Percaya", [(7, 0, 2)])


def test_a_program_that_opens_no_record_loads_no_django() -> None:
    """It costs time that a search need not pay."""
    code = "import sys, makna, makna.cli.commands; print('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    assert answer.stdout.strip() == "False"
