"""A round of blind coding begun."""

from __future__ import annotations

from collections.abc import Collection

from makna.record.acting import Doing, action
from makna.record.models import Role, Round


@action(needs=Role.OWNER)
def begin_round(do: Doing, name: str, *, kept: Collection[str] = ()) -> int:
    """Begin a round: what is coded from now on, each coder sees of themselves alone until it is revealed. Returns its id."""
    return int(do.create(Round(study=do.study, name=do.typed(name, kept))).pk)
