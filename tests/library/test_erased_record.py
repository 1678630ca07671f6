"""Codings, memos and their history follow an erasure and a revision; of what is erased the record keeps no byte."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from makna.errors import RecordError, StudyLocked
from makna.library import Library, Study
from makna.record import backups, database
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
    """All bytes of the record, its log, its backups and what lies beside them."""
    library = study.folder.parents[1]
    files = [*library.glob("record.sqlite*"), *library.glob("backups/*"), *library.glob("backups/.*")]
    return b"".join(file.read_bytes() for file in sorted(files))


def backed_up(study: Study, *, hours: int = 2) -> Path:
    """A backup of the record, as if made some hours ago."""
    made = backups.rotate(study.folder.parents[1], now=time.time() - hours * 3600)
    assert made is not None
    return made


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


def test_backups_forget_with_the_record(study: Study) -> None:
    """What is erased is gone from each; what else they hold stays, where its words moved to."""
    name = named(study)
    study.add_codings("Ramai", [(FIRST + 1, 0, 5), span(study, FIRST + 6, "itu")])
    study.write_memo("zurelianota tentang kiriman itu", document=FIRST + 1)
    old = backed_up(study, hours=9)
    study.undo()
    study.undo()
    newer = backed_up(study, hours=4)
    assert b"zurelianota" in old.read_bytes() and b"zurelianota" in newer.read_bytes()
    study.erase(name)
    for trace in (b"zurelianota", name.encode(), str(FIRST + 1).encode()):
        assert trace not in held(study)
    with sqlite3.connect(old) as record:
        (place,) = record.execute('SELECT start, "end" FROM record_coding')
    record.close()
    assert study.text(FIRST + 6)[slice(*place)] == "itu"


def test_a_backup_that_cannot_be_read_is_deleted(study: Study) -> None:
    """Nothing could be erased in it."""
    made = backed_up(study)
    made.write_bytes(b"SQLite format 3\x00" + b"zurelianota" * 1000)
    study.erase(named(study))
    assert not made.exists()


def test_of_a_participant_who_withdraws_the_code_stays(study: Study) -> None:
    """Consents, attributes, corrections, memos, term evidence and decisions on the talk go, also out of the history."""
    ready()
    from makna.record.actions.add_finding import add_finding  # noqa: PLC0415  (Django is ready inside _acting only)
    from makna.record.actions.add_member_check import add_member_check  # noqa: PLC0415
    from makna.record.actions.add_participant import add_participant  # noqa: PLC0415
    from makna.record.actions.add_term import add_term  # noqa: PLC0415
    from makna.record.actions.add_term_evidence import add_term_evidence  # noqa: PLC0415
    from makna.record.actions.conclude_finding import conclude_finding  # noqa: PLC0415
    from makna.record.actions.define_attribute import define_attribute  # noqa: PLC0415
    from makna.record.actions.dismiss_proposals import dismiss_proposals  # noqa: PLC0415
    from makna.record.actions.record_consent import record_consent  # noqa: PLC0415
    from makna.record.actions.remove_term_evidence import remove_term_evidence  # noqa: PLC0415
    from makna.record.actions.set_attributes import set_attributes  # noqa: PLC0415
    from makna.record.actions.write_memo import write_memo  # noqa: PLC0415
    from makna.record.casework import Case  # noqa: PLC0415
    from makna.record.models import CaseValue, Consent, Finding, Participant, Proposal, TermEvidence  # noqa: PLC0415

    alone, day = 2 << 32, date(2021, 3, 4)
    with study._acting() as actor:
        who, other = (add_participant(actor, f"Informan {n}", kind="key") for n in (1, 2))
        for one in (who, other):
            record_consent(actor, one, mode="written", version="qversion7", given=day, scopes=["analysis"])
        work = define_attribute(actor, "kerja")
        set_attributes(actor, [(work, Case(who), "zurelianota"), (work, Case(other), "jahit")])
        finding = add_finding(actor, "Pasar ramai")
        add_member_check(actor, who, finding, reply="corrects", on=day, correction="zurelianota tidak")
        conclude_finding(actor, finding)
        write_memo(actor, "zurelianota ragu", participant=who)
        term = add_term(actor, "betah")
        gone = add_term_evidence(actor, term, [span(study, alone, "betah"), span(study, alone, "ramai")])
        remove_term_evidence(actor, gone[:1])
        dismiss_proposals(actor, "argot", [span(study, alone, "betah")])
    backed_up(study)
    before = held(study)
    shown = study.erase("Informan 1", preview=True).recorded
    assert shown == {
        "casevalue": 1,
        "consent": 1,
        "membercheck": 1,
        "memo": 1,
        "proposal": 1,
        "termevidence": 1,
    }
    assert held(study) == before
    assert study.erase("Informan 1").recorded == shown
    with study._acting():
        row = Participant.objects.get(pk=who)
        assert (row.kind, row.withdrew) == ("", date.today())
        assert [value.value for value in CaseValue.objects.all()] == ["jahit"]
        assert Consent.objects.get().participant_id == other
        assert not TermEvidence.objects.exists() and not Proposal.objects.exists()
        assert Finding.objects.get().status == "draft"
    for trace in (b"zurelianota", str(alone).encode()):
        assert trace not in held(study)
    assert b"Informan 1" in held(study)
    for _each in range(20):
        study.undo()
    with study._acting() as actor:
        assert Participant.objects.get(pk=who).withdrew == date.today()
        with pytest.raises(RecordError, match="withdrew"):
            record_consent(actor, who, mode="written", version="2", given=day, scopes=["analysis"])


def test_attributes_of_an_erased_account_go(study: Study) -> None:
    """Also out of the history; those of others stay."""
    ready()
    from makna.record.actions.define_attribute import define_attribute  # noqa: PLC0415
    from makna.record.actions.set_attributes import set_attributes  # noqa: PLC0415
    from makna.record.casework import Case  # noqa: PLC0415
    from makna.record.models import CaseValue  # noqa: PLC0415

    name = named(study)
    authors = study.run(study.authors.filter(~study.authors.participant)).to_pylist()
    mine = next(one["author_id"] for one in authors if one["pseudonym"] == name)
    other = next(one["author_id"] for one in authors if one["pseudonym"] != name)
    with study._acting() as actor:
        role = define_attribute(actor, "peran")
        set_attributes(actor, [(role, Case(None, mine), "zurelianota"), (role, Case(None, other), "penjual")])
    study.erase(name)
    with study._acting():
        assert [value.author for value in CaseValue.objects.all()] == [other]
    assert b"zurelianota" not in held(study)
    assert str(mine).encode() not in held(study)


def test_an_erasure_waits_for_whoever_reads_the_record(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the record as it was, it says so, and ends when it is said again."""
    name = named(study)
    study.write_memo("zurelianota tentang kiriman itu", document=FIRST + 1)
    monkeypatch.setitem(database._SQLITE, "timeout", 0.5)
    library = Library(study.folder.parents[1].rename(study.folder.parents[1].with_name("moved")))
    study = library.study("s")
    other = sqlite3.connect(library.path / "record.sqlite", isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM record_memo").fetchone()
    with pytest.raises(StudyLocked, match="erase --again"):
        study.erase(name)
    assert study.unfinished == "erasure"
    assert study.memos().num_rows == 0
    other.close()
    study.erase_again()
    assert b"zurelianota" not in held(study)


def test_a_deleted_study_leaves_the_record(study: Study) -> None:
    """With its backups; other studies stay."""
    library = Library(study.folder.parents[1])
    library.create("lain").write_memo("memo lain")
    study.add_codings("Betah", [span(study, 2 << 32, "betah")])
    study.write_memo("zurelianota", code="Ramai")
    backed_up(study)
    library.delete("s")
    assert b"zurelianota" not in held(study)
    assert library.study("lain").memos().num_rows == 1
