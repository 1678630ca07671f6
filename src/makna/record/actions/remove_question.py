"""A research question taken back."""

from __future__ import annotations

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Finding, Question


@action()
def remove_question(do: Doing, question: int) -> None:
    """Remove a question that nothing answers; raises RecordError where findings or questions of a guide name it."""
    row = do.get(Question, question)
    if Finding.objects.filter(study=do.study, question=row.label).exists():
        raise RecordError(_("Findings answer this question: let them answer another one first."))
    do.remove(row)
