"""What was done in a study, to be shown: how much each event changed, not what."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField, QuerySet

from makna.record.acting import Actor
from makna.record.models import Event


class _Size(Func):
    """How many values an array in JSON holds, worked out by the database."""

    function = "json_array_length"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """PostgreSQL keeps JSON read already."""
        return self.as_sql(compiler, connection, function="jsonb_array_length", **more)


def events(actor: Actor) -> QuerySet[Event]:
    """The events of the study, the latest first; *size* is how many rows each changed, which may be a long read itself."""
    rows = Event.objects.filter(study=actor.study).select_related("person", "undone_by").order_by("-pk")
    return rows.annotate(size=_Size("changes")).defer("changes", "undone_by__changes", "undone_by__said")
