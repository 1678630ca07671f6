"""A command line in a library and a configuration folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_samples import TABLE, Run
from click.testing import CliRunner, Result

from makna.cli import cli


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command; *typed* is what comes on standard input."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MAKNA_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("MAKNA_LANG", "en")

    def command(*words: object, typed: str = "") -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], input=typed)

    return command


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    """The folder of a fresh study named s."""
    assert run("new", "s").exit_code == 0
    return tmp_path / "library" / "studies" / "s"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A tweet-harvest file of six posts."""
    file = tmp_path / "posts.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file
