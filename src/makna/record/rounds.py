"""Blind coding: whose codings somebody may see."""

from __future__ import annotations

from django.db import models

from makna.record.models import Coding, Person, Round, Study


def open_round(study: Study) -> Round | None:
    """The blind round that is going on."""
    return Round.objects.filter(study=study, revealed=False).first()


def seen_by(person: Person, codings: models.QuerySet[Coding]) -> models.QuerySet[Coding]:
    """Those of *codings* that *person* may see: all but others' of a round that is not revealed yet."""
    return codings.exclude(models.Q(round__revealed=False) & ~models.Q(coder=person))
