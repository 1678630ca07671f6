"""Codings: one code on one passage by one coder."""

from __future__ import annotations

from django.db import models

from makna.record.models.codes import Code
from makna.record.models.people import Person, Study


class Source(models.Model):
    """What the record must know of a document of the corpus to hold codings on it."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="sources")
    document = models.BigIntegerField()  # document_id of the corpus
    length = models.IntegerField()  # code points of its text
    codable = models.BooleanField(default=True)  # False where the consent does not cover analysis

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["study", "document"], name="a_document_once"),
            models.CheckConstraint(condition=models.Q(length__gte=0), name="a_length_is_no_debt"),
        )

    def __str__(self) -> str:
        return str(self.document)


class Round(models.Model):
    """A round of blind coding: until it is *revealed*, coders do not see each other's codings of it. One at a time."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="rounds")
    name = models.CharField(max_length=120)
    revealed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["study"], condition=models.Q(revealed=False), name="one_round_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_round_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """One code on one passage (code points, half-open, into the document's text) by one coder.

    *lens* is the one whose proposal the coder accepted; *round* the blind round it was made in.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, models.PROTECT, related_name="codings")
    coder = models.ForeignKey(Person, models.PROTECT, related_name="codings")
    source = models.ForeignKey(Source, models.CASCADE, related_name="codings")
    start = models.IntegerField()
    end = models.IntegerField()
    lens = models.CharField(max_length=40, default="", blank=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="codings")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["source", "start", "end", "code", "coder"], name="a_coding_once_a_coder"
            ),
            models.CheckConstraint(
                condition=models.Q(start__gte=0) & models.Q(start__lt=models.F("end")),
                name="a_passage_has_words",
            ),
        )
        indexes = (models.Index(fields=["code", "source", "start"], name="codings_of_a_code"),)

    def __str__(self) -> str:
        return f"{self.code} at {self.start}–{self.end}"
