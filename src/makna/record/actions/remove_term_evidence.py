"""One's own evidence of a term taken away."""

from __future__ import annotations

from collections.abc import Iterable

from makna.errors import NotAllowed
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import TermEvidence


@action()
def remove_term_evidence(do: Doing, evidence: Iterable[int]) -> None:
    """Take passages of one's own away from a term."""
    for key in dict.fromkeys(evidence):
        row = do.among(TermEvidence.objects.filter(term__study=do.study), key)
        if row.investigator_id != do.person.pk:
            raise NotAllowed(_("This is another investigator's evidence: it stays as it is."))
        do.remove(row)
