"""Argot terms: words, abbreviations, emoji and spellings with a meaning among insiders."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from makna.i18n import N_
from makna.record.models.codings import Source
from makna.record.models.people import Person, Study


class TermStatus(models.TextChoices):
    """What the researcher decided about a term."""

    PROPOSED = "proposed", N_("proposed")
    ACCEPTED = "accepted", N_("accepted")
    REJECTED = "rejected", N_("rejected")


class Explained(models.TextChoices):
    """Whether the community explains the term where it is used."""

    UNKNOWN = "", N_("not decided")
    UNEXPLAINED = "unexplained", N_("used without explanation")
    ASKED = "asked", N_("asked about")
    EXPLAINED = "explained", N_("explained")


class Shows(models.TextChoices):
    """What a passage shows of a term."""

    USE = "use", N_("its use")
    ASKED = "asked", N_("that it is asked about")
    EXPLAINED = "explained", N_("that it is explained")


class ArgotTerm(models.Model):
    """A term (*kode, sandi*), its spellings, and since when it is seen. *lens* says which lens proposed it."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=120)
    variants = models.JSONField(default=list, blank=True)  # other spellings
    category = models.CharField(max_length=60, default="", blank=True)
    status = models.CharField(max_length=8, choices=TermStatus.choices, default=TermStatus.PROPOSED)
    explained = models.CharField(
        max_length=12, choices=Explained.choices, default=Explained.UNKNOWN, blank=True
    )
    explanation = models.TextField(default="", blank=True)  # how, and by whom
    first_seen = models.DateField(null=True, blank=True)
    lens = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("study", Lower("term"), name="a_term_once_a_study"),
            models.CheckConstraint(condition=~models.Q(term=""), name="a_term_has_letters"),
            models.CheckConstraint(condition=models.Q(status__in=TermStatus.values), name="a_known_decision"),
            models.CheckConstraint(
                condition=models.Q(explained__in=Explained.values), name="a_known_explanation"
            ),
        )

    def __str__(self) -> str:
        return self.term


class Sense(models.Model):
    """One meaning of a term, with an example of it."""

    term = models.ForeignKey(ArgotTerm, models.CASCADE, related_name="senses")
    place = models.IntegerField(default=0)
    definition = models.TextField()
    example = models.TextField(default="", blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(definition=""), name="a_sense_means_something"),
        )

    def __str__(self) -> str:
        return self.definition[:60]


class TermEvidence(models.Model):
    """A passage that shows a term in use, or being asked about or explained; perhaps in one of its senses."""

    term = models.ForeignKey(ArgotTerm, models.CASCADE, related_name="evidence")
    sense = models.ForeignKey(Sense, models.CASCADE, null=True, blank=True, related_name="evidence")
    source = models.ForeignKey(Source, models.CASCADE, related_name="term_evidence")
    start = models.IntegerField()
    end = models.IntegerField()
    shows = models.CharField(max_length=12, choices=Shows.choices, default=Shows.USE)
    investigator = models.ForeignKey(Person, models.PROTECT, related_name="term_evidence")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["term", "source", "start", "end", "investigator"],
                name="term_evidence_once_an_investigator",
            ),
            models.CheckConstraint(
                condition=models.Q(start__gte=0) & models.Q(start__lt=models.F("end")),
                name="term_evidence_has_words",
            ),
            models.CheckConstraint(condition=models.Q(shows__in=Shows.values), name="a_known_showing"),
        )

    def __str__(self) -> str:
        return f"{self.term} {self.shows}"
