"""A version of the interview guide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Max

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Concept, Guide, GuideQuestion, Question


class Asked(NamedTuple):
    """A question of a guide, and the ids of the research question and the concept that it serves."""

    text: str
    question: int | None = None
    concept: int | None = None


@action()
def write_guide(
    do: Doing, questions: Sequence[Asked | tuple[str, int | None, int | None]], *, since: date | None = None,
    note: str = "", kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Write the guide anew, as its next version; *note* says what changed. Former versions stay. Returns its id."""
    if not questions:
        raise RecordError(_("A guide needs a question."))
    last = Guide.objects.filter(study=do.study).aggregate(last=Max("version"))["last"] or 0
    guide = do.create(Guide(study=do.study, version=last + 1, since=since, note=do.typed(note, kept)))
    for place, (text, question, concept) in enumerate(questions, 1):
        row = GuideQuestion(
            guide=guide, place=place, text=do.typed(text, kept),
            question=None if question is None else do.get(Question, question),
            concept=None if concept is None else do.get(Concept, concept),
        )  # fmt: skip
        do.create(row)
    return int(guide.pk)
