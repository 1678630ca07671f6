"""Codings as they are read: of a code page by page, of a document, and how many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models

from makna.record.acting import Actor
from makna.record.models import Coding
from makna.record.rounds import open_round, seen_by

PAGE = 50


@dataclass(frozen=True)
class Coded:
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
    rows = Coding.objects.filter(study=actor.study)
    return rows if open_round(actor.study) is None else seen_by(actor.person, rows)


def codings_of_code(
    actor: Actor,
    code: int,
    *,
    after: Place | None = None,
    limit: int = PAGE,
    documents: Collection[int] | None = None,
) -> Page:
    """A page of the codings of a code, in the order of the texts; *documents* narrows it."""
    rows = seen(actor).filter(code=code)
    if documents is not None:
        rows = rows.filter(source__document__in=list(documents))
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


def codings_of_document(actor: Actor, document: int) -> list[Coded]:
    """All codings of a document, in the order of the text."""
    return _coded(seen(actor).filter(source__document=document).order_by("start", "end", "pk"))


def count_of_code(actor: Actor, code: int) -> int:
    """How many codings of a code there are."""
    return seen(actor).filter(code=code).count()


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
