"""The frame: the study's tree of cited concepts, and how codes answer to it."""

from __future__ import annotations

from django.db import models

from makna.record.models.codes import Code
from makna.record.models.people import Study


class Concept(models.Model):
    """A theoretical concept with where it comes from. *label* is how files call it (``goffman-regions``)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="concepts")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.IntegerField(default=0)
    label = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    definition = models.TextField(default="", blank=True)
    references = models.JSONField(default=list, blank=True)  # citation keys of the study's literature

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["study", "label"], name="a_label_once_a_study"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(label=""), name="a_concept_has_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="no_concept_in_itself",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """That a code answers to a concept, and the argument why."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="answers")
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="answers")
    argument = models.TextField(default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "concept"], name="an_answer_once"),)

    def __str__(self) -> str:
        return f"{self.code} → {self.concept}"
