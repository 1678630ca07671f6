"""An argot term noted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from makna.record.acting import Doing, action
from makna.record.models import ArgotTerm, Explained, Sense, TermStatus


@action()
def add_term(
    do: Doing, term: str, *, variants: Sequence[str] = (), category: str = "", definition: str = "",
    status: str = TermStatus.ACCEPTED, explained: str = Explained.UNKNOWN, explanation: str = "",
    first_seen: date | None = None, lens: str = "", kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Note a term with its spellings, and with a first sense where it has a *definition*; returns its id.

    *lens* says which lens proposed it; then its status is best ``proposed`` until somebody decides.
    """
    row = ArgotTerm(
        study=do.study, term=do.typed(term, kept), variants=spellings(do, term, variants, kept),
        category=do.typed(category, kept), status=TermStatus(status), explained=Explained(explained),
        explanation=do.typed(explanation, kept), first_seen=first_seen, lens=lens,
    )  # fmt: skip
    key = int(do.create(row).pk)
    if definition:
        do.create(Sense(term=row, place=1, definition=do.typed(definition, kept)))
    return key


def spellings(do: Doing, term: str, variants: Sequence[str], kept: Collection[str]) -> list[str]:
    """The *variants* once each, without the term itself."""
    typed = dict.fromkeys(do.typed(variant, kept) for variant in variants)
    return [variant for variant in typed if variant and variant.casefold() != term.strip().casefold()]
