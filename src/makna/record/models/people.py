"""Studies, the people who work on them, and what each may do."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from makna.i18n import N_


class Role(models.TextChoices):
    """What a person may do in a study."""

    READER = "reader", N_("reader")
    CODER = "coder", N_("coder")
    OWNER = "owner", N_("owner")


class Person(AbstractUser):
    """Somebody who works on studies. On a laptop there is one, without a password."""


class Study(models.Model):
    """A study of the library, by the id in its ``study.json``."""

    key = models.CharField(max_length=64, unique=True)
    people = models.ManyToManyField(Person, through="Membership", related_name="studies")

    def __str__(self) -> str:
        return self.key


class Membership(models.Model):
    """A person's role in a study."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["study", "person"], name="one_role_a_person"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="a_known_role"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.role}"
