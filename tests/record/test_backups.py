"""Copies of the record that are made by themselves, and a record carried from one database into another."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from record_sample import people, state
from record_steps import ACTS

from makna.errors import RecordError
from makna.record import backups, carrying
from makna.record.acting import Actor
from makna.record.actions.add_code import add_code
from makna.record.actions.add_coding import add_coding
from makna.record.database import URL, current, in_files, opened
from makna.record.models import Code, Event, Person, Study

NOON = datetime(2021, 3, 14, 12).timestamp()


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with a record in a file."""
    monkeypatch.delenv(URL, raising=False)
    with opened(tmp_path / "library"):
        add_code(people()[0], "a")
    return tmp_path / "library"


def made(library: Path, *moments: datetime) -> list[str]:
    """The backups that are there after one was tried at each of *moments*."""
    for moment in moments:
        backups.rotate(library, now=moment.timestamp())
    return [file.name for file in backups.files(library)]


def test_the_newest_stay_and_one_of_each_day(library: Path) -> None:
    """At most one an hour; a week of days, and the newest five."""
    start = datetime.fromtimestamp(NOON)
    assert len(made(library, start, start + timedelta(minutes=59))) == 1
    assert len(made(library, *(start + timedelta(hours=n) for n in range(1, 8)))) == backups.NEWEST
    there = made(library, *(start + timedelta(days=n) for n in range(1, 20)))
    assert there == [(start + timedelta(days=n)).strftime(backups._NAME) for n in range(19, 12, -1)]


def test_what_did_not_change_is_not_copied(library: Path) -> None:
    """A backup from now on has nothing to add; one that died is tidied away."""
    ahead = datetime.now() + timedelta(days=1)
    assert len(made(library, ahead)) == 1
    (library / backups.FOLDER / ".record-20210314-120000.sqlite.7").write_bytes(b"half")
    assert len(made(library, ahead + timedelta(hours=2))) == 1
    assert [file.name for file in (library / backups.FOLDER).glob(".*")] == []


def test_opening_a_record_for_the_first_time_in_a_program_copies_it(library: Path) -> None:
    """And what was copied is the record."""
    moved = library.rename(library.with_name("moved"))
    with opened(moved):
        assert len(backups.files(moved)) == 1
        before = list(Code.objects.values_list("name", flat=True))
    (copy,) = backups.each(moved)
    with copy:
        assert list(Code.objects.values_list("name", flat=True)) == before == ["a"]
    with opened(moved):
        assert current()


def filled() -> Actor:
    """A study with something of everything."""
    owner, _coder = people()
    for name in sorted(ACTS):
        for n in range(2):
            try:
                ACTS[name](owner, n, 1, 1)
            except RecordError:
                continue
    return owner


def events(study: Study) -> list[tuple[object, ...]]:
    """Who did what, when, and what it changed."""
    return list(
        Event.objects.filter(study=study)
        .order_by("pk")
        .values_list("pk", "person__username", "at", "changes")
    )


def test_a_record_moves_between_a_file_and_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql: str
) -> None:
    """Row by row as it was, with keys and moments; what is added after does not collide, and the guards stand."""
    monkeypatch.setenv(URL, postgresql)
    team, laptop = tmp_path / "team", tmp_path / "laptop"
    with opened(team):
        owner = filled()
        key, before, done = owner.study.key, state(owner), events(owner.study)
    carrying.keep(team, tmp_path / "kept.sqlite")
    assert [file.name for file in tmp_path.glob("kept*")] == ["kept.sqlite"]
    laptop.mkdir()
    for place in ("file", "server"):
        with in_files() if place == "file" else opened(team):
            if place == "server":
                add_code(owner, "kemudian")
            carrying.bring_back(tmp_path / "kept.sqlite", laptop)
            with opened(laptop):
                study = Study.objects.get(key=key)
                again = Actor(Person.objects.get(pk=owner.person.pk), study, owner.corpus)
                assert state(again) == before
                assert events(study) == done
                code = add_code(again, f"baru {time.time()}")
                with pytest.raises(RecordError, match="beyond the end"):
                    add_coding(again, code, 1, 0, 101)
