"""The design of a study as its record holds it, in the form that reports take from ``study.toml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from makna.record.study_file import GuideQuestion, Period, Question, Sampling, StudyDesign
from makna.record.toml_table import Text

if TYPE_CHECKING:
    from makna.record import models

Says = Callable[[str], Text]


@dataclass(frozen=True)
class RecordedDesign:
    """Plain values; *questions* are (label, text), *guide* (text, label of the question, label of the concept)."""

    title: Text
    abstract: Text
    method: str
    setting: str
    begins: date | None
    ends: date | None
    criteria: tuple[str, ...]
    recruitment: str
    approached: int | None
    refused: int | None
    questions: tuple[tuple[str, str], ...]
    guide: tuple[tuple[str, str | None, str | None], ...]


def read(study: models.Study) -> RecordedDesign | None:
    """The design of *study*, with the latest guide; None where the record states none."""
    from makna.record.models import Design  # noqa: PLC0415  (needs Django, which is ready now)

    row = Design.objects.filter(study=study).first()
    if row is None:
        return None
    guide = study.guides.order_by("-version").first()
    asked = guide.questions.select_related("question", "concept").order_by("place", "pk") if guide else ()
    return RecordedDesign(
        Text(row.title_id or None, row.title_en or None), Text(row.abstract_id or None, row.abstract_en or None),
        row.method, row.setting, row.begins, row.ends, tuple(filter(None, row.criteria.splitlines())), row.recruitment,
        row.approached, row.refused, tuple(study.questions.order_by("place", "pk").values_list("label", "text")),
        tuple((q.text, q.question and q.question.label, q.concept and q.concept.label) for q in asked),
    )  # fmt: skip


def stated(design: StudyDesign, recorded: RecordedDesign, says: Says) -> StudyDesign:
    """*design* of the file with what the record states of it; where the record is silent, the file speaks."""
    filed, sampling = design.period, design.sampling
    questions = tuple(Question(label, says(text)) for label, text in recorded.questions)
    guide = tuple(GuideQuestion(says(text), answers, concept) for text, answers, concept in recorded.guide)
    return replace(
        design, title=recorded.title or design.title, abstract=recorded.abstract or design.abstract,
        method=says(recorded.method) or design.method, setting=says(recorded.setting) or design.setting,
        period=Period(recorded.begins or filed.start, recorded.ends or filed.end), questions=questions or design.questions,
        guide=guide or design.guide,
        sampling=Sampling(
            tuple(map(says, recorded.criteria)) or sampling.criteria, says(recorded.recruitment) or sampling.recruitment,
            sampling.approached if recorded.approached is None else recorded.approached,
            sampling.refused if recorded.refused is None else recorded.refused,
        ),
    )  # fmt: skip


def texts_of(design: StudyDesign) -> Iterator[Text]:
    """What the design of a file says in both languages, as the record says it in one."""
    yield from (design.method, design.setting, design.sampling.recruitment, *design.sampling.criteria)
    yield from (question.text for question in design.questions)
    yield from (asked.question for asked in design.guide)
    yield from (concept.name for concept in design.concepts)
