"""What values of cases must be like, and which case somebody means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from makna.errors import RecordError
from makna.i18n import _
from makna.record.models import Attribute, Scale
from makna.record.participants_file import identifies


class Case(NamedTuple):
    """A participant by its id in the record, or an account by its author_id in the corpus: one of them."""

    participant: int | None = None
    account: int | None = None


def checked_options(name: str, scale: Scale, options: Sequence[str]) -> list[str]:
    """The *options* of an attribute called *name*; raises RecordError where it cannot be so."""
    if identifies(name):
        raise RecordError(_("This attribute identifies a person: it does not enter a study."))
    wanted = [option for option in dict.fromkeys(options) if option]
    if (scale is Scale.CHOICE) != bool(wanted):
        raise RecordError(_("Name the values to choose from; other attributes have none."))
    return wanted


def checked_value(attribute: Attribute, value: str) -> str:
    """*value* as the attribute keeps it: an option in its own case, a number in plain figures; else RecordError."""
    message = _("{value} is no value of {attribute}: {known}.")
    if attribute.scale == Scale.CHOICE:
        found = next((o for o in attribute.options if o.casefold() == value.casefold()), None)
        if found is None:
            known = ", ".join(attribute.options)
            raise RecordError(message.format(value=value, attribute=attribute.name, known=known))
        return str(found)
    if attribute.scale == Scale.NUMBER:
        try:
            return f"{float(value.replace(',', '.')):g}"
        except ValueError:
            known = _("write a number")
            raise RecordError(message.format(value=value, attribute=attribute.name, known=known)) from None
    return value
