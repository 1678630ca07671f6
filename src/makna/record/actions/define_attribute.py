"""A variable of cases defined."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from makna.record.acting import Doing, action
from makna.record.casework import checked_options
from makna.record.models import Attribute, Scale
from makna.record.ordering import last_place


@action()
def define_attribute(
    do: Doing, name: str, *, scale: str = Scale.TEXT, options: Sequence[str] = (), kept: Collection[str] = ()
) -> int:
    """Define an attribute of participants and accounts, last in the order; returns its id.

    *options* are the values of one whose scale is ``choice``. Raises RecordError for a name that asks for identity.
    """
    rows = Attribute.objects.filter(study=do.study)
    options = [do.typed(option, kept) for option in options]
    row = Attribute(
        study=do.study, place=last_place(rows), name=do.typed(name, kept), scale=Scale(scale),
        options=checked_options(name, Scale(scale), options),
    )  # fmt: skip
    return int(do.create(row).pk)
