"""``kill -9`` while two people code: nothing acknowledged is lost, and the log of events says how the record stands."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from record_sample import state

from makna.record import rows
from makna.record.acting import Actor
from makna.record.database import FILE, URL, opened
from makna.record.history import undo
from makna.record.models import Coding, Event, Person, Study

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="coders are killed in forked processes")
MOMENTS = int(os.environ.get("MAKNA_KILLS", "8"))
SEED = 11

# Forks two coders for each line it is given; each notes what was acknowledged, a line at a time, until it is killed.
CODERS = """
import json, os, random, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from makna.record.database import opened, ready
ready()
from record_sample import Texts
from makna.errors import RecordError
from makna.record.acting import Actor
from makna.record.actions.add_codings import add_codings
from makna.record.actions.change_coding import change_coding
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.write_memo import write_memo
from makna.record.history import redo, undo
from makna.record.models import Code, Person, Study
def code(library, name, seed):
    rng, mine = random.Random(seed), []
    notes = os.open(library / f"{name}.acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with opened(library):
        study = Study.objects.get(key="s")
        me = Actor(Person.objects.get(username=name), study, Texts("s"))
        codes = list(Code.objects.values_list("pk", flat=True))
        while True:
            start, what, told = rng.randrange(60), rng.random(), {"done": True}
            try:
                if what < 0.6 or not mine:
                    made = add_codings(me, rng.choice(codes), [(1, start + n, start + n + 3) for n in range(rng.choice([1, 1, 4]))])
                    told, mine = {"made": made}, mine + made
                elif what < 0.7:
                    gone = mine.pop(rng.randrange(len(mine)))
                    remove_codings(me, [gone])
                    told = {"gone": gone}
                elif what < 0.8:
                    change_coding(me, rng.choice(mine), start=start, end=start + 9)
                elif what < 0.9:
                    write_memo(me, "catatan", coding=rng.choice(mine))
                else:
                    write_memo(me, "urung")
                    undo(me)
                    redo(me)
            except RecordError:
                continue
            os.write(notes, (json.dumps(told) + "\\n").encode())
print("ready", flush=True)
for line in sys.stdin:
    pids = []
    for n, name in enumerate(("sari", "bayu")):
        pid = os.fork()
        if not pid:
            code(Path(sys.argv[1]), name, int(line) + n)
        pids.append(pid)
    print(json.dumps(pids), flush=True)
    for pid in pids:
        os.waitpid(pid, 0)
    print("ended", flush=True)
"""


@pytest.fixture
def coders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A program that begins coders in a study of two people and three codes."""
    monkeypatch.delenv(URL, raising=False)
    from makna.record.actions.add_code import add_code  # noqa: PLC0415
    from makna.record.actions.begin_study import begin_study  # noqa: PLC0415
    from makna.record.actions.give_role import give_role  # noqa: PLC0415

    with opened(tmp_path):
        one, two = (Person.objects.create(username=name) for name in ("sari", "bayu"))
        owner = Actor(one, begin_study("s", one), None)  # type: ignore[arg-type]
        give_role(owner, two.pk, "coder")
        for name in "abc":
            add_code(Actor(one, owner.study, _Silent()), name)
    program = [sys.executable, "-c", CODERS, str(tmp_path), str(Path(__file__).parent)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


class _Silent:
    """A door that sees nothing."""

    def identifiers(self, text: str) -> list[Any]:
        return []


def test_nothing_acknowledged_is_lost(coders: subprocess.Popen[str], tmp_path: Path) -> None:
    """At random moments; the record opens, is sound, and can be written and undone."""
    chance = random.Random(SEED)
    for moment in range(MOMENTS):
        kill_at(coders, moment, chance)
        with closing(sqlite3.connect(tmp_path / FILE)) as record:
            assert record.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with opened(tmp_path):
            study = Study.objects.get(key="s")
            there = set(Coding.objects.values_list("pk", flat=True))
            assert acknowledged(tmp_path) <= there
            assert as_the_events_say(study) == as_it_stands(study)
    assert len(acknowledged(tmp_path)) > MOMENTS
    with opened(tmp_path):
        assert undo(Actor(Person.objects.get(username="sari"), study, _Silent())) is not None  # type: ignore[arg-type]


def kill_at(coders: subprocess.Popen[str], moment: int, chance: random.Random) -> None:
    """Let two people code, and kill both at some moment: the one, then the other."""
    assert coders.stdin is not None and coders.stdout is not None
    coders.stdin.write(f"{moment * 2}\n")
    coders.stdin.flush()
    for pid in json.loads(coders.stdout.readline()):
        time.sleep(0.3 + chance.random())
        os.kill(pid, signal.SIGKILL)
    assert coders.stdout.readline() == "ended\n"


def acknowledged(folder: Path) -> set[int]:
    """The codings that whoever made them was told to be made, and was not told to be gone."""
    made: set[int] = set()
    gone: set[int] = set()
    for file in folder.glob("*.acknowledged"):
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            made |= set(told.get("made", ()))
            gone |= {told.get("gone")}
    return made - gone - removed_unacknowledged(folder)


def removed_unacknowledged(folder: Path) -> set[int]:
    """Codings whose removal was done, though nobody could be told any more."""
    with opened(folder):
        events = Event.objects.filter(action="remove_codings")
        return {change[1] for event in events for change in event.changes if change[3] is None}


def as_the_events_say(study: Study) -> dict[tuple[str, int], dict[str, Any]]:
    """(model, key) → the row, as all events one after the other leave it."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for event in Event.objects.filter(study=study).order_by("pk"):
        for model, key, before, after in event.changes:
            if after is None:
                assert found.pop((model, key)) == before
            elif before is None:
                found[model, key] = after
            else:
                found[model, key] = {**found[model, key], **after}
    return {what: row for what, row in found.items() if what[0] != "membership"}


def as_it_stands(study: Study) -> dict[tuple[str, int], dict[str, Any]]:
    """The same, of the rows themselves."""
    actor = Actor(Person.objects.get(username="sari"), study, _Silent())  # type: ignore[arg-type]
    known = {name.lower(): name for name in state(actor)}
    return {
        (name, key): row
        for name in ("code", "coding", "memo")
        for key, row in state(actor)[known[name]].items()
        if rows.model_of(name)
    }
