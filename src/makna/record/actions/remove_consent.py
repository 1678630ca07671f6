"""A consent put on record by mistake taken off it."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.consenting import recheck
from makna.record.models import Consent


@action()
def remove_consent(do: Doing, consent: int) -> None:
    """Take a consent off the record that was never given; raises RecordError where codings stand on it."""
    row = do.among(Consent.objects.filter(participant__study=do.study), consent)
    code = row.participant.code
    do.remove(row)
    recheck(do, code)
