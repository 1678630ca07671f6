"""A term accepted as argot, or rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.models import ArgotTerm, TermStatus


@action()
def decide_term(do: Doing, term: int, *, status: str, seen: Mapping[str, Any] | None = None) -> None:
    """Accept a term, reject it, or make it a proposal again."""
    do.change(do.get(ArgotTerm, term), seen, status=TermStatus(status))
