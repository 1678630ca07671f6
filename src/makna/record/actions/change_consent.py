"""A consent on record corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from makna.record.acting import Doing, action
from makna.record.actions.record_consent import allowed
from makna.record.consenting import recheck
from makna.record.models import Consent, Mode


@action()
def change_consent(
    do: Doing, consent: int, *, mode: str | None = None, version: str | None = None, given: date | None = None,
    until: date | None = None, scopes: Iterable[str] | None = None, seen: Mapping[str, Any] | None = None,
    kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Correct what was put down wrongly. A participant who agrees to something else gives a new consent."""
    row = do.among(Consent.objects.filter(participant__study=do.study), consent)
    columns: dict[str, Any] = {"given": given, "until": until, "mode": mode and Mode(mode)}
    columns |= {"version": None if version is None else do.typed(version, kept)}
    columns = {name: value for name, value in columns.items() if value is not None}
    do.change(row, seen, **columns, **({} if scopes is None else allowed(scopes)))
    recheck(do, row.participant.code)
