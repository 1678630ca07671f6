"""The design of a study: what it asks, of whom and how, and that every change of it is an action."""

from __future__ import annotations

from datetime import date

import pytest
from record_sample import people, state

from makna.errors import IdentifierTyped, NotAllowed, Overtaken, RecordError
from makna.record.acting import Actor
from makna.record.actions.add_concept import add_concept
from makna.record.actions.add_finding import add_finding
from makna.record.actions.add_participant import add_participant
from makna.record.actions.add_question import add_question
from makna.record.actions.change_question import change_question
from makna.record.actions.change_settings import change_settings
from makna.record.actions.import_design import import_design
from makna.record.actions.import_findings import import_findings
from makna.record.actions.move_question import move_question
from makna.record.actions.release import release
from makna.record.actions.remove_guide import remove_guide
from makna.record.actions.remove_question import remove_question
from makna.record.actions.state_design import state_design
from makna.record.actions.take_back_release import take_back_release
from makna.record.actions.write_guide import write_guide
from makna.record.history import undo
from makna.record.models import (
    Concept,
    Design,
    Event,
    Finding,
    Guide,
    GuideQuestion,
    Question,
    Release,
    Settings,
)
from makna.record.study_file import Concept as StatedConcept
from makna.record.study_file import GuideQuestion as StatedGuide
from makna.record.study_file import Period, Sampling, StudyDesign
from makna.record.study_file import Question as StatedQuestion
from makna.record.toml_table import Text

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def owner() -> Actor:
    """The owner of a fresh study."""
    return people()[0]


def questions(actor: Actor) -> list[tuple[str, str]]:
    """(label, text) in their order."""
    return list(Question.objects.filter(study=actor.study).order_by("place").values_list("label", "text"))


def test_a_design_is_stated_bit_by_bit(owner: Actor) -> None:
    """What was said stays, what is said again changes; who saw something else is told."""
    state_design(owner, method="Interaksi simbolik", approached=10, refused=2)
    state_design(owner, setting="Sebuah media sosial", begins=date(2021, 1, 1), ends=date(2021, 3, 31))
    row = Design.objects.get(study=owner.study)
    assert (row.method, row.setting, row.approached) == ("Interaksi simbolik", "Sebuah media sosial", 10)
    with pytest.raises(Overtaken):
        state_design(owner, method="Lain", seen={"method": ""})
    with pytest.raises(TypeError, match="no theory"):
        state_design(owner, theory="x")
    with pytest.raises(IdentifierTyped):
        state_design(owner, recruitment="lewat 083471000000")


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"begins": date(2021, 2, 1), "ends": date(2021, 1, 1)}, "before the first"),
        ({"approached": 1, "refused": 2}, "More refused"),
        ({"approached": -1}, "0 or more"),
    ],
)
def test_what_a_design_cannot_be(owner: Actor, columns: dict[str, object], why: str) -> None:
    """The database refuses it, in words."""
    with pytest.raises(RecordError, match=why):
        state_design(owner, **columns)
    assert not Design.objects.filter(study=owner.study).exists()


def test_research_questions_have_labels_that_findings_follow(owner: Actor) -> None:
    """A label is made where none is given; what answers a question keeps it, and a question that is answered stays."""
    first, second = add_question(owner, "Mengapa media ini?"), add_question(owner, "Bagaimana mereka tampil?")
    move_question(owner, second, before=first)
    assert questions(owner) == [("rq2", "Bagaimana mereka tampil?"), ("rq1", "Mengapa media ini?")]
    finding = add_finding(owner, "Karena bebas", question="rq1")
    change_question(owner, first, label="motif", seen={"label": "rq1"})
    assert Finding.objects.get(pk=finding).question == "motif"
    with pytest.raises(RecordError, match="answer this question"):
        remove_question(owner, first)
    with pytest.raises(RecordError, match="of this label"):
        add_question(owner, "Lagi?", label="motif")
    with pytest.raises(RecordError, match="needs a label"):
        add_question(owner, " ")
    undo(owner)
    assert Finding.objects.get(pk=finding).question == "rq1"


def test_a_guide_is_written_anew_as_its_next_version(owner: Actor) -> None:
    """Former versions stay as they were asked; one that somebody was interviewed by cannot be removed."""
    question = add_question(owner, "Mengapa media ini?")
    concept = add_concept(owner, "premis", "Tiga premis")
    first = write_guide(owner, [("Kenapa di sini?", question, concept), ("Sejak kapan?", None, None)])
    second = write_guide(
        owner, [("Kenapa di sini?", question, None)], since=date(2021, 2, 1), note="Lebih pendek"
    )
    assert list(Guide.objects.filter(study=owner.study).order_by("pk").values_list("version", flat=True)) == [
        1,
        2,
    ]
    asked = GuideQuestion.objects.filter(guide=first).order_by("place")
    assert [(one.text, one.question_id, one.concept_id) for one in asked] == [
        ("Kenapa di sini?", question, concept),
        ("Sejak kapan?", None, None),
    ]
    with pytest.raises(RecordError, match="stands on this"):
        remove_question(owner, question)
    add_participant(owner, "Informan 1", guide=second)
    with pytest.raises(RecordError, match="stands on this"):
        remove_guide(owner, second)
    remove_guide(owner, first)
    with pytest.raises(RecordError, match="needs a question"):
        write_guide(owner, [])
    stranger = people()[0]
    with pytest.raises(RecordError):
        write_guide(stranger, [("Kenapa?", question, None)])


def test_a_file_of_the_design_comes_over_once(owner: Actor) -> None:
    """Questions, sampling and the guide with what it serves, in one language; undo takes all back."""
    before = state(owner)
    stated = StudyDesign(
        name="s", title=Text("Judul", "Title"), questions=(StatedQuestion("rq1", Text("Mengapa?", "Why?")),),
        method=Text("Cara"), period=Period(date(2021, 1, 1), None),
        sampling=Sampling((Text("Dewasa"), Text(en="Insider")), Text("Dari mulut ke mulut"), 8, 1),
        guide=(StatedGuide(Text("Kenapa?"), "rq1", "premis"),), concepts=(StatedConcept("premis", Text("Premis")),),
    )  # fmt: skip
    assert import_design(owner, stated) == 1
    row = Design.objects.get(study=owner.study)
    assert (row.title_id, row.title_en, row.criteria, row.refused) == ("Judul", "Title", "Dewasa\nInsider", 1)
    (asked,) = GuideQuestion.objects.filter(guide__study=owner.study)
    assert (asked.question.label, asked.concept.label) == ("rq1", "premis")
    with pytest.raises(RecordError, match="already"):
        import_design(owner, stated)
    assert import_findings(owner, stated.concepts, []).concepts == 0
    assert Concept.objects.filter(study=owner.study).count() == 1
    undo(owner)
    assert state(owner) == before


def test_settings_and_releases_are_the_owners() -> None:
    """With a reason in writing, once."""
    owner, coder = people()
    change_settings(owner, proposals_hidden_until=2)
    change_settings(owner, proposals_hidden_until=3, seen={"proposals_hidden_until": 2})
    assert Settings.objects.get(study=owner.study).proposals_hidden_until == 3
    with pytest.raises(NotAllowed):
        change_settings(coder, proposals_hidden_until=0)
    one = release(owner, "term", "Sudah umum dipakai di media massa", name="open")
    with pytest.raises(RecordError, match="already"):
        release(owner, "term", "Lagi", name="open")
    with pytest.raises(RecordError, match="reason"):
        release(owner, "channel", " ")
    take_back_release(owner, one)
    assert not Release.objects.filter(study=owner.study).exists()
    assert Event.objects.filter(study=owner.study).latest("pk").action == "take_back_release"
