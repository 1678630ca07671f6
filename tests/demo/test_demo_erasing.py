"""The documentation's walk through erasing and revising works on the demo as it is written there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from makna.cli import cli
from makna.library import Library

PAGE = Path(__file__).parents[2] / "docs" / "erasing.md"
HANDLE = "menara_ozrnuq20"
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.S)


def steps() -> list[tuple[str, str]]:
    """(form, content) of the page's blocks: commands and files."""
    return _BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def words(line: str) -> list[str]:
    """The words of a command line."""
    import shlex  # noqa: PLC0415

    return shlex.split(line.removeprefix("$ makna "))


def test_the_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page ends well, says what the page says, and leaves what the page promises."""
    for name, value in {"CONFIG": tmp_path / "config", "LIBRARY": tmp_path / "library", "LANG": "en"}.items():
        monkeypatch.setenv(f"MAKNA_{name}", str(value))
    monkeypatch.chdir(tmp_path)
    said: dict[str, Result] = {}
    for form, content in steps():
        if form == "markdown":
            (tmp_path / "wawancara-4.md").write_text(content, encoding="utf-8")
            continue
        for line in (line for line in content.splitlines() if line.startswith("$ makna ")):
            done = CliRunner().invoke(cli, _unasked(words(line)), input=f"{HANDLE}\n")
            assert done.exit_code == 0, (line, done.output)
            said[line] = done
            assert HANDLE not in done.output
    shown = "\n".join(done.output for done in said.values())
    for line in (line for form, block in steps() if form == "console" for line in block.splitlines()):
        if line.startswith("  ") or line.startswith(("Erased", "Document")):
            assert line.strip() in shown, line
    study = Library().studies()[0]
    assert (study.unfinished, study.brought_back(), study.damaged()) == (None, 0, [])
    assert "Informan 3" not in study.run(study.authors)["pseudonym"].to_pylist()
    assert "etalase; transaksi" in study.text(30064771072)
    assert list((study.folder / "reports").glob("*.html"))


def _unasked(command: list[str]) -> list[str]:
    """The command as it runs where nobody sits at a terminal."""
    return [*command, "--yes"] if command[0] == "erase" else command
