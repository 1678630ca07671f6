"""What came back from a participant put down otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from makna.record.acting import Doing, action
from makna.record.concluding import reopen
from makna.record.models import MemberCheck, Reply


@action()
def change_member_check(
    do: Doing, check: int, *, reply: str | None = None, on: date | None = None, correction: str | None = None,
    note: str | None = None, seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Change the reply, day, correction or note. A final finding against which nothing stands then is a draft again."""
    row = do.get(MemberCheck, check)
    columns: dict[str, Any] = {"reply": reply and Reply(reply), "on": on}
    typed = (("correction", correction), ("note", note))
    columns |= {name: None if text is None else do.typed(text, kept) for name, text in typed}
    do.change(row, seen, **{name: value for name, value in columns.items() if value is not None})
    reopen(do, row.finding)
