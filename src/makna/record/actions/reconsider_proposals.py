"""Decisions about proposals taken back."""

from __future__ import annotations

from collections.abc import Iterable

from makna.errors import NotAllowed
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import Proposal


@action()
def reconsider_proposals(do: Doing, proposals: Iterable[int]) -> None:
    """Forget one's own decisions, so that the lens proposes these passages again; codings that came of them stay."""
    for key in dict.fromkeys(proposals):
        row = do.get(Proposal, key)
        if row.coder_id != do.person.pk:
            raise NotAllowed(_("This is another coder's decision: it stays as it is."))
        do.remove(row)
