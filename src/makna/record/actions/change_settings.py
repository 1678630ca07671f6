"""How a study works set otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import Role, Settings


@action(needs=Role.OWNER)
def change_settings(
    do: Doing, *, proposals_hidden_until: int | None = None, seen: Mapping[str, Any] | None = None
) -> None:
    """Set how many documents one codes unaided before lenses propose passages; 0 shows proposals at once."""
    row = Settings.objects.select_for_update().filter(study=do.study).first()
    columns = {} if proposals_hidden_until is None else {"proposals_hidden_until": proposals_hidden_until}
    do.change(row or do.create(Settings(study=do.study)), seen, **columns)
