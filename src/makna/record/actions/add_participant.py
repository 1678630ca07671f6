"""An informant comes on record, under a code."""

from __future__ import annotations

from collections.abc import Collection

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Guide, Kind, Participant
from makna.record.participants_file import is_code, is_when


@action()
def add_participant(
    do: Doing, code: str, *, kind: str = "", interviewed: str = "", guide: int | None = None,
    kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Add a participant; *interviewed* is an ISO day or month. Returns the id.

    Raises RecordError for a code that is not a word and a number: a name does not enter a study.
    """
    row = Participant(
        study=do.study, code=checked_code(do.typed(code, kept)), kind=Kind(kind) if kind else "",
        interviewed=checked_when(interviewed), guide=None if guide is None else do.get(Guide, guide),
    )  # fmt: skip
    return int(do.create(row).pk)


def checked_code(code: str) -> str:
    """*code* itself; raises RecordError where it may be a name."""
    if not is_code(code):
        raise RecordError(
            _('A code is a word and a number, such as "Informan 1"; a name does not enter a study.')
        )
    return code


def checked_when(when: str) -> str:
    """*when* itself; raises RecordError where it is neither an ISO day nor a month."""
    if when and not is_when(when):
        raise RecordError(_("Write a day as 2021-03-14, or a month as 2021-03."))
    return when
