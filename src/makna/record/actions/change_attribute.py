"""A variable of cases renamed, or given other values to choose from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from makna.record.acting import Doing, action
from makna.record.casework import checked_options, checked_value
from makna.record.models import Attribute, CaseValue, Scale


@action()
def change_attribute(
    do: Doing, attribute: int, *, name: str | None = None, scale: str | None = None,
    options: Sequence[str] | None = None, seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Change an attribute; raises RecordError where a case has a value that would no longer be one."""
    row = do.get(Attribute, attribute)
    wanted = {
        "name": row.name if name is None else do.typed(name, kept), "scale": Scale(row.scale if scale is None else scale),
    }  # fmt: skip
    listed = [do.typed(o, kept) for o in (row.options if options is None else options)]
    if wanted["scale"] is not Scale.CHOICE and options is None:
        listed = []
    do.change(row, seen, **wanted, options=checked_options(wanted["name"], wanted["scale"], listed))
    for value in CaseValue.objects.select_for_update().filter(attribute=row):
        do.change(value, value=checked_value(row, value.value))
