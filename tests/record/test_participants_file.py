"""participants.toml: codes, labels and consent, with errors that name file, table, key and remedy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from makna.errors import RecordFileError
from makna.record.participants_file import Participant, consent_allows, for_file, read

GOOD = """
[[participant]]
code = "Informan 1"
files = ["wawancara-1.docx"]
labels = ["I"]
type = "key"
attributes = { role = "provider", gender = "f", age_band = "25-29", remote = true, years = 3 }
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-04
scopes = ["analysis", "verbatim"]
withdrawal_until = 2022-03-04

[[participant]]
code = "Informan Kunci 2"
labels = ["Narasumber"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "participants.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_reads(tmp_path: Path) -> None:
    """Everything stated comes back, attributes as text; a participant without consent has none."""
    first, second = read(write(tmp_path, "\ufeff" + GOOD))
    assert (first.code, first.files, first.labels, first.type) == (
        "Informan 1",
        ("wawancara-1.docx",),
        ("I",),
        "key",
    )
    assert dict(first.attributes) == {
        "role": "provider", "gender": "f", "age_band": "25-29", "remote": "true", "years": "3",
    }  # fmt: skip
    assert first.consent is not None
    assert (first.consent.scopes, first.consent.withdrawal_until) == (
        {"analysis", "verbatim"},
        dt.date(2022, 3, 4),
    )
    assert (second.code, second.consent) == ("Informan Kunci 2", None)


def test_no_file_is_no_participants(tmp_path: Path) -> None:
    """A study without the file has no participants yet."""
    assert read(tmp_path / "participants.toml") == ()


def test_participants_are_frozen(tmp_path: Path) -> None:
    """Nobody changes a participant in passing, nor its attributes."""
    one = read(write(tmp_path, GOOD))[0]
    with pytest.raises(AttributeError):
        one.code = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        one.attributes["role"] = "x"  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "Informan 1"', 'code = "Ibu Melati"', r"participant 1, key code: write a word and a number"),
        ('code = "Informan 1"', "", r"participant 1, key code: write a text"),
        ('"Informan Kunci 2"', '"informan 1"', r"participant 2, key code: participant 1 has this code"),
        ('labels = ["I"]', 'labels = "I"', r"key labels: write a list"),
        ('labels = ["I"]', "labels = [1]", r"key labels: write a list"),
        ('labels = ["I"]', 'label = ["I"]', r"key label: no such key; there are: code, files"),
        ('type = "key"', 'type = "kunci"', r"key type: unknown; there are: key, main, supporting"),
        ('gender = "f"', 'nama = "Melati"', r"key attributes\.nama: this identifies a person"),
        ('gender = "f"', 'gender = ["f"]', r"key attributes\.gender: write one text"),
        ('mode = "written"', 'mode = "lisan"', r"key consent\.mode: unknown; there are: written, recorded oral"),
        ('"verbatim"', '"quotes"', r"key consent\.scopes: unknown scope quotes; there are: analysis, verbatim, appendix, link"),
        ("date = 2021-03-04", 'date = "2021-03-04"', r"key consent\.date: write a day without quotes"),
        ("date = 2021-03-04", "date = 2021-03-04T10:00:00", r"key consent\.date: write a day without quotes"),
        ("2022-03-04", "2020-03-04", r"key consent\.withdrawal_until: this lies before"),
        ('version = "1"', "", r"key consent\.version: write a text"),
        ('labels = ["Narasumber"]', "", r"participant 2, key files: say in which files"),
        ('labels = ["Narasumber"]', 'files = ["wawancara-1.docx"]\nlabels = ["i"]', r"participant 2, key labels: participant 1"),
        ("[[participant]]", "[participant]", r"participants\.toml"),
        ('version = "1"', "version = ", r"participants\.toml, line 10: this is no TOML"),
        ("\n[[participant]]", 'x = 1\n[[participant]]', r"key x: no such key"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_place_and_the_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    """File, table number, key and what to write instead; never what stood there."""
    assert old in GOOD
    with pytest.raises(RecordFileError, match=message) as caught:
        read(write(tmp_path, GOOD.replace(old, new, 1)))
    assert "participants.toml" in str(caught.value)
    assert "Melati" not in str(caught.value)


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    """UTF-16 is refused with the remedy."""
    path = tmp_path / "participants.toml"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(RecordFileError, match="UTF-8"):
        read(path)


def test_labels_find_their_participant(tmp_path: Path) -> None:
    """By the file and label, by the label alone where no file is listed, and by the code as a label."""
    found = read(write(tmp_path, GOOD))
    codes = {k: p.code for k, p in for_file(found, "Wawancara-1.docx", ["P", "i", "Narasumber"]).items()}
    assert codes == {"i": "Informan 1", "Narasumber": "Informan Kunci 2"}
    assert for_file(found, "wawancara-9.docx", ["P", "I"]) == {}
    assert {k: p.code for k, p in for_file(found, "x.txt", ["Informan Kunci 2"]).items()} == {
        "Informan Kunci 2": "Informan Kunci 2"
    }


def test_the_one_participant_of_a_file_needs_no_labels() -> None:
    """Without labels, all that is not the researcher's is that participant's, and unlabelled speech, too."""
    one = Participant("Informan 1", files=("a.txt",))
    assert for_file([one], "a.txt", ["P", "I", ""]) == {"I": one, "": one}
    two = Participant("Informan 2", files=("a.txt",))
    assert for_file([one, two], "a.txt", ["P", "I", ""]) == {}


def test_stated_labels_are_not_stretched() -> None:
    """A participant who lists labels is not meant by others: consent is never guessed."""
    one = Participant("Informan 1", files=("a.txt",), labels=("I1",))
    assert for_file([one], "a.txt", ["P", "I1", "I2"]) == {"I1": one}


def test_consent_is_by_scope_and_day(tmp_path: Path) -> None:
    """A scope holds from the day of consent; without consent nothing does; an unknown scope is a mistake."""
    first, second = read(write(tmp_path, GOOD))
    assert consent_allows(first, "analysis", on=dt.date(2021, 3, 4))
    assert consent_allows(first, "analysis", on=dt.date(2030, 1, 1))
    assert not consent_allows(first, "analysis", on=dt.date(2021, 3, 3))
    assert not consent_allows(first, "archive", on=dt.date(2021, 3, 4))
    assert not consent_allows(second, "analysis", on=dt.date(2021, 3, 4))
    with pytest.raises(RecordFileError, match="there are: analysis"):
        consent_allows(first, "quotes", on=dt.date(2021, 3, 4))
