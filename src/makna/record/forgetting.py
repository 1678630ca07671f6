"""The record without what was erased: codings and memos on it, what events keep of them, names of accounts in its texts.

Events are altered here and nowhere else: erasure outranks the history. What stays is moved where its words moved to.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from makna.record.database import FILE, URL, opened

Span = tuple[int, int]
Relocated = tuple[int, int, Collection[tuple[int, int, int, int]]]
"""(document, its length now, [start, end, start now, end now] of the passages whose words stand)."""
_GONE = "⟦account⟧"
_AWAY = 1_000_000_000  # where codings wait while others take their places
_TYPED = {"memo": ("title", "text"), "code": ("name", "definition", "include", "exclude", "example")}


def exists(library: Path) -> bool:
    """Whether the library has a record at all."""
    return bool(os.environ.get(URL)) or (library / FILE).is_file()


def passages(library: Path, study: str, documents: Iterable[int]) -> dict[int, set[Span]]:
    """Document -> the passages of it that are or were coded, for those of *documents* that the record knows."""
    with opened(library):
        from makna.record.models import Coding, Event, Source  # noqa: PLC0415  (needs Django, which is ready now)

        known = dict(Source.objects.filter(study__key=study).values_list("pk", "document"))
        wanted = {pk: document for pk, document in known.items() if document in set(documents)}
        found: dict[int, set[Span]] = {document: set() for document in wanted.values()}
        here = Coding.objects.filter(source__in=wanted).values_list("source", "pk", "start", "end")
        keys = {}
        for source, key, start, end in here:
            found[wanted[source]].add((start, end))
            keys[key] = wanted[source]
        for event in Event.objects.filter(study__key=study).iterator():
            for source, span in _spans(event.changes, keys, wanted):
                found[source].add(span)
        return found


def forget(
    library: Path,
    study: str,
    *,
    mark: str,
    documents: Collection[int] = (),
    relocated: Iterable[Relocated] = (),
    pseudonyms: Collection[str] = (),
) -> None:
    """Take *documents* out of the record, move passages of others, and forget *pseudonyms* in what was typed.

    Done whole or not at all, and once for each *mark*. A coding whose words are gone goes with its memos.
    """
    with opened(library):
        from django.db import connections, transaction  # noqa: PLC0415

        from makna.record.database import current  # noqa: PLC0415
        from makna.record.models import Event, Person, Study, Way  # noqa: PLC0415

        with transaction.atomic(using=current()):
            found = Study.objects.filter(key=study).first()
            if found is None or found.events.filter(action="erase", said__mark=mark).exists():
                return
            _Forgetting(found, documents, list(relocated), pseudonyms).all()
            me, _new = Person.objects.get_or_create(username=getpass.getuser())
            way = Way.RESTORED  # no undo reaches it
            Event.objects.create(study=found, person=me, action="erase", way=way, said={"mark": mark})
        if connections[current()].vendor == "sqlite":
            with connections[current()].cursor() as cursor:
                cursor.execute(
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                )  # the log still holds the pages as they were


class _Forgetting:
    """One erasure in the record of one study."""

    def __init__(
        self, study: Any, documents: Collection[int], relocated: list[Relocated], names: Collection[str]
    ) -> None:
        self._study = study
        known = dict(study.sources.values_list("document", "pk"))
        self._sources = {known[document] for document in documents if document in known}
        self._moves: dict[int, Mapping[Span, Span]] = {}
        self._lengths = {known[d]: length for d, length, _places in relocated if d in known}
        for document, _length, places in relocated:
            if document in known:
                self._moves[known[document]] = {(a, b): (c, d) for a, b, c, d in places}
        bare = "|".join(map(re.escape, sorted(names)))
        self._mention = re.compile(rf"⟦@(?:{bare})⟧|@?(?<![\w-])(?:{bare})(?![\w-])") if bare else None

    def all(self) -> None:
        """Everything."""
        before = dict(self._study.codings.values_list("pk", "source"))
        self._place = {key: source for key, source in before.items() if source in self._moves}
        self._move()
        self._gone = {("source", key) for key in self._sources}
        left = set(self._study.codings.exclude(source__in=self._sources).values_list("pk", flat=True))
        self._gone |= {("coding", key) for key in before if key not in left}
        memos = self._study.memos.filter(source__in=self._sources) | self._study.memos.filter(
            coding__source__in=self._sources
        )
        self._gone |= {("memo", key) for key in memos.values_list("pk", flat=True)}
        self._study.sources.filter(pk__in=self._sources).delete()
        self._clear_names()
        self._clear_events()

    def _move(self) -> None:
        """Codings go where their words stand now; those whose words are gone go, and of two alike the later one."""
        for source, moves in self._moves.items():
            of_source = self._study.codings.filter(source=source)
            row = self._study.sources.get(pk=source)
            waiting = list(of_source.values_list("pk", "start", "end", "code", "coder"))
            self._study.sources.filter(pk=source).update(length=2 * _AWAY)
            for key, start, end, *_who in waiting:
                of_source.filter(pk=key).update(start=start + _AWAY, end=end + _AWAY)
            taken = set()
            for key, start, end, code, coder in waiting:
                place = moves.get((start, end))
                if place is None or (*place, code, coder) in taken:
                    of_source.filter(pk=key).delete()
                    continue
                taken.add((*place, code, coder))
                of_source.filter(pk=key).update(start=place[0], end=place[1])
            row.length = self._lengths[source]
            row.save(update_fields=["length"])

    def _clear_names(self) -> None:
        if self._mention is None:
            return
        for rows, columns in ((self._study.memos, _TYPED["memo"]), (self._study.codes, _TYPED["code"])):
            for row in rows.all():
                changed = [name for name in columns if self._mention.search(getattr(row, name))]
                for name in changed:
                    setattr(row, name, self._mention.sub(_GONE, getattr(row, name)))
                if changed:
                    row.save(update_fields=changed)

    def _clear_events(self) -> None:
        """What events keep of what is gone is forgotten, and passages in them move."""
        events = self._study.events.order_by("pk")
        for event in events:  # codings and memos that had been removed before are known by their last values
            self._learn(event.changes)
        for event in events:
            kept = [
                self._cleared(list(change)) for change in event.changes if tuple(change[:2]) not in self._gone
            ]
            lost = len(kept) < len(event.changes)
            said = {} if lost else self._plain(event.said)
            if kept != event.changes or said != event.said:
                self._study.events.filter(pk=event.pk).update(changes=kept, said=said)

    def _learn(self, changes: Iterable[list[Any]]) -> None:
        for model, key, before, after in changes:
            columns = {**(before or {}), **(after or {})}
            source = columns.get("source_id")
            on_coding = ("coding", columns.get("coding_id")) in self._gone
            if model in ("coding", "memo") and (source in self._sources or on_coding):
                self._gone.add((model, key))
            elif model == "coding" and source in self._moves:
                self._place.setdefault(key, source)

    def _cleared(self, change: list[Any]) -> list[Any]:
        model, key, *sides = change
        if model == "coding" and key in self._place:
            sides = [self._moved(side, self._moves[self._place[key]]) for side in sides]
        return [model, key, *map(self._plain, sides)]

    def _moved(self, side: dict[str, Any] | None, moves: Mapping[Span, Span]) -> dict[str, Any] | None:
        if not side or "start" not in side or "end" not in side:
            return side
        start, end = moves.get((side["start"], side["end"]), (side["start"], side["end"]))
        return {**side, "start": start, "end": end}

    def _plain(self, value: Any) -> Any:
        """*value* without names of erased accounts."""
        if self._mention is None:
            return value
        if isinstance(value, str):
            return self._mention.sub(_GONE, value)
        if isinstance(value, dict):
            return {name: self._plain(one) for name, one in value.items()}
        return [self._plain(one) for one in value] if isinstance(value, list) else value


def _spans(
    changes: Iterable[list[Any]], keys: dict[int, int], wanted: Mapping[int, int]
) -> Iterable[tuple[int, Span]]:
    """(document, passage) of what events say of codings; learns, in *keys*, of codings that are no more."""
    for model, key, before, after in changes:
        for side in (before, after) if model == "coding" else ():
            if side and side.get("source_id") in wanted:
                keys.setdefault(key, wanted[side["source_id"]])
            if side and key in keys and "start" in side and "end" in side:
                yield keys[key], (side["start"], side["end"])
