"""The design of a study: what it asks, where and when, of whom, and by which guide it interviewed."""

from __future__ import annotations

from django.db import models

from makna.record.models.frame import Concept
from makna.record.models.people import Study


class Design(models.Model):
    """What a study says of itself, in one *language* but for title and abstract. *criteria*: one a line.

    *approached* and *refused* are persons; None where the study does not say.
    """

    study = models.OneToOneField(Study, models.CASCADE, related_name="design")
    language = models.CharField(max_length=2, default="id")
    title_id = models.CharField(max_length=300, default="", blank=True)
    title_en = models.CharField(max_length=300, default="", blank=True)
    abstract_id = models.TextField(default="", blank=True)
    abstract_en = models.TextField(default="", blank=True)
    method = models.TextField(default="", blank=True)
    setting = models.TextField(default="", blank=True)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    criteria = models.TextField(default="", blank=True)
    recruitment = models.TextField(default="", blank=True)
    approached = models.IntegerField(null=True, blank=True)
    refused = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(language__in=["id", "en"]), name="a_known_language"),
            models.CheckConstraint(
                condition=models.Q(begins__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(begins__lte=models.F("ends")),
                name="a_period_runs_forward",
            ),
            models.CheckConstraint(
                condition=(models.Q(approached__isnull=True) | models.Q(approached__gte=0))
                & (models.Q(refused__isnull=True) | models.Q(refused__gte=0)),
                name="persons_are_no_debt",
            ),
            models.CheckConstraint(
                condition=models.Q(approached__isnull=True)
                | models.Q(refused__isnull=True)
                | models.Q(refused__lte=models.F("approached")),
                name="no_more_refused_than_approached",
            ),
        )

    def __str__(self) -> str:
        return self.title_id or self.title_en


class Question(models.Model):
    """A research question (*rumusan masalah*), in its order. Findings name it by its *label* (``rq1``)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="questions")
    place = models.IntegerField(default=0)
    label = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["study", "label"], name="a_question_once_a_study"),
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(label=""), name="a_question_asks_something"
            ),
        )

    def __str__(self) -> str:
        return self.label


class Guide(models.Model):
    """A version of the interview guide, and what changed with it."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="guides")
    version = models.IntegerField()
    since = models.DateField(null=True, blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["study", "version"], name="a_version_once_a_study"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="versions_count_from_one"),
        )

    def __str__(self) -> str:
        return str(self.version)


class GuideQuestion(models.Model):
    """What is asked in an interview, and the research question and concept that it serves."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="questions")
    place = models.IntegerField(default=0)
    text = models.TextField()
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="guide_questions"
    )
    concept = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="guide_questions"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(text=""), name="a_guide_question_asks_something"),
        )

    def __str__(self) -> str:
        return self.text[:60]
