"""A consent comes on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.consenting import recheck
from makna.record.models import Consent, Mode, Participant
from makna.record.participants_file import SCOPES


@action()
def record_consent(
    do: Doing, participant: int, *, mode: str, version: str, given: date, scopes: Iterable[str],
    until: date | None = None, kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Record what a participant agreed to; the latest consent counts. *until* is the last day to take it back.

    *scopes* are of analysis, verbatim, appendix, link, archive. Interviews may be coded, or no longer, as it says at
    once; raises RecordError where codings stand that it does not cover: then the participant withdraws.
    """
    who = do.get(Participant, participant)
    row = Consent(
        participant=who, mode=Mode(mode), version=do.typed(version, kept), given=given, until=until,
        **allowed(scopes),
    )  # fmt: skip
    key = int(do.create(row).pk)
    recheck(do, who.code)
    return key


def allowed(scopes: Iterable[str]) -> dict[str, bool]:
    """Each scope, and whether it is among *scopes*; raises RecordError for one that there is not."""
    wanted = set(scopes)
    if strange := wanted - set(SCOPES):
        raise RecordError(
            _("No consent scope is called {scope}; there are: {known}.").format(
                scope=sorted(strange)[0], known=", ".join(SCOPES)
            )
        )
    return {scope: scope in wanted for scope in SCOPES}
