"""What coders decided about passages that lenses proposed, and how a study is coded: blind, or unaided at first."""

from __future__ import annotations

from django.db import models

from makna.i18n import N_
from makna.record.models.codes import Code
from makna.record.models.codings import Coding, Source
from makna.record.models.people import Person, Study


class Decision(models.TextChoices):
    """What a coder made of a proposal."""

    ACCEPTED = "accepted", N_("accepted")
    DISMISSED = "dismissed", N_("dismissed")


class Proposal(models.Model):
    """A passage that a *lens* proposed, perhaps for a *code*, and what one coder decided; *coding* is what came of it."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="proposals")
    lens = models.CharField(max_length=40)
    source = models.ForeignKey(Source, models.CASCADE, related_name="proposals")
    start = models.IntegerField()
    end = models.IntegerField()
    code = models.ForeignKey(Code, models.CASCADE, null=True, blank=True, related_name="proposals")
    decision = models.CharField(max_length=9, choices=Decision.choices)
    coder = models.ForeignKey(Person, models.PROTECT, related_name="proposals")
    coding = models.ForeignKey(Coding, models.CASCADE, null=True, blank=True, related_name="proposals")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["coder", "lens", "source", "start", "end", "code"], name="a_decision_once_a_coder"
            ),
            models.UniqueConstraint(
                fields=["coder", "lens", "source", "start", "end"],
                condition=models.Q(code__isnull=True),
                name="a_decision_on_a_passage_once",
            ),
            models.CheckConstraint(
                condition=models.Q(start__gte=0) & models.Q(start__lt=models.F("end")),
                name="a_proposal_has_words",
            ),
            models.CheckConstraint(condition=models.Q(decision__in=Decision.values), name="a_known_verdict"),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.ACCEPTED, coding__isnull=False)
                | models.Q(decision=Decision.DISMISSED, coding__isnull=True),
                name="what_is_accepted_is_a_coding",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lens} {self.decision}"


class Settings(models.Model):
    """How a study works. *proposals_hidden_until*: documents one codes unaided before lenses propose passages."""

    study = models.OneToOneField(Study, models.CASCADE, related_name="settings")
    proposals_hidden_until = models.PositiveSmallIntegerField(default=5)

    def __str__(self) -> str:
        return str(self.study)


class Release(models.Model):
    """That something of the examiners' edition leaves in the public one too, and the reason in writing."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="releases")
    what = models.CharField(max_length=40)  # term, template, channel, vouching
    name = models.CharField(
        max_length=200, default="", blank=True
    )  # one of them; all of them where it is empty
    reason = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="releases")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["study", "what", "name"], name="a_release_once"),
            models.CheckConstraint(
                condition=models.Q(what__in=["term", "template", "channel", "vouching"]),
                name="a_known_release",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_release_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.name}"
