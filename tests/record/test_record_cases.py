"""Participants with their consents, attributes of cases, and member checks."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest
from django.db import IntegrityError, transaction
from record_sample import ACCOUNTS, TALK, people, state

from makna.errors import IdentifierTyped, NoSuchRow, Overtaken, RecordError
from makna.record.acting import Actor
from makna.record.actions.add_code import add_code
from makna.record.actions.add_coding import add_coding
from makna.record.actions.add_evidence import add_evidence
from makna.record.actions.add_finding import add_finding
from makna.record.actions.add_member_check import add_member_check
from makna.record.actions.add_participant import add_participant
from makna.record.actions.add_question import add_question
from makna.record.actions.add_term import add_term
from makna.record.actions.add_term_evidence import add_term_evidence
from makna.record.actions.change_attribute import change_attribute
from makna.record.actions.change_consent import change_consent
from makna.record.actions.change_member_check import change_member_check
from makna.record.actions.change_participant import change_participant
from makna.record.actions.conclude_finding import conclude_finding
from makna.record.actions.define_attribute import define_attribute
from makna.record.actions.dismiss_proposals import dismiss_proposals
from makna.record.actions.import_participants import import_participants
from makna.record.actions.move_attribute import move_attribute
from makna.record.actions.record_consent import record_consent
from makna.record.actions.remove_attribute import remove_attribute
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.remove_consent import remove_consent
from makna.record.actions.remove_evidence import remove_evidence
from makna.record.actions.remove_member_check import remove_member_check
from makna.record.actions.remove_participant import remove_participant
from makna.record.actions.set_attributes import set_attributes
from makna.record.actions.write_guide import write_guide
from makna.record.actions.write_memo import write_memo
from makna.record.casework import Case
from makna.record.database import current
from makna.record.history import redo, undo
from makna.record.models import (
    Attribute,
    CaseValue,
    Evidence,
    Finding,
    GuideQuestion,
    MemberCheck,
    Memo,
    Participant,
    Proposal,
    Sense,
    Source,
    TermEvidence,
)  # fmt: skip
from makna.record.participants_file import Consent as StatedConsent
from makna.record.participants_file import Participant as Stated

pytestmark = pytest.mark.usefixtures("record")
DAY = date(2021, 3, 4)


@pytest.fixture
def owner() -> Actor:
    """The owner of a fresh study."""
    return people()[0]


def consent(actor: Actor, participant: int, *scopes: str, given: date = DAY) -> int:
    """A written consent."""
    return record_consent(actor, participant, mode="written", version="1", given=given, scopes=scopes)


def codable(actor: Actor) -> bool:
    """What the record holds of the talk."""
    return Source.objects.get(study=actor.study, document=TALK).codable


def values(actor: Actor) -> dict[tuple[str, int | None, int | None], str]:
    """(attribute, participant, account) → value."""
    rows = CaseValue.objects.filter(attribute__study=actor.study).select_related("attribute")
    return {(row.attribute.name, row.participant_id, row.author): row.value for row in rows}


def test_a_participant_is_a_code_and_never_a_name(owner: Actor) -> None:
    """Anything else is refused, and so is the same code twice."""
    who = add_participant(owner, "Informan 1", kind="key", interviewed="2021-03")
    for name in ("Melati", "Informan satu", "Ibu 083471000000"):
        with pytest.raises((RecordError, IdentifierTyped)):
            add_participant(owner, name)
    with pytest.raises(RecordError, match="is there already"):
        add_participant(owner, "informan 1")
    with pytest.raises(RecordError, match="2021-03"):
        change_participant(owner, who, interviewed="Maret")
    change_participant(owner, who, interviewed="2021-03-14", seen={"interviewed": "2021-03"})
    with pytest.raises(Overtaken):
        change_participant(owner, who, interviewed="2021-03-15", seen={"interviewed": "2021-03"})


def test_codings_follow_the_latest_consent(owner: Actor) -> None:
    """Without one nothing is coded; a later one that covers less is refused while codings stand."""
    code, who = add_code(owner, "a"), add_participant(owner, "Informan 1")
    for _before in range(2):
        with pytest.raises(RecordError, match="does not cover analysis"):
            add_coding(owner, code, TALK, 0, 5)
    first = consent(owner, who, "verbatim")
    write_memo(owner, "tentang wawancara", document=TALK)
    assert not codable(owner)
    consent(owner, who, "analysis", given=date(2021, 3, 5))
    assert codable(owner)
    coding = add_coding(owner, code, TALK, 0, 5)
    for less in (
        lambda: consent(owner, who, "archive", given=date(2021, 3, 6)),
        lambda: remove_participant(owner, who),
    ):
        with pytest.raises(RecordError, match="let the participant withdraw"):
            less()
    remove_codings(owner, [coding])
    consent(owner, who, "archive", given=date(2021, 3, 6))
    assert not codable(owner)
    assert undo(owner) is not None
    assert codable(owner)
    change_consent(owner, first, given=date(2021, 3, 7), seen={"given": DAY})
    assert not codable(owner)
    remove_consent(owner, first)
    assert codable(owner)


def test_undoing_a_consent_reaches_texts_met_since(owner: Actor) -> None:
    """Also one that the record came to know after it; and not while codings stand there."""
    code, who = add_code(owner, "a"), add_participant(owner, "Informan 1")
    consent(owner, who, "analysis")
    coder = people()[0]
    assert coder.study != owner.study
    coding = add_coding(owner, code, TALK, 0, 5)
    remove_codings(owner, [coding])
    for _each in range(3):
        undo(owner)
    assert not codable(owner)
    redo(owner)
    assert codable(owner)
    redo(owner)
    with pytest.raises(RecordError, match="let the participant withdraw"):
        remove_participant(owner, who)


def test_a_consent_is_whole(owner: Actor) -> None:
    """Unknown scopes, a deadline before the consent, the same twice."""
    who = add_participant(owner, "Informan 1")
    with pytest.raises(RecordError, match="No consent scope is called quotes"):
        consent(owner, who, "quotes")
    with pytest.raises(RecordError, match="before the consent"):
        record_consent(
            owner, who, mode="written", version="1", given=DAY, until=date(2020, 1, 1), scopes=["analysis"]
        )
    consent(owner, who, "analysis")
    with pytest.raises(RecordError, match="on record already"):
        consent(owner, who, "analysis")


def test_attributes_of_many_cases_are_set_at_once(owner: Actor) -> None:
    """Participants and accounts, checked against what the attribute may be; one undo takes all back."""
    who, account = add_participant(owner, "Informan 1"), min(ACCOUNTS)
    role = define_attribute(owner, "peran", scale="choice", options=["penjual", "pembeli"])
    age = define_attribute(owner, "umur", scale="number")
    cases = [(role, Case(who), "Penjual"), (role, Case(None, account), "pembeli"), (age, Case(who), "27,0")]
    assert set_attributes(owner, cases) == 3
    assert set_attributes(owner, cases) == 0
    assert values(owner) == {
        ("peran", who, None): "penjual", ("peran", None, account): "pembeli", ("umur", who, None): "27",
    }  # fmt: skip
    for bad, why in (((*cases[0][:2], "tamu"), "penjual, pembeli"), ((age, Case(who), "dua"), "number")):
        with pytest.raises(RecordError, match=why):
            set_attributes(owner, [(age, Case(None, account), "30"), bad])
    with pytest.raises(NoSuchRow):
        set_attributes(owner, [(role, Case(None, 99), "pembeli")])
    with pytest.raises(Overtaken):
        set_attributes(owner, cases[:1], seen={(role, Case(who)): "pembeli"})
    assert set_attributes(owner, [(role, Case(who), None)], seen={(role, Case(who)): "penjual"}) == 1
    undo(owner)
    undo(owner)
    assert values(owner) == {}


def test_attributes_are_defined_and_change_with_their_values(owner: Actor) -> None:
    """One that would say who somebody is is refused; a value that is in use stays an option."""
    with pytest.raises(RecordError, match="identifies"):
        define_attribute(owner, "Nama")
    with pytest.raises(RecordError, match="to choose from"):
        define_attribute(owner, "peran", scale="choice")
    who = add_participant(owner, "Informan 1")
    role = define_attribute(owner, "peran")
    other = define_attribute(owner, "daerah")
    set_attributes(owner, [(role, Case(who), "penjual")])
    with pytest.raises(RecordError, match="no value of peran"):
        change_attribute(owner, role, scale="choice", options=["pembeli"])
    change_attribute(owner, role, scale="choice", options=["Penjual", "Pembeli"], name="Peran")
    assert values(owner) == {("Peran", who, None): "Penjual"}
    move_attribute(owner, other, before=role)
    names = Attribute.objects.filter(study=owner.study).order_by("place").values_list("name", flat=True)
    assert list(names) == ["daerah", "Peran"]
    remove_attribute(owner, role)
    assert values(owner) == {}


def test_a_correction_speaks_against_the_claim(owner: Actor) -> None:
    """It makes a finding debatable, becomes evidence where it stands in a text, and holds that evidence."""
    who, finding = add_participant(owner, "Informan 1"), add_finding(owner, "Mereka bebas")
    with pytest.raises(RecordError, match="what the participant corrects"):
        add_member_check(owner, who, finding, reply="corrects", on=DAY)
    with pytest.raises(RecordError, match="what the participant corrects"):
        add_member_check(owner, who, finding, reply="agrees", on=DAY, passage=(1, 0, 9))
    agreed = add_member_check(owner, who, finding, reply="agrees", on=DAY)
    with pytest.raises(RecordError, match="Nothing contradicts"):
        conclude_finding(owner, finding)
    check = add_member_check(
        owner, who, finding, reply="corrects", on=DAY, correction="Tidak selalu", passage=(1, 0, 9)
    )
    (evidence,) = Evidence.objects.filter(finding=finding)
    assert (evidence.stance, evidence.note) == ("contradicts", "Tidak selalu")
    assert MemberCheck.objects.get(pk=check).claim == "Mereka bebas"
    with pytest.raises(RecordError, match="take the member check away"):
        remove_evidence(owner, evidence.pk)
    remove_member_check(owner, check)
    remove_evidence(owner, evidence.pk)
    change_member_check(owner, agreed, reply="corrects", correction="Kadang")
    conclude_finding(owner, finding)
    change_member_check(owner, agreed, reply="unreachable")
    assert Finding.objects.get(pk=finding).status == "draft"


def test_evidence_of_a_correction_can_be_the_one_there_is(owner: Actor) -> None:
    """The same passage is not kept twice."""
    who, finding = add_participant(owner, "Informan 1"), add_finding(owner, "Mereka bebas")
    there = add_evidence(owner, finding, 1, 0, 9, stance="contradicts")
    check = add_member_check(owner, who, finding, reply="corrects", on=DAY, passage=(1, 0, 9))
    assert MemberCheck.objects.get(pk=check).evidence_id == there


def test_a_file_of_participants_comes_over_once(owner: Actor) -> None:
    """With consents and attributes, also of one who withdrew; undo takes all back."""
    before = state(owner)
    agreed = StatedConsent("written", "2", DAY, frozenset({"analysis", "verbatim"}))
    stated = [
        Stated("Informan 1", ("a.txt",), ("I",), "2021-03", "key", MappingProxyType({"peran": "penjual"}), agreed),
        Stated("Informan 2", withdrawn=DAY),
    ]  # fmt: skip
    assert import_participants(owner, stated) == 2
    one, two = Participant.objects.filter(study=owner.study).order_by("code")
    assert (one.kind, one.consents.get().verbatim, one.consents.get().link) == ("key", True, False)
    assert values(owner) == {("peran", one.pk, None): "penjual"}
    assert two.withdrew == DAY
    with pytest.raises(RecordError, match="withdrew"):
        consent(owner, two.pk, "analysis")
    with pytest.raises(RecordError, match="withdrew"):
        remove_participant(owner, two.pk)
    with pytest.raises(RecordError, match="withdrew"):
        set_attributes(owner, [(Attribute.objects.get(study=owner.study).pk, Case(two.pk), "x")])
    add_coding(owner, add_code(owner, "a"), TALK, 0, 5)
    with pytest.raises(RecordError, match="already"):
        import_participants(owner, stated)
    for _each in range(3):
        undo(owner)
    assert state(owner) == before


def test_the_database_refuses_things_of_two_studies_together(owner: Actor) -> None:
    """Written past the actions: cases, checks, terms, guides, decisions and memos across studies."""
    stranger = people()[0]
    who, theirs = add_participant(owner, "Informan 1"), add_participant(stranger, "Informan 1")
    attribute = define_attribute(owner, "peran")
    finding = add_finding(owner, "Mereka bebas")
    check = add_member_check(owner, who, finding, reply="agrees", on=DAY)
    other = add_finding(stranger, "Mereka bebas")
    evidence = add_evidence(stranger, other, 1, 0, 5)
    term, another = (add_term(actor, "bo", definition="x") for actor in (owner, stranger))
    passage = add_term_evidence(owner, term, [(1, 0, 2)])[0]
    memo = write_memo(owner, "kata", participant=who)
    dismiss_proposals(owner, "argot", [(1, 0, 2)])
    guide = write_guide(owner, [("Kenapa?", None, None)])
    set_attributes(owner, [(attribute, Case(who), "penjual")])
    source = Source.objects.get(study=stranger.study, document=1).pk
    for rows, columns in (
        (CaseValue, {"participant": theirs}),
        (MemberCheck, {"participant": theirs}),
        (MemberCheck, {"finding": other}),
        (MemberCheck, {"evidence": evidence}),
        (TermEvidence, {"term": another}),
        (TermEvidence, {"source": source}),
        (TermEvidence, {"sense": Sense.objects.get(term=another).pk}),
        (Memo, {"participant": theirs}),
        (Memo, {"participant": None, "term": another}),
        (Proposal, {"source": source}),
        (Proposal, {"code": add_code(stranger, "a")}),
        (GuideQuestion, {"question": add_question(stranger, "Kenapa?")}),
        (Participant, {"guide": write_guide(stranger, [("Kenapa?", None, None)])}),
    ):
        mine = {
            "casevalue": {"participant": who},
            "membercheck": {"pk": check},
            "termevidence": {"pk": passage},
        }
        mine |= {"memo": {"pk": memo}, "proposal": {"study": owner.study}, "guidequestion": {"guide": guide}}
        mine |= {"participant": {"pk": who}}
        found = rows.objects.filter(**mine[rows._meta.model_name])
        assert found.exists()
        with pytest.raises(IntegrityError), transaction.atomic(using=current()):
            found.update(**columns)
