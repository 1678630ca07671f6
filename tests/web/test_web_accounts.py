"""A team's workbench: who comes in and sees what; and a server that is killed while two people code."""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.test import Client

from makna.errors import NoSuchStudy, RecordError
from makna.library import Library, Study
from makna.library.accounts import give_account
from makna.web.accounts import LOCK_OUT, TRIES, WAIT, LockOut
from makna.web.workbench import Workbench, serve

PASSWORD = "hujan-sore-di-pasar"
KILLS = int(os.environ.get("MAKNA_KILLS", "3"))


@pytest.fixture
def team(study: Study) -> Path:
    """A library with two accounts, a coder and a reader of its study."""
    library = study.folder.parents[1]
    give_account(library, "sari", PASSWORD, study="s", role="coder")
    give_account(library, "bayu", PASSWORD, study="s", role="reader")
    LOCK_OUT._wrong.clear()
    return library


@pytest.fixture
def visitor(team: Path) -> Client:
    """Somebody who has not come in."""
    serve(Workbench(team, local=False))
    return Client(HTTP_HOST="127.0.0.1")


def come_in(visitor: Client, name: str, password: str = PASSWORD) -> int:
    """The status of a log-in."""
    return visitor.post("/login/", {"username": name, "password": password, "to": "/s/s/"}).status_code


def test_an_account_lets_in_and_leaves(visitor: Client) -> None:
    """Where it wanted to go; nobody else comes further than the door."""
    assert visitor.get("/s/s/").headers["Location"] == "/login/?to=/s/s/"
    assert come_in(visitor, "sari", "wrong") == 403
    assert come_in(visitor, "nobody") == 403
    assert visitor.post("/login/", {"username": "sari", "password": PASSWORD, "to": "//x.example"}).headers["Location"] == "/"  # fmt: skip
    assert visitor.get("/s/s/").status_code == 200
    visitor.post("/logout/")
    assert visitor.get("/s/s/").status_code == 302


def test_roles_hold(visitor: Client, study: Study) -> None:
    """A reader changes nothing; a coder seals nothing; a stranger sees nothing."""
    come_in(visitor, "bayu")
    assert visitor.get("/s/s/codebook/").status_code == 200
    assert visitor.post("/s/s/findings/add/", {"claim": "Satu"}).status_code == 403
    visitor.post("/logout/")
    come_in(visitor, "sari")
    assert visitor.post("/s/s/findings/add/", {"claim": "Satu"}).status_code == 302
    assert visitor.post("/s/s/settings/seal/", {"sure": "s"}).status_code == 403
    Library(study.folder.parents[1]).create("lain")
    assert visitor.get("/s/lain/").status_code == 404
    assert "lain" not in visitor.get("/").content.decode()
    assert visitor.get("/enter/?token=").status_code == 403


def test_whoever_guesses_waits(visitor: Client) -> None:
    """Also with the right password then, and also for accounts that are not there."""
    for name in ("sari", "nobody"):
        assert [come_in(visitor, name, "wrong") for _each in range(TRIES)] == [403] * TRIES
        assert come_in(visitor, name) == 429
    assert come_in(visitor, "bayu") == 302


def test_waiting_ends() -> None:
    """After the time it said."""
    now = [0.0]
    lock = LockOut(clock=lambda: now[0])
    for _each in range(TRIES):
        lock.wrong("Sari")
    assert lock.seconds("sari") == WAIT
    now[0] = WAIT + 1
    assert lock.seconds("sari") == 0
    lock.wrong("sari")
    assert lock.seconds("sari") == 0


def test_passwords_are_kept_by_argon2_and_not_easily_guessed(team: Path) -> None:
    """And a study that is not there is named."""
    with closing(sqlite3.connect(team / "record.sqlite")) as record:
        kept = record.execute("SELECT password FROM record_person WHERE username = 'sari'").fetchone()[0]
    assert kept.startswith("argon2$argon2id$")
    with pytest.raises(RecordError, match="easily guessed"):
        give_account(team, "tari", "password123")
    with pytest.raises(NoSuchStudy):
        give_account(team, "tari", PASSWORD, study="none")


class Coder:
    """Somebody with an account who codes one passage after the other."""

    def __init__(self, base: str, name: str) -> None:
        self.base, self.name = base, name
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        self._send("/login/", {"username": name, "password": PASSWORD, "to": "/"}, self._token("/login/"))
        self._csrf = self._token("/")

    def _token(self, page: str) -> str:
        html = self._opener.open(self.base + page, timeout=30).read().decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
        assert found
        return found[1]

    def _send(self, path: str, values: dict[str, object], token: str) -> bytes:
        headers = {"X-CSRFToken": token, "Accept": "application/json", "Origin": self.base}
        sent = urllib.parse.urlencode(values).encode()
        asked = urllib.request.Request(self.base + path, sent, headers)
        return bytes(self._opener.open(asked, timeout=30).read())

    def code(self, document: int, start: int, code: int) -> None:
        """Code three characters; returns once the server acknowledged it."""
        values = {"start": start, "end": start + 3, "code": code}
        self._send(f"/s/s/read/{document}/code/", values, self._csrf)


@contextmanager
def served(library: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``makna serve``: its address and process."""
    command = [sys.executable, "-c", "from makna.cli import main; main()", "serve", "--port", "0"]
    told = {**os.environ, "MAKNA_LANG": "en"}
    server = subprocess.Popen(
        [*command, "--library", str(library)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=told, start_new_session=True,
    )  # fmt: skip
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found
    try:
        yield found[0].rstrip("/"), server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)
        server.stdout.close()


@pytest.mark.skipif(os.name != "posix", reason="a process group is killed")
def test_a_killed_server_loses_nothing_it_acknowledged(team: Path, study: Study) -> None:
    """While two people code, each in a session of their own; the record opens, and its events say what stands."""
    give_account(team, "bayu", PASSWORD, study="s", role="coder")
    document = study.search("bebas", kinds=["interview"])["document_id"].to_pylist()[0]
    chance = random.Random(5)
    acknowledged: set[tuple[str, int]] = set()
    place = {"sari": 0, "bayu": 0}

    def work(coder: Coder) -> None:
        try:
            while True:
                start = place[coder.name] = place[coder.name] + 1
                coder.code(document, start % 150 + start // 150, 1)
                acknowledged.add((coder.name, start))
        except (OSError, urllib.error.URLError, http.client.HTTPException):
            return

    for _kill in range(KILLS):
        with served(team) as (base, server):
            coders = [threading.Thread(target=work, args=(Coder(base, name),)) for name in place]
            before = len(acknowledged)
            for one in coders:
                one.start()
            until = time.monotonic() + 30
            while len(acknowledged) == before and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.4))
            os.killpg(server.pid, signal.SIGKILL)
            for one in coders:
                one.join()
        with closing(sqlite3.connect(team / "record.sqlite")) as record:
            assert record.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = record.execute(
                "SELECT p.username, c.start, c.id FROM record_coding c JOIN record_person p ON p.id = c.coder_id"
            ).fetchall()
            events = [
                json.loads(e[0]) for e in record.execute("SELECT changes FROM record_event ORDER BY id")
            ]
        made = {key for changes in events for model, key, _b, after in changes if model == "coding" and after}
        assert {row[2] for row in rows} == made
        there = {(name, start) for name, start, _id in rows}
        assert {(name, s % 150 + s // 150) for name, s in acknowledged} <= there
    assert len(acknowledged) > KILLS
