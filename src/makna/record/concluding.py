"""When a finding may be final: something was said against its claim, or searched for."""

from __future__ import annotations

from collections.abc import Iterable

from makna.errors import Overtaken
from makna.i18n import _
from makna.record.acting import Doing
from makna.record.models import Evidence, Finding, MemberCheck, Memo, MemoKind, Reply, Stance, Status
from makna.record.rows import Change


def challenged(finding: Finding) -> bool:
    """Whether something contradicts the claim, a participant corrects it, or a memo tells of the search for it."""
    return (
        Evidence.objects.filter(finding=finding, stance=Stance.CONTRADICTS).exists()
        or MemberCheck.objects.filter(finding=finding, reply=Reply.CORRECTS).exists()
        or Memo.objects.filter(finding=finding, kind=MemoKind.NEGATIVE_CASE).exists()
    )


def reopen(do: Doing, finding: Finding | None) -> None:
    """Make a final finding a draft again where nothing speaks against it any more."""
    if finding is not None and finding.status == Status.FINAL and not challenged(finding):
        do.change(finding, status=Status.DRAFT)


def refuse_unchallenged(changes: Iterable[Change]) -> None:
    """Raise :class:`Overtaken` where *changes* left a final finding that nothing speaks against."""
    touched = {_finding(change) for change in changes} - {None}
    for finding in Finding.objects.filter(pk__in=touched, status=Status.FINAL):
        if not challenged(finding):
            raise Overtaken(_("The finding that this speaks against is final: open it again first."))


def _finding(change: Change) -> int | None:
    name, key, before, after = change
    if name == "finding":
        return key
    return (before or after or {}).get("finding_id") if name in ("evidence", "memo", "membercheck") else None
