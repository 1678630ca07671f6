"""Two codes become one."""

from __future__ import annotations

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Answer, Code, CodeRelation, Coding, Memo, Proposal


@action()
def merge_codes(do: Doing, code: int, *, into: int) -> None:
    """Carry codings, memos, subcodes and relations of *code* over to *into*, and remove *code*.

    Where a coder has coded one passage with both, one coding stays, with the memos of both.
    """
    if code == into:
        raise RecordError(_("A code cannot be merged with itself."))
    gone, stays = do.get(Code, code), do.get(Code, into)
    _above(do, gone, stays)
    _codings(do, gone, stays)
    for memo in Memo.objects.select_for_update().filter(code=gone):
        do.change(memo, code_id=stays.pk)
    _proposals(do, gone, stays)
    for answer in Answer.objects.select_for_update().filter(code=gone):
        if not Answer.objects.filter(code=stays, concept=answer.concept).exists():
            do.change(answer, code_id=stays.pk)
    for child in Code.objects.select_for_update().filter(parent=gone):
        do.change(child, parent_id=stays.pk)
    for side in ("source_id", "target_id"):
        for tie in CodeRelation.objects.filter(**{side: gone.pk}):
            _tie(do, tie, side, stays)
    do.remove(gone)


def _above(do: Doing, gone: Code, stays: Code) -> None:
    """Where the code that stays stands below the one that goes, it takes that place."""
    above = stays.parent
    while above is not None and above.pk != gone.pk:
        above = above.parent
    if above is not None:
        do.change(stays, parent_id=gone.parent_id)


def _codings(do: Doing, gone: Code, stays: Code) -> None:
    place = ("source_id", "start", "end", "coder_id")
    there = {tuple(getattr(c, p) for p in place): c for c in Coding.objects.filter(code=stays)}
    for coding in Coding.objects.select_for_update().filter(code=gone):
        twin = there.get(tuple(getattr(coding, p) for p in place))
        if twin is None:
            do.change(coding, code_id=stays.pk)
            continue
        for on in (Memo, Proposal):
            for row in on.objects.select_for_update(of=("self",)).filter(coding=coding):
                do.change(row, coding_id=twin.pk)
        do.remove(coding)


def _proposals(do: Doing, gone: Code, stays: Code) -> None:
    """What was decided about a proposal for the code that goes counts for the one that stays, unless that has its own."""
    place = ("coder_id", "lens", "source_id", "start", "end")
    there = set(Proposal.objects.filter(code=stays).values_list(*place))
    for row in Proposal.objects.select_for_update(of=("self",)).filter(code=gone):
        if tuple(getattr(row, p) for p in place) not in there:
            do.change(row, code_id=stays.pk)


def _tie(do: Doing, tie: CodeRelation, side: str, stays: Code) -> None:
    other = "target_id" if side == "source_id" else "source_id"
    already = CodeRelation.objects.filter(**{side: stays.pk, other: getattr(tie, other), "tie": tie.tie})
    if getattr(tie, other) == stays.pk or already.exists():
        do.remove(tie)
    else:
        do.change(tie, **{side: stays.pk})
