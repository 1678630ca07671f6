"""A passage coded by the name of a code, which is made in the same gesture where there is none."""

from __future__ import annotations

from collections.abc import Collection

from makna.record.acting import Doing, action
from makna.record.codebook import LONGEST, named
from makna.record.models import Coding, Origin
from makna.record.rounds import open_round

__all__ = ["LONGEST", "code_passage"]


@action()
def code_passage(
    do: Doing, name: str, document: int, start: int, end: int, *, origin: str = Origin.RESEARCHER,
    kept: Collection[str] = (),
) -> tuple[int, int, bool]:  # fmt: skip
    """Code one passage with the code of this name, whatever its case; returns (code, coding, whether the code is new).

    One undo takes back both. Raises what add_coding raises, and IdentifierTyped for a new name that seems to identify.
    """
    code, new = named(do, name, origin=origin, kept=kept)
    coding = Coding(
        study=do.study, code=code, coder=do.person, source=do.source(document), start=start, end=end,
        round=open_round(do.study),
    )  # fmt: skip
    return int(code.pk), int(do.create(coding).pk), new
