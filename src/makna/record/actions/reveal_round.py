"""A round of blind coding revealed."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Role, Round


@action(needs=Role.OWNER)
def reveal_round(do: Doing, round: int) -> None:
    """Show everybody what all coded in a round, and end it."""
    do.change(do.get(Round, round), revealed=True)
