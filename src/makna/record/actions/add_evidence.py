"""A passage becomes evidence for or against a finding."""

from __future__ import annotations

from collections.abc import Collection

from makna.record.acting import Doing, action
from makna.record.models import Concept, Evidence, Finding, Stance


@action()
def add_evidence(
    do: Doing, finding: int, document: int, start: int, end: int, *, stance: str = Stance.SUPPORTS,
    paraphrase: str = "", note: str = "", concept: int | None = None, kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Keep a passage (code points, half-open) as evidence; returns its id."""
    row = Evidence(
        finding=do.get(Finding, finding), source=do.source(document), start=start, end=end, stance=Stance(stance),
        paraphrase=do.typed(paraphrase, kept), note=do.typed(note, kept), investigator=do.person,
        concept=None if concept is None else do.get(Concept, concept),
    )  # fmt: skip
    return int(do.create(row).pk)
