"""A release taken back."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Release, Role


@action(needs=Role.OWNER)
def take_back_release(do: Doing, release: int) -> None:
    """Take a release back: the next public edition is without it. What has left stays out."""
    do.remove(do.get(Release, release))
