"""A research question reworded, or labelled anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import Finding, Question


@action()
def change_question(
    do: Doing, question: int, *, text: str | None = None, label: str | None = None,
    seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Change a question's text or label; findings that answer to it follow its label."""
    row = do.get(Question, question)
    before = row.label
    columns = {n: do.typed(t, kept) for n, t in (("text", text), ("label", label)) if t is not None}
    do.change(row, seen, **columns)
    if row.label != before:
        for finding in Finding.objects.select_for_update().filter(study=do.study, question=before):
            do.change(finding, question=row.label)
