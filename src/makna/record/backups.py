"""Backups that the library makes of its record by itself, when it is opened: the last few, and one for each day.

They hold what the record held; whatever is erased is erased in them too (:mod:`makna.record.forgetting`).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from makna.corpus.files import sync
from makna.record.database import FILE, LOCK, opened_file, url

FOLDER = "backups"
NEWEST, DAYS = 5, 7  # how many are kept: the newest, and the last of each of so many days
_APART = 3600  # seconds between two
_NAME = "record-%Y%m%d-%H%M%S.sqlite"


def files(library: Path) -> list[Path]:
    """The backups, the newest first."""
    return sorted((library / FOLDER).glob("record-*.sqlite"), reverse=True)


def rotate(library: Path, *, now: float | None = None) -> Path | None:
    """Back the record up where the last backup is an hour old and the record was changed since; drop what is too many.

    Returns the new backup. Records in PostgreSQL are backed up there.
    """
    record, now = library / FILE, time.time() if now is None else now
    if url() or not record.is_file():
        return None
    with FileLock(library / LOCK):  # else an erasure under way would not know of a copy under way
        tidy(library)
        there = files(library)
        if there and (now - _made(there[0]) < _APART or not _changed(record, since=there[0])):
            return None
        made = copy(record, library / FOLDER / datetime.fromtimestamp(now).strftime(_NAME))
        for old in _too_many(files(library)):
            old.unlink()
        return made


def copy(record: Path, target: Path) -> Path:
    """Copy a record as it stands at one moment, also while others write to it; whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    with closing(sqlite3.connect(record)) as source, closing(sqlite3.connect(aside)) as to:
        source.backup(to)
    sync(aside)
    aside.replace(target)
    sync(target.parent)
    return target


def each(library: Path) -> Iterator[AbstractContextManager[None]]:
    """Each backup, to be opened as the record; one that cannot be read is deleted, since nothing could be erased in it."""
    if not library.is_dir():
        return
    with FileLock(library / LOCK):
        tidy(library)
        for file in files(library):
            if _sound(file):
                yield opened_file(file)
            else:
                file.unlink()


def tidy(library: Path) -> None:
    """Remove what a program that died while it made a backup left behind."""
    for left in (library / FOLDER).glob(".record-*"):
        left.unlink()


def _sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as record:
            return bool(record.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _made(file: Path) -> float:
    return datetime.strptime(file.name, _NAME).timestamp()


def _changed(record: Path, *, since: Path) -> bool:
    parts = (record, record.with_name(record.name + "-wal"))
    return any(part.exists() and part.stat().st_mtime > _made(since) for part in parts)


def _too_many(there: list[Path]) -> list[Path]:
    """Those of *there*, the newest first, that need not be kept."""
    last_of_day: dict[str, Path] = {}
    for file in there:
        last_of_day.setdefault(file.name[: len("record-20210304")], file)
    kept = {*there[:NEWEST], *list(last_of_day.values())[:DAYS]}
    return [file for file in there if file not in kept]
