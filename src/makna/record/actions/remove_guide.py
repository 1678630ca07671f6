"""A version of the interview guide taken back."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Guide


@action()
def remove_guide(do: Doing, guide: int) -> None:
    """Remove a version of the guide; raises RecordError where somebody was interviewed by it."""
    do.remove(do.get(Guide, guide))
