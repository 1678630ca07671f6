"""What is on record about a participant changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.actions.add_participant import checked_when
from makna.record.models import Guide, Kind, Participant


@action()
def change_participant(
    do: Doing, participant: int, *, kind: str | None = None, interviewed: str | None = None, guide: int | None = None,
    seen: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Change what kind of informant this is, when interviewed, or by which version of the guide."""
    row = do.get(Participant, participant)
    if row.withdrew:
        raise RecordError(_("This participant withdrew: nothing more is kept about them."))
    columns: dict[str, Any] = {} if kind is None else {"kind": Kind(kind) if kind else ""}
    columns |= {} if interviewed is None else {"interviewed": checked_when(interviewed)}
    columns |= {} if guide is None else {"guide_id": do.get(Guide, guide).pk}
    do.change(row, seen, **columns)
