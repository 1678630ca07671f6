"""``study.toml``: what is read, and how what is wrong is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from makna.errors import RecordFileError
from makna.record import study_file
from makna.record.toml_table import Text

WHOLE = """
name = "jastip"
title = "Titip dulu"
[abstract]
id = "Satu.\\n\\nDua."
en = "One."
[[question]]
id = "rq1"
text = { id = "Bagaimana?", en = "How?" }
[design]
method = "Kualitatif"
period = { from = 2021-01-01, to = 2021-03-31 }
[sampling]
criteria = ["Dewasa", { en = "Adult" }]
approached = 9
refused = 4
[[concept]]
id = "c1"
name = { en = "Front" }
references = ["goffman1959"]
[[guide]]
question = "Siapa?"
answers = "rq1"
[[harvest]]
batch = "posts.jsonl"
keywords = "jastip"
tool = "twarc2"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_whole_design_is_read(tmp_path: Path) -> None:
    """Every part of a design stands in its place; a plain string is Indonesian."""
    design = study_file.read(written(tmp_path, WHOLE))
    assert design.title == Text("Titip dulu", None)
    assert design.abstract.id == "Satu.\n\nDua."
    assert design.period == study_file.Period(dt.date(2021, 1, 1), dt.date(2021, 3, 31))
    assert (design.sampling.approached, design.sampling.refused) == (9, 4)
    assert design.sampling.criteria == (Text("Dewasa", None), Text(None, "Adult"))
    assert design.guide[0].answers == "rq1"
    assert design.harvests[0].keywords == ("jastip",)
    assert design.concept("c1") is design.concepts[0]
    assert design.question("rq2") is None


def test_a_study_without_a_file_has_an_empty_design(tmp_path: Path) -> None:
    """No file is no error: the report names the gaps."""
    design = study_file.read(tmp_path / "study.toml")
    assert design.name == tmp_path.name
    assert not design.title
    assert design.questions == ()


def test_text_falls_back_to_the_other_language() -> None:
    """A text in one language stands in for the other and says which language it is in."""
    assert Text("ya", "yes").said("en") == ("yes", "en")
    assert Text("ya").said("en") == ("ya", "id")
    assert Text().said("id") == ("", "en")


@pytest.mark.parametrize(
    ("text", "table", "key", "remedy"),
    [
        ("titel = 'x'", "", "titel", "no such key"),
        ("[[question]]\nid = 'a'", "question 1", "text", "write a text"),
        ("[[question]]\nid = 'a'\ntext = 'x'\n[[question]]\nid = 'a'\ntext = 'y'", "question 2", "id", "number 1"),
        ("title = { fr = 'x' }", "", "title", "{ id ="),
        ("[sampling]\napproached = 3\nrefused = 4", "sampling", "refused", "more refused"),
        ("[sampling]\napproached = true", "sampling", "approached", "whole number"),
        ("[design]\nperiod = { from = 2021-02-01, to = 2021-01-01 }", "design.period", "to", "before"),
        ("[design]\nperiod = { from = 2021-02-01T10:00:00 }", "design.period", "from", "2021-03-04"),
        ("[[guide]]\nquestion = 'x'\nanswers = 'rq9'", "guide 1", "answers", "unknown"),
        ("question = 'x'", "", "question", "[[question]]"),
        ("design = 'x'", "", "design", "[design]"),
    ],
)  # fmt: skip
def test_an_error_names_file_table_key_and_remedy(
    tmp_path: Path, text: str, table: str, key: str, remedy: str
) -> None:
    """Whoever wrote the file can go to the place and knows what to write."""
    with pytest.raises(RecordFileError) as caught:
        study_file.read(written(tmp_path, text))
    message = str(caught.value)
    assert "study.toml" in message
    assert table in message
    assert f"key {key}:" in message
    assert remedy in message


def test_no_toml_names_the_line(tmp_path: Path) -> None:
    """A missing quote is found by its line."""
    with pytest.raises(RecordFileError, match="line 2"):
        study_file.read(written(tmp_path, 'name = "a"\ntitle = "b\n'))


def test_another_encoding_is_named(tmp_path: Path) -> None:
    """A file saved in another encoding says so in place of showing wrong letters."""
    (tmp_path / "study.toml").write_bytes('title = "café"'.encode("latin-1"))
    with pytest.raises(RecordFileError, match="UTF-8"):
        study_file.read(tmp_path / "study.toml")


def test_an_unreadable_path_is_named(tmp_path: Path) -> None:
    """A folder in place of a file is refused with its reason."""
    (tmp_path / "study.toml").mkdir()
    with pytest.raises(RecordFileError, match=r"study\.toml cannot be opened"):
        study_file.read(tmp_path / "study.toml")
