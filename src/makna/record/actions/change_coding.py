"""A coding moved to another passage of its text, or to another code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from makna.errors import NotAllowed
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Code, Coding


@action()
def change_coding(
    do: Doing, coding: int, *, start: int | None = None, end: int | None = None, code: int | None = None,
    seen: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Change where one of one's own codings begins or ends, or which code it carries."""
    row = own(do, coding)
    columns: dict[str, Any] = {"start": start, "end": end, "code_id": code and do.get(Code, code).pk}
    do.change(row, seen, **{name: value for name, value in columns.items() if value is not None})


def own(do: Doing, coding: int) -> Coding:
    """A coding of whoever acts; raises NotAllowed for another coder's."""
    row = do.get(Coding, coding)
    if row.coder_id != do.person.pk:
        raise others()
    return row


def others() -> NotAllowed:
    """That a coding is another coder's."""
    return NotAllowed(_("This is another coder's coding: it stays as it is."))
