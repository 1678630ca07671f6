"""The design that a study's file states taken over into its record, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from makna.errors import RecordError
from makna.i18n import _
from makna.record import study_file
from makna.record.acting import Doing, action
from makna.record.actions.import_findings import frame_of
from makna.record.models import Concept, Design, Guide, GuideQuestion, Question, Role
from makna.record.toml_table import Text


@action(needs=Role.OWNER)
def import_design(
    do: Doing, design: study_file.StudyDesign, *, language: str = "id", kept: Collection[str] = ()
) -> int:
    """Take over questions, method, setting, sampling and guide in one *language*, titles and abstracts in both.

    Returns how many research questions came over. Raises RecordError where the record holds a design already.
    """
    if Design.objects.filter(study=do.study).exists() or Question.objects.filter(study=do.study).exists():
        raise RecordError(_("The record of this study holds its design already: go on with that."))

    def said(text: Text) -> str:
        return do.typed(text.said(language)[0], kept)

    sampling, frame = design.sampling, frame_of(do, design.concepts, language, kept)
    row = Design(
        study=do.study, language=language, method=said(design.method), setting=said(design.setting),
        title_id=do.typed(design.title.id or "", kept), title_en=do.typed(design.title.en or "", kept),
        abstract_id=do.typed(design.abstract.id or "", kept), abstract_en=do.typed(design.abstract.en or "", kept),
        begins=design.period.start, ends=design.period.end, criteria="\n".join(map(said, sampling.criteria)),
        recruitment=said(sampling.recruitment), approached=sampling.approached, refused=sampling.refused,
    )  # fmt: skip
    do.create(row)
    questions = {
        one.id: do.create(Question(study=do.study, place=n, label=one.id, text=said(one.text)))
        for n, one in enumerate(design.questions, 1)
    }
    _guide(do, [(said(one.question), one) for one in design.guide], questions, frame)
    return len(questions)


def _guide(
    do: Doing, asked: list[tuple[str, study_file.GuideQuestion]], questions: Mapping[str, Question],
    frame: Mapping[str, Concept],
) -> None:  # fmt: skip
    if not asked:
        return
    guide = do.create(Guide(study=do.study, version=1))
    for place, (text, one) in enumerate(asked, 1):
        row = GuideQuestion(
            guide=guide, place=place, text=text, question=questions.get(one.answers or ""),
            concept=frame.get(one.concept or ""),
        )  # fmt: skip
        do.create(row)
