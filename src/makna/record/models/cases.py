"""Cases: participants with what they agreed to, and the attributes of participants and accounts."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from makna.i18n import N_
from makna.record.models.design import Guide
from makna.record.models.people import Study


class Kind(models.TextChoices):
    """What an informant is to the study."""

    KEY = "key", N_("key informant")
    MAIN = "main", N_("main informant")
    SUPPORTING = "supporting", N_("supporting informant")


class Mode(models.TextChoices):
    """How a consent was given."""

    WRITTEN = "written", N_("written")
    ORAL = "recorded oral", N_("recorded oral")


class Scale(models.TextChoices):
    """What the values of an attribute are."""

    CHOICE = "choice", N_("one of a list")
    TEXT = "text", N_("text")
    NUMBER = "number", N_("number")


class Participant(models.Model):
    """An informant under a code; never a name. Of one who *withdrew*, code and day are all that is left."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="participants")
    code = models.CharField(max_length=60)  # as the corpus calls whoever speaks
    kind = models.CharField(max_length=12, choices=Kind.choices, default="", blank=True)
    interviewed = models.CharField(max_length=10, default="", blank=True)  # ISO day or month
    guide = models.ForeignKey(Guide, models.PROTECT, null=True, blank=True, related_name="participants")
    withdrew = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("study", Lower("code"), name="a_participant_once_a_study"),
            models.CheckConstraint(condition=~models.Q(code=""), name="a_participant_has_a_code"),
            models.CheckConstraint(condition=models.Q(kind__in=["", *Kind.values]), name="a_known_informant"),
        )

    def __str__(self) -> str:
        return self.code


class Consent(models.Model):
    """What a participant agreed to, how and when; the latest counts. *until* is the last day to take it back."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    mode = models.CharField(max_length=16, choices=Mode.choices)
    version = models.CharField(max_length=60)
    given = models.DateField()
    until = models.DateField(null=True, blank=True)
    analysis = models.BooleanField(default=False)
    verbatim = models.BooleanField(default=False)  # quotes in their own words
    appendix = models.BooleanField(default=False)  # the transcript in the appendix
    link = models.BooleanField(default=False)  # tying the participant to an account
    archive = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["participant", "given", "version"], name="a_consent_once_a_day"),
            models.CheckConstraint(condition=models.Q(mode__in=Mode.values), name="a_known_mode"),
            models.CheckConstraint(condition=~models.Q(version=""), name="a_consent_has_a_version"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("given")),
                name="a_deadline_after_the_consent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.participant} {self.version}"


class Attribute(models.Model):
    """A variable of cases (role, gender, age band). *options* are the values of one with a list."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="attributes")
    place = models.IntegerField(default=0)
    name = models.CharField(max_length=60)
    scale = models.CharField(max_length=8, choices=Scale.choices, default=Scale.TEXT)
    options = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("study", Lower("name"), name="an_attribute_once_a_study"),
            models.CheckConstraint(condition=~models.Q(name=""), name="an_attribute_has_a_name"),
            models.CheckConstraint(condition=models.Q(scale__in=Scale.values), name="a_known_scale"),
        )

    def __str__(self) -> str:
        return self.name


class CaseValue(models.Model):
    """The value of an attribute for a participant, or for an account by its author_id in the corpus."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="values")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="values")
    author = models.BigIntegerField(null=True, blank=True)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["attribute", "participant"], name="a_value_once_a_participant"),
            models.UniqueConstraint(fields=["attribute", "author"], name="a_value_once_an_account"),
            models.CheckConstraint(
                condition=models.Q(participant__isnull=True, author__isnull=False)
                | models.Q(participant__isnull=False, author__isnull=True),
                name="a_value_is_of_one_case",
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="a_value_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.attribute}: {self.value}"
