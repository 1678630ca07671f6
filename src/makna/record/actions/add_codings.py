"""Passages coded."""

from __future__ import annotations

from collections.abc import Iterable

from makna.record.acting import Doing, action
from makna.record.models import Code, Coding
from makna.record.rounds import open_round

Passage = tuple[int, int, int]  # document, start, end


@action()
def add_codings(do: Doing, code: int, passages: Iterable[Passage]) -> list[int]:
    """Code *passages* with one code; returns the ids of the codings made.

    A passage that this person has coded with it already stays as it is.
    """
    row = do.get(Code, code)
    already = set(
        Coding.objects.filter(code=row, coder=do.person).values_list("source__document", "start", "end")
    )
    fresh = [passage for passage in dict.fromkeys(map(tuple, passages)) if passage not in already]
    sources, turn = do.sources(passage[0] for passage in fresh), open_round(do.study)
    new = [
        Coding(
            study=do.study,
            code=row,
            coder=do.person,
            source=sources[document],
            start=start,
            end=end,
            round=turn,
        )
        for document, start, end in fresh
    ]
    return [int(coding.pk) for coding in do.create_all(new)]
