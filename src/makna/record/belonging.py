"""Which rows belong to a study, whatever their model; which of them hold what somebody typed; which stand on a passage."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from makna.record.models import Event, Person, Study

_CHOSEN = ("lens",)  # columns of words that nobody typed


@cache
def models_of_study() -> dict[str, tuple[type[models.Model], str]]:
    """Name → (model, the way from it to its study), for all that belong to a study but its events."""
    found = {}
    for model in apps.get_app_config("record").get_models():
        way = _way(model)
        if way and model is not Event:
            found[str(model._meta.model_name)] = (model, way)
    return found


def rows_of(study: Study) -> dict[str, models.QuerySet[Any]]:
    """Name of a model → its rows in *study*."""
    return {
        name: model._default_manager.filter(**{way: study})
        for name, (model, way) in models_of_study().items()
    }


@cache
def typed_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of *model* in which somebody's words stand."""
    held = (models.CharField, models.TextField, models.JSONField)
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, held) and not field.choices and field.name not in _CHOSEN
    )


@cache
def placed() -> dict[str, tuple[str, ...]]:
    """Name of a model whose rows stand on passages → the columns that tell two rows on one passage apart."""
    found = {}
    for name, (model, _path) in models_of_study().items():
        columns = {field.name: field for field in model._meta.concrete_fields}
        if {"source", "start", "end"} <= set(columns):
            unique = max(
                (c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)),
                key=lambda c: len(c.fields),
            )
            found[name] = tuple(f for f in unique.fields if f not in ("source", "start", "end"))
    return found


def _way(model: type[models.Model]) -> str | None:
    """How a row of *model* leads to its study, by relations that it must have."""
    if model in (Study, Person):
        return None
    for relation in _relations(model):
        if relation.related_model is Study:
            return str(relation.name)
    for relation in _relations(model):
        further = _way(relation.related_model)
        if further:
            return f"{relation.name}__{further}"
    return None


def _relations(model: type[models.Model]) -> Iterator[Any]:
    """The relations of *model* to other models of the record that no row is without."""
    for field in model._meta.concrete_fields:
        if field.is_relation and not field.null and field.related_model is not model:
            yield field
