"""A passage coded."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Code, Coding
from makna.record.rounds import open_round


@action()
def add_coding(do: Doing, code: int, document: int, start: int, end: int) -> int:
    """Code one passage (code points, half-open); returns the coding's id.

    Raises RecordError for an empty passage, one beyond the text, one coded so already, or one without consent.
    """
    row, source = do.get(Code, code), do.source(document)
    coding = Coding(
        study=do.study,
        code=row,
        coder=do.person,
        source=source,
        start=start,
        end=end,
        round=open_round(do.study),
    )
    return int(do.create(coding).pk)
