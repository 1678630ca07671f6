"""What a report shows of the record beside its findings: the codebook in use, and how far coders agree."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis import coder_agreement
from makna.corpus.model import SourceKind
from makna.record.participants_file import Participant, consent_allows
from makna.record.recorded import Recorded, RecordedCoding
from makna.record.toml_table import Text
from makna.report.inputs import CodeUse, Interpretation

_DRAWS, _CELLS = (
    (200, 1000),
    5_000_000,
)  # samples for an interval: fewer where units are many, and it is narrow anyway


class Coded(Protocol):
    """What is asked of a study whose codings are counted."""

    @property
    def documents(self) -> ir.Table:
        """All documents."""
        ...

    @property
    def units(self) -> ir.Table:
        """All units."""
        ...

    @property
    def authors(self) -> ir.Table:
        """All authors."""
        ...

    def run(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression."""
        ...


def interpreted(
    study: Coded, record: Recorded, participants: Sequence[Participant], says: Callable[[str], Text]
) -> Interpretation:
    """The codebook of *record* with where it was used, and the agreement of its coders code by code."""
    rows = [(one.code, one.coder, one.document, one.start, one.end) for one in record.codings]
    units = list(_units(study, record.codings))
    draws = max(_DRAWS[0], min(_DRAWS[1], _CELLS // max(len(units), 1)))
    return Interpretation(
        record, tuple(_uses(record, _places(study, record.codings))), len({one.coder for one in record.codings}),
        coder_agreement.by_code(units, rows, draws=draws), lambda: _unconsented(study, participants), says,
    )  # fmt: skip


def _uses(record: Recorded, places: Mapping[int, tuple[str, int | None]]) -> Iterator[CodeUse]:
    codings: dict[str, Counter[str]] = defaultdict(Counter)
    accounts: dict[str, set[int]] = defaultdict(set)
    for one in record.codings:
        if one.document not in places:
            continue  # its batch was removed
        kind, author = places[one.document]
        codings[one.code][kind] += 1
        if kind == SourceKind.OBSERVATION:
            # A post whose author is not known stands for an account of its own.
            accounts[one.code].add(-one.document if author is None else author)
    for code in record.codes:
        yield CodeUse(code, dict(codings[code.name]), frozenset(accounts[code.name]))


def _places(study: Coded, codings: Iterable[RecordedCoding]) -> dict[int, tuple[str, int | None]]:
    """Document → its kind and author, of the documents that are coded."""
    table = study.documents.semi_join(_wanted({one.document for one in codings}), "document_id")
    rows = study.run(table.select("document_id", "kind", "author_id")).to_pylist()
    return {row["document_id"]: (row["kind"], row["author_id"]) for row in rows}


def _units(study: Coded, codings: Iterable[RecordedCoding]) -> Iterator[coder_agreement.Unit]:
    """The units of documents that two coders coded."""
    coders: dict[int, set[int]] = defaultdict(set)
    for one in codings:
        coders[one.document].add(one.coder)
    shared = {document for document, who in coders.items() if len(who) > 1}
    if shared:
        units = study.units.semi_join(_wanted(shared), "document_id").select("document_id", "start", "end")
        rows = study.run(units.order_by("document_id", "start", "end"))
        yield from zip(*(rows[name].to_pylist() for name in ("document_id", "start", "end")), strict=True)


def _wanted(documents: Iterable[int]) -> Any:
    return ibis.memtable(pa.table({"document_id": pa.array(sorted(documents), pa.int64())}))


def _unconsented(study: Coded, participants: Sequence[Participant]) -> Iterator[str]:
    """What informants said who did not agree to be quoted in their own words."""
    today = dt.date.today()
    free = [p.code for p in participants if consent_allows(p, "verbatim", on=today)]
    bound = study.authors.filter(study.authors.participant)
    bound = bound.filter(bound.pseudonym.notin(free)) if free else bound
    yield from study.run(study.units.semi_join(bound, "author_id").select("text"))["text"].to_pylist()
