"""A variable of cases moved in their order."""

from __future__ import annotations

from makna.record.acting import Doing, action
from makna.record.models import Attribute
from makna.record.ordering import put


@action()
def move_attribute(do: Doing, attribute: int, *, before: int | None = None) -> None:
    """Put an attribute before another one, or last."""
    put(do, Attribute.objects.filter(study=do.study), do.get(Attribute, attribute), before)
