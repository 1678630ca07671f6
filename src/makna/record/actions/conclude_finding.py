"""A finding made final, or opened again."""

from __future__ import annotations

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.concluding import challenged
from makna.record.models import Finding, Status


@action()
def conclude_finding(do: Doing, finding: int, *, final: bool = True) -> None:
    """Make a finding final, or a draft again.

    Raises RecordError where nothing was said against the claim and no search for negative cases is on record.
    """
    row = do.get(Finding, finding)
    if final and not challenged(row):
        raise RecordError(
            _(
                "Nothing contradicts this claim yet, and no search for negative cases is on record. Add counter-evidence,"
                " or a memo on the search that found none."
            )
        )
    do.change(row, status=Status.FINAL if final else Status.DRAFT)
