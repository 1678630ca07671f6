"""Argot terms, proposals of lenses, splitting codes and coding blind."""

from __future__ import annotations

from datetime import date

import pytest
from record_sample import SILENT, people, state

from makna.errors import NoSuchRow, NotAllowed, Overtaken, RecordError
from makna.record.acting import Actor
from makna.record.actions.accept_proposals import accept_proposals
from makna.record.actions.add_code import add_code
from makna.record.actions.add_coding import add_coding
from makna.record.actions.add_codings import add_codings
from makna.record.actions.add_term import add_term
from makna.record.actions.add_term_evidence import add_term_evidence
from makna.record.actions.begin_round import begin_round
from makna.record.actions.change_settings import change_settings
from makna.record.actions.change_term import change_term
from makna.record.actions.decide_term import decide_term
from makna.record.actions.define_sense import define_sense
from makna.record.actions.dismiss_proposals import dismiss_proposals
from makna.record.actions.merge_codes import merge_codes
from makna.record.actions.reconsider_proposals import reconsider_proposals
from makna.record.actions.remove_code import remove_code
from makna.record.actions.remove_sense import remove_sense
from makna.record.actions.remove_term import remove_term
from makna.record.actions.remove_term_evidence import remove_term_evidence
from makna.record.actions.reveal_round import reveal_round
from makna.record.actions.split_code import split_code
from makna.record.actions.write_memo import write_memo
from makna.record.history import undo
from makna.record.models import ArgotTerm, Code, Coding, Proposal, Sense, TermEvidence
from makna.record.proposing import unaided_left
from makna.record.rounds import seen_by

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def owner() -> Actor:
    """The owner of a fresh study whose proposals are shown at once."""
    owner = people()[0]
    change_settings(owner, proposals_hidden_until=0)
    return owner


def test_a_term_has_spellings_senses_and_evidence(owner: Actor) -> None:
    """Its evidence stays when a sense goes, and everything goes with the term."""
    before = state(owner)
    term = add_term(
        owner, "bo", variants=["b0", "bo", "B.O"], category="layanan", definition="pesan lewat obrolan"
    )
    row = ArgotTerm.objects.get(pk=term)
    assert (row.variants, row.status) == (["b0", "B.O"], "accepted")
    (first,) = Sense.objects.filter(term=term)
    second = define_sense(owner, term, "pesanan", example="bo dulu")
    define_sense(owner, term, "pesanan itu sendiri", sense=second, seen={"definition": "pesanan"})
    with pytest.raises(Overtaken):
        define_sense(owner, term, "lain", sense=second, seen={"definition": "pesanan"})
    assert len(add_term_evidence(owner, term, [(1, 0, 2), (2, 3, 5), (1, 0, 2)], sense=first.pk)) == 2
    asked = add_term_evidence(owner, term, [(1, 0, 2), (1, 9, 12)], shows="asked")
    remove_sense(owner, first.pk)
    assert TermEvidence.objects.filter(term=term, sense=None).count() == 3
    remove_term_evidence(owner, asked)
    write_memo(owner, "dipakai kedua pihak", term=term)
    remove_term(owner, term)
    assert state(owner) == before


def test_a_term_is_changed_and_decided(owner: Actor) -> None:
    """By columns that whoever changes it saw."""
    term = add_term(owner, "bo", status="proposed", lens="argot")
    change_term(
        owner, term, name="b.o.", variants=["bo"], explained="asked", explanation="ditanya pendatang",
        first_seen=date(2021, 1, 2), seen={"term": "bo"},
    )  # fmt: skip
    row = ArgotTerm.objects.get(pk=term)
    assert (row.term, row.variants, row.explained, row.lens) == ("b.o.", ["bo"], "asked", "argot")
    decide_term(owner, term, status="rejected", seen={"status": "proposed"})
    with pytest.raises(Overtaken):
        decide_term(owner, term, status="accepted", seen={"status": "proposed"})
    with pytest.raises(RecordError, match="is there already"):
        add_term(owner, "B.O.")
    with pytest.raises(TypeError):
        change_term(owner, term, lens="x")


@pytest.mark.parametrize(
    ("passage", "why"),
    [((1, 3, 3), "empty"), ((1, 0, 101), "beyond the end"), ((SILENT, 0, 2), "does not cover")],
)
def test_passages_that_show_no_term(owner: Actor, passage: tuple[int, int, int], why: str) -> None:
    """The same that cannot be coded; nor in a sense of another term, nor another's taken away."""
    term, other = add_term(owner, "bo", definition="x"), add_term(owner, "vcs", definition="y")
    with pytest.raises(RecordError, match=why):
        add_term_evidence(owner, term, [passage])
    with pytest.raises(NoSuchRow):
        add_term_evidence(owner, term, [(1, 0, 2)], sense=Sense.objects.get(term=other).pk)


def test_a_proposal_becomes_a_coding_that_says_so(owner: Actor) -> None:
    """One made by hand stays as it is; a dismissed one is not proposed to this coder again, until reconsidered."""
    code = add_code(owner, "a")
    by_hand = add_coding(owner, code, 1, 0, 5)
    made = accept_proposals(owner, "testimony", [(1, 0, 5), (1, 5, 9)], code=code)
    assert made[0] == by_hand
    assert dict(Coding.objects.filter(code=code).values_list("pk", "lens")) == {
        by_hand: "",
        made[1]: "testimony",
    }
    dismiss_proposals(owner, "testimony", [(2, 0, 5), (1, 5, 9)], code=code)
    dismiss_proposals(owner, "argot", [(2, 0, 5)])
    dismiss_proposals(owner, "argot", [(2, 0, 5)])
    decided = Proposal.objects.filter(study=owner.study).order_by("pk").values_list("decision", "code")
    assert list(decided) == [
        ("accepted", code),
        ("dismissed", code),
        ("dismissed", code),
        ("dismissed", None),
    ]
    reconsider_proposals(owner, [Proposal.objects.get(study=owner.study, code=None).pk])
    assert Proposal.objects.filter(study=owner.study).count() == 3
    remove_code(owner, code)
    assert not Proposal.objects.filter(study=owner.study).exists()
    undo(owner)
    assert Proposal.objects.filter(study=owner.study).count() == 3


def test_proposals_wait_until_a_few_documents_were_coded_unaided() -> None:
    """By this coder, and by hand."""
    owner, coder = people()
    change_settings(owner, proposals_hidden_until=2)
    code = add_code(owner, "a")
    add_codings(owner, code, [(1, 0, 5), (1, 5, 9), (2, 0, 5)])
    assert (unaided_left(owner.study, owner.person), unaided_left(owner.study, coder.person)) == (0, 2)
    add_coding(coder, code, 1, 0, 5)
    with pytest.raises(RecordError, match="1 more document unaided"):
        accept_proposals(coder, "argot", [(2, 0, 5)], code=code)
    accept_proposals(owner, "argot", [(2, 5, 9)], code=code)


def test_merging_carries_proposals_over(owner: Actor) -> None:
    """A decision about the code that stays is kept where there are two."""
    a, b = add_code(owner, "a"), add_code(owner, "b")
    accept_proposals(owner, "argot", [(1, 0, 5), (1, 5, 9)], code=a)
    accept_proposals(owner, "argot", [(1, 0, 5)], code=b)
    dismiss_proposals(owner, "argot", [(2, 0, 5)], code=a)
    before = state(owner)
    merge_codes(owner, a, into=b)
    kept = Proposal.objects.filter(study=owner.study, code=b).order_by("source__document", "start")
    assert [(one.source.document, one.start, one.decision) for one in kept] == [
        (1, 0, "accepted"), (1, 5, "accepted"), (2, 0, "dismissed"),
    ]  # fmt: skip
    undo(owner)
    assert state(owner) == before


def test_a_code_is_split_by_its_codings() -> None:
    """Those chosen go to a new code right after it, everybody's, with their memos; others stay."""
    owner, coder = people()
    code, later = add_code(owner, "a"), add_code(owner, "z")
    mine, theirs, stays = (
        add_coding(owner, code, 1, 0, 5), add_coding(coder, code, 1, 0, 5), add_coding(owner, code, 1, 5, 9),
    )  # fmt: skip
    before = state(owner)
    new = split_code(owner, code, "a lain", codings=[mine, theirs], definition="yang lain")
    assert set(Coding.objects.filter(code=new).values_list("pk", flat=True)) == {mine, theirs}
    assert Coding.objects.get(pk=stays).code_id == code
    order = Code.objects.filter(study=owner.study).order_by("place").values_list("pk", flat=True)
    assert list(order) == [code, new, later]
    with pytest.raises(NoSuchRow):
        split_code(owner, code, "b", codings=[mine])
    undo(owner)
    assert state(owner) == before


def test_a_blind_round_hides_what_others_code() -> None:
    """Until the owner reveals it; what was coded before stays visible, and only one round goes on at a time."""
    owner, coder = people()
    code = add_code(owner, "a")
    open_ = add_coding(owner, code, 1, 0, 5)
    round_ = begin_round(owner, "Uji 1")
    with pytest.raises(RecordError, match="reveal it first"):
        begin_round(owner, "Uji 2")
    hidden = add_codings(owner, code, [(1, 5, 9)])[0]
    own = add_coding(coder, code, 1, 5, 9)
    shown = seen_by(coder.person, Coding.objects.filter(study=owner.study))
    assert {one.pk for one in shown.all()} == {open_, own}
    with pytest.raises(NoSuchRow):
        split_code(coder, code, "b", codings=[hidden])
    with pytest.raises(NotAllowed):
        reveal_round(coder, round_)
    reveal_round(owner, round_)
    assert {one.pk for one in shown.all()} == {open_, own, hidden}
    begin_round(owner, "Uji 2")
