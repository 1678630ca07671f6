"""``makna backup`` and ``makna restore`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_samples import Run

from makna.library import Library

pytestmark = pytest.mark.usefixtures("study")


def codes(folder: Path) -> list[str]:
    """The codes of the study."""
    return Library(folder / "library").study("s").codes()["code"].to_pylist()


def test_a_library_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    """In plain words and as JSON; what is there is replaced only after asking."""
    kept, library = tmp_path / "keep.zip", Library(tmp_path / "library")
    library.study("s").add_code("Ramai")
    told = run("backup", kept)
    assert (told.exit_code, told.stdout) == (0, f"1 study backed up to {kept}.\n")
    assert "keys are not in it" in told.stderr
    assert run("backup", kept).exit_code == 1
    library.study("s").add_code("Sepi")
    assert run("restore", kept).exit_code == 1
    told = run("restore", kept, "--replace", typed="n\n")
    assert (told.exit_code, "replaced, with all that was done since: s" in told.stderr) == (1, True)
    assert codes(tmp_path) == ["Ramai", "Sepi"]
    told = run("restore", kept, "--replace", "--yes", "--json")
    answer = json.loads(told.stdout)
    assert (told.exit_code, answer["studies"], answer["erased_again"]) == (0, ["s"], 0)
    assert codes(tmp_path) == ["Ramai"]
    assert run("restore", tmp_path / "none.zip").exit_code == 2
