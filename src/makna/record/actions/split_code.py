"""A code becomes two: some of its codings go over to a new one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from makna.errors import NoSuchRow
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.codebook import free_colour
from makna.record.models import Code, Coding
from makna.record.rounds import seen_by


@action()
def split_code(
    do: Doing,
    code: int,
    name: str,
    *,
    codings: Iterable[int],
    definition: str = "",
    kept: Collection[str] = (),
) -> int:
    """Move *codings* of a code, everybody's, with their memos, to a new code right after it; returns the new code's id.

    Raises NoSuchRow where one of them is not of this code, or is another coder's of a blind round.
    """
    row, wanted = do.get(Code, code), set(codings)
    place = Code.objects.filter(study=do.study, parent=row.parent, place__gt=row.place)
    for later in place.select_for_update(of=("self",)):
        do.change(later, place=later.place + 1)
    new = do.create(
        Code(
            study=do.study, parent_id=row.parent_id, place=row.place + 1, name=do.typed(name, kept),
            colour=free_colour(do.study, row.parent), definition=do.typed(definition, kept), origin=row.origin, cycle=row.cycle,
        )
    )  # fmt: skip
    mine = Coding.objects.select_for_update(of=("self",)).filter(code=row, pk__in=wanted)
    found = list(seen_by(do.person, mine))
    if len(found) < len(wanted):
        raise NoSuchRow(_("This is not there any more. Look again."))
    for coding in found:
        do.change(coding, code_id=new.pk)
    return int(new.pk)
