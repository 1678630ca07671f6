"""Many passages coded by the name of a code, which is made in the same gesture where there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from makna.record.acting import Doing, action
from makna.record.actions.add_codings import Passage, add_codings
from makna.record.codebook import named

_add = add_codings.__wrapped__  # its body, so that code and codings are one event


@action()
def code_passages(
    do: Doing, name: str, passages: Iterable[Passage], *, kept: Collection[str] = ()
) -> tuple[int, list[int], bool]:
    """Code *passages* with the code of this name, whatever its case; returns (code, codings, whether the code is new).

    One undo takes back all of it. A passage that this person has coded so already stays as it is.
    """
    code, new = named(do, name, kept=kept)
    return int(code.pk), _add(do, int(code.pk), passages), new
