"""What the codebook gives a new code."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from makna.errors import RecordError
from makna.i18n import _
from makna.record import palette
from makna.record.models import Code, Origin, Study
from makna.record.ordering import last_place

if TYPE_CHECKING:
    from makna.record.acting import Doing

LONGEST = 200  # characters of a code's name


def free_colour(study: Study, parent: Code | None) -> int:
    """A colour unlike those of the branch under *parent*, and seldom used elsewhere."""
    siblings = Code.objects.filter(study=study, parent=parent).values_list("colour", flat=True)
    everywhere = Code.objects.filter(study=study).values_list("colour", flat=True)
    return palette.choose([*siblings, *([parent.colour] if parent else [])], list(everywhere))


def named(
    do: Doing, name: str, *, origin: str = Origin.RESEARCHER, kept: Collection[str] = ()
) -> tuple[Code, bool]:
    """The code of this name, whatever its case, made where there is none; and whether it is new."""
    name = " ".join(name.split())[:LONGEST]
    if not name:
        raise RecordError(_("A code needs a name."))
    there = Code.objects.filter(study=do.study, name__iexact=name).first()
    if there is not None:
        return there, False
    row = Code(
        study=do.study, name=do.typed(name, kept), place=last_place(Code.objects.filter(study=do.study, parent=None)),
        origin=Origin(origin), colour=free_colour(do.study, None),
    )  # fmt: skip
    return do.create(row), True
