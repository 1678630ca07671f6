"""A concept taken out of the frame."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Concept


@action()
def remove_concept(do: Doing, concept: int) -> None:
    """Remove a concept nobody answers to; raises RecordError where findings, evidence or concepts stand on it."""
    do.remove(do.get(Concept, concept))
