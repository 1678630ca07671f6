"""A record with two people, over texts that are lengths only."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from makna.errors import NoSuchRow
from makna.record.acting import Actor, Hit
from makna.record.actions.begin_study import begin_study
from makna.record.actions.give_role import give_role
from makna.record.consenting import analysis_allowed
from makna.record.models import (
    Answer,
    ArgotTerm,
    Attribute,
    CaseValue,
    Code,
    CodeRelation,
    Coding,
    Concept,
    Consent,
    Design,
    Evidence,
    Finding,
    Guide,
    GuideQuestion,
    MemberCheck,
    Memo,
    Participant,
    Person,
    Proposal,
    Question,
    Release,
    Round,
    Sense,
    Settings,
    TermEvidence,
)
from makna.record.rows import values

TALK = 4  # an interview with "Informan 1", codable as the record says
LENGTHS = {1: 100, 2: 40, 3: 7, TALK: 60}
SILENT = 3  # a document whose consent does not cover analysis
SPOKEN = {"Informan 1": [TALK]}
ACCOUNTS = {11, 12, 13}
OF_STUDY = (
    ArgotTerm, Attribute, Code, Coding, Concept, Design, Finding, Guide, MemberCheck, Memo, Participant, Proposal,
    Question, Release, Round, Settings,
)  # fmt: skip
_fresh = itertools.count()


class Texts:
    """Documents of known length; a typed "0834…" is a phone number."""

    def __init__(self, study: str) -> None:
        self.study = study

    def length(self, document: int) -> int:
        if document not in LENGTHS:
            raise NoSuchRow()
        return LENGTHS[document]

    def codable(self, document: int) -> bool:
        if document == TALK:
            return analysis_allowed(self.study, SPOKEN, on=date.today()).get("Informan 1", False)
        return document != SILENT

    def spoken_by(self, code: str) -> Sequence[int]:
        return SPOKEN.get(code, ())

    def accounts(self, authors: Collection[int]) -> set[int]:
        return set(authors) & ACCOUNTS

    def identifiers(self, text: str) -> Sequence[Hit]:
        at = text.find("0834")
        return [Hit(at, len(text), "phone")] if at >= 0 else []


def people() -> tuple[Actor, Actor]:
    """An owner and a coder of a study of their own."""
    n = next(_fresh)
    one, two = (Person.objects.create(username=f"{name}{n}", first_name=name) for name in ("Sari", "Bayu"))
    study = begin_study(f"study{n}", one)
    owner = Actor(one, study, Texts(study.key))
    give_role(owner, two.pk, "coder")
    return owner, Actor(two, study, Texts(study.key))


def state(actor: Actor) -> dict[str, dict[int, Any]]:
    """Every row of the study that people make, by table and key."""
    study = actor.study
    found = {
        **{model.__name__: model.objects.filter(study=study) for model in OF_STUDY},
        "tie": CodeRelation.objects.filter(source__study=study), "answer": Answer.objects.filter(code__study=study),
        "evidence": Evidence.objects.filter(finding__study=study), "sense": Sense.objects.filter(term__study=study),
        "asked": GuideQuestion.objects.filter(guide__study=study), "value": CaseValue.objects.filter(attribute__study=study),
        "consent": Consent.objects.filter(participant__study=study),
        "term evidence": TermEvidence.objects.filter(term__study=study),
    }  # fmt: skip
    return {name: {row.pk: values(row) for row in rows} for name, rows in found.items()}
