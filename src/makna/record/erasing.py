"""One erasure in the record of one study."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from makna.record.belonging import placed, rows_of, typed_columns
from makna.record.concluding import challenged
from makna.record.database import current
from makna.record.models import CaseValue, Consent, MemberCheck, Memo, Status, Study

Span = tuple[int, int]
_GONE = "⟦account⟧"
_AWAY = 1_000_000_000  # where codings wait while others take their places
_STOOD_ON = {
    "source_id": "source", "coding_id": "coding", "evidence_id": "evidence", "participant_id": "participant",
}  # fmt: skip


class Erasing:
    """Takes out *documents*, participants by their *codes* and accounts by their *authors*; moves passages; forgets *names*.

    *relocated* is (document, its length now, [start, end, start now, end now] of the passages whose words stand).
    """

    def __init__(
        self, study: Study, documents: Collection[int], relocated: Sequence[tuple[int, int, Collection[Any]]],
        names: Collection[str], codes: Collection[str], authors: Collection[int], *, on: date,
    ) -> None:  # fmt: skip
        self._study, self._on, self._authors = study, on, set(authors)
        self.taken: Counter[str] = Counter()  # model → rows that go
        self._weakened: set[int | None] = set()  # findings that lose something
        self._codes = {code.casefold() for code in codes}
        known = dict(study.sources.values_list("document", "pk"))
        self._sources = {known[document] for document in documents if document in known}
        self._moves: dict[int, Mapping[Span, Span]] = {}
        self._lengths = {known[d]: length for d, length, _places in relocated if d in known}
        for document, _length, places in relocated:
            if document in known:
                self._moves[known[document]] = {(a, b): (c, d) for a, b, c, d in places}
        bare = "|".join(map(re.escape, sorted(names)))
        self._mention = re.compile(rf"⟦@(?:{bare})⟧|@?(?<![\w-])(?:{bare})(?![\w-])") if bare else None

    def all(self) -> list[int]:
        """Everything; returns the findings that are drafts again, since nothing speaks against them any more."""
        before = self._keys()
        self._place = {
            (name, key): source
            for name in placed()
            for key, source in rows_of(self._study)[name]
            .filter(source__in=self._moves)
            .values_list("pk", "source")
        }
        for source, moves in self._moves.items():
            self._study.sources.filter(pk=source).update(length=2 * _AWAY)
            for name in placed():
                self._move(name, source, moves)
            self._study.sources.filter(pk=source).update(length=self._lengths[source])
        self._study.sources.filter(pk__in=self._sources).delete()
        CaseValue.objects.filter(attribute__study=self._study, author__in=self._authors).delete()
        people = self._withdrawn()
        self._gone = before - self._keys()
        self.taken = Counter(name for name, _key in self._gone)
        self._gone |= {("participant", key) for key in people}
        self._clear_names()
        opened = self._open_again()
        self._clear_events()
        return opened

    def _keys(self) -> set[tuple[str, int]]:
        """(model, key) of all rows of the study."""
        return {
            (name, key)
            for name, rows in rows_of(self._study).items()
            for key in rows.values_list("pk", flat=True)
        }

    def _move(self, name: str, source: int, moves: Mapping[Span, Span]) -> None:
        """Passages go where their words stand now; those whose words are gone go, and of two alike the later one."""
        of_source = rows_of(self._study)[name].filter(source=source)
        waiting = list(of_source.order_by("pk").values_list("pk", "start", "end", *placed()[name]))
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

    def _withdrawn(self) -> list[int]:
        """Participants who withdraw: all that is left of them is the code, and the day. Returns their keys."""
        mine = [row for row in self._study.participants.all() if row.code.casefold() in self._codes]
        for model in (Consent, CaseValue, MemberCheck, Memo):
            model.objects.filter(participant__in=mine).delete()
        for row in mine:
            self._study.participants.filter(pk=row.pk).update(
                kind="", interviewed="", guide=None, withdrew=row.withdrew or self._on
            )
        return [row.pk for row in mine]

    def _open_again(self) -> list[int]:
        """A final finding that nothing speaks against any more is a draft, and no undo makes it final again."""
        final = self._study.findings.filter(status=Status.FINAL)
        opened = [finding.pk for finding in final if not challenged(finding)]
        self._study.findings.filter(pk__in=opened).update(status=Status.DRAFT)
        return opened

    def _clear_names(self) -> None:
        """No name of an account that is gone in what was typed."""
        for rows in rows_of(self._study).values() if self._mention else ():
            columns = typed_columns(rows.model)
            for key, *texts in rows.values_list("pk", *columns) if columns else ():
                clear = [self._plain(text) for text in texts]
                if clear != texts:
                    self._rewrite(rows, key, dict(zip(columns, clear, strict=True)))

    def _rewrite(self, rows: Any, key: int, columns: dict[str, Any]) -> None:
        """Write *columns*; where two rows were told apart by the names alone, by their keys."""
        try:
            with transaction.atomic(using=current()):
                rows.filter(pk=key).update(**columns)
        except IntegrityError:
            apart = {n: f"{v} {key}" if isinstance(v, str) and _GONE in v else v for n, v in columns.items()}
            rows.filter(pk=key).update(**apart)

    def _clear_events(self) -> None:
        """What events keep of what is gone is forgotten, and passages in them move."""
        events = self._study.events.order_by("pk")
        for event in events:  # what had been removed before is known by its last values
            self._learn(event.changes)
        self._weakened -= set(self._study.findings.filter(status=Status.FINAL).values_list("pk", flat=True))
        for event in events:
            kept = [
                self._cleared(list(change)) for change in event.changes if tuple(change[:2]) not in self._gone
            ]
            kept = [change for change in kept if change[2] != change[3]]
            lost = len(kept) < len(event.changes)
            said = {} if lost else self._plain(event.said)
            if kept != event.changes or said != event.said:
                self._study.events.filter(pk=event.pk).update(changes=kept, said=said)

    def _learn(self, changes: Iterable[list[Any]]) -> None:
        """Which rows that are no more stood on what is gone, or on a text whose passages move."""
        for model, key, before, after in changes:
            columns = {**(before or {}), **(after or {})}
            ways = {} if model == "coderelation" else _STOOD_ON  # whose source is a code
            on = {(name, columns.get(column)) for column, name in ways.items()} & self._gone
            mine = model == "participant" and str(columns.get("code", "")).casefold() in self._codes
            if on or mine or (model == "casevalue" and columns.get("author") in self._authors):
                self._gone.add((model, key))
                self._weakened.add(columns.get("finding_id"))
            elif model in placed() and columns.get("source_id") in self._moves:
                self._place.setdefault((model, key), columns["source_id"])

    def _cleared(self, change: list[Any]) -> list[Any]:
        model, key, *sides = change
        if model == "finding" and key in self._weakened:
            sides = [
                side and {**side, **({"status": Status.DRAFT} if "status" in side else {})} for side in sides
            ]
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
