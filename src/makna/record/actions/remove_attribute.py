"""A variable of cases taken away."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Attribute


@action()
def remove_attribute(do: Doing, attribute: int) -> None:
    """Remove an attribute with its value for every case."""
    do.remove(do.get(Attribute, attribute))
