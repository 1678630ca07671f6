"""What the codebook gives a new code."""

from __future__ import annotations

from makna.record import palette
from makna.record.models import Code, Study


def free_colour(study: Study, parent: Code | None) -> int:
    """A colour unlike those of the branch under *parent*, and seldom used elsewhere."""
    siblings = Code.objects.filter(study=study, parent=parent).values_list("colour", flat=True)
    everywhere = Code.objects.filter(study=study).values_list("colour", flat=True)
    return palette.choose([*siblings, *([parent.colour] if parent else [])], list(everywhere))
