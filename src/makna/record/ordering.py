"""Things in an order that people give them."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from makna.record.acting import Doing

Row = TypeVar("Row", bound=models.Model)


def last_place(rows: models.QuerySet[Row]) -> int:
    """The place after all of *rows*."""
    return int(rows.aggregate(last=models.Max("place"))["last"] or 0) + 1


def put(do: Doing, rows: models.QuerySet[Row], row: Row, before: int | None) -> None:
    """Put *row* before the one of *rows* with the key *before*, or last."""
    others = list(rows.select_for_update().exclude(pk=row.pk).order_by("place", "pk"))
    at = next((n for n, other in enumerate(others) if other.pk == before), len(others))
    for place, one in enumerate([*others[:at], row, *others[at:]], 1):
        do.change(one, place=place)
