"""An invented study as the pages show it, a browser to look with, and a workbench that runs as users run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from makna.library import Library, Study
from makna.web import jobs
from makna.web.serving import application
from makna.web.workbench import Workbench

TALK = """P: Kenapa memilih tempat ini?

I: Karena bebas saja, dan dari dulu memang tempatnya di situ. Orang juga sudah tahu.

P: Siapa yang membalas di sana?

I: Yang serius langsung ke pesan pribadi. Testi dulu, baru percaya 🙂.
"""
CONSENT = """
[[participant]]
code = "Informan 1"
files = ["wawancara.txt"]
labels = ["I"]
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-01
scopes = ["analysis", "verbatim"]
"""
NOTE = "Lini masa ramai sesudah magrib.\n\nBalasan singkat, lalu pindah ke pesan pribadi.\n"
REFERENCE = """@book{blumer1969, author = {Blumer, Herbert}, title = {Symbolic Interactionism}, year = {1969},
publisher = {Prentice-Hall}}"""


def post(n: int, text: str, parent: int | None = None) -> dict[str, Any]:
    """An invented post in X API v2's flat form, by one of seven accounts."""
    who = n % 7
    base = 1_700_000_000_000_000_000
    made: dict[str, Any] = {
        "id": str(base + n), "text": text, "created_at": f"2021-03-0{1 + n % 9}T10:{n % 60:02d}:00.000Z",
        "conversation_id": str(base + (n if parent is None else parent)), "author_id": str(900 + who), "lang": "in",
        "author": {"id": str(900 + who), "username": f"akun_tiruan_{who}", "name": f"Akun {who}", "description": "kue"},
    }  # fmt: skip
    if parent is not None:
        made["referenced_tweets"] = [{"type": "replied_to", "id": str(base + parent)}]
    return made


POSTS = [
    post(n, f"kabar testi pasar pagi {'ya ' * (n % 4)}dan kue basah", parent=n - 1 if n % 3 else None)
    for n in range(40)
]


def make(folder: Path) -> Study:
    """A study with posts, an interview, a note and a reference, in a library in *folder*."""
    study = Library(folder / "library").create("s", title="Pasar pagi")
    (study.folder / "participants.toml").write_text(CONSENT, encoding="utf-8")
    files = {
        "posts.jsonl": "".join(json.dumps(one) + "\n" for one in POSTS), "wawancara.txt": TALK, "catatan.md": NOTE,
        "pustaka.bib": REFERENCE,
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    study.add(folder / "posts.jsonl")
    study.add(folder / "wawancara.txt", kind="interview", access="private")
    study.add(folder / "catatan.md", kind="field_note")
    study.add(folder / "pustaka.bib")
    study.add_code(
        "Percaya", definition="Apa yang membuat orang percaya"
    )  # makes the record, which takes a while
    return study


def chromium() -> str | None:
    """Where the system's Chromium is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def served_here(library: Path) -> Iterator[str]:
    """The workbench on *library* in a thread of this process: the address that lets in."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    workbench = Workbench(library, token="token")
    server = create_server(application(workbench, port=port), sockets=[listener], threads=4, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/enter/?token=token"
    finally:
        # In the thread that waits on them: closed from here, their numbers may be another test's before it wakes.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(10)
        server.task_dispatcher.shutdown()
        jobs.stop_all()
        assert not thread.is_alive(), "the workbench did not close"


@contextmanager
def running(library: Path, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``makna open`` on *library*: (the address that lets in, the process)."""
    command = [
        sys.executable,
        "-c",
        "from makna.cli import main; main()",
        "open",
        "--no-browser",
        "--library",
        str(library),
    ]
    told = {**os.environ, "MAKNA_LANG": "en", **environment}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=told)
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "the workbench did not open"
        yield found[0], server
    finally:
        server.terminate()
        server.wait(20)
        if server.stdout:
            server.stdout.close()
