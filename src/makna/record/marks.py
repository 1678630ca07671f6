"""Which passages people marked, and had marked before: codings, evidence and whatever else stands on passages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from makna.record.belonging import placed, rows_of
from makna.record.models import Study

Span = tuple[int, int]


def marked(study: str, documents: Collection[int]) -> dict[int, set[Span]]:
    """Document → the passages of it that are or were marked, for those of *documents* that the record knows."""
    here = Study.objects.filter(key=study).first()
    if here is None:
        return {}
    known = dict(here.sources.values_list("pk", "document"))
    wanted = {pk: document for pk, document in known.items() if document in documents}
    found: dict[int, set[Span]] = {document: set() for document in wanted.values()}
    keys: dict[tuple[str, int], int] = {}
    rows = rows_of(here)
    for name in placed():
        on = rows[name].filter(source__in=wanted).values_list("source", "pk", "start", "end")
        for source, key, start, end in on:
            found[wanted[source]].add((start, end))
            keys[name, key] = wanted[source]
    for changes in here.events.order_by("pk").values_list("changes", flat=True).iterator():
        for document, span in _spans(changes, keys, wanted):
            found[document].add(span)
    return found


def _spans(
    changes: Iterable[list[Any]], keys: dict[tuple[str, int], int], wanted: Mapping[int, int]
) -> Iterator[tuple[int, Span]]:
    """(document, passage) of what events say of passages; learns, in *keys*, of those that are no more."""
    for model, key, before, after in changes:
        for side in (before, after) if model in placed() else ():
            if side and side.get("source_id") in wanted:
                keys.setdefault((model, key), wanted[side["source_id"]])
            if side and (model, key) in keys and "start" in side and "end" in side:
                yield keys[model, key], (side["start"], side["end"])
