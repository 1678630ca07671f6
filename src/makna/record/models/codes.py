"""The codebook: codes as a tree, and how they relate."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from makna.i18n import N_
from makna.record.models.people import Study


class Origin(models.TextChoices):
    """Where a code comes from."""

    IN_VIVO = "in_vivo", N_("in vivo")
    SENSITISING = "sensitising", N_("sensitising concept")
    RESEARCHER = "researcher", N_("researcher")


class Cycle(models.TextChoices):
    """In which cycle of coding a code stands."""

    OPEN = "open", N_("open")
    AXIAL = "axial", N_("axial")
    FOCUSED = "focused", N_("focused")
    SELECTIVE = "selective", N_("selective")


class Tie(models.TextChoices):
    """How one code relates to another."""

    CONDITION = "condition", N_("is a condition of")
    ACTION = "action", N_("is an action in")
    CONSEQUENCE = "consequence", N_("is a consequence of")
    CONTRAST = "contrast", N_("contrasts with")


class Code(models.Model):
    """A label of the researcher. Names are unique in a study, whatever their case; *place* orders siblings."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="codes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.IntegerField(default=0)
    name = models.CharField(max_length=200)
    colour = models.SmallIntegerField(default=0)  # a slot of the palette, not a colour value
    definition = models.TextField(default="", blank=True)
    include = models.TextField(default="", blank=True)  # when to use it
    exclude = models.TextField(default="", blank=True)  # when not to
    example = models.TextField(default="", blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.RESEARCHER)
    cycle = models.CharField(max_length=12, choices=Cycle.choices, default=Cycle.OPEN)

    class Meta:
        constraints = (
            models.UniqueConstraint("study", Lower("name"), name="a_name_once_a_study"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_code_has_a_name"),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="a_known_origin"),
            models.CheckConstraint(condition=models.Q(cycle__in=Cycle.values), name="a_known_cycle"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="no_code_in_itself",
            ),
        )

    def __str__(self) -> str:
        return self.name


class CodeRelation(models.Model):
    """A typed relation from one code to another."""

    source = models.ForeignKey(Code, models.CASCADE, related_name="ties_from")
    target = models.ForeignKey(Code, models.CASCADE, related_name="ties_to")
    tie = models.CharField(max_length=12, choices=Tie.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "target", "tie"], name="a_tie_once"),
            models.CheckConstraint(condition=models.Q(tie__in=Tie.values), name="a_known_tie"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="no_tie_to_itself"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.tie} {self.target}"
