"""A study gets its record: whoever begins it owns it."""

from __future__ import annotations

from makna.record.acting import whole
from makna.record.models import Membership, Person, Role, Study


def begin_study(key: str, person: Person) -> Study:
    """The record's row of the study with this id; made, and owned by *person*, where it is not there yet."""
    there = Study.objects.filter(key=key).first()
    if there is not None:  # nobody who only looks waits for those who write
        return there
    with whole():
        study, new = Study.objects.get_or_create(key=key)
        if new:
            Membership.objects.create(study=study, person=person, role=Role.OWNER)
        return study
