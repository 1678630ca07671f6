"""One step for every action, by small numbers: which of the study's rows it is about, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from record_sample import ACCOUNTS, TALK

from makna.record.acting import Actor
from makna.record.actions.accept_as import accept_as
from makna.record.actions.accept_proposals import accept_proposals
from makna.record.actions.add_code import add_code
from makna.record.actions.add_coding import add_coding
from makna.record.actions.add_codings import add_codings
from makna.record.actions.add_concept import add_concept
from makna.record.actions.add_evidence import add_evidence
from makna.record.actions.add_evidences import add_evidences
from makna.record.actions.add_finding import add_finding
from makna.record.actions.add_member_check import add_member_check
from makna.record.actions.add_participant import add_participant
from makna.record.actions.add_question import add_question
from makna.record.actions.add_term import add_term
from makna.record.actions.add_term_evidence import add_term_evidence
from makna.record.actions.adopt_frame import adopt_frame
from makna.record.actions.answer_concept import answer_concept
from makna.record.actions.begin_round import begin_round
from makna.record.actions.change_attribute import change_attribute
from makna.record.actions.change_code import change_code
from makna.record.actions.change_coding import change_coding
from makna.record.actions.change_concept import change_concept
from makna.record.actions.change_consent import change_consent
from makna.record.actions.change_evidence import change_evidence
from makna.record.actions.change_finding import change_finding
from makna.record.actions.change_member_check import change_member_check
from makna.record.actions.change_memo import change_memo
from makna.record.actions.change_participant import change_participant
from makna.record.actions.change_question import change_question
from makna.record.actions.change_settings import change_settings
from makna.record.actions.change_term import change_term
from makna.record.actions.code_passage import code_passage
from makna.record.actions.code_passages import code_passages
from makna.record.actions.conclude_finding import conclude_finding
from makna.record.actions.decide_term import decide_term
from makna.record.actions.define_attribute import define_attribute
from makna.record.actions.define_sense import define_sense
from makna.record.actions.dismiss_proposals import dismiss_proposals
from makna.record.actions.merge_codes import merge_codes
from makna.record.actions.move_attribute import move_attribute
from makna.record.actions.move_code import move_code
from makna.record.actions.move_concept import move_concept
from makna.record.actions.move_finding import move_finding
from makna.record.actions.move_question import move_question
from makna.record.actions.reconsider_proposals import reconsider_proposals
from makna.record.actions.record_consent import record_consent
from makna.record.actions.relate_codes import relate_codes
from makna.record.actions.release import release
from makna.record.actions.remove_attribute import remove_attribute
from makna.record.actions.remove_code import remove_code
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.remove_concept import remove_concept
from makna.record.actions.remove_consent import remove_consent
from makna.record.actions.remove_evidence import remove_evidence
from makna.record.actions.remove_finding import remove_finding
from makna.record.actions.remove_guide import remove_guide
from makna.record.actions.remove_member_check import remove_member_check
from makna.record.actions.remove_participant import remove_participant
from makna.record.actions.remove_question import remove_question
from makna.record.actions.remove_sense import remove_sense
from makna.record.actions.remove_term import remove_term
from makna.record.actions.remove_term_evidence import remove_term_evidence
from makna.record.actions.reveal_round import reveal_round
from makna.record.actions.set_attributes import set_attributes
from makna.record.actions.split_code import split_code
from makna.record.actions.state_design import state_design
from makna.record.actions.take_back_release import take_back_release
from makna.record.actions.write_guide import write_guide
from makna.record.actions.write_memo import write_memo
from makna.record.casework import Case
from makna.record.models import (
    ArgotTerm,
    Attribute,
    Code,
    Coding,
    Concept,
    Consent,
    Evidence,
    Finding,
    Guide,
    MemberCheck,
    Memo,
    Participant,
    Proposal,
    Question,
    Release,
    Round,
    Sense,
    TermEvidence,
)

Act = Callable[[Actor, int, int, int], object]


def nth(rows: QuerySet[Any], n: int) -> int:
    """The n-th of *rows*, counted round; -1 where there is none."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return int(keys[n % len(keys)]) if keys else -1


def some(model: Any, actor: Actor, n: int) -> int:
    """The n-th row of the study, counted round; -1 where there is none."""
    by = {
        Evidence: "finding__study",
        Sense: "term__study",
        TermEvidence: "term__study",
        Consent: "participant__study",
    }
    return nth(model.objects.filter(**{by.get(model, "study"): actor.study}), n)


def day(n: int) -> date:
    """A day of the study."""
    return date(2021, 3, 1) + timedelta(n)


def case(who: Actor, n: int) -> Case:
    """A participant or an account."""
    return Case(None, min(ACCOUNTS)) if n % 3 == 0 else Case(some(Participant, who, n))


SCOPES = (["analysis"], ["verbatim"], ["analysis", "link"], [])
ACTS: dict[str, Act] = {
    "add code": lambda who, a, b, c: add_code(who, f"kode {a}"),
    "add below": lambda who, a, b, c: add_code(who, f"sub {a}", parent=some(Code, who, b)),
    "rename": lambda who, a, b, c: change_code(who, some(Code, who, a), name=f"nama {b}", definition=f"arti {c}"),
    "move": lambda who, a, b, c: move_code(who, some(Code, who, a), parent=some(Code, who, b) if c % 3 else None),
    "merge": lambda who, a, b, c: merge_codes(who, some(Code, who, a), into=some(Code, who, b)),
    "remove code": lambda who, a, b, c: remove_code(who, some(Code, who, a)),
    "relate": lambda who, a, b, c: relate_codes(who, some(Code, who, a), some(Code, who, b), tie="contrast", holds=c % 4 > 0),
    "code": lambda who, a, b, c: add_coding(who, some(Code, who, a), 1 + b % 2, c, c + 1 + b),
    "code by name": lambda who, a, b, c: code_passage(who, f"kode {a}", 1 + b % 2, c, c + 1 + b),
    "code many": lambda who, a, b, c: add_codings(who, some(Code, who, a), [(1, n, n + 2) for n in range(b, b + c)]),
    "code many by name": lambda who, a, b, c: code_passages(who, f"kode {a}", [(1, n, n + 2) for n in range(b, b + c)]),
    "adjust": lambda who, a, b, c: change_coding(who, some(Coding, who, a), start=b, end=b + c),
    "recode": lambda who, a, b, c: change_coding(who, some(Coding, who, a), code=some(Code, who, b)),
    "uncode": lambda who, a, b, c: remove_codings(who, [some(Coding, who, a), some(Coding, who, b)]),
    "memo": lambda who, a, b, c: write_memo(who, f"catatan {a}", coding=some(Coding, who, b)),
    "memo on code": lambda who, a, b, c: write_memo(who, f"aturan {a}", kind="code_rule", code=some(Code, who, b)),
    "concept": lambda who, a, b, c: add_concept(who, f"konsep-{a}", f"Konsep {b}", parent=some(Concept, who, b) if c % 2 else None),
    "move concept": lambda who, a, b, c: move_concept(
        who, some(Concept, who, a), parent=some(Concept, who, b) if c % 3 else None
    ),
    "adopt frame": lambda who, a, b, c: adopt_frame(who, language="id" if c % 2 else "en"),
    "answer": lambda who, a, b, c: answer_concept(who, some(Code, who, a), some(Concept, who, b), argument=f"sebab {c}" if c % 4 else None),
    "claim": lambda who, a, b, c: add_finding(who, f"temuan {a}", concept=some(Concept, who, b) if c % 3 == 0 else None),
    "conclude": lambda who, a, b, c: conclude_finding(who, some(Finding, who, a), final=c % 4 > 0),
    "evidence": lambda who, a, b, c: add_evidence(
        who, some(Finding, who, a), 1, b, b + 1 + c, stance="contradicts" if c % 2 else "supports"
    ),
    "drop evidence": lambda who, a, b, c: remove_evidence(who, some(Evidence, who, a)),
    "drop finding": lambda who, a, b, c: remove_finding(who, some(Finding, who, a)),
    "order": lambda who, a, b, c: move_finding(who, some(Finding, who, a), before=some(Finding, who, b)),
    "search against": lambda who, a, b, c: write_memo(who, f"dicari {b}", kind="negative_case", finding=some(Finding, who, a)),
    "rewrite": lambda who, a, b, c: change_memo(who, some(Memo, who, a), text=f"baru {b}" if c % 3 else ""),
    "state design": lambda who, a, b, c: state_design(who, method=f"cara {a}", approached=b, refused=c),
    "ask": lambda who, a, b, c: add_question(who, f"mengapa {a}?", label=f"rq{b}" if c % 2 else ""),
    "reword": lambda who, a, b, c: change_question(who, some(Question, who, a), text=f"apa {b}?", label=f"t{c}"),
    "order questions": lambda who, a, b, c: move_question(who, some(Question, who, a), before=some(Question, who, b)),
    "drop question": lambda who, a, b, c: remove_question(who, some(Question, who, a)),
    "answer question": lambda who, a, b, c: change_finding(who, some(Finding, who, a), question=f"rq{b}", claim=f"t {c}"),
    "guide": lambda who, a, b, c: write_guide(
        who, [(f"tanya {a}", some(Question, who, b) if c % 2 else None, some(Concept, who, b) if c % 3 == 0 else None)]
    ),
    "drop guide": lambda who, a, b, c: remove_guide(who, some(Guide, who, a)),
    "participant": lambda who, a, b, c: add_participant(
        who, f"Informan {1 + a % 3}", kind="key" if b % 2 else "", guide=some(Guide, who, b) if c % 3 == 0 else None
    ),
    "interviewed": lambda who, a, b, c: change_participant(who, some(Participant, who, a), interviewed=day(b).isoformat()),
    "drop participant": lambda who, a, b, c: remove_participant(who, some(Participant, who, a)),
    "consent": lambda who, a, b, c: record_consent(
        who, some(Participant, who, a), mode="written", version=f"{c}", given=day(b), scopes=SCOPES[c % 4]
    ),
    "correct consent": lambda who, a, b, c: change_consent(who, some(Consent, who, a), given=day(b), scopes=SCOPES[c % 4]),
    "drop consent": lambda who, a, b, c: remove_consent(who, some(Consent, who, a)),
    "code talk": lambda who, a, b, c: add_coding(who, some(Code, who, a), TALK, b, b + 1 + c),
    "attribute": lambda who, a, b, c: define_attribute(
        who, f"sifat {a}", scale="choice" if b % 2 else "text", options=["x", "y"] if b % 2 else []
    ),
    "change attribute": lambda who, a, b, c: change_attribute(
        who, some(Attribute, who, a), name=f"ciri {b}", scale="choice" if c % 2 else "text", options=["x"] if c % 2 else []
    ),
    "order attributes": lambda who, a, b, c: move_attribute(who, some(Attribute, who, a), before=some(Attribute, who, b)),
    "drop attribute": lambda who, a, b, c: remove_attribute(who, some(Attribute, who, a)),
    "set values": lambda who, a, b, c: set_attributes(
        who, [(some(Attribute, who, a), case(who, b), ("x", "y", "")[c % 3]), (some(Attribute, who, a + 1), case(who, c), "x")]
    ),
    "term": lambda who, a, b, c: add_term(who, f"sandi{a}", variants=[f"s{b}"], definition="arti" if c % 2 else ""),
    "change term": lambda who, a, b, c: change_term(who, some(ArgotTerm, who, a), category=f"jenis {b}", variants=[f"v{c}"]),
    "decide term": lambda who, a, b, c: decide_term(who, some(ArgotTerm, who, a), status="rejected" if b % 2 else "accepted"),
    "drop term": lambda who, a, b, c: remove_term(who, some(ArgotTerm, who, a)),
    "sense": lambda who, a, b, c: define_sense(who, some(ArgotTerm, who, a), f"arti {b}"),
    "drop sense": lambda who, a, b, c: remove_sense(who, some(Sense, who, a)),
    "show term": lambda who, a, b, c: add_term_evidence(
        who, some(ArgotTerm, who, a), [(1, b, b + 1 + c)],
        sense=nth(Sense.objects.filter(term=some(ArgotTerm, who, a)), b) if c % 2 else None,
    ),
    "unshow term": lambda who, a, b, c: remove_term_evidence(who, [some(TermEvidence, who, a)]),
    "member check": lambda who, a, b, c: add_member_check(
        who, some(Participant, who, a), some(Finding, who, b), reply="corrects" if c % 2 else "agrees", on=day(c),
        correction="bukan begitu", passage=(1, c, c + 2) if c % 4 == 1 else None,
    ),
    "change check": lambda who, a, b, c: change_member_check(
        who, some(MemberCheck, who, a), reply="corrects" if b % 2 else "refuses", correction=f"bukan {c}"
    ),
    "drop check": lambda who, a, b, c: remove_member_check(who, some(MemberCheck, who, a)),
    "accept": lambda who, a, b, c: accept_proposals(who, "argot", [(1, b, b + 1 + c), (2, b, b + 2)], code=some(Code, who, a)),
    "accept by name": lambda who, a, b, c: accept_as(who, "argot", [(1, b, b + 1 + c)], name=f"kode {a}"),
    "dismiss": lambda who, a, b, c: dismiss_proposals(
        who, "argot", [(1, b, b + 1 + c)], code=some(Code, who, a) if c % 2 else None
    ),
    "reconsider": lambda who, a, b, c: reconsider_proposals(who, [some(Proposal, who, a)]),
    "begin round": lambda who, a, b, c: begin_round(who, f"uji {a}"),
    "reveal": lambda who, a, b, c: reveal_round(who, some(Round, who, a)),
    "set": lambda who, a, b, c: change_settings(who, proposals_hidden_until=a % 2),
    "release": lambda who, a, b, c: release(who, "term", f"sebab {a}", name=f"sandi{b}"),
    "take back": lambda who, a, b, c: take_back_release(who, some(Release, who, a)),
    "split": lambda who, a, b, c: split_code(
        who, some(Code, who, a), f"pecah {b}", codings=Coding.objects.filter(code=some(Code, who, a)).values_list("pk", flat=True)[:c]
    ),
    "memo on case": lambda who, a, b, c: write_memo(who, f"kasus {a}", participant=some(Participant, who, b)),
    "memo on term": lambda who, a, b, c: write_memo(who, f"istilah {a}", term=some(ArgotTerm, who, b)),
    "change concept": lambda who, a, b, c: change_concept(who, some(Concept, who, a), name=f"Gagasan {b}"),
    "drop concept": lambda who, a, b, c: remove_concept(who, some(Concept, who, a)),
    "evidences": lambda who, a, b, c: add_evidences(who, some(Finding, who, a), [(1, b, b + 2), (2, c, c + 1)]),
    "change evidence": lambda who, a, b, c: change_evidence(
        who, some(Evidence, who, a), stance="contradicts" if b % 2 else "supports", note=f"n {c}"
    ),
}  # fmt: skip
