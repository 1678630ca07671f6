"""Findings stand on evidence, answer to concepts, and are final only where something was held against them."""

from __future__ import annotations

import pytest
from record_sample import SILENT, people

from makna.errors import NotAllowed, Overtaken, RecordError
from makna.record.acting import Actor
from makna.record.actions.add_code import add_code
from makna.record.actions.add_concept import add_concept
from makna.record.actions.add_evidence import add_evidence
from makna.record.actions.add_finding import add_finding
from makna.record.actions.answer_concept import answer_concept
from makna.record.actions.change_evidence import change_evidence
from makna.record.actions.change_finding import change_finding
from makna.record.actions.change_memo import change_memo
from makna.record.actions.conclude_finding import conclude_finding
from makna.record.actions.move_finding import move_finding
from makna.record.actions.remove_concept import remove_concept
from makna.record.actions.remove_evidence import remove_evidence
from makna.record.actions.remove_finding import remove_finding
from makna.record.actions.write_memo import write_memo
from makna.record.history import undo
from makna.record.models import Answer, Evidence, Finding, Memo

pytestmark = pytest.mark.usefixtures("record")
CLAIM = "Orang percaya karena testi"


@pytest.fixture
def owner() -> Actor:
    """The owner of a fresh study."""
    return people()[0]


def status(finding: int) -> str:
    """How far the finding has come."""
    return str(Finding.objects.get(pk=finding).status)


def test_final_needs_something_against_it(owner: Actor) -> None:
    """Counter-evidence, or a memo on the search that found none."""
    finding = add_finding(owner, CLAIM)
    add_evidence(owner, finding, 1, 0, 5)
    with pytest.raises(RecordError, match="Nothing contradicts this claim yet"):
        conclude_finding(owner, finding)
    against = add_evidence(owner, finding, 1, 5, 9, stance="contradicts")
    conclude_finding(owner, finding)
    assert status(finding) == "final"
    change_evidence(owner, against, stance="supports")
    assert status(finding) == "draft"
    memo = write_memo(
        owner, "Dicari: orang yang tidak melihat testi. Tidak ada.", kind="negative_case", finding=finding
    )
    conclude_finding(owner, finding)
    change_memo(owner, memo, kind="argument")
    assert status(finding) == "draft"


@pytest.mark.parametrize("way", ["evidence", "memo"])
def test_what_spoke_against_it_goes_and_it_is_a_draft_again(owner: Actor, way: str) -> None:
    """One cannot conclude and then take the counter-evidence away."""
    finding = add_finding(owner, CLAIM)
    if way == "evidence":
        against = add_evidence(owner, finding, 1, 5, 9, stance="contradicts")
        conclude_finding(owner, finding)
        remove_evidence(owner, against)
    else:
        memo = write_memo(owner, "Dicari.", kind="negative_case", finding=finding)
        conclude_finding(owner, finding)
        change_memo(owner, memo, text=" ")
    assert status(finding) == "draft"
    undo(owner)
    assert status(finding) == "final"


def test_undo_does_not_take_the_ground_from_a_final_finding() -> None:
    """The one who gave the counter-evidence is told that somebody concluded on it since."""
    owner, coder = people()
    finding = add_finding(owner, CLAIM)
    add_evidence(coder, finding, 1, 5, 9, stance="contradicts")
    conclude_finding(owner, finding)
    with pytest.raises(Overtaken, match="open it again first"):
        undo(coder)
    assert Evidence.objects.filter(finding_id=finding).count() == 1
    conclude_finding(owner, finding, final=False)
    assert undo(coder) is not None


def test_another_claim_is_not_final(owner: Actor) -> None:
    """A reworded claim has to be concluded again; a longer argument has not."""
    finding = add_finding(owner, CLAIM)
    add_evidence(owner, finding, 1, 5, 9, stance="contradicts")
    conclude_finding(owner, finding)
    change_finding(owner, finding, argument="Karena …")
    assert status(finding) == "final"
    change_finding(owner, finding, claim="Orang ragu tanpa testi")
    assert status(finding) == "draft"


def test_evidence_is_a_passage_of_the_study_and_of_one_investigator() -> None:
    """Refused by the database: nothing selected, beyond the text, without consent, twice by one; another's stays."""
    owner, coder = people()
    finding = add_finding(owner, CLAIM)
    evidence = add_evidence(owner, finding, 1, 0, 5, paraphrase="Ia percaya karena testi.")
    for passage, why in (
        ((1, 3, 3), "empty"),
        ((1, 0, 101), "beyond"),
        ((SILENT, 0, 2), "no evidence"),
        ((1, 0, 5), "already"),
    ):
        with pytest.raises(RecordError, match=why):
            add_evidence(owner, finding, *passage)
    add_evidence(coder, finding, 1, 0, 5)
    with pytest.raises(NotAllowed):
        remove_evidence(coder, evidence)
    with pytest.raises(RecordError, match="needs a claim"):
        add_finding(owner, "  ")


def test_codes_and_findings_answer_to_concepts(owner: Actor) -> None:
    """By an argument; a concept that something stands on cannot go."""
    blumer = add_concept(owner, "blumer", "Interaksionisme simbolik", references=["blumer1969"])
    first = add_concept(owner, "blumer-1", "Orang bertindak atas dasar makna", parent=blumer)
    code = add_code(owner, "Percaya")
    answer_concept(owner, code, first, argument="Makna testi mendahului tindakan.")
    answer_concept(owner, code, first, argument="Testi dimaknai sebagai bukti.")
    assert Answer.objects.get(code_id=code).argument.startswith("Testi")
    finding = add_finding(owner, CLAIM, concept=first)
    with pytest.raises(RecordError, match="still stands"):
        remove_concept(owner, blumer)
    with pytest.raises(RecordError, match="still stands"):
        remove_concept(owner, first)
    remove_finding(owner, finding)
    remove_concept(owner, first)
    assert not Answer.objects.filter(code_id=code).exists()
    with pytest.raises(RecordError, match="label is there already"):
        add_concept(owner, "blumer", "lain")


def test_findings_have_an_order_and_go_with_what_stands_on_them(owner: Actor) -> None:
    """They stand as the report will have them."""
    a, b, c = (add_finding(owner, f"{CLAIM} {n}") for n in range(3))
    move_finding(owner, c, before=a)
    move_finding(owner, a)
    order = Finding.objects.filter(study=owner.study).order_by("place").values_list("pk", flat=True)
    assert list(order) == [c, b, a]
    add_evidence(owner, b, 1, 0, 5)
    write_memo(owner, "Dicari.", finding=b)
    remove_finding(owner, b)
    assert not Evidence.objects.filter(finding__study=owner.study).exists()
    assert not Memo.objects.filter(study=owner.study).exists()
    undo(owner)
    assert Memo.objects.get(study=owner.study).finding_id == b
