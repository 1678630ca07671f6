"""Cases as they are read: participants with the consent in force, accounts with attributes, and all their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from makna.record.acting import Actor
from makna.record.models import CaseValue, Participant
from makna.record.participants_file import SCOPES


@dataclass(frozen=True)
class CaseRow:
    """A case: a *participant* (its id, with a *code*) or an *account* (its author_id). *values* are by attribute name.

    *scopes* are those of the latest consent; None of them where there is none, or where the participant *withdrew*.
    """

    participant: int | None = None
    account: int | None = None
    code: str = ""
    kind: str = ""
    interviewed: str = ""
    scopes: tuple[str, ...] = ()
    withdrew: date | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def cases(actor: Actor) -> list[CaseRow]:
    """All participants by their codes, then all accounts that have a value."""
    values: dict[tuple[int | None, int | None], dict[str, str]] = {}
    rows = CaseValue.objects.filter(attribute__study=actor.study)
    for who, account, name, value in rows.values_list("participant", "author", "attribute__name", "value"):
        values.setdefault((who, account), {})[name] = value
    people = Participant.objects.filter(study=actor.study).prefetch_related("consents").order_by("code")
    found = [
        CaseRow(
            row.pk,
            None,
            row.code,
            row.kind,
            row.interviewed,
            _scopes(row),
            row.withdrew,
            values.get((row.pk, None), {}),
        )
        for row in people
    ]
    accounts = sorted(account for who, account in values if account is not None)
    return [*found, *(CaseRow(account=account, values=values[None, account]) for account in accounts)]


def _scopes(participant: Participant) -> tuple[str, ...]:
    given = sorted(participant.consents.all(), key=lambda one: (one.given, one.pk))
    return tuple(scope for scope in SCOPES if given and getattr(given[-1], scope))
