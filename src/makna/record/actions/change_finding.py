"""A finding reworded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import Concept, Finding, Status


@action()
def change_finding(
    do: Doing, finding: int, *, claim: str | None = None, argument: str | None = None, question: str | None = None,
    concept: int | None = None, seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Change what a finding claims, argues, or answers to. A final one becomes a draft again where its claim changes."""
    row = do.get(Finding, finding)
    columns: dict[str, Any] = {
        n: do.typed(t, kept) for n, t in (("claim", claim), ("argument", argument)) if t is not None
    }
    columns |= {} if question is None else {"question": question}
    columns |= {} if concept is None else {"concept_id": do.get(Concept, concept).pk}
    reworded = "claim" in columns and columns["claim"] != row.claim
    do.change(row, seen, **columns, **({"status": Status.DRAFT} if reworded else {}))
