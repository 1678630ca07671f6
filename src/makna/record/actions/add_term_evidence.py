"""Passages that show a term."""

from __future__ import annotations

from collections.abc import Iterable

from makna.record.acting import Doing, action
from makna.record.models import ArgotTerm, Sense, Shows, TermEvidence


@action()
def add_term_evidence(
    do: Doing,
    term: int,
    passages: Iterable[tuple[int, int, int]],
    *,
    shows: str = Shows.USE,
    sense: int | None = None,
) -> list[int]:
    """Keep *passages* (document, start, end) that show a term in use, being asked about or explained; returns their ids.

    Passages that this person keeps for the term already stay as they are.
    """
    row = do.get(ArgotTerm, term)
    meant = None if sense is None else do.among(Sense.objects.filter(term=row), sense)
    mine = TermEvidence.objects.filter(term=row, investigator=do.person)
    already = set(mine.values_list("source__document", "start", "end"))
    fresh = [passage for passage in dict.fromkeys(map(tuple, passages)) if passage not in already]
    sources = do.sources(passage[0] for passage in fresh)
    new = [
        TermEvidence(
            term=row, sense=meant, source=sources[document], start=start, end=end, shows=Shows(shows),
            investigator=do.person,
        )
        for document, start, end in fresh
    ]  # fmt: skip
    return [int(one.pk) for one in do.create_all(new)]
