"""A participant was asked about a claim on their own words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Evidence, Finding, MemberCheck, Participant, Reply, Stance


@action()
def add_member_check(
    do: Doing, participant: int, finding: int, *, reply: str, on: date, correction: str = "", note: str = "",
    passage: tuple[int, int, int] | None = None, kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Record what came back: agrees, corrects, refuses, unreachable. Returns the id.

    A correction speaks against the claim. Where it stands in a text of the study, *passage* (document, start, end) becomes
    evidence that contradicts; that the finding had already is used.
    """
    row, said = do.get(Finding, finding), do.typed(correction, kept)
    if passage is not None and reply != Reply.CORRECTS:
        raise RecordError(_("A passage shows what the participant corrects: say so, or leave it out."))
    check = MemberCheck(
        study=do.study, participant=do.get(Participant, participant), finding=row, asked_by=do.person, on=on,
        claim=row.claim, reply=Reply(reply), correction=said, note=do.typed(note, kept),
        evidence=None if passage is None else _evidence(do, row, passage, said),
    )  # fmt: skip
    return int(do.create(check).pk)


def _evidence(do: Doing, finding: Finding, passage: tuple[int, int, int], note: str) -> Evidence:
    document, start, end = passage
    where = {"finding": finding, "source": do.source(document), "start": start, "end": end}
    there = Evidence.objects.filter(**where, investigator=do.person).first()
    return there or do.create(Evidence(**where, stance=Stance.CONTRADICTS, note=note, investigator=do.person))
