"""The record without what was erased: codings and memos on it, what events keep of them, names of accounts in its texts.

Events are altered here and nowhere else: erasure outranks the history. What stays is moved where its words moved to.
The library's own backups of the record are records too: whatever is forgotten is forgotten in each of them.
"""

from __future__ import annotations

import getpass
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from makna.errors import StudyLocked
from makna.i18n import _
from makna.record import backups
from makna.record.database import FILE, current, opened, url

Span = tuple[int, int]
Relocated = tuple[int, int, Collection[tuple[int, int, int, int]]]
"""(document, its length now, [start, end, start now, end now] of the passages whose words stand)."""


def exists(library: Path) -> bool:
    """Whether the library has a record at all."""
    return url() is not None or (library / FILE).is_file()


def passages(library: Path, study: str, documents: Iterable[int]) -> dict[int, set[Span]]:
    """Document -> the passages of it that people marked, or had marked, for those of *documents* that a record knows."""
    wanted, found = set(documents), dict[int, set[Span]]()
    for opening in _records(library):
        with opening:
            from makna.record.marks import marked  # noqa: PLC0415  (Django is ready now)

            for document, spans in marked(study, wanted).items():
                found.setdefault(document, set()).update(spans)
    return found


def coded(library: Path, study: str, document: int) -> list[tuple[str, int, int]]:
    """(code, start, end) of the codings of one document, in the order of the text."""
    with opened(library):
        from makna.record.models import Coding  # noqa: PLC0415

        rows = Coding.objects.filter(study__key=study, source__document=document).order_by(
            "start", "end", "pk"
        )
        return list(rows.values_list("code__name", "start", "end"))


def forget(
    library: Path, study: str, *, mark: str, documents: Collection[int] = (), relocated: Iterable[Relocated] = (),
    pseudonyms: Collection[str] = (), codes: Collection[str] = (), authors: Collection[int] = (),
) -> None:  # fmt: skip
    """Take *documents*, participants (*codes*) and accounts (*authors*) out of the record and of its backups.

    Passages of other documents move, and *pseudonyms* are forgotten in what was typed. Done whole or not at all in each,
    and once for each *mark*. A coding whose words are gone goes with its memos; of a participant the code stays, with
    the day. Raises :class:`StudyLocked` where another program holds on to the record as it was.
    """
    relocated = list(relocated)
    for opening in _records(library):
        with opening:
            from django.db import transaction  # noqa: PLC0415

            from makna.record.erasing import Erasing  # noqa: PLC0415
            from makna.record.models import Event, Person, Study, Way  # noqa: PLC0415

            with transaction.atomic(using=current()):
                found = Study.objects.filter(key=study).first()
                if found is not None and not found.events.filter(action="erase", said__mark=mark).exists():
                    erasing = Erasing(
                        found, documents, relocated, pseudonyms, codes, authors, on=date.today()
                    )
                    said = {"mark": mark, "opened": erasing.all()}
                    me, _new = Person.objects.get_or_create(username=getpass.getuser())
                    Event.objects.create(
                        study=found,
                        person=me,
                        action="erase",
                        said=said,
                        way=Way.RESTORED,  # no undo reaches it
                    )
            _wipe()


def weighed(
    library: Path, study: str, *, documents: Collection[int] = (), relocated: Iterable[Relocated] = (),
    pseudonyms: Collection[str] = (), codes: Collection[str] = (), authors: Collection[int] = (),
) -> dict[str, int]:  # fmt: skip
    """What :func:`forget` would take out of the record: name of a model → rows. Changes nothing."""
    if not exists(library):
        return {}
    with opened(library):
        from django.db import transaction  # noqa: PLC0415

        from makna.record.erasing import Erasing  # noqa: PLC0415
        from makna.record.models import Study  # noqa: PLC0415

        with transaction.atomic(using=current()):
            found = Study.objects.filter(key=study).first()
            if found is None:
                return {}
            erasing = Erasing(found, documents, list(relocated), pseudonyms, codes, authors, on=date.today())
            erasing.all()
            transaction.set_rollback(True, using=current())
        return dict(erasing.taken)


def forget_study(library: Path, study: str) -> None:
    """Take a whole study out of the record and of its backups."""
    for opening in _records(library):
        with opening:
            from django.db import transaction  # noqa: PLC0415

            from makna.record.belonging import models_of_study  # noqa: PLC0415
            from makna.record.models import Event, Study  # noqa: PLC0415

            with transaction.atomic(using=current()):
                gone = []  # all of them are found before any goes: some belong to the study by way of others
                for model, way in [(Event, "study"), *models_of_study().values(), (Study, "")]:
                    rows = model._default_manager.filter(**{f"{way}__key".removeprefix("__"): study})
                    gone.append((model._default_manager, list(rows.values_list("pk", flat=True))))
                for manager, keys in gone:
                    for n in range(0, len(keys), 10_000):  # what points to what is checked at the end
                        manager.filter(pk__in=keys[n : n + 10_000])._raw_delete(current())
            _wipe()


def _records(library: Path) -> Iterator[AbstractContextManager[None]]:
    """The library's record and its backups, each to be opened; a backup that cannot be read is deleted."""
    yield opened(library)
    yield from backups.each(library)


def _write_anew(connection: Any) -> None:
    """Have the server write the tables anew: rows as they were lie in them until then."""
    from makna.record.belonging import models_of_study  # noqa: PLC0415
    from makna.record.models import Event  # noqa: PLC0415

    tables = [
        model._meta.db_table for model in (Event, *(model for model, _way in models_of_study().values()))
    ]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL " + ", ".join(sorted(tables)))


def _wipe() -> None:
    """Leave nothing of the pages as they were: freed pages are overwritten, and the log of changes is emptied."""
    from django.db import connections  # noqa: PLC0415

    connection = connections[current()]
    if connection.vendor != "sqlite":
        _write_anew(connection)
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # waits for others, as long as a writer does
        busy = cursor.fetchone()[0]
    if busy:
        raise StudyLocked(
            _(
                "Another program still reads the record as it was. What was erased is gone for all, but its bytes"
                " lie in the log of changes until that program is closed: then say makna erase --again."
            )
        )
