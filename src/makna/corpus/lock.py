"""One writer per study at a time, by a lock that says who holds it."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from makna.errors import StudyLocked
from makna.i18n import _


@contextlib.contextmanager
def writing(study: Path, purpose: str) -> Iterator[None]:
    """Hold the study for one write; raises :class:`StudyLocked` at once when somebody else does.

    The lock is the operating system's, so a killed process never leaves it behind.
    """
    lock = FileLock(study / ".lock")
    note = study / ".lock.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StudyLocked(_holder(note, study.name)) from None
    try:
        note.write_text(json.dumps(_me(purpose)), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _me(purpose: str) -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "user": getpass.getuser(),
        "host": socket.gethostname(),
        "since": datetime.now().strftime("%H:%M"),
        "purpose": purpose,
    }


def _holder(note: Path, study: str) -> str:
    try:
        who = json.loads(note.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        who = None  # the other writer holds the lock and has not said who it is yet
    if who is None:
        return _("Another program is writing to the study {study}. Try again when it has ended.").format(
            study=study
        )
    return _(
        "{user} on {host} (process {pid}) has been writing to the study {study} since {since}: {purpose}."
        " Try again when it has ended."
    ).format(study=study, **who)
