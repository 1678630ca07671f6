"""What of the record a reading shows: codings whoever reads may see, the codebook, what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from makna.errors import NoSuchRow
from makna.i18n import _
from makna.record.acting import Actor
from makna.record.database import current
from makna.record.models import Code, Coding, Event, Source
from makna.record.queries.passages import seen
from makna.web.reading.drawing import covered
from makna.web.reading.segments import Passage

_MANY_EVENTS, _MANY_CHANGES = 60, 200
_RECENT = 300  # events that are looked through for the history of a passage


class Span(NamedTuple):
    """A stretch of a document."""

    document: int
    start: int
    end: int


def coding(actor: Actor, key: int) -> Coding:
    """One coding that whoever acts may see; raises NoSuchRow."""
    row = seen(actor).select_related("code", "source", "coder").filter(pk=key).first()
    if row is None:
        raise NoSuchRow(_("This is not there any more. Look again."))
    return row


def codings_in(actor: Actor, span: Span) -> tuple[list[Passage], set[int]]:
    """The codings that touch a stretch; and which of them are other coders'."""
    source = (
        Source.objects.filter(study=actor.study, document=span.document).values_list("pk", flat=True).first()
    )
    if source is None:
        return [], set()
    rows = seen(actor).filter(source=source, start__lt=span.end, end__gt=span.start)
    found = list(rows.values_list("start", "end", "pk", "code", "coder"))
    return [Passage(*row[:4]) for row in found], {row[2] for row in found if row[4] != actor.person.pk}


def codings_on(actor: Actor, documents: Iterable[int]) -> dict[int, tuple[list[Passage], set[int]]]:
    """The same for all of many short documents."""
    found: dict[int, tuple[list[Passage], set[int]]] = {document: ([], set()) for document in documents}
    rows = seen(actor).filter(source__document__in=list(found))
    for document, coder, *place in rows.values_list(
        "source__document", "coder", "start", "end", "pk", "code"
    ):
        passages, others = found[document]
        passages.append(Passage(*place))
        if coder != actor.person.pk:
            others.add(passages[-1].coding)
    return found


def shares(actor: Actor, lengths: Mapping[int, int]) -> dict[int, float]:
    """How much of each document carries a coding, by their lengths; those without one are left out."""
    of: dict[int, list[Passage]] = {}
    rows = seen(actor).values_list("source__document", "start", "end", "pk", "code")
    for document, *rest in rows.filter(source__document__in=list(lengths)) if len(lengths) < 500 else rows:
        of.setdefault(document, []).append(Passage(*rest))
    return {d: covered(passages) / lengths[d] for d, passages in of.items() if lengths.get(d)}


_remembered: dict[tuple[str, str, int], tuple[int, dict[int, float]]] = {}


def all_shares(actor: Actor, lengths: Mapping[int, int]) -> dict[int, float]:
    """The same for a whole study, where only what changed since it was last asked for is counted anew."""
    key, event = (current(), actor.study.key, actor.person.pk), last_event(actor)
    before, known = _remembered.get(key, (0, {}))
    spans = spans_since(actor, before) if 0 < before <= event else None  # a record may have been brought back
    changed = lengths if spans is None else {s.document: lengths.get(s.document, 0) for s in spans}
    kept = {
        document: share
        for document, share in known.items()
        if document in lengths and document not in changed
    }
    found = {**kept, **shares(actor, changed)}
    _remembered[key] = (event, found)
    return found


def codebook(actor: Actor) -> list[dict[str, Any]]:
    """Every code as the code box offers it: its id, name, colour and the name of the code above."""
    rows = Code.objects.filter(study=actor.study).order_by("parent__name", "place", "pk")
    columns = ("pk", "name", "colour", "parent__name", "definition")
    return [
        {"id": pk, "name": name, "slot": slot, "above": above or "", "says": definition[:160]}
        for pk, name, slot, above, definition in rows.values_list(*columns)
    ]


def last_event(actor: Actor) -> int:
    """The number of the last thing that was done in the study; 0 where nothing was."""
    events = Event.objects.filter(study=actor.study).order_by("-pk")
    return events.values_list("pk", flat=True).first() or 0


def more_than_one_since(actor: Actor, event: int) -> bool:
    """Whether more was done after *event* than what was done just now."""
    return Event.objects.filter(study=actor.study, pk__gt=event)[1:2].exists()


def spans_since(actor: Actor, event: int) -> list[Span] | None:
    """The stretches whose codings changed after *event*; None where that cannot be told in short, or codes changed."""
    events = Event.objects.filter(study=actor.study, pk__gt=event).order_by("pk")
    if events[_MANY_EVENTS : _MANY_EVENTS + 1].exists():
        return None
    changes: list[Any] = []
    for one in events.only("changes").iterator():
        changes += one.changes
        if len(changes) > _MANY_CHANGES:
            return None
    documents: dict[int, int] = {}
    found: list[Span] = []
    for model, key, before, after in changes:
        if model == "round" or (model == "code" and before is not None and after is not None):
            return None  # others' codings came into sight, or a code has another name: that may be anywhere
        if model == "coding":
            found += _spans(key, (before, after), documents)
    return list(dict.fromkeys(found))


def _spans(key: int, states: Iterable[dict[str, Any] | None], documents: dict[int, int]) -> list[Span]:
    """Where a coding stood before and after a change; what a change leaves out stands as the row has it."""
    row = Coding.objects.filter(pk=key).values("source_id", "start", "end").first() or {}
    found = []
    for state in states:
        place = {**row, **(state or {})}
        if state is None or not {"source_id", "start", "end"} <= set(place):
            continue
        source = place["source_id"]
        if source not in documents:
            documents[source] = Source.objects.values_list("document", flat=True).get(pk=source)
        found.append(Span(documents[source], place["start"], place["end"]))
    return found


def history_of(actor: Actor, codings: Iterable[int], limit: int = 12) -> list[Event]:
    """What was done to some codings, the latest first, among the study's recent events."""
    recent = Event.objects.filter(study=actor.study).order_by("-pk")
    since = recent.values_list("pk", flat=True)[_RECENT : _RECENT + 1].first() or 0
    wanted = [Q(text__contains=f'["coding", {one}, ') for one in set(codings)]
    if not wanted:
        return []
    named = (
        recent.filter(pk__gt=since).annotate(text=Cast("changes", TextField())).filter(reduce(or_, wanted))
    )
    return list(named.select_related("person").defer("changes", "said")[:limit])
