"""One's own evidence changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from makna.record.acting import Doing, action
from makna.record.actions.remove_evidence import own
from makna.record.concluding import reopen
from makna.record.models import Stance


@action()
def change_evidence(
    do: Doing, evidence: int, *, stance: str | None = None, paraphrase: str | None = None, note: str | None = None,
    seen: Mapping[str, Any] | None = None, kept: Collection[str] = (),
) -> None:  # fmt: skip
    """Change the stance, paraphrase or note of one's own evidence."""
    row = own(do, evidence)
    columns: dict[str, Any] = {
        n: do.typed(t, kept) for n, t in (("paraphrase", paraphrase), ("note", note)) if t is not None
    }
    do.change(row, seen, **columns, **({} if stance is None else {"stance": Stance(stance)}))
    reopen(do, row.finding)
