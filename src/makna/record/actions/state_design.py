"""What a study says of its design."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import Design

TEXTS = frozenset(
    {"title_id", "title_en", "abstract_id", "abstract_en", "method", "setting", "criteria", "recruitment"}
)
OTHERS = frozenset({"language", "begins", "ends", "approached", "refused"})


@action()
def state_design(
    do: Doing, *, seen: Mapping[str, Any] | None = None, kept: Collection[str] = (), **columns: Any
) -> None:
    """State title, abstract (each ``_id``, ``_en``), method, setting, criteria, recruitment, language, period, persons.

    *seen* are the values that whoever states it saw; raises Overtaken where one is another by now, TypeError for what
    is no such column.
    """
    if strange := set(columns) - TEXTS - OTHERS:
        raise TypeError(f"A design has no {', '.join(sorted(strange))}.")
    typed = {name: do.typed(value, kept) if name in TEXTS else value for name, value in columns.items()}
    row = Design.objects.select_for_update().filter(study=do.study).first()
    do.change(row or do.create(Design(study=do.study)), seen, **typed)
