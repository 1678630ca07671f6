"""Rows as events keep them: plain values by column, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

Values = dict[str, Any]
Change = tuple[str, int, Values | None, Values | None]  # (model, primary key, before, after)


def model_of(name: str) -> type[models.Model]:
    """The model that an event calls *name*."""
    found: type[models.Model] = apps.get_model("record", name)
    return found


def values(row: models.Model, *names: str) -> Values:
    """The columns of *row* (those *names*, or all but its key), as JSON has them."""
    fields = {f.attname: f for f in row._meta.concrete_fields if not f.primary_key}
    return {name: _plain(fields[name].value_from_object(row)) for name in names or fields}


def made(name: str, key: int, columns: Mapping[str, Any]) -> models.Model:
    """The row that *columns* describe, not yet in the database."""
    model = model_of(name)
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return model(pk=key, **{column: fields[column].to_python(value) for column, value in columns.items()})


def changed(row: models.Model, columns: Mapping[str, Any]) -> None:
    """Set the *columns* of *row*, given as JSON has them."""
    fields = {f.attname: f for f in row._meta.concrete_fields}
    for column, value in columns.items():
        setattr(row, column, fields[column].to_python(value))


def dependents(row: models.Model) -> Iterator[models.Model]:
    """Rows that go with *row* when it is removed: those of relations that cascade."""
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            yield from relation.related_model._default_manager.filter(**{relation.field.name: row}).order_by(
                "pk"
            )


def any_dependents(model: type[models.Model], keys: Collection[int]) -> bool:
    """Whether any row would go with those of *keys*."""
    cascading = (one for one in model._meta.related_objects if one.on_delete is models.CASCADE)
    return any(
        one.related_model._default_manager.filter(**{f"{one.field.name}__in": keys}).exists()
        for one in cascading
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
