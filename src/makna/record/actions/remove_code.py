"""A code taken out of the codebook."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Code, Coding


@action()
def remove_code(do: Doing, code: int) -> None:
    """Remove a code with its codings, memos, relations and subcodes."""
    _remove(do, do.get(Code, code))


def _remove(do: Doing, row: Code) -> None:
    for child in Code.objects.select_for_update().filter(parent=row):
        _remove(do, child)
    do.remove_all(list(Coding.objects.select_for_update().filter(code=row)))
    do.remove(row)
