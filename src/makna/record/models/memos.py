"""Memos: notes on anything."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models

from makna.i18n import N_
from makna.record.models.cases import Participant
from makna.record.models.codes import Code
from makna.record.models.codings import Coding, Source
from makna.record.models.findings import Finding
from makna.record.models.frame import Concept
from makna.record.models.people import Person, Study
from makna.record.models.terms import ArgotTerm


class MemoKind(models.TextChoices):
    """What a memo is for."""

    THEORETICAL = "theoretical", N_("theoretical")
    METHODOLOGICAL = "methodological", N_("methodological")
    DESCRIPTIVE = "descriptive", N_("descriptive")
    REFLEXIVE = "reflexive", N_("reflexive")
    CODE_RULE = "code_rule", N_("code rule")
    ARGUMENT = "argument", N_("argument")
    NEGATIVE_CASE = "negative_case", N_("negative-case search")


def _one_at_most(*names: str) -> models.Q:
    """That of the columns *names* at most one has a value."""
    alone = [models.Q(**{f"{other}__isnull": True for other in names if other != name}) for name in names]
    return reduce(or_, alone)


MEMO_ON = ("code", "coding", "source", "finding", "concept", "participant", "term")


class Memo(models.Model):
    """A note on one of the things in :data:`MEMO_ON`, or on the study where it names none of them."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="memos")
    author = models.ForeignKey(Person, models.PROTECT, related_name="memos")
    kind = models.CharField(max_length=16, choices=MemoKind.choices)
    title = models.CharField(max_length=200, default="", blank=True)
    text = models.TextField()
    code = models.ForeignKey(Code, models.CASCADE, null=True, blank=True, related_name="memos")
    coding = models.ForeignKey(Coding, models.CASCADE, null=True, blank=True, related_name="memos")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="memos")
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, blank=True, related_name="memos")
    concept = models.ForeignKey(Concept, models.CASCADE, null=True, blank=True, related_name="memos")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="memos")
    term = models.ForeignKey(ArgotTerm, models.CASCADE, null=True, blank=True, related_name="memos")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=MemoKind.values), name="a_known_kind"),
            models.CheckConstraint(condition=_one_at_most(*MEMO_ON), name="a_memo_is_on_one_thing"),
        )

    def __str__(self) -> str:
        return self.title or self.text[:40]
