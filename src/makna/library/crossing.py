"""Codings beside what the corpus says of them: kind of source, month, whose words they are; and the matrices of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis import cooccurrence, crossing
from makna.errors import MeasureError, NoSuchRow
from makna.i18n import _
from makna.library.apart import apart
from makna.library.comparing import Comparing

if TYPE_CHECKING:
    from makna.library.reading import Holding
    from makna.record.acting import Actor

CODED = pa.schema(
    [
        ("code", pa.string()), ("coder", pa.string()), ("document_id", pa.int64()), ("start", pa.int64()),
        ("end", pa.int64()), ("kind", pa.string()), ("month", pa.date32()), ("quarter", pa.date32()),
        ("case", pa.int64()),
    ]
)  # fmt: skip
_PLACES = ("document_id", "start", "end", "author_id", "role")
_GIVEN = pa.schema(list(CODED)[:5])
Coding = tuple[str, str, int, int, int]  # code, coder, document, start, end
WITHIN = ("passage", "document")


def coded(study: Holding, codings: Sequence[Coding]) -> pa.Table:
    """*codings* with what the corpus says of them (schema CODED): a row for each person whose words a passage touches.

    Codings on documents that are gone are left out.
    """
    columns = zip(*codings, strict=True) if codings else [[]] * len(_GIVEN)
    given = pa.table([pa.array(one, field.type) for one, field in zip(columns, _GIVEN, strict=True)], _GIVEN)
    if not given.num_rows:
        return CODED.empty_table()
    wanted = ibis.memtable(pa.table({"document_id": given["document_id"].unique()}))
    table = crossing.spoken_by(ibis.memtable(given), ibis.memtable(_of(study, study.units, wanted, _PLACES)))
    about = ibis.memtable(_of(study, study.documents, wanted, ("document_id", "kind", "sent_on")))
    table = table.inner_join(about.select("document_id", "kind"), "document_id")
    for period in ("month", "quarter"):
        table = crossing.dated(table, about, period=period).rename({period: "period"})
    return study.run(table.select(*CODED.names)).cast(CODED)


def _of(study: Holding, table: ir.Table, wanted: ir.Table, columns: Sequence[str]) -> pa.Table:
    """What the corpus says of some documents, read once."""
    return study.run(table.select(*columns).semi_join(wanted, "document_id"))


def _participants(study: Holding) -> dict[int, str]:
    """author_id → code of everybody who was interviewed."""
    rows = study.run(
        study.authors.filter(study.authors.participant).select("author_id", "pseudonym").distinct()
    )
    return dict(zip(rows["author_id"].to_pylist(), rows["pseudonym"].to_pylist(), strict=True))


def with_values(table: pa.Table, values: Mapping[int, str], *, column: str = "value") -> pa.Table:
    """*table* with the value of each case (null where it has none)."""
    cases = table["case"].to_pylist()
    found = [None if case is None else values.get(case) for case in cases]
    return table.append_column(column, pa.array(found, pa.string()))


def authors_of(study: Holding, participants: Mapping[int, str]) -> dict[int, int]:
    """Participant of the record (id → code) → author_id of the corpus, for those who speak in it."""
    if not participants:
        return {}
    by_code = {name.casefold(): author for author, name in _participants(study).items()}
    return {key: by_code[code.casefold()] for key, code in participants.items() if code.casefold() in by_code}


def values_of(study: Holding, actor: Actor, attribute: int) -> dict[int, str]:
    """author_id → the value of an attribute of the record, for participants and accounts alike."""
    from makna.record.models import CaseValue, Participant  # noqa: PLC0415  (needs Django, which is ready now)

    people = dict(Participant.objects.filter(study=actor.study).values_list("pk", "code"))
    authors = authors_of(study, people)
    rows = CaseValue.objects.filter(attribute=attribute, attribute__study=actor.study)
    found = {}
    for participant, author, value in rows.values_list("participant", "author", "value"):
        case = author if participant is None else authors.get(participant)
        if case is not None:
            found[case] = value
    return found


def by_value(table: pa.Table, column: str, *, enough: int = crossing.ENOUGH) -> pa.Table:
    """The cells of codes × the values of a *column* of *table* (see :func:`makna.analysis.crossing.crossed`)."""
    found = crossing.crossed(ibis.memtable(table), by=column, enough=enough)
    return found.to_pyarrow()


def together(table: pa.Table, *, within: str = "passage") -> pa.Table:
    """Codes that stand together (see :mod:`makna.analysis.cooccurrence`)."""
    measure = cooccurrence.overlapping if within == "passage" else cooccurrence.in_same_document
    return measure(ibis.memtable(table)).to_pyarrow()


def months(table: pa.Table, column: str = "month") -> pa.Table:
    """*table* with its month or quarter as a text that sorts: 2021-03, 2021-Q1."""
    days = table[column].to_pylist()
    said = [
        None
        if day is None
        else f"{day:%Y-%m}"
        if column == "month"
        else f"{day.year}-Q{(day.month + 2) // 3}"
        for day in days
    ]
    return table.set_column(table.column_names.index(column), column, pa.array(said, pa.string()))


class Crossing(Comparing):
    """A study whose codes are compared across what divides its sources."""

    @apart
    def code_matrix(self, by: str = "kind") -> pa.Table:
        """Codes × groups: *by* ``kind``, ``coder``, ``month``, ``quarter`` or the name of an attribute of cases.

        Columns as of :func:`makna.analysis.crossing.crossed`: passages and persons of each cell, shares with their 95 %
        intervals, null where there are too few. Raises NoSuchRow for an attribute that there is not.
        """
        with self._acting() as actor:
            table = self._coded(actor)
            if by in ("month", "quarter"):
                table = months(table, by)
            elif by not in ("kind", "coder"):
                row = actor.study.attributes.filter(name__iexact=by.strip()).first()
                if row is None:
                    there = ", ".join(actor.study.attributes.values_list("name", flat=True)) or "–"
                    message = _("There is no attribute named {name}. There are: {there}.")
                    raise NoSuchRow(message.format(name=by, there=there))
                table = with_values(table, values_of(self, actor, row.pk), column=by)
        return by_value(table, by)

    @apart
    def cooccurrence(self, within: str = "passage") -> pa.Table:
        """Pairs of codes on passages that overlap, or *within* the same ``document``, with Dice and both shares.

        Columns as of :func:`makna.analysis.cooccurrence.overlapping`.
        """
        if within not in WITHIN:
            raise MeasureError(_("Codes stand together within a passage or within a document."))
        with self._acting() as actor:
            table = self._coded(actor)
        return together(table, within=within)

    def _coded(self, actor: Actor) -> pa.Table:
        from makna.record.queries.passages import seen  # noqa: PLC0415  (needs Django, which is ready now)

        columns = ("code__name", "coder__username", "source__document", "start", "end")
        return coded(self, list(seen(actor).order_by().values_list(*columns)))
