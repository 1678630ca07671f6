"""Somebody gets a role in a study, another one, or none."""

from __future__ import annotations

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Membership, Person, Role


@action(needs=Role.OWNER)
def give_role(do: Doing, person: int, role: str | None) -> None:
    """Give *person* a role in the study; None takes it away. A study keeps an owner (raises RecordError)."""
    held = Membership.objects.select_for_update().filter(study=do.study, person_id=person).first()
    if held and role:
        do.change(held, role=Role(role))
    elif held:
        do.remove(held)
    elif role:
        do.create(Membership(study=do.study, person=Person.objects.get(pk=person), role=Role(role)))
    if not Membership.objects.filter(study=do.study, role=Role.OWNER).exists():
        raise RecordError(_("A study needs an owner: make somebody else the owner first."))
