"""Erasing by the command line: shown first, asked, never an identifier as an argument."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_samples import Run


@pytest.fixture
def full(run: Run, study: Path, table: Path) -> Path:
    """A study of six posts by six accounts."""
    assert run("add", table).exit_code == 0
    return study


def first(run: Run) -> int:
    """The id of the first document."""
    return int(json.loads(run("search", "pasar", "--json").stdout)["rows"][0]["document_id"])


def test_it_shows_asks_and_erases(run: Run, full: Path) -> None:
    """What would go is said in counts; a no changes nothing, a yes erases."""
    document = first(run)
    told = run("erase", document, typed="n\n")
    assert (told.exit_code, "documents (observation): 1" in told.stderr) == (1, True)
    assert "nothing was changed" in told.stderr and "pasar pagi" not in told.output
    assert len(json.loads(run("search", "pasar", "--json").stdout)["rows"]) == 6
    told = run("erase", document, typed="y\n")
    assert (told.exit_code, "Erased: 1 document." in told.stdout) == (0, True)
    assert "Source files" in told.stdout
    assert len(json.loads(run("search", "pasar", "--json").stdout)["rows"]) == 5


def test_a_handle_comes_unseen_and_never_as_an_argument(run: Run, full: Path) -> None:
    """As an argument it is refused and not said again; from standard input it erases, and is said nowhere."""
    refused = run("erase", "@akun_3", "--yes")
    assert (refused.exit_code, "akun_3" in refused.output) == (1, False)
    assert "--handle" in refused.stderr
    told = run("erase", "--handle", "--yes", "--json", typed="@akun_3\n")
    answer = json.loads(told.stdout)
    assert (answer["done"], answer["documents"], answer["rows"]) == (
        True,
        1,
        [{"kind": "observation", "documents": 1}],
    )
    assert "akun_3" not in told.output


def test_a_pasted_text_comes_unseen(run: Run, full: Path) -> None:
    """A text from standard input erases the post that says it, and is not said again."""
    told = run("erase", "--text", "--yes", "--json", typed="pasar pagi ramai kabar 2\nkata Zurelia\n")
    assert json.loads(told.stdout)["documents"] == 1
    assert "Zurelia" not in told.output
    assert run("erase", "--text", "--yes", typed="tidak ada di sini sama sekali ya\n").exit_code == 1


def test_one_way_at_a_time(run: Run, full: Path) -> None:
    """Neither nothing nor two ways at once."""
    assert run("erase").exit_code == 2
    assert run("erase", "123", "--handle").exit_code == 2


def test_what_was_broken_off_is_said_and_ended(run: Run, full: Path) -> None:
    """status and doctor tell of an unfinished erasure; --again ends it."""
    plan = {
        "what": "erasure", "documents": [first(run)], "authors": [], "pseudonyms": [], "codes": [], "macs": [],
        "evidence": [], "batches": {"1": 0}, "relocated": [], "mark": "",
    }  # fmt: skip
    (full / "unfinished.json").write_text(json.dumps(plan))
    for command in ("status", "doctor"):
        assert "makna erase --again" in run(command).stdout
    assert json.loads(run("doctor", "--json").stdout)["rows"][0]["unfinished"] == "erasure"
    assert run("erase", "--again").exit_code == 0
    assert "--again" not in run("status").stdout
    assert len(json.loads(run("search", "pasar", "--json").stdout)["rows"]) == 5
