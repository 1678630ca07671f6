"""A code answers to a concept, by an argument."""

from __future__ import annotations

from collections.abc import Collection

from makna.record.acting import Doing, action
from makna.record.models import Answer, Code, Concept


@action()
def answer_concept(
    do: Doing, code: int, concept: int, *, argument: str | None = "", kept: Collection[str] = ()
) -> None:
    """Say why a code answers to a concept; None takes the answer back."""
    one, other = do.get(Code, code), do.get(Concept, concept)
    row = Answer.objects.select_for_update().filter(code=one, concept=other).first()
    if argument is None:
        if row is not None:
            do.remove(row)
        return
    text = do.typed(argument, kept)
    if row is None:
        do.create(Answer(code=one, concept=other, argument=text))
    else:
        do.change(row, argument=text)
