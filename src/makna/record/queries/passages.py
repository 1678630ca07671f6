"""Codings as they are read: of a code page by page, of a document, and how many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from django.db import models

from makna.record.acting import Actor
from makna.record.models import Code, Coding, Source
from makna.record.rounds import open_round, seen_by

PAGE = 50
_MANY = 5_000  # codings of a code that are not sorted for every page


class Coded(NamedTuple):
    """One coding: a passage (code points, half-open), its code and coder by their ids, and the lens it came from."""

    coding: int
    code: int
    coder: int
    document: int
    start: int
    end: int
    lens: str


class Place(NamedTuple):
    """Where a page of codings ended: the next one begins after it."""

    document: int
    start: int
    coding: int


@dataclass(frozen=True)
class Page:
    """Some codings in the order of the texts; *after* is where the next page begins, None on the last."""

    codings: tuple[Coded, ...]
    after: Place | None = None


@dataclass(frozen=True)
class Count:
    """How often a code was given, in how many documents, by how many coders."""

    codings: int
    documents: int
    coders: int


def seen(actor: Actor) -> models.QuerySet[Coding]:
    """The codings of the study that whoever acts may see; asks no more than it must."""
    return _seen(actor, Coding.objects.filter(study=actor.study))


def codings_of_code(
    actor: Actor,
    code: int,
    *,
    after: Place | None = None,
    limit: int = PAGE,
    documents: Collection[int] | None = None,
) -> Page:
    """A page of the codings of a code, in the order of the texts; *documents* narrows it."""
    rows = _of_code(actor, code)
    if documents is not None:
        rows = rows.filter(source__document__in=list(documents))
    elif rows.count() > _MANY:
        rows = rows.filter(source__in=_next_texts(actor, rows, after, limit))
    if after is not None:
        further = models.Q(source__document__gt=after.document) | models.Q(
            source__document=after.document, start__gt=after.start
        ) | models.Q(source__document=after.document, start=after.start, pk__gt=after.coding)  # fmt: skip
        rows = rows.filter(source__document__gte=after.document).filter(further)
    found = _coded(rows.order_by("source__document", "start", "pk")[: limit + 1])
    if len(found) <= limit:
        return Page(tuple(found))
    last = found[limit - 1]
    return Page(tuple(found[:limit]), Place(last.document, last.start, last.coding))


def count_of_code(actor: Actor, code: int) -> int:
    """How many codings of a code there are."""
    return _of_code(actor, code).count()


def _seen(actor: Actor, rows: models.QuerySet[Coding]) -> models.QuerySet[Coding]:
    return rows if open_round(actor.study) is None else seen_by(actor.person, rows)


def _of_code(actor: Actor, code: int) -> models.QuerySet[Coding]:
    """The codings of a code of this study; the index of a code's codings answers, and no row is touched."""
    mine = Code.objects.filter(study=actor.study, pk=code).exists()
    return _seen(actor, Coding.objects.filter(code=code)) if mine else Coding.objects.none()


def _next_texts(actor: Actor, rows: models.QuerySet[Coding], after: Place | None, limit: int) -> list[int]:
    """The next texts in which some of *rows* stand: as few as hold more than *limit* that come after."""
    there = Source.objects.filter(models.Exists(rows.filter(source=models.OuterRef("pk"))), study=actor.study)
    if after is not None:
        there = there.filter(document__gte=after.document)
    texts = list(there.order_by("document").values_list("pk", flat=True)[: limit + 2])
    many = dict(rows.filter(source__in=texts).order_by().values_list("source").annotate(n=models.Count("pk")))
    held = accumulate(many[text] for text in texts[after is not None :])  # the first may be behind us
    enough = next((n for n, so_far in enumerate(held, 1) if so_far > limit), len(texts))
    return texts[: enough + (after is not None)]


def codings_of_document(actor: Actor, document: int) -> list[Coded]:
    """All codings of a document, in the order of the text."""
    return _coded(seen(actor).filter(source__document=document).order_by("start", "end", "pk"))


def counts(actor: Actor) -> dict[int, Count]:
    """Code → how often it was given; codes never given are left out."""
    documents, coders = (models.Count(column, distinct=True) for column in ("source", "coder"))
    rows = seen(actor).order_by().values_list("code")
    return {
        code: Count(*n)
        for code, *n in rows.annotate(n=models.Count("pk"), documents=documents, coders=coders)
    }


def _coded(rows: models.QuerySet[Coding]) -> list[Coded]:
    columns = ("pk", "code", "coder", "source__document", "start", "end", "lens")
    return [Coded(*row) for row in rows.values_list(*columns)]
