"""A passage coded by the name of a code, which is made in the same gesture where there is none."""

from __future__ import annotations

from collections.abc import Collection

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.codebook import free_colour
from makna.record.models import Code, Coding, Origin
from makna.record.ordering import last_place
from makna.record.rounds import open_round

LONGEST = 200  # characters of a code's name


@action()
def code_passage(
    do: Doing, name: str, document: int, start: int, end: int, *, origin: str = Origin.RESEARCHER,
    kept: Collection[str] = (),
) -> tuple[int, int, bool]:  # fmt: skip
    """Code one passage with the code of this name, whatever its case; returns (code, coding, whether the code is new).

    One undo takes back both. Raises what add_coding raises, and IdentifierTyped for a new name that seems to identify.
    """
    name = " ".join(name.split())[:LONGEST]
    if not name:
        raise RecordError(_("A code needs a name."))
    code = Code.objects.filter(study=do.study, name__iexact=name).first()
    new = code is None
    if code is None:
        siblings = Code.objects.filter(study=do.study, parent=None)
        code = do.create(
            Code(
                study=do.study, name=do.typed(name, kept), place=last_place(siblings), origin=Origin(origin),
                colour=free_colour(do.study, None),
            )
        )  # fmt: skip
    coding = Coding(
        study=do.study, code=code, coder=do.person, source=do.source(document), start=start, end=end,
        round=open_round(do.study),
    )  # fmt: skip
    return int(code.pk), int(do.create(coding).pk), new
