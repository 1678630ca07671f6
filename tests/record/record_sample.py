"""A record with two people, over texts that are lengths only."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from makna.errors import NoSuchRow
from makna.record.acting import Actor, Hit
from makna.record.actions.begin_study import begin_study
from makna.record.actions.give_role import give_role
from makna.record.models import Answer, Code, CodeRelation, Coding, Concept, Evidence, Finding, Memo, Person
from makna.record.rows import values

LENGTHS = {1: 100, 2: 40, 3: 7}
SILENT = 3  # a document whose consent does not cover analysis
_fresh = itertools.count()


class Texts:
    """Documents of known length; a typed "0834…" is a phone number."""

    def length(self, document: int) -> int:
        if document not in LENGTHS:
            raise NoSuchRow()
        return LENGTHS[document]

    def codable(self, document: int) -> bool:
        return document != SILENT

    def identifiers(self, text: str) -> Sequence[Hit]:
        at = text.find("0834")
        return [Hit(at, len(text), "phone")] if at >= 0 else []


def people() -> tuple[Actor, Actor]:
    """An owner and a coder of a study of their own."""
    n = next(_fresh)
    one, two = (Person.objects.create(username=f"{name}{n}", first_name=name) for name in ("Sari", "Bayu"))
    study = begin_study(f"study{n}", one)
    owner = Actor(one, study, Texts())
    give_role(owner, two.pk, "coder")
    return owner, Actor(two, study, Texts())


def state(actor: Actor) -> dict[str, dict[int, Any]]:
    """Every row of the study that people make, by table and key."""
    study = actor.study
    found = {
        "code": Code.objects.filter(study=study), "tie": CodeRelation.objects.filter(source__study=study),
        "coding": Coding.objects.filter(study=study), "memo": Memo.objects.filter(study=study),
        "concept": Concept.objects.filter(study=study), "answer": Answer.objects.filter(code__study=study),
        "finding": Finding.objects.filter(study=study), "evidence": Evidence.objects.filter(finding__study=study),
    }  # fmt: skip
    return {name: {row.pk: values(row) for row in rows} for name, rows in found.items()}
