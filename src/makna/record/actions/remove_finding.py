"""A finding taken out of the study."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Finding


@action()
def remove_finding(do: Doing, finding: int) -> None:
    """Remove a finding with its evidence and memos."""
    do.remove(do.get(Finding, finding))
