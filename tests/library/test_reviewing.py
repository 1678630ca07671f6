"""Doubts decided: what comes back, what is masked, what is forgotten, and what a crash leaves."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from makna.corpus.store import Store
from makna.errors import DoorError
from makna.library import Library, Study

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_importing import post, write
from test_killed import Nursery

NUMBER, OTHER = "9173 8264", "7719 5583"
CARRY_OUT = "library.study('s').carry_out()"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Posts with doubts in them, and a batch whose doubts repeat some of their words."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    texts = [
        f"pasar pagi {NUMBER} begitu",
        f"pernah ada {NUMBER} lalu {OTHER} sudah",
        "pasar sepi",
        "kata rahasia itu",
    ]
    made.add(write(tmp_path / "a.jsonl", [post(n, text=text) for n, text in enumerate(texts)]))
    made.add(
        write(tmp_path / "b.jsonl", [post(10, text=f"sekali lagi {NUMBER} ya"), post(11, text="hari biasa")])
    )
    return made


def texts(study: Study) -> list[str]:
    """All texts, in the order of the corpus."""
    return [
        str(t)
        for t in study.run(study.units.order_by("unit_id").select("text", "unit_id"))["text"].to_pylist()
    ]


def open_doubts(study: Study) -> list[dict[str, object]]:
    """The doubts as rows."""
    return list(study.doubts().to_pylist())


def decide(study: Study, n: int, decision: str) -> None:
    """Decide the n-th doubt."""
    row = open_doubts(study)[n]
    study.decide(int(str(row["unit_id"])), int(str(row["start"])), decision)


def test_a_doubt_shows_its_words_and_what_stands_beside_them(study: Study) -> None:
    """Whoever decides sees the words, the reason and the disguised context."""
    rows = open_doubts(study)
    assert [row["span"] for row in rows] == [NUMBER, NUMBER, OTHER, NUMBER]
    assert (rows[0]["left"], rows[0]["right"]) == ("pasar pagi ", " begitu")
    assert rows[1]["right"] == " lalu ⟦?⟧ sudah"
    assert all(row["reason"] and row["decision"] is None for row in rows)


def test_masked_here_and_the_rest_stays_open(study: Study) -> None:
    """One decision changes one place; the other doubt of the text is found where it moved."""
    decide(study, 1, "mask:phone")
    carried = study.carry_out()
    assert (carried.decided, carried.masked, carried.kept, carried.batches) == (1, 1, 0, (1,))
    assert texts(study)[1] == "pernah ada ⟦phone⟧ lalu ⟦?⟧ sudah"
    assert [row["span"] for row in open_doubts(study)] == [NUMBER, OTHER, NUMBER]
    left = open_doubts(study)[1]
    assert texts(study)[1][int(str(left["start"])) :].startswith("⟦?⟧")
    batch = study.batches()[0]
    assert batch.counts["doubts"] == 2
    assert (batch.disguised["?"], batch.disguised["phone"]) == (2, 1)
    assert study.search("⟦phone⟧").num_rows == 1
    lengths = study.run(study.documents.order_by("document_id").select("length", "document_id"))[
        "length"
    ].to_pylist()
    assert lengths == [len(t) for t in texts(study)]


def test_kept_words_come_back_and_are_forgotten(study: Study, tmp_path: Path) -> None:
    """The words stand in the text again, and no longer among the doubts."""
    decide(study, 0, "keep")
    assert texts(study)[0] == "pasar pagi ⟦?⟧ begitu"  # nothing happens before it is carried out
    assert study.carry_out().kept == 1
    assert texts(study)[0] == f"pasar pagi {NUMBER} begitu"
    assert len(open_doubts(study)) == 3
    assert {p.name for p in (tmp_path / "config" / "doubts" / study.id).iterdir()} == {
        "1-1.doubts",
        "2.doubts",
    }


def test_masked_everywhere_now_and_later(study: Study, tmp_path: Path) -> None:
    """The other places and doubts of the same words are masked, also where they were no doubt, and in later imports."""
    decide(study, 0, "everywhere:telegram")
    carried = study.carry_out()
    assert (carried.decided, carried.masked) == (3, 3)
    assert [row["span"] for row in open_doubts(study)] == [OTHER]
    assert texts(study)[1] == "pernah ada ⟦telegram⟧ lalu ⟦?⟧ sudah"
    assert texts(study)[4] == "sekali lagi ⟦telegram⟧ ya"
    study.add(write(tmp_path / "c.jsonl", [post(20, text=f"nomor itu {NUMBER.replace(' ', '')} ada")]))
    assert NUMBER.replace(" ", "") not in texts(study)[-1]
    assert [row["span"] for row in open_doubts(study)] == [OTHER]


def test_words_that_were_no_doubt_elsewhere_are_masked_too(study: Study, tmp_path: Path) -> None:
    """A span kept once and then masked everywhere goes from the texts it came back into."""
    decide(study, 0, "keep")
    study.carry_out()
    decide(study, 0, "everywhere:wa")
    carried = study.carry_out()
    assert carried.elsewhere == 1
    assert texts(study)[0] == "pasar pagi ⟦wa⟧ begitu"
    assert not [t for t in texts(study) if NUMBER in t]


def test_never_asked_again(study: Study, tmp_path: Path) -> None:
    """Words found harmless come back wherever they were doubted and are doubted no more; only a MAC is remembered."""
    decide(study, 0, "never")
    assert study.carry_out().kept == 3
    assert [row["span"] for row in open_doubts(study)] == [OTHER]
    study.add(write(tmp_path / "c.jsonl", [post(20, text=f"dan {NUMBER} ada lagi")]))
    assert texts(study)[-1] == f"dan {NUMBER} ada lagi"
    assert [row["span"] for row in open_doubts(study)] == [OTHER]


def test_a_decision_can_be_taken_back_before_it_is_carried_out(study: Study) -> None:
    """Undo: nothing has happened yet."""
    decide(study, 0, "mask:phone")
    assert open_doubts(study)[0]["decision"] == "mask:phone"
    row = open_doubts(study)[0]
    study.decide(int(str(row["unit_id"])), int(str(row["start"])), None)
    carried = study.carry_out()
    assert (carried.decided, carried.batches) == (0, ())
    assert len(open_doubts(study)) == 4


@pytest.mark.parametrize("decision", ["mask", "mask:nobody", "keep:wa", "perhaps", "everywhere:"])
def test_what_is_no_decision_is_refused(study: Study, decision: str) -> None:
    """The message says what may be written."""
    with pytest.raises(DoorError, match="Write keep, never"):
        decide(study, 0, decision)
    with pytest.raises(DoorError, match="No doubt stands"):
        study.decide(1, 0, "keep")


def test_a_text_that_was_too_long_does_not_come_back(study: Study, tmp_path: Path) -> None:
    """Nobody has read it: it can be masked, not kept."""
    note = tmp_path / "panjang.txt"
    note.write_text("Catatan lapangan\nTanggal: 4 Maret 2021\n\n" + "kata " * 30_000 + "\n", encoding="utf-8")
    study.add(note)
    last = len(open_doubts(study)) - 1
    with pytest.raises(DoorError, match="too long"):
        decide(study, last, "keep")
    decide(study, last, "mask:document")
    assert study.carry_out().masked == 1
    assert texts(study)[-1] == "⟦document⟧"


def test_turns_of_an_interview_move_along(study: Study, tmp_path: Path) -> None:
    """Later turns stand where the document's text says, after an earlier one grew."""
    note = tmp_path / "catatan.txt"
    note.write_text(
        f"Catatan lapangan\nTanggal: 4 Maret 2021\n\nAda {NUMBER} tertulis.\n\nLalu hujan.\n",
        encoding="utf-8",
    )
    study.add(note)
    decide(study, len(open_doubts(study)) - 1, "keep")
    study.carry_out()
    rows = study.run(study.units.order_by("unit_id").select("document_id", "start", "end", "text", "unit_id"))
    for row in rows.to_pylist():
        assert study.text(row["document_id"])[row["start"] : row["end"]] == row["text"]
    assert not study.damaged()


def test_after_sealing_there_is_nothing_to_decide(study: Study) -> None:
    """The doubts go with the key."""
    study.seal()
    assert study.doubts().num_rows == 0


@pytest.fixture
def nursery(study: Study) -> Iterator[Nursery]:
    """Carries decisions out in processes that are killed."""
    made = Nursery(study.folder.parents[1], CARRY_OUT)
    yield made
    made.close()


def test_killed_before_each_operation_on_files(study: Study, nursery: Nursery, tmp_path: Path) -> None:
    """Whatever was done stays done, texts and doubts agree at every moment, and the next call does the rest."""
    decide(study, 2, "keep")
    decide(study, 0, "everywhere:wa")
    for n in count():
        stopped = nursery.stopped(study.folder, n)
        rows = open_doubts(study)
        for row in rows:
            unit = study.run(
                study.units.filter(study.units.unit_id == int(str(row["unit_id"]))).select("text")
            )
            assert unit["text"][0].as_py()[int(str(row["start"])) :].startswith("⟦?⟧")
        assert not study.damaged()
        if not stopped:
            break
    assert n > 15
    assert texts(study)[:2] == ["pasar pagi ⟦wa⟧ begitu", f"pernah ada ⟦wa⟧ lalu {OTHER} sudah"]
    assert texts(study)[4] == "sekali lagi ⟦wa⟧ ya"
    assert open_doubts(study) == []
    config = tmp_path / "config"
    assert not (config / "doubts" / study.id).is_dir() or not list((config / "doubts" / study.id).iterdir())
    assert not (config / "everywhere" / f"{study.id}.list").exists()
    assert json.loads((study.folder / "index" / "batches.json").read_text())["batches"] == {
        str(n): r for n, r in Store(study.folder / "corpus").revisions().items()
    }


def test_codings_follow_their_words(study: Study) -> None:
    """A coding behind a doubt moves with its words, one across it keeps its ends, and undo still takes it back."""
    study.add_code("Waktu")
    before = study.search("begitu").to_pylist()[0]
    study.add_codings(
        "Waktu",
        [(before["document_id"], before["start"], before["end"]), (before["document_id"], 0, before["end"])],
    )
    decide(study, 0, "keep")
    study.carry_out()
    assert [row["text"] for row in study.codings().to_pylist()] == [f"pasar pagi {NUMBER} begitu", "begitu"]
    assert study.undo()
    assert study.codings().num_rows == 0
    assert study.redo()
    assert {row["text"] for row in study.codings().to_pylist()} == {f"pasar pagi {NUMBER} begitu", "begitu"}
    assert study.unfinished is None
