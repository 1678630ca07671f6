"""Accounts of a library that a team shares. Whoever can write its folder can make them."""

from __future__ import annotations

import os
from pathlib import Path

from makna.errors import NoSuchStudy, RecordError
from makna.i18n import _
from makna.library.places import shelved
from makna.record.database import opened


def give_account(
    library: Path, username: str, password: str, *, study: str | None = None, role: str = "coder"
) -> None:
    """Give *username* this password, and a *role* in a study; raises RecordError for a password that is easily guessed.

    An account that is there already gets the new password.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makna.web.settings")
    with opened(library):
        from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
        from django.core.exceptions import ValidationError  # noqa: PLC0415

        from makna.record.acting import whole  # noqa: PLC0415
        from makna.record.models import Membership, Person, Role  # noqa: PLC0415
        from makna.record.models import Study as Row  # noqa: PLC0415

        with whole():
            person = Person.objects.get_or_create(username=username.strip())[0]
            try:
                validate_password(password, person)
            except ValidationError as error:
                raise RecordError(
                    _("This password is easily guessed: take ten letters or more that no list holds.")
                ) from error
            person.set_password(password)
            person.save(update_fields=["password"])
            if study is not None:
                row = Row.objects.get_or_create(key=_id(library, study))[0]
                Membership.objects.update_or_create(study=row, person=person, defaults={"role": Role(role)})


def _id(library: Path, name: str) -> str:
    there = {one.name: one.id for one in shelved(library)}
    if name not in there:
        known = ", ".join(there) or "–"
        raise NoSuchStudy(
            _("The library {library} holds no study named {name}. It holds: {there}.").format(
                library=library, name=name, there=known
            )
        )
    return there[name]
