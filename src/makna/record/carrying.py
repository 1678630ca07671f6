"""A whole record carried over: into a file to keep, and back from one, whichever database it lies in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from makna.record import backups
from makna.record.database import FILE, current, opened, opened_file, url

_AT_ONCE = 500  # rows


def keep(library: Path, target: Path) -> None:
    """Write the record of *library* as it stands at one moment to the new file *target*."""
    if url() is None:
        backups.copy(library / FILE, target)
        return
    with opened(library):
        source = current()
        with opened_file(target):
            _carry(source, current())
    _settled(target)


def bring_back(file: Path, library: Path) -> None:
    """Put what *file* holds in the place of the record of *library*, in one step; others who have it open see that."""
    if url() is None:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(library / FILE)) as target:
            target.execute("PRAGMA busy_timeout = 20000")
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with opened_file(file):
        source = current()
        with opened(library):
            _carry(source, current())


def _carry(source: str, target: str) -> None:
    """All rows of the record in one database, in place of those in the other; keys and moments stay as they are."""
    from django.apps import apps  # noqa: PLC0415  (Django is ready now)
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connections, transaction  # noqa: PLC0415

    from makna.record import guards  # noqa: PLC0415

    models = list(apps.get_app_config("record").get_models())
    with transaction.atomic(using=source), transaction.atomic(using=target):
        if connections[source].vendor == "postgresql":
            with connections[source].cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
                )  # all tables as of one moment
        guards.remove(None, target)
        for model in models:
            model._base_manager.using(target).all()._raw_delete(target)
        for model in models:
            _rows(model, source, target)
        guards.install(None, target)
        with connections[target].cursor() as cursor:
            for statement in connections[target].ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def _rows(model: Any, source: str, target: str) -> None:
    rows = model._base_manager.using(source).order_by("pk").iterator(chunk_size=_AT_ONCE)
    batch: list[Any] = []
    to = model._base_manager.using(target)
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            to._insert(batch, fields=model._meta.concrete_fields, using=target, raw=True)
            batch = []
    if batch:
        to._insert(batch, fields=model._meta.concrete_fields, using=target, raw=True)


def _settled(file: Path) -> None:
    """Leave one file, without a log beside it."""
    with closing(sqlite3.connect(file)) as record:
        record.execute("PRAGMA journal_mode=DELETE")
