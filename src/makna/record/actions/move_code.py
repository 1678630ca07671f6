"""A code moved in the tree."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Code


@action()
def move_code(do: Doing, code: int, *, parent: int | None, before: int | None = None) -> None:
    """Put a code under *parent* (None: at the top), before the sibling *before* or last."""
    row = do.get(Code, code)
    above = do.get(Code, parent) if parent is not None else None
    siblings = list(
        Code.objects.select_for_update()
        .filter(study=do.study, parent=above)
        .exclude(pk=code)
        .order_by("place", "pk")
    )
    at = next((n for n, sibling in enumerate(siblings) if sibling.pk == before), len(siblings))
    do.change(row, parent_id=above.pk if above else None)
    for place, sibling in enumerate([*siblings[:at], row, *siblings[at:]], 1):
        do.change(sibling, place=place)
