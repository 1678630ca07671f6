"""``makna review``: one key a doubt, nothing lost, no doubtful word in what machines read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_samples import Run

from makna.cli import asking
from makna.library import Library

NUMBER, OTHER = "9173 8264", "7719 5583"
POSTS = "created_at,id_str,full_text,username\n" + "".join(
    f'Mon Mar 01 10:0{n}:00 +0000 2021,17000000000000000{n:02d},"{text}",warung_{n}\n'
    for n, text in enumerate(
        [f"pasar pagi {NUMBER} begitu", f"pernah ada {OTHER} sudah", f"lagi {NUMBER} ya"]
    )
)


@pytest.fixture
def doubtful(run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with three doubts, before somebody at a terminal."""
    file = tmp_path / "doubts.csv"
    file.write_text(POSTS, encoding="utf-8")
    assert json.loads(run("add", file, "--json").stdout)["doubts"] == 3
    monkeypatch.setattr(asking, "interactive", lambda: True)
    return study


def texts(study: Path) -> list[str]:
    """All texts of the study."""
    held = Library(study.parents[1]).study("s")
    return [
        str(t) for t in held.run(held.units.order_by("unit_id").select("text", "unit_id"))["text"].to_pylist()
    ]


def test_one_key_decides_one_doubt(run: Run, doubtful: Path) -> None:
    """Masked as what is typed, kept, and left for later; what was decided is carried out at the end."""
    told = run("review", typed="mpho\nks")
    assert told.exit_code == 0
    assert NUMBER in told.stdout and OTHER in told.stdout
    assert "2 decided: 1 masked, 1 kept" in told.stdout
    assert "1 span is still open" in told.stdout
    assert texts(doubtful) == ["pasar pagi ⟦phone⟧ begitu", f"pernah ada {OTHER} sudah", "lagi ⟦?⟧ ya"]


def test_undo_and_an_end_that_loses_nothing(run: Run, doubtful: Path) -> None:
    """u takes the last answer back; q ends, and the rest waits."""
    told = run("review", typed="kumwa\nq")
    assert "taken back" in told.stdout
    assert texts(doubtful)[0] == "pasar pagi ⟦wa⟧ begitu"
    assert "2 spans are still open" in told.stdout


def test_everywhere_spares_the_next_question(run: Run, doubtful: Path) -> None:
    """What is masked everywhere need not be decided again."""
    told = run("review", typed="ewa\nq")
    assert "2 decided: 2 masked" in told.stdout
    assert texts(doubtful)[2] == "lagi ⟦wa⟧ ya"


def test_wrong_keys_and_classes_are_told(run: Run, doubtful: Path) -> None:
    """Nothing happens by accident: an unknown key or class asks again, an empty class goes back."""
    told = run("review", typed="xmp\nphone\nm\nq")
    assert "There is no such key" in told.stdout
    assert "One of: phone, plate" in told.stdout
    assert texts(doubtful)[0] == "pasar pagi ⟦phone⟧ begitu"


def test_machines_read_counts_and_no_words(run: Run, doubtful: Path) -> None:
    """--json shows how many and why, never the words; --apply carries out without a question."""
    answer = run("review", "--json")
    assert json.loads(answer.stdout) == {
        "study": "s",
        "open": 3,
        "reasons": {"many digits": 3},
        "carried_out": None,
    }
    held = Library(doubtful.parents[1]).study("s")
    row = held.doubts().to_pylist()[0]
    held.decide(row["unit_id"], row["start"], "keep")
    answer = run("review", "--apply", "--json")
    assert json.loads(answer.stdout)["carried_out"]["kept"] == 1
    assert NUMBER not in answer.stdout


def test_without_a_terminal_it_says_so(run: Run, doubtful: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script is told that a person is needed; with nothing to decide it says so."""
    monkeypatch.setattr(asking, "interactive", lambda: False)
    told = run("review")
    assert told.exit_code == 1
    assert "3 spans wait for a person" in told.stderr


def test_nothing_to_decide(run: Run, study: Path) -> None:
    """An empty queue says so."""
    told = run("review")
    assert (told.exit_code, "No span waits" in told.stdout) == (0, True)
