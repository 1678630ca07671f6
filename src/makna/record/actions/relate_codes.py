"""A typed relation between two codes, made or taken away."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Code, CodeRelation, Tie


@action()
def relate_codes(do: Doing, source: int, target: int, *, tie: str, holds: bool = True) -> None:
    """Say that *source* is a condition, an action, a consequence of or a contrast to *target*, or no longer is."""
    one, other = do.get(Code, source), do.get(Code, target)
    if holds:
        do.create(CodeRelation(source=one, target=other, tie=Tie(tie)))
        return
    for row in CodeRelation.objects.filter(source=one, target=other, tie=Tie(tie)):
        do.remove(row)
