"""The participants that a study's file states taken over into its record, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from makna.errors import RecordError
from makna.i18n import _
from makna.record import participants_file
from makna.record.acting import Doing, action
from makna.record.consenting import recheck
from makna.record.models import Attribute, CaseValue, Consent, Participant, Role
from makna.record.ordering import last_place


@action(needs=Role.OWNER)
def import_participants(
    do: Doing, participants: Sequence[participants_file.Participant], *, kept: Collection[str] = ()
) -> int:
    """Take over *participants* with consents and attributes; returns how many. Labels and file names stay outside.

    Raises RecordError where the record holds participants already.
    """
    if Participant.objects.filter(study=do.study).exists():
        raise RecordError(_("The record of this study holds participants already: go on with those."))
    attributes: dict[str, Attribute] = {
        one.name.casefold(): one for one in Attribute.objects.filter(study=do.study)
    }
    for one in participants:
        row = Participant(
            study=do.study, code=do.typed(one.code, kept), kind=one.type or "", interviewed=one.date or "",
            withdrew=one.withdrawn,
        )  # fmt: skip
        do.create(row)
        if one.consent is not None:
            do.create(_consent(row, one.consent, do.typed(one.consent.version, kept)))
        _values(do, row, one.attributes, attributes, kept)
    for one in participants:
        recheck(do, one.code)
    return len(participants)


def _consent(row: Participant, stated: participants_file.Consent, version: str) -> Consent:
    scopes = {scope: scope in stated.scopes for scope in participants_file.SCOPES}
    return Consent(
        participant=row,
        mode=stated.mode,
        version=version,
        given=stated.date,
        until=stated.withdrawal_until,
        **scopes,
    )


def _values(
    do: Doing, row: Participant, stated: Mapping[str, str], attributes: dict[str, Attribute], kept: Collection[str]
) -> None:  # fmt: skip
    """Values of attributes, which are defined as they occur."""
    for name, value in stated.items():
        if name.casefold() not in attributes:
            place = last_place(Attribute.objects.filter(study=do.study))
            new = Attribute(study=do.study, place=place, name=do.typed(name, kept))
            attributes[name.casefold()] = do.create(new)
        typed = do.typed(value, kept)
        if typed:
            do.create(CaseValue(attribute=attributes[name.casefold()], participant=row, value=typed))
