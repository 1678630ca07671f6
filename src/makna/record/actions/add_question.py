"""A research question asked."""

from __future__ import annotations

from collections.abc import Collection

from makna.record.acting import Doing, action
from makna.record.models import Question
from makna.record.ordering import last_place


@action()
def add_question(do: Doing, text: str, *, label: str = "", kept: Collection[str] = ()) -> int:
    """Ask a research question, last in the order; *label* is how findings name it, ``rq1`` by default. Returns its id."""
    rows = Question.objects.filter(study=do.study)
    row = Question(
        study=do.study, place=last_place(rows), label=do.typed(label, kept) or _fresh(rows), text=do.typed(text, kept)
    )  # fmt: skip
    return int(do.create(row).pk)


def _fresh(rows: object) -> str:
    taken = set(rows.values_list("label", flat=True))  # type: ignore[attr-defined]
    return next(label for n in range(1, len(taken) + 2) if (label := f"rq{n}") not in taken)
