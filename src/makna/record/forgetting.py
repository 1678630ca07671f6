"""The record without what was erased: codings and memos on it, what events keep of them, names of accounts in its texts.

Events are altered here and nowhere else: erasure outranks the history. What stays is moved where its words moved to.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from makna.record.database import FILE, URL, opened

Span = tuple[int, int]
Relocated = tuple[int, int, Collection[tuple[int, int, int, int]]]
"""(document, its length now, [start, end, start now, end now] of the passages whose words stand)."""
_GONE = "⟦account⟧"
_AWAY = 1_000_000_000  # where codings wait while others take their places
_TYPED = {
    "memo": ("title", "text"), "code": ("name", "definition", "include", "exclude", "example"),
    "finding": ("claim", "argument"), "evidence": ("paraphrase", "note"), "concept": ("name", "definition"),
    "answer": ("argument",),
}  # fmt: skip
_PLACED = {
    "coding": ("code", "coder"),
    "evidence": ("finding", "investigator"),
}  # what else tells two of a passage apart


def exists(library: Path) -> bool:
    """Whether the library has a record at all."""
    return bool(os.environ.get(URL)) or (library / FILE).is_file()


def passages(library: Path, study: str, documents: Iterable[int]) -> dict[int, set[Span]]:
    """Document -> the passages of it that are or were coded or evidence, for those of *documents* that the record knows."""
    with opened(library):
        from makna.record.models import Coding, Event, Evidence, Source  # noqa: PLC0415  (Django is ready now)

        known = dict(Source.objects.filter(study__key=study).values_list("pk", "document"))
        wanted = {pk: document for pk, document in known.items() if document in set(documents)}
        found: dict[int, set[Span]] = {document: set() for document in wanted.values()}
        keys: dict[tuple[str, int], int] = {}
        for name, model in (("coding", Coding), ("evidence", Evidence)):
            here = model.objects.filter(source__in=wanted).values_list("source", "pk", "start", "end")
            for source, key, start, end in here:
                found[wanted[source]].add((start, end))
                keys[name, key] = wanted[source]
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
            opened_again = _Forgetting(found, documents, list(relocated), pseudonyms).all()
            me, _new = Person.objects.get_or_create(username=getpass.getuser())
            way = Way.RESTORED  # no undo reaches it
            Event.objects.create(
                study=found, person=me, action="erase", way=way, said={"mark": mark}, changes=opened_again
            )
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

    def all(self) -> list[list[Any]]:
        """Everything; returns what became of findings that stand on less now, as events keep it."""
        rows = self._rows()
        before = {(name, key): s for name in _PLACED for key, s in rows[name].values_list("pk", "source")}
        self._place = {what: source for what, source in before.items() if source in self._moves}
        for source, moves in self._moves.items():
            self._study.sources.filter(pk=source).update(length=2 * _AWAY)
            for name in _PLACED:
                self._move(name, source, moves)
            self._study.sources.filter(pk=source).update(length=self._lengths[source])
        self._gone = {("source", key) for key in self._sources}
        left = {
            (name, key)
            for name in _PLACED
            for key in rows[name].exclude(source__in=self._sources).values_list("pk", flat=True)
        }
        self._gone |= before.keys() - left
        memos = self._study.memos.filter(source__in=self._sources) | self._study.memos.filter(
            coding__source__in=self._sources
        )
        self._gone |= {("memo", key) for key in memos.values_list("pk", flat=True)}
        self._study.sources.filter(pk__in=self._sources).delete()
        self._clear_names()
        self._clear_events()
        return list(self._opened_again())

    def _rows(self) -> dict[str, Any]:
        """The rows of the study by their model, afresh."""
        from makna.record.models import Answer, Evidence  # noqa: PLC0415

        study = self._study
        return {
            "memo": study.memos.all(), "code": study.codes.all(), "coding": study.codings.all(),
            "finding": study.findings.all(), "concept": study.concepts.all(),
            "evidence": Evidence.objects.filter(finding__study=study), "answer": Answer.objects.filter(code__study=study),
        }  # fmt: skip

    def _move(self, name: str, source: int, moves: Mapping[Span, Span]) -> None:
        """Passages go where their words stand now; those whose words are gone go, and of two alike the later one."""
        of_source = self._rows()[name].filter(source=source)
        waiting = list(of_source.order_by("pk").values_list("pk", "start", "end", *_PLACED[name]))
        for key, start, end, *_who in waiting:
            of_source.filter(pk=key).update(start=start + _AWAY, end=end + _AWAY)
        taken = set()
        for key, start, end, *who in waiting:
            place = moves.get((start, end))
            if place is None or (*place, *who) in taken:
                of_source.filter(pk=key).delete()
                continue
            taken.add((*place, *who))
            of_source.filter(pk=key).update(start=place[0], end=place[1])

    def _opened_again(self) -> Iterator[list[Any]]:
        """A final finding that nothing speaks against any more is a draft."""
        from makna.record.concluding import challenged  # noqa: PLC0415

        for finding in self._study.findings.filter(status="final"):
            if not challenged(finding):
                self._study.findings.filter(pk=finding.pk).update(status="draft")
                yield ["finding", finding.pk, {"status": "final"}, {"status": "draft"}]

    def _clear_names(self) -> None:
        if self._mention is None:
            return
        rows = self._rows()
        for name, columns in _TYPED.items():
            for row in rows[name]:
                changed = [column for column in columns if self._mention.search(getattr(row, column))]
                for column in changed:
                    setattr(row, column, self._mention.sub(_GONE, getattr(row, column)))
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
            if model in ("memo", *_PLACED) and (source in self._sources or on_coding):
                self._gone.add((model, key))
            elif model in _PLACED and source in self._moves:
                self._place.setdefault((model, key), source)

    def _cleared(self, change: list[Any]) -> list[Any]:
        model, key, *sides = change
        if (model, key) in self._place:
            sides = [self._moved(side, self._moves[self._place[model, key]]) for side in sides]
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
    changes: Iterable[list[Any]], keys: dict[tuple[str, int], int], wanted: Mapping[int, int]
) -> Iterable[tuple[int, Span]]:
    """(document, passage) of what events say of passages; learns, in *keys*, of those that are no more."""
    for model, key, before, after in changes:
        for side in (before, after) if model in _PLACED else ():
            if side and side.get("source_id") in wanted:
                keys.setdefault((model, key), wanted[side["source_id"]])
            if side and (model, key) in keys and "start" in side and "end" in side:
                yield keys[model, key], (side["start"], side["end"])
