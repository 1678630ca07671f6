"""Participants and accounts as cases, for scripts and notebooks: who agreed to what, and their attributes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from makna.errors import NoSuchRow
from makna.i18n import _
from makna.library.apart import apart
from makna.library.concluding import Concluding
from makna.record import participants_file, study_file

if TYPE_CHECKING:
    from makna.record.acting import Actor
    from makna.record.casework import Case

CASES = pa.schema(
    [
        ("case", pa.string()), ("kind", pa.string()), ("informant", pa.string()), ("interviewed", pa.string()),
        ("scopes", pa.list_(pa.string())), ("withdrew", pa.date32()),
    ]
)  # fmt: skip
ATTRIBUTES = pa.schema(
    [
        ("attribute", pa.string()), ("scale", pa.string()), ("options", pa.list_(pa.string())), ("cases", pa.int64()),
    ]
)  # fmt: skip


class Casing(Concluding):
    """A study with its cases: participants are called by their codes, accounts by their pseudonyms."""

    @apart
    def cases(self) -> pa.Table:
        """Participants, and accounts that have attributes (schema CASES, then one column of text for each attribute).

        *kind* is ``participant`` or ``account``; *scopes* are those of the latest consent.
        """
        with self._acting() as actor:
            from makna.record.queries.cases import cases  # noqa: PLC0415  (needs Django, which is ready now)

            found = cases(actor)
            names = [one.name for one in actor.study.attributes.order_by("place", "pk")]
        called = self._pseudonyms({one.account for one in found if one.account is not None})
        rows = [
            {
                "case": one.code or called.get(one.account), "kind": "participant" if one.code else "account",
                "informant": one.kind or None, "interviewed": one.interviewed or None, "scopes": list(one.scopes),
                "withdrew": one.withdrew, **one.values,
            }
            for one in found
        ]  # fmt: skip
        return pa.Table.from_pylist(rows, pa.schema([*CASES, *((name, pa.string()) for name in names)]))

    @apart
    def attributes(self) -> pa.Table:
        """The attributes of cases (schema ATTRIBUTES), in their order, with how many cases have a value."""
        with self._acting() as actor:
            rows = actor.study.attributes.prefetch_related("values").order_by("place", "pk")
            return pa.Table.from_pylist(
                [
                    {"attribute": row.name, "scale": row.scale, "options": row.options, "cases": len(row.values.all())}
                    for row in rows
                ],
                ATTRIBUTES,
            )  # fmt: skip

    @apart
    def define_attribute(self, name: str, *, scale: str = "text", options: Sequence[str] = ()) -> None:
        """Define an attribute: *scale* is ``text``, ``number``, or ``choice`` among *options*."""
        with self._acting() as actor:
            from makna.record.actions.define_attribute import define_attribute  # noqa: PLC0415

            define_attribute(actor, name, scale=scale, options=options)

    @apart
    def set_attributes(
        self, cases: pa.Table | Iterable[Mapping[str, Any]], *, kept: Collection[str] = ()
    ) -> int:
        """Set values for many cases at once: rows with a *case* and attributes by their names. One undo takes all back.

        An empty value takes one away. Returns how many changed; raises NoSuchRow for an unknown case or attribute.
        """
        rows = cases.to_pylist() if isinstance(cases, pa.Table) else [dict(row) for row in cases]
        accounts = self._accounts()
        with self._acting() as actor:
            from makna.record.actions.set_attributes import set_attributes  # noqa: PLC0415

            known = {row.name.casefold(): row.pk for row in actor.study.attributes.all()}
            told = [
                (
                    _named(known, name),
                    _case(actor, str(row["case"]), accounts),
                    "" if value is None else str(value),
                )
                for row in rows
                for name, value in row.items()
                if name != "case"
            ]
            return set_attributes(actor, told, kept=kept)

    @apart
    def add_participant(self, code: str, *, kind: str = "", interviewed: str = "") -> None:
        """Put an informant on record under a code; *kind* is ``key``, ``main`` or ``supporting``."""
        with self._acting() as actor:
            from makna.record.actions.add_participant import add_participant  # noqa: PLC0415

            add_participant(actor, code, kind=kind, interviewed=interviewed)

    @apart
    def record_consent(
        self,
        code: str,
        *,
        mode: str,
        version: str,
        given: date,
        scopes: Iterable[str],
        until: date | None = None,
    ) -> None:
        """Record what a participant agreed to: *mode* is ``written`` or ``recorded oral``, *scopes* as in participants.toml.

        Interviews may be coded as it says at once. To take a consent back, erase the participant.
        """
        with self._acting() as actor:
            from makna.record.actions.record_consent import record_consent  # noqa: PLC0415

            key = _case(actor, code, {}).participant or 0  # an account's case has none: it is not there
            record_consent(actor, key, mode=mode, version=version, given=given, scopes=scopes, until=until)

    @apart
    def import_participants(self, *, kept: Collection[str] = ()) -> int:
        """Take over the participants of ``participants.toml``, once; returns how many. Labels and file names stay there."""
        stated = participants_file.read(self.folder / "participants.toml")
        with self._acting() as actor:
            from makna.record.actions.import_participants import import_participants  # noqa: PLC0415

            return import_participants(actor, stated, kept=kept)

    @apart
    def import_design(self, *, language: str = "id", kept: Collection[str] = ()) -> int:
        """Take over the design of ``study.toml``, once, in one *language*; returns how many research questions it has."""
        stated = study_file.read(self.folder / "study.toml")
        with self._acting() as actor:
            from makna.record.actions.import_design import import_design  # noqa: PLC0415

            return import_design(actor, stated, language=language, kept=kept)

    def _pseudonyms(self, authors: Collection[int]) -> dict[int | None, str]:
        """Account → its pseudonym."""
        if not authors:
            return {}
        wanted = ibis.memtable(pa.table({"author_id": pa.array(sorted(authors), pa.int64())}))
        rows = self.run(self.authors.semi_join(wanted, "author_id").select("author_id", "pseudonym"))
        return dict(zip(*(rows[name].to_pylist() for name in ("author_id", "pseudonym")), strict=True))

    def _accounts(self) -> dict[str, int]:
        """Pseudonym → account."""
        rows = self.run(self.authors.filter(~self.authors.participant).select("pseudonym", "author_id"))
        names, ids = (rows[name].to_pylist() for name in ("pseudonym", "author_id"))
        return {name.casefold(): id for name, id in zip(names, ids, strict=True)}


def _named(known: Mapping[str, int], name: str) -> int:
    if name.strip().casefold() not in known:
        raise NoSuchRow(
            _("There is no attribute named {name}. There are: {there}.").format(
                name=name, there=", ".join(sorted(known)) or "–"
            )
        )
    return known[name.strip().casefold()]


def _case(actor: Actor, name: str, accounts: Mapping[str, int]) -> Case:
    from makna.record.casework import Case  # noqa: PLC0415

    who = actor.study.participants.filter(code__iexact=name.strip()).first()
    bare = name.strip().strip("⟦⟧").removeprefix("@").casefold()
    if who is None and bare not in accounts:
        raise NoSuchRow(_("There is no case called {name}.").format(name=name))
    return Case(who.pk) if who is not None else Case(None, accounts[bare])
