"""How everything is written: by actions, each one transaction, with its permission, its event and what undoes it.

An action's body gets a :class:`Doing`, through which alone it writes; so every row it touches is in its event, before
and after, and undo needs no code of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

from django.db import IntegrityError, models, transaction

from makna.errors import IdentifierTyped, NoSuchRow, NotAllowed, Overtaken
from makna.i18n import _
from makna.record import rows
from makna.record.database import current
from makna.record.models import Event, Membership, Person, Role, Source, Study, Way
from makna.record.refusals import refusal

Told = ParamSpec("Told")
Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=models.Model)
_AT_ONCE = 10_000  # values in one query: SQLite takes no more than some ten thousands
_DEPENDED = 500  # rows that are asked about at once
_RANK = {Role.READER: 0, Role.CODER: 1, Role.OWNER: 2}


class Hit(NamedTuple):
    """Where a typed text seems to hold an identifier, and of which class."""

    start: int
    end: int
    label: str


class Corpus(Protocol):
    """What the record asks of the texts it stands on, and of the door they came through."""

    def length(self, document: int) -> int:
        """Code points of a document's text; raises NoSuchRow where there is none."""
        ...

    def codable(self, document: int) -> bool:
        """Whether consent covers the analysis of a document."""
        ...

    def spoken_by(self, code: str) -> Sequence[int]:
        """The interviews in which the participant of this code speaks."""
        ...

    def accounts(self, authors: Collection[int]) -> set[int]:
        """Those of *authors* that are accounts of the study."""
        ...

    def identifiers(self, text: str) -> Sequence[Hit]:
        """What the door would replace in a typed text."""
        ...


@dataclass(frozen=True)
class Actor:
    """Who acts, in which study, over which texts."""

    person: Person
    study: Study
    corpus: Corpus

    def check(self, needs: Role) -> None:
        """Raise :class:`NotAllowed` where this person's role is not enough."""
        held = (
            Membership.objects.filter(study=self.study, person=self.person)
            .values_list("role", flat=True)
            .first()
        )
        if held is None or _RANK[Role(held)] < _RANK[needs]:
            raise NotAllowed(_("For this you must be {role} of the study.").format(role=_(needs.label)))


class Doing:
    """One action under way: reads and writes rows of one study and remembers every change."""

    def __init__(self, actor: Actor) -> None:
        self.person, self.study, self.corpus = actor.person, actor.study, actor.corpus
        self.changes: list[rows.Change] = []

    def get(self, model: type[Row], key: int) -> Row:
        """A row of this study, held against others until the action ends; raises :class:`NoSuchRow`."""
        return self.among(model._default_manager.filter(study=self.study), key)

    def among(self, rows_: models.QuerySet[Row], key: int) -> Row:
        """The row of this key among some of this study, held likewise."""
        found = rows_.select_for_update(of=("self",)).filter(pk=key).first()
        if found is None:
            raise NoSuchRow(_("This is not there any more. Look again."))
        return found

    def typed(self, text: str, kept: Collection[str] = ()) -> str:
        """A text somebody typed, trimmed; raises :class:`IdentifierTyped` for what seems to identify a person.

        *kept* are words that whoever typed them looked at and decided to keep.
        """
        text = text.strip()
        hits = [hit for hit in self.corpus.identifiers(text) if text[hit.start : hit.end] not in kept]
        if hits:
            raise IdentifierTyped(text, [tuple(hit) for hit in hits])
        return text

    def source(self, document: int) -> Source:
        """The record's row of a document; made when it is first needed."""
        made = Source.objects.filter(study=self.study, document=document).first()
        if made is None:  # only now is the corpus asked: it takes longer than all the rest
            about = {"length": self.corpus.length(document), "codable": self.corpus.codable(document)}
            made, _new = Source.objects.get_or_create(study=self.study, document=document, defaults=about)
        return made

    def sources(self, documents: Iterable[int]) -> dict[int, Source]:
        """The record's rows of many documents, by document."""
        wanted = set(documents)
        there = self._known(wanted)
        missing = wanted - there.keys()
        new = [
            Source(study=self.study, document=d, length=self.corpus.length(d), codable=self.corpus.codable(d))
            for d in sorted(missing)
        ]
        Source.objects.bulk_create(new, ignore_conflicts=True)  # somebody else may have met them just now
        return there | self._known(missing)

    def _known(self, documents: Collection[int]) -> dict[int, Source]:
        """Those of *documents* that the record has a row of."""
        ordered, found = sorted(documents), dict[int, Source]()
        for n in range(0, len(ordered), _AT_ONCE):
            rows_ = Source.objects.filter(study=self.study, document__in=ordered[n : n + _AT_ONCE])
            found |= {row.document: row for row in rows_}
        return found

    def create(self, row: Row) -> Row:
        """Add *row*."""
        row.save(force_insert=True)
        self._keep(row, None, rows.values(row))
        return row

    def create_all(self, new: Sequence[Row]) -> Sequence[Row]:
        """Add many rows of one model at once."""
        if new:
            new = type(new[0])._default_manager.bulk_create(new)
        for row in new:
            self._keep(row, None, rows.values(row))
        return new

    def change(self, row: models.Model, seen: Mapping[str, Any] | None = None, **columns: Any) -> bool:
        """Change *columns* of *row*; returns whether anything differs.

        *seen* is what whoever acts saw before: raises :class:`Overtaken` where one of the columns is another by now.
        """
        overtaken = [name for name in columns if seen and name in seen and getattr(row, name) != seen[name]]
        if overtaken:
            raise Overtaken(_by_whom(self.study, row))
        names = [name for name, value in columns.items() if getattr(row, name) != value]
        before = rows.values(row, *names) if names else {}
        for name in names:
            setattr(row, name, columns[name])
        if names:
            row.save(update_fields=names)
            self._keep(row, before, rows.values(row, *names))
        return bool(names)

    def remove(self, row: models.Model) -> None:
        """Remove *row* and what goes with it; raises what the database raises where something else stands on it."""
        for other in rows.dependents(row):
            self.remove(other)
        key, before = row.pk, rows.values(row)
        row.delete()
        self.changes.append((str(row._meta.model_name), int(key), before, None))

    def remove_all(self, going: Sequence[models.Model]) -> None:
        """Remove many rows of one model, with what goes with them, at once where nothing does."""
        for n in range(0, len(going), _DEPENDED):
            some = going[n : n + _DEPENDED]
            keys = [row.pk for row in some]
            if rows.any_dependents(type(some[0]), keys):
                for row in some:
                    self.remove(row)
                continue
            self.changes += [(str(row._meta.model_name), int(row.pk), rows.values(row), None) for row in some]
            type(some[0])._default_manager.filter(pk__in=keys).delete()

    def _keep(self, row: models.Model, before: rows.Values | None, after: rows.Values) -> None:
        self.changes.append((str(row._meta.model_name), int(row.pk), before, after))


def action(
    needs: Role = Role.CODER,
) -> Callable[[Callable[Concatenate[Doing, Told], Answer]], Callable[Concatenate[Actor, Told], Answer]]:
    """Make a function of a :class:`Doing` an action of an :class:`Actor`. It is named after the function.

    It is done whole or not at all, and leaves one event where it changed anything.
    Raises :class:`NotAllowed`, :class:`RecordError` and what the function raises.
    """

    def wrap(body: Callable[Concatenate[Doing, Told], Answer]) -> Callable[Concatenate[Actor, Told], Answer]:
        @wraps(body)
        def act(actor: Actor, *told: Told.args, **named: Told.kwargs) -> Answer:
            with whole():
                actor.check(needs)
                doing = Doing(actor)
                answer = body(doing, *told, **named)
                if doing.changes:
                    keep(actor, body.__name__, doing.changes, said=_said(told, named))
            return answer

        return act

    return wrap


class whole:  # noqa: N801  (reads as the statement it is)
    """One transaction on the open record; what the database refuses is raised as a sentence."""

    def __enter__(self) -> None:
        self._atomic = transaction.atomic(using=current())
        self._atomic.__enter__()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            self._atomic.__exit__(kind, error, trace)
        except IntegrityError as refused:  # a check that waits for the end
            raise refusal(refused) from refused
        if isinstance(error, IntegrityError):
            raise refusal(error) from error


def keep(
    actor: Actor, name: str, changes: Iterable[rows.Change], *, way: Way = Way.DONE, undoes: Event | None = None,
    said: Mapping[str, Any] | None = None,
) -> Event:  # fmt: skip
    """Add the event of an action."""
    return Event.objects.create(
        study=actor.study, person=actor.person, action=name, way=way, undoes=undoes, said=dict(said or {}),
        changes=[list(change) for change in changes],
    )  # fmt: skip


def _said(told: Sequence[Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that are short enough to show in a list of activities; texts stand in the changes."""
    plain = {**{str(n): value for n, value in enumerate(told)}, **named}
    return {
        name: value
        for name, value in plain.items()
        if isinstance(value, int | str) and len(str(value)) <= 200
    }


def _by_whom(study: Study, row: models.Model) -> str:
    event = _last_on(study, row)
    if event is None:
        return _("This was changed in the meantime. Look again; nothing was overwritten.")
    return _("{person} changed this at {time}. Look again; nothing was overwritten.").format(
        person=event.person.get_full_name() or event.person.username, time=event.at.strftime("%H:%M")
    )


def _last_on(study: Study, row: models.Model) -> Event | None:
    """The last event that touched *row*, among the recent ones."""
    recent = Event.objects.filter(study=study).select_related("person").order_by("-pk")[:500]
    here = [row._meta.model_name, row.pk]
    few = recent.iterator(
        chunk_size=20
    )  # it is mostly among the latest, and an event may hold thousands of changes
    return next((event for event in few if any(change[:2] == here for change in event.changes)), None)
