"""Passages that a lens proposed dismissed."""

from __future__ import annotations

from collections.abc import Iterable

from makna.record.acting import Doing, action
from makna.record.actions.accept_proposals import decide
from makna.record.models import Code


@action()
def dismiss_proposals(
    do: Doing, lens: str, passages: Iterable[tuple[int, int, int]], *, code: int | None = None
) -> None:
    """Dismiss *passages* (document, start, end) that *lens* proposed, for a code or altogether.

    A coding that came of one stays: it is removed as any other.
    """
    row = None if code is None else do.get(Code, code)
    wanted = list(dict.fromkeys(map(tuple, passages)))
    sources = do.sources(passage[0] for passage in wanted)
    for document, start, end in wanted:
        decide(do, lens, sources[document], start, end, code=row, coding=None)
