"""A finding begun."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max

from makna.record.acting import Doing, action
from makna.record.models import Concept, Finding


@action()
def add_finding(
    do: Doing, claim: str, *, question: str = "", concept: int | None = None, argument: str = "",
    kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Claim something, as a draft and last in the order; returns the finding's id."""
    last = Finding.objects.filter(study=do.study).aggregate(last=Max("place"))["last"] or 0
    row = Finding(
        study=do.study, place=last + 1, claim=do.typed(claim, kept), argument=do.typed(argument, kept),
        question=question, concept=None if concept is None else do.get(Concept, concept),
    )  # fmt: skip
    return int(do.create(row).pk)
