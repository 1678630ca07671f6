"""A research question moved in their order."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Question
from makna.record.ordering import put


@action()
def move_question(do: Doing, question: int, *, before: int | None = None) -> None:
    """Put a question before another one, or last."""
    put(do, Question.objects.filter(study=do.study), do.get(Question, question), before)
