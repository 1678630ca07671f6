"""Passages that a lens proposed become codings."""

from __future__ import annotations

from collections.abc import Iterable

from makna.errors import RecordError
from makna.i18n import ngettext
from makna.record.acting import Doing, action
from makna.record.models import Code, Coding, Decision, Proposal
from makna.record.proposing import unaided_left
from makna.record.rounds import open_round

Passage = tuple[int, int, int]


@action()
def accept_proposals(do: Doing, lens: str, passages: Iterable[Passage], *, code: int) -> list[int]:
    """Code *passages* (document, start, end) that *lens* proposed; returns the codings, each marked with the lens.

    One that this person coded with it already stays as it is. Raises RecordError while proposals are hidden: as long as
    this person has coded too few documents unaided.
    """
    left = unaided_left(do.study, do.person)
    if left:
        raise RecordError(
            ngettext(
                "Proposals are shown after you have coded {n} more document unaided.",
                "Proposals are shown after you have coded {n} more documents unaided.",
                left,
            ).format(n=left)
        )
    row, wanted = do.get(Code, code), list(dict.fromkeys(map(tuple, passages)))
    sources = do.sources(passage[0] for passage in wanted)
    places = [(sources[document], start, end) for document, start, end in wanted]
    made = _codings(do, row, lens, places)
    for source, start, end in places:
        decide(do, lens, source, start, end, code=row, coding=made[source.pk, start, end])
    return [made[source.pk, start, end].pk for source, start, end in places]


def _codings(do: Doing, code: Code, lens: str, places: list[tuple]) -> dict[tuple[int, int, int], Coding]:  # type: ignore[type-arg]
    mine = Coding.objects.filter(code=code, coder=do.person, source__in=[source for source, _s, _e in places])
    there = {(one.source_id, one.start, one.end): one for one in mine}
    turn = open_round(do.study)
    new = [
        Coding(
            study=do.study, code=code, coder=do.person, source=source, start=start, end=end, lens=lens, round=turn
        )
        for source, start, end in places
        if (source.pk, start, end) not in there
    ]  # fmt: skip
    return there | {(one.source_id, one.start, one.end): one for one in do.create_all(new)}


def decide(
    do: Doing, lens: str, source: object, start: int, end: int, *, code: Code | None, coding: Coding | None
) -> None:
    """Keep what this person makes of a proposal; a former decision gives way."""
    where = {"lens": lens, "source": source, "start": start, "end": end, "code": code, "coder": do.person}
    decision = Decision.ACCEPTED if coding else Decision.DISMISSED
    row = Proposal.objects.select_for_update().filter(study=do.study, **where).first()
    if row is None:
        do.create(Proposal(study=do.study, decision=decision, coding=coding, **where))
    else:
        do.change(row, decision=decision, coding_id=coding.pk if coding else None)
