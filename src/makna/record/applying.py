"""Changes made in the database once more, or backwards: many rows of one kind at once, else undo would take minutes.

A change is made only where what it found before still stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import models

from makna.errors import Overtaken
from makna.i18n import _
from makna.record import rows
from makna.record.rows import Change

_AT_ONCE = 500


def apply(changes: Iterable[Change]) -> list[Change]:
    """Make *changes* in their order; raises :class:`Overtaken` where one finds something else than it left."""
    made: list[Change] = []
    for run in _runs(changes):
        _apply(run)
        made += run
    return made


def _runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Changes that follow one another and may be made at once: rows of one model that all come, or all go."""
    run: list[Change] = []
    kind: object = None
    for change in changes:
        mine = _kind(change)
        if run and (mine is None or mine != kind or len(run) >= _AT_ONCE):
            yield run
            run = []
        run.append(change)
        kind = mine
    if run:
        yield run


def _kind(change: Change) -> tuple[str, bool] | None:
    """What a change has in common with those it may be made with; None where it must be made alone."""
    name, _key, before, after = change
    model = rows.model_of(name)
    to_itself = any(field.related_model is model for field in model._meta.concrete_fields)
    return None if to_itself or (before is not None and after is not None) else (name, before is None)


def _apply(run: Sequence[Change]) -> None:
    model = rows.model_of(run[0][0])
    keys = [key for _name, key, _before, _after in run]
    there = {row.pk: row for row in model._default_manager.select_for_update().filter(pk__in=keys)}
    _name, _key, before, after = run[0]
    if before is None:
        _come(model, run, there)
    elif after is None:
        _go(model, run, there)
    else:
        row = _standing(run[0], there)
        rows.changed(row, after)
        row.save(update_fields=list(after))


def _come(model: type[models.Model], run: Sequence[Change], there: dict[int, models.Model]) -> None:
    if there:
        raise Overtaken(_in_the_way())
    new = [rows.made(name, key, after or {}) for name, key, _before, after in run]
    model._default_manager.bulk_create(new)


def _go(model: type[models.Model], run: Sequence[Change], there: dict[int, models.Model]) -> None:
    going = [_standing(change, there) for change in run]
    if rows.any_dependents(model, [row.pk for row in going]):
        raise Overtaken(_("Others have built on this since, so it stays. Take that away first."))
    model._default_manager.filter(pk__in=[row.pk for row in going]).delete()


def _standing(change: Change, there: dict[int, models.Model]) -> models.Model:
    """The row of a change, as the change found it."""
    _name, key, before, _after = change
    row = there.get(key)
    if row is None or rows.values(row, *(before or {})) != before:
        raise Overtaken(_in_the_way())
    return row


def _in_the_way() -> str:
    return _("Somebody changed this since, so it cannot be taken back. Nothing was overwritten.")
