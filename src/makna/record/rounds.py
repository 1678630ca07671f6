"""Blind coding: whose codings somebody may see."""

from __future__ import annotations

from django.db import models

from makna.record.models import Coding, Memo, Person, Round, Study


def open_round(study: Study) -> Round | None:
    """The blind round that is going on."""
    return Round.objects.filter(study=study, revealed=False).first()


def seen_by(person: Person, codings: models.QuerySet[Coding]) -> models.QuerySet[Coding]:
    """Those of *codings* that *person* may see: all but others' of a round that is not revealed yet."""
    return codings.exclude(models.Q(round__revealed=False) & ~models.Q(coder=person))


def memos_seen_by(person: Person, memos: models.QuerySet[Memo]) -> models.QuerySet[Memo]:
    """Those of *memos* that *person* may see: all but those on codings that are hidden from them."""
    return memos.exclude(models.Q(coding__round__revealed=False) & ~models.Q(coding__coder=person))
