"""Passages that a lens proposed become codings by the name of a code, made in the same gesture where there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from makna.record.acting import Doing, action
from makna.record.actions.accept_proposals import Passage, accept_proposals
from makna.record.codebook import named

_accept = accept_proposals.__wrapped__  # its body, so that code and codings are one event


@action()
def accept_as(
    do: Doing, lens: str, passages: Iterable[Passage], *, name: str, kept: Collection[str] = ()
) -> tuple[int, list[int], bool]:
    """Code *passages* that *lens* proposed with the code of this name; returns (code, codings, whether the code is new).

    One undo takes back all of it. Raises what accept_proposals raises, and IdentifierTyped for a new name that seems to
    identify.
    """
    code, new = named(do, name, kept=kept)
    return int(code.pk), _accept(do, lens, passages, code=code.pk), new
