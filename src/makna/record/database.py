"""Where a record lies: SQLite in the library's folder, or the PostgreSQL that ``MAKNA_DATABASE_URL`` names.

A process may hold the records of several libraries. Which one is meant is a context of its own, so that models and
actions need not be told; threads and tasks each have their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock

FILE = "record.sqlite"
URL = "MAKNA_DATABASE_URL"
LOCK = ".record.lock"
_SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a writer waits for its turn instead of failing half-way
    "timeout": 20,  # seconds
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000",
}
_current: ContextVar[str] = ContextVar("record", default="default")
_files_only: ContextVar[bool] = ContextVar("files only", default=False)
_migrated: set[str] = set()


class Router:
    """Sends every query to the record that is open."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The open record."""
        return _current.get()

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Rows of one record go together."""
        return bool(one._state.db == other._state.db)


def url() -> str | None:
    """What ``MAKNA_DATABASE_URL`` names; None where the record lies in a file."""
    return None if _files_only.get() else os.environ.get(URL) or None


@contextmanager
def in_files() -> Iterator[None]:
    """Look for records in the folders of libraries only, as for a library that is being restored."""
    before = _files_only.set(True)
    try:
        yield
    finally:
        _files_only.reset(before)


def current() -> str:
    """Django's alias of the open record, for transactions."""
    return _current.get()


@contextmanager
def opened(library: Path) -> Iterator[None]:
    """Open the record of *library*, made or brought up to date where need be; its connection is closed after.

    Where it is open here already, whoever opened it closes it.
    """
    ready()
    from django.db import connections  # noqa: PLC0415  (Django loads when a record is first opened)

    alias = _alias(library)
    held = _current.get() == alias
    with staying_open(library):
        try:
            yield
        finally:
            if not held:
                connections[alias].close()


@contextmanager
def opened_file(file: Path) -> Iterator[None]:
    """Open a backup of a record as if it were the record, whatever ``MAKNA_DATABASE_URL`` says."""
    ready()
    from django.db import connections  # noqa: PLC0415

    alias = _known(str(file.resolve()), _sqlite(str(file.resolve())))
    before = _current.set(alias)
    try:
        _migrate(alias, file.parent)
        yield
    finally:
        _current.reset(before)
        connections[alias].close()


@contextmanager
def staying_open(library: Path) -> Iterator[None]:
    """As :func:`opened`, for a program that serves many requests: the connection of a thread stays for the next one."""
    ready()
    alias = _alias(library)
    before = _current.set(alias)
    try:
        _bring_up_to_date(alias, library)
        yield
    finally:
        _current.reset(before)


def ready() -> None:
    """Load Django once, with the settings of the record unless a program around it has set others."""
    import django  # noqa: PLC0415
    from django.apps import apps  # noqa: PLC0415

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makna.record.settings")
        django.setup()


def _alias(library: Path) -> str:
    named = url()
    place = named or str(library.resolve() / FILE)
    return _known(place, _postgresql(named) if named else _sqlite(place))


def _known(place: str, config: dict[str, Any]) -> str:
    """Django's alias of the database at *place*."""
    from django.db import connections  # noqa: PLC0415

    alias = "record-" + sha256(place.encode()).hexdigest()[:16]
    if alias not in connections.settings:
        connections.settings[alias] = connections.configure_settings({"default": config})["default"]
    return alias


def _postgresql(named: str) -> dict[str, Any]:
    import dj_database_url  # noqa: PLC0415

    return dict(dj_database_url.parse(named, conn_max_age=600, conn_health_checks=True))


def _sqlite(file: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": dict(_SQLITE), "CONN_MAX_AGE": None,
    }  # fmt: skip


def _bring_up_to_date(alias: str, library: Path) -> None:
    """Once for each program: back the record up, and run the migrations that it lacks."""
    from django.db import connections  # noqa: PLC0415

    file = Path(connections[alias].settings_dict["NAME"])
    if alias in _migrated and (url() or file.exists()):
        return
    from makna.record import backups  # noqa: PLC0415  (backups open records)

    library.mkdir(parents=True, exist_ok=True)
    backups.rotate(library)
    _migrate(alias, library)
    _migrated.add(alias)


def _migrate(alias: str, folder: Path) -> None:
    """Run the migrations that a record lacks, one program at a time."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from makna.record import guards  # noqa: PLC0415

    with FileLock(folder / LOCK):
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()) or not guards.complete(alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
