"""A memo rewritten, or removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.errors import NotAllowed
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.concluding import reopen
from makna.record.models import Memo


@action()
def change_memo(
    do: Doing, memo: int, *, text: str | None = None, title: str | None = None, kind: str | None = None,
    seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Change one's own memo; an empty *text* removes it."""
    row = do.get(Memo, memo)
    if row.author_id != do.person.pk:
        raise NotAllowed(_("This is somebody else's memo: write one beside it."))
    if text is not None and not text.strip():
        do.change(row, seen, text=row.text)  # tells where it was overtaken
        do.remove(row)
        reopen(do, row.finding)
        return
    columns: dict[str, Any] = {"kind": kind}
    columns |= {n: None if t is None else do.typed(t, kept) for n, t in (("text", text), ("title", title))}
    do.change(row, seen, **{name: value for name, value in columns.items() if value is not None})
    reopen(do, row.finding)
