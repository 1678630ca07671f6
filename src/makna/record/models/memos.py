"""Memos: notes on anything."""

from __future__ import annotations

from django.db import models

from makna.i18n import N_
from makna.record.models.codes import Code
from makna.record.models.codings import Coding, Source
from makna.record.models.people import Person, Study


class MemoKind(models.TextChoices):
    """What a memo is for."""

    THEORETICAL = "theoretical", N_("theoretical")
    METHODOLOGICAL = "methodological", N_("methodological")
    DESCRIPTIVE = "descriptive", N_("descriptive")
    REFLEXIVE = "reflexive", N_("reflexive")
    CODE_RULE = "code_rule", N_("code rule")
    ARGUMENT = "argument", N_("argument")
    NEGATIVE_CASE = "negative_case", N_("negative-case search")


class Memo(models.Model):
    """A note on a code, a coding, a document, or on the study where it names none of them."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="memos")
    author = models.ForeignKey(Person, models.PROTECT, related_name="memos")
    kind = models.CharField(max_length=16, choices=MemoKind.choices)
    title = models.CharField(max_length=200, default="", blank=True)
    text = models.TextField()
    code = models.ForeignKey(Code, models.CASCADE, null=True, blank=True, related_name="memos")
    coding = models.ForeignKey(Coding, models.CASCADE, null=True, blank=True, related_name="memos")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="memos")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=MemoKind.values), name="a_known_kind"),
            models.CheckConstraint(
                condition=models.Q(code__isnull=True, coding__isnull=True)
                | models.Q(code__isnull=True, source__isnull=True)
                | models.Q(coding__isnull=True, source__isnull=True),
                name="a_memo_is_on_one_thing",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.text[:40]
