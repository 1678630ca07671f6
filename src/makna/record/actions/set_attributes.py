"""Values of cases set, for many cases at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from makna.errors import NoSuchRow, Overtaken
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.casework import Case, checked_value
from makna.record.models import Attribute, CaseValue, Participant

Told = tuple[int, Case, str | None]


@action()
def set_attributes(
    do: Doing, values: Iterable[Told], *, seen: Mapping[tuple[int, Case], str | None] | None = None,
    kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Set (attribute, case, value) each; None or an empty value takes it away. Returns how many changed.

    *seen* is what whoever sets them saw, by (attribute, case): raises Overtaken where one is another by now.
    """
    return _Setting(do, kept, seen or {}).all(list(values))


class _Setting:
    """Values on their way into the record."""

    def __init__(self, do: Doing, kept: Collection[str], seen: Mapping[tuple[int, Case], str | None]) -> None:
        self._do, self._kept, self._seen = do, kept, seen
        self._typed: dict[str, str] = {}
        self._attributes: dict[int, Attribute] = {}

    def all(self, values: list[Told]) -> int:
        for key in {key for key, _case, _value in values}:
            self._attributes[key] = self._do.get(Attribute, key)
        self._refuse_strangers({case for _key, case, _value in values})
        rows = CaseValue.objects.select_for_update().filter(attribute__in=self._attributes)
        there = {(row.attribute_id, Case(row.participant_id, row.author)): row for row in rows}
        return sum(self._one(key, case, value or "", there) for key, case, value in values)

    def _one(self, key: int, case: Case, value: str, there: dict[Any, CaseValue]) -> bool:
        row = there.get((key, case))
        if (key, case) in self._seen and (self._seen[key, case] or None) != (row.value if row else None):
            raise Overtaken(_("This was changed in the meantime. Look again; nothing was overwritten."))
        value = self._through(value)
        if not value:
            if row is not None:
                self._do.remove(there.pop((key, case)))
            return row is not None
        value = checked_value(self._attributes[key], value)
        if row is not None:
            return self._do.change(row, value=value)
        new = CaseValue(
            attribute=self._attributes[key], participant_id=case.participant, author=case.account, value=value
        )
        there[key, case] = self._do.create(new)
        return True

    def _through(self, value: str) -> str:
        if value not in self._typed:
            self._typed[value] = self._do.typed(value, self._kept)
        return self._typed[value]

    def _refuse_strangers(self, cases: Collection[Case]) -> None:
        wanted = {case.participant for case in cases if case.participant is not None}
        known = set(
            Participant.objects.filter(study=self._do.study, pk__in=wanted).values_list("pk", flat=True)
        )
        accounts = {case.account for case in cases if case.account is not None}
        if wanted - known or accounts - self._do.corpus.accounts(accounts):
            raise NoSuchRow(_("This is not there any more. Look again."))
