"""The participants that a record holds, as an import asks for them: who may be heard."""

from __future__ import annotations

from pathlib import Path

from makna.record import forgetting
from makna.record.database import opened
from makna.record.participants_file import SCOPES, Consent, Participant


def participants(library: Path, study: str) -> tuple[Participant, ...]:
    """Those of the study of this id, each with the latest consent; none where the library has no record."""
    if not forgetting.exists(library):
        return ()
    with opened(library):
        from makna.record.models import Participant as Row  # noqa: PLC0415  (needs Django, which is ready now)

        rows = Row.objects.filter(study__key=study).prefetch_related("consents", "values__attribute")
        return tuple(map(_participant, rows.order_by("pk")))


def _participant(row: object) -> Participant:
    if row.withdrew:  # type: ignore[attr-defined]
        return Participant(row.code, withdrawn=row.withdrew)  # type: ignore[attr-defined]
    given = sorted(row.consents.all(), key=lambda one: (one.given, one.pk))  # type: ignore[attr-defined]
    consent = None
    if given:
        last = given[-1]
        scopes = frozenset(scope for scope in SCOPES if getattr(last, scope))
        consent = Consent(last.mode, last.version, last.given, scopes, last.until)
    return Participant(
        row.code, date=row.interviewed or None, type=row.kind or None, consent=consent,  # type: ignore[attr-defined]
        attributes={value.attribute.name: value.value for value in row.values.all()},  # type: ignore[attr-defined]
    )  # fmt: skip
