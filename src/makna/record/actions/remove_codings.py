"""Codings taken away."""

from __future__ import annotations

from collections.abc import Iterable

from makna.errors import NoSuchRow
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.actions.change_coding import others
from makna.record.models import Coding

_AT_ONCE = 5_000


@action()
def remove_codings(do: Doing, codings: Iterable[int]) -> None:
    """Remove some of one's own codings, with their memos."""
    wanted = list(dict.fromkeys(codings))
    for n in range(0, len(wanted), _AT_ONCE):
        some = wanted[n : n + _AT_ONCE]
        rows = Coding.objects.select_for_update(of=("self",)).filter(study=do.study, pk__in=some)
        there = {row.pk: row for row in rows}
        if len(there) < len(some):
            raise NoSuchRow(_("This is not there any more. Look again."))
        if any(row.coder_id != do.person.pk for row in there.values()):
            raise others()
        do.remove_all([there[key] for key in some])
