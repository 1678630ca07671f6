"""Something of the examiners' edition released for the public one, for a reason in writing."""

from __future__ import annotations

from collections.abc import Collection

from makna.record.acting import Doing, action
from makna.record.models import Release, Role


@action(needs=Role.OWNER)
def release(do: Doing, what: str, reason: str, *, name: str = "", kept: Collection[str] = ()) -> int:
    """Release the term, template, channel or vouching called *name* (all of them where it is empty); returns the id."""
    row = Release(
        study=do.study, what=what, name=do.typed(name, kept), reason=do.typed(reason, kept), person=do.person
    )
    return int(do.create(row).pk)
