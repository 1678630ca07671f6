"""A participant put on record by mistake taken off it."""

from __future__ import annotations

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.consenting import recheck
from makna.record.models import Participant


@action()
def remove_participant(do: Doing, participant: int) -> None:
    """Take a participant off the record with consents, attributes and member checks.

    This is no withdrawal, which takes what they said along and cannot be undone. Raises RecordError for one who
    withdrew: that stays on record.
    """
    row = do.get(Participant, participant)
    if row.withdrew:
        raise RecordError(_("This participant withdrew, and that stays on record."))
    code = row.code
    do.remove(row)
    recheck(do, code)
