"""A member check taken away."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.concluding import reopen
from makna.record.models import MemberCheck


@action()
def remove_member_check(do: Doing, check: int) -> None:
    """Remove a member check; evidence that came of it stays. A finding that nothing speaks against is a draft again."""
    row = do.get(MemberCheck, check)
    do.remove(row)
    reopen(do, row.finding)
