"""A code answers to a concept, by an argument."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import Answer, Code, Concept


@action()
def answer_concept(
    do: Doing, code: int, concept: int, *, argument: str | None = "", seen: Mapping[str, Any] | None = None,
    kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Say why a code answers to a concept; None takes the answer back. *seen* is the argument that was seen before."""
    one, other = do.get(Code, code), do.get(Concept, concept)
    row = Answer.objects.select_for_update().filter(code=one, concept=other).first()
    if argument is None:
        if row is not None:
            do.change(row, seen, argument=row.argument)  # tells where it was overtaken
            do.remove(row)
        return
    text = do.typed(argument, kept)
    if row is None:
        do.create(Answer(code=one, concept=other, argument=text))
    else:
        do.change(row, seen, argument=text)
