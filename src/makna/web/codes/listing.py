"""All passages of a code, a page at a time, by keyset: a page costs the same wherever it lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from django.db.models import Q, QuerySet

from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import Coding
from makna.web import coded
from makna.web.passages import Shown, shown

PAGE = 40
Key = tuple[int, int, int, int]  # source, start, end, coding


@dataclass(frozen=True)
class Listed:
    """A coding with its passage."""

    coding: Coding
    passage: Shown


@dataclass(frozen=True)
class Page:
    """Some codings in the order in which the texts were first coded; *after* is where the next page begins."""

    lines: tuple[Listed, ...]
    after: str | None


def page(study: Study, actor: Actor, codes: Sequence[int], after: str = "", *, size: int = PAGE) -> Page:
    """Codings with any of *codes* that whoever looks may see, those after the mark *after*."""
    mark = _mark(after)
    runs = (_run(coded.seen(actor).filter(code=code), mark, size + 1) for code in codes)
    found = list(islice(merge(*runs, key=_key), size + 1))
    passages = shown(study, ((c.source.document, c.start, c.end) for c in found[:size]))
    lines = tuple(Listed(coding, passage) for coding, passage in zip(found, passages, strict=False))
    return Page(lines, ".".join(map(str, _key(found[size - 1]))) if len(found) > size else None)


def keys(actor: Actor, codes: Iterable[int]) -> list[int]:
    """All codings with any of *codes* that whoever looks may see."""
    return list(coded.seen(actor).filter(code__in=list(codes)).order_by("pk").values_list("pk", flat=True))


def _run(rows: QuerySet[Coding], mark: Key | None, size: int) -> list[Coding]:
    """The next codings with one code: the index of a code is in this order."""
    if mark is not None:
        source, start, end, key = mark
        rows = rows.filter(source__gte=source).filter(
            Q(source__gt=source)
            | Q(start__gt=start)
            | Q(start=start, end__gt=end)
            | Q(start=start, end=end, pk__gt=key)
        )
    rows = rows.select_related("source", "coder", "code")
    return list(rows.order_by("source_id", "start", "end", "pk")[:size])


def _key(coding: Coding) -> Key:
    return coding.source_id, coding.start, coding.end, coding.pk


def _mark(text: str) -> Key | None:
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isdecimal() for part in parts):
        return None
    source, start, end, key = map(int, parts)
    return source, start, end, key
