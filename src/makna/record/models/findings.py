"""Findings: claims, with the passages that support and contradict them."""

from __future__ import annotations

from django.db import models

from makna.i18n import N_
from makna.record.models.codings import Source
from makna.record.models.frame import Concept
from makna.record.models.people import Person, Study


class Status(models.TextChoices):
    """How far a finding has come. Final is one against which something was said, or searched for."""

    DRAFT = "draft", N_("draft")
    FINAL = "final", N_("final")


class Stance(models.TextChoices):
    """Whether a passage speaks for a claim or against it."""

    SUPPORTS = "supports", N_("supports")
    CONTRADICTS = "contradicts", N_("contradicts")


class Finding(models.Model):
    """A claim of the study, in its order for the report. *question* is a research question by its id."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="findings")
    place = models.IntegerField(default=0)
    claim = models.TextField()
    argument = models.TextField(default="", blank=True)
    question = models.CharField(max_length=60, default="", blank=True)
    concept = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="findings")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(claim=""), name="a_finding_claims_something"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="a_known_status"),
        )

    def __str__(self) -> str:
        return self.claim[:60]


class Evidence(models.Model):
    """A passage that supports or contradicts a finding, and whose judgement that is."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="evidence")
    source = models.ForeignKey(Source, models.CASCADE, related_name="evidence")
    start = models.IntegerField()
    end = models.IntegerField()
    stance = models.CharField(max_length=12, choices=Stance.choices)
    paraphrase = models.TextField(default="", blank=True)  # what a report says in place of a post
    note = models.TextField(default="", blank=True)
    concept = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="evidence")
    investigator = models.ForeignKey(Person, models.PROTECT, related_name="evidence")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["finding", "source", "start", "end", "investigator"],
                name="evidence_once_an_investigator",
            ),
            models.CheckConstraint(
                condition=models.Q(start__gte=0) & models.Q(start__lt=models.F("end")),
                name="evidence_has_words",
            ),
            models.CheckConstraint(condition=models.Q(stance__in=Stance.values), name="a_known_stance"),
        )

    def __str__(self) -> str:
        return f"{self.stance} {self.finding}"
