"""Codings, memos and their history follow an erasure and a revision; of what is erased the record keeps no byte."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from makna.library import Library, Study
from makna.record.database import ready

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_erasing import ALONE, PARTICIPANTS, TOGETHER, named
from test_importing import post, write

FIRST = 1 << 32


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Posts of which the seventh mentions pagi_biru, and two interviews, coded."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    posts = [post(n) for n in range(12)]
    posts[6]["text"] = "kata @pagi_biru pasar ramai, betul @pagi_biru itu"
    made.add(write(tmp_path / "a.jsonl", posts))
    (made.folder / "participants.toml").write_text(PARTICIPANTS, encoding="utf-8")
    for name, text in (("satu.txt", ALONE), ("bersama.txt", TOGETHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        made.add(tmp_path / name, kind="interview", access="private")
    for code in ("Ramai", "Betah"):
        made.add_code(code)
    return made


def words(study: Study) -> list[str]:
    """The words of all codings."""
    return study.codings()["text"].to_pylist()


def span(study: Study, document: int, phrase: str) -> tuple[int, int, int]:
    """A passage of a document, by its words."""
    start = study.text(document).index(phrase)
    return document, start, start + len(phrase)


def held(study: Study) -> bytes:
    """All bytes of the record, its log and what lies beside it."""
    return b"".join(file.read_bytes() for file in sorted(study.folder.parents[1].glob("record.sqlite*")))


def test_codings_and_memos_on_an_erased_account_go(study: Study) -> None:
    """With what the history keeps of them; others stay where their words moved to, and what is undone stays right."""
    name = named(study)
    study.add_codings(
        "Ramai", [(FIRST + 1, 0, 5), span(study, FIRST + 6, "ramai"), span(study, FIRST + 6, "itu")]
    )
    study.write_memo("zurelianota tentang kiriman itu", document=FIRST + 1)
    study.write_memo(f"bandingkan dengan {name} nanti", code="Ramai")
    assert b"zurelianota" in held(study) and name.encode() in held(study)
    study.erase(name)
    assert sorted(words(study)) == ["itu", "ramai"]
    assert [row["text"] for row in study.memos().to_pylist()] == ["bandingkan dengan ⟦account⟧ nanti"]
    for trace in (b"zurelianota", name.encode(), str(FIRST + 1).encode()):
        assert trace not in held(study)
    assert study.undo()  # the memo on the code
    assert study.undo()  # the memo that was erased: nothing is left of it to take back
    assert study.undo()
    assert words(study) == []
    assert study.redo()
    assert sorted(words(study)) == ["itu", "ramai"]


def test_evidence_and_what_was_typed_about_it_go_too(study: Study) -> None:
    """A finding that lost what spoke against it is a draft again; a name in a claim or an argument is forgotten."""
    ready()
    from makna.record.actions.add_evidence import add_evidence  # noqa: PLC0415  (Django is ready inside _acting only)
    from makna.record.actions.add_finding import add_finding  # noqa: PLC0415
    from makna.record.actions.conclude_finding import conclude_finding  # noqa: PLC0415
    from makna.record.models import Evidence, Finding  # noqa: PLC0415

    name = named(study)
    with study._acting() as actor:
        finding = add_finding(actor, f"Pasar ramai, kata {name}")
        add_evidence(actor, finding, *span(study, FIRST + 6, "itu"), note="zurelianota tetap")
        add_evidence(actor, finding, FIRST + 1, 0, 5, stance="contradicts", paraphrase="zurelianota pergi")
        conclude_finding(actor, finding)
    study.erase(name)
    with study._acting():
        row = Finding.objects.get(pk=finding)
        assert (row.claim, row.status) == ("Pasar ramai, kata ⟦account⟧", "draft")
        (left,) = Evidence.objects.filter(finding=row)
        assert study.text(FIRST + 6)[left.start : left.end] == "itu"
    assert b"zurelianota pergi" not in held(study)
    assert b"zurelianota tetap" in held(study)
    assert name.encode() not in held(study)


def test_a_participant_withdraws_from_a_coded_talk(study: Study) -> None:
    """Codings on withheld turns go, those on the other's turns stand on the same words."""
    alone, both = (n << 32 for n in (2, 3))
    study.add_codings("Betah", [span(study, alone, "betah"), span(study, both, "mulai berdagang")])
    study.add_codings("Ramai", [span(study, both, "sesudah itu"), span(study, alone, "ramai")])
    study.undo()
    study.redo()
    study.erase("Informan 1")
    assert words(study) == ["sesudah itu"]
    assert str(alone).encode() not in held(study)
    with sqlite3.connect(study.folder.parents[1] / "record.sqlite") as record:
        lengths = dict(record.execute("SELECT document, length FROM record_source"))
    record.close()
    assert lengths == {both: len(study.text(both))}


def test_an_erasure_is_told_once(study: Study) -> None:
    """The activity says that something was erased, and ending it again moves nothing twice."""
    study.add_codings("Ramai", [span(study, FIRST + 6, "itu")])
    study.erase(named(study))
    assert study.activity()["action"].to_pylist().count("erase") == 1
    study.erase_again()
    assert words(study) == ["itu"]


def test_codings_follow_a_revision(study: Study, tmp_path: Path) -> None:
    """A coding whose words stand goes where they are, one whose words are gone is named and goes."""
    alone = 2 << 32
    study.add_codings("Betah", [span(study, alone, "saya betah di situ")])
    study.add_codings("Ramai", [span(study, alone, "ramai sekali")])
    longer = "P: Apa kabar hari ini?\n\n" + ALONE.replace("betah", "kerasan")
    (tmp_path / "satu.txt").write_text(longer, encoding="utf-8")
    report = study.revise(alone, tmp_path / "satu.txt")
    assert report.codings_lost == ("Betah",)
    assert words(study) == ["ramai sekali"]
    assert study.undo()
    assert words(study) == []


def test_a_study_without_a_record_makes_none(study: Study, tmp_path: Path) -> None:
    """Erasing does not begin a record."""
    other = Library(tmp_path / "other").create("t")
    other.add(write(tmp_path / "b.jsonl", [post(n) for n in range(6)]))
    other.erase(FIRST)
    assert not (tmp_path / "other" / "record.sqlite").exists()


def test_it_works_in_a_notebook(study: Study) -> None:
    """Also while an event loop runs."""
    study.add_codings("Ramai", [(FIRST + 1, 0, 5)])

    async def cell() -> None:
        study.erase(named(study))

    asyncio.run(cell())
    assert words(study) == []
