"""One's own evidence taken away."""

from __future__ import annotations

from makna.errors import NotAllowed, RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.concluding import reopen
from makna.record.models import Evidence


@action()
def remove_evidence(do: Doing, evidence: int) -> None:
    """Take one's own evidence away. A final finding that nothing contradicts any more is a draft again."""
    row = own(do, evidence)
    if row.member_checks.exists():
        raise RecordError(_("A participant's correction stands on this: take the member check away first."))
    do.remove(row)
    reopen(do, row.finding)


def own(do: Doing, evidence: int) -> Evidence:
    """Evidence of whoever acts; raises NotAllowed for another investigator's."""
    row = do.among(Evidence.objects.filter(finding__study=do.study), evidence)
    if row.investigator_id != do.person.pk:
        raise NotAllowed(_("This is another investigator's evidence: it stays as it is."))
    return row
