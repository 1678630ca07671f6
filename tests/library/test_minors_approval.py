"""Records of people under 18 stay out, unless a written approval is stated; the batch says which."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from makna.errors import RecordFileError
from makna.library import Library, Study

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_importing import post, write

APPROVAL = "Komisi etik, 12 Maret 2021"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """An empty study."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    return Library(tmp_path / "library").create("s")


def posts(tmp_path: Path) -> Path:
    """Two posts, one with a cue."""
    return write(tmp_path / "a.jsonl", [post(1, text="aku masih kelas 11"), post(2, text="aku guru sma")])


def test_without_approval_only_a_count_remains(study: Study, tmp_path: Path) -> None:
    """The record stays out, the manifest counts it and names no approval."""
    report = study.add(posts(tmp_path))
    assert (report.kept, report.minors) == (1, 1)
    assert "minors_approval" not in study.batches()[0].settings


def test_an_approval_given_with_the_file_is_kept_with_the_batch(study: Study, tmp_path: Path) -> None:
    """Stated for one import, it holds for that batch and stands in its manifest."""
    report = study.add(posts(tmp_path), minors_approval=APPROVAL)
    assert (report.kept, report.minors) == (2, 0)
    assert study.batches()[0].settings["minors_approval"] == APPROVAL


def test_an_approval_in_the_design_holds_for_every_import(study: Study, tmp_path: Path) -> None:
    """study.toml states it under [minors]; a contact in it goes through the door like all that is typed."""
    (study.folder / "study.toml").write_text(
        f'[minors]\napproval = "{APPROVAL}, wa 083400001234"\n', encoding="utf-8"
    )
    assert study.add(posts(tmp_path)).minors == 0
    assert study.batches()[0].settings["minors_approval"] == f"{APPROVAL}, wa ⟦wa⟧"


@pytest.mark.parametrize("said", ['approval = ""', "approval = true", "", 'approved = "yes"'])
def test_an_approval_wants_words(study: Study, tmp_path: Path, said: str) -> None:
    """Neither an empty text nor a mere yes opens the door to records of minors."""
    (study.folder / "study.toml").write_text(f"[minors]\n{said}\n", encoding="utf-8")
    with pytest.raises(RecordFileError):
        study.add(posts(tmp_path))
    assert study.batches() == []
