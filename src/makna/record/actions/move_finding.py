"""A finding moved in the order of the report."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Finding


@action()
def move_finding(do: Doing, finding: int, *, before: int | None = None) -> None:
    """Put a finding before another one, or last."""
    row = do.get(Finding, finding)
    others = list(
        Finding.objects.select_for_update().filter(study=do.study).exclude(pk=finding).order_by("place", "pk")
    )
    at = next((n for n, other in enumerate(others) if other.pk == before), len(others))
    for place, one in enumerate([*others[:at], row, *others[at:]], 1):
        do.change(one, place=place)
