"""The command line: exit codes, JSON, messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from makna.cli import cli

SOURCE = "id_str,created_at,full_text,username\n" + "".join(
    f"{10**18 + n},Wed Mar 03 10:0{n}:00 +0000 2021,pasar pagi ramai sekali kabar {n},akun_{n}\n"
    for n in range(6)
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs one command in a library of its own."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MAKNA_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("MAKNA_LANG", "en")

    def command(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(cli, list(words), input=typed)

    return command


def test_from_new_to_search(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A study is made, filled, shown, searched, measured and emptied; every answer is also JSON."""
    file = tmp_path / "p.csv"
    file.write_text(SOURCE, encoding="utf-8")
    assert run("new", "coba").exit_code == 0
    preview = json.loads(run("add", str(file), "--preview", "--json").stdout)
    assert next(row["text"] for row in preview["rows"]).startswith("pasar pagi")
    added = json.loads(run("add", str(file), "--json").stdout)
    assert (added["batch"], added["kept"], added["rejected"]) == (1, 6, 0)
    assert json.loads(run("status", "--json").stdout)["rows"][0]["counts"]["documents"] == 6
    assert len(json.loads(run("search", "pasar", "--json").stdout)["rows"]) == 6
    words = json.loads(run("words", "--json").stdout)["rows"]
    assert {"token": "pasar", "count": 6}.items() <= next(w for w in words if w["token"] == "pasar").items()
    near = json.loads(run("collocates", "pasar", "--json").stdout)["rows"]
    assert "pagi" in {row["token"] for row in near}
    assert "coba: whole" in run("doctor").stdout
    assert run("remove", "1").exit_code == 0
    assert json.loads(run("status", "--json").stdout)["rows"] == []


def test_refused_is_one_and_misuse_is_two(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A refusal is exit 1 with a sentence on standard error; wrong usage is exit 2."""
    missing = run("status")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "makna new" in missing.stderr
    run("new", "coba")
    folder = run("add", str(tmp_path))
    assert folder.exit_code == 1
    assert "folder" in folder.stderr
    assert run("search", "083456789012").exit_code == 1
    assert run("add").exit_code == 2
    assert run("lens", "none-such").exit_code == 1


def test_the_key_travels_under_a_passphrase(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """An exported key opens with its passphrase only, and comes back where it is missing."""
    run("new", "coba")
    file = tmp_path / "k"
    assert run("key", "export", str(file), typed="rahasia\nrahasia\n").exit_code == 0
    key = next((tmp_path / "config" / "keys").iterdir())
    kept = key.read_bytes()
    assert kept not in file.read_bytes()
    key.unlink()
    assert run("key", "import", str(file), typed="salah\n").exit_code == 1
    assert run("key", "import", str(file), typed="rahasia\n").exit_code == 0
    assert key.read_bytes() == kept
    assert key.stat().st_mode & 0o077 == 0
