"""Member checks: what a participant says of the claims on their own words."""

from __future__ import annotations

from django.db import models

from makna.i18n import N_
from makna.record.models.cases import Participant
from makna.record.models.findings import Evidence, Finding
from makna.record.models.people import Person, Study


class Reply(models.TextChoices):
    """What came back."""

    AGREES = "agrees", N_("agrees")
    CORRECTS = "corrects", N_("corrects")
    REFUSES = "refuses", N_("refuses")
    UNREACHABLE = "unreachable", N_("unreachable")


class MemberCheck(models.Model):
    """A participant was asked about a *finding*, whose *claim* was then so. A *correction* speaks against the claim.

    Where the correction stands in a text of the study, that passage is its *evidence*.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="member_checks")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="member_checks")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="member_checks")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="member_checks")
    on = models.DateField()
    claim = models.TextField()
    reply = models.CharField(max_length=12, choices=Reply.choices)
    correction = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    evidence = models.ForeignKey(
        Evidence, models.CASCADE, null=True, blank=True, related_name="member_checks"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(reply__in=Reply.values), name="a_known_reply"),
            models.CheckConstraint(
                condition=~models.Q(reply=Reply.CORRECTS)
                | ~models.Q(correction="")
                | models.Q(evidence__isnull=False),
                name="a_correction_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.participant} {self.reply}"
