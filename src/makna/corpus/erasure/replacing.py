"""One document of a batch replaced by another text that came through the door: the document keeps its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from makna.corpus.disguise.door import Doubt
from makna.corpus.disguise.doubts import KeptDoubt
from makna.corpus.erasure.batches import placeholders
from makna.corpus.importing.consenting import WITHHELD
from makna.corpus.importing.texts import TextRows
from makna.corpus.manifest import Manifest
from makna.corpus.model import BATCH_SHIFT, document_id
from makna.corpus.rewriting import groups
from makna.corpus.store import Store


@dataclass
class _Counted:
    units: int = 0
    authors: int = 0
    withheld: int = 0
    gone: Counter[str] = field(default_factory=Counter)


class Replacing:
    """The change of a batch's tables that puts *rows* (one document, made as of a batch of its own) in a document's place.

    Units get ids that the batch never used. *taken* are the author ids of the study, *known* those of participants.
    """

    def __init__(
        self, store: Store, document: int, rows: TextRows, *, taken: Iterable[int], known: Iterable[int]
    ) -> None:
        self._store, self._document = store, document
        self._number = document >> BATCH_SHIFT
        old = [u for group in groups(store, self._number, "units") for u in group["unit_id"].to_pylist()]
        self._shift = max([*old, document_id(self._number, 0) - 1]) + 1 - document_id(self._number, 0)
        self._old_units = self._of_document("units", "unit_id")
        self._authors = self._renamed(rows.authors["author_id"].to_pylist(), taken, set(known))
        self._rows = {
            name: self._placed(name, getattr(rows, name)) for name in ("documents", "units", "authors")
        }
        self._made, self._counted, self._set = rows, _Counted(), False
        self._speak = self._speaking()

    def __call__(self, table: str, rows: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of *table* with the document replaced."""
        if table == "documents":
            return self._title_row(rows)
        if table == "units":
            return self._turns(rows)
        return self._profiles(rows) if table == "authors" else rows

    def doubts(self, before: Iterable[KeptDoubt]) -> list[KeptDoubt]:
        """The doubts of the batch with those of the new text in place of the old one's."""
        left = [doubt for doubt in before if doubt.unit_id not in self._old_units]
        return left + [self._doubt(unit, doubt) for unit, doubt in self._made.doubts]

    def restate(self, old: Manifest) -> Manifest:
        """The manifest with the counts as they are now; those of doubts are the caller's."""
        counted = self._counted
        disguised = Counter(old.disguised)
        disguised.update(self._made.classes)
        disguised.subtract(counted.gone)
        counts = {"units": counted.units, "authors": counted.authors, "withheld": counted.withheld}
        return replace(
            old, counts={**old.counts, **counts}, disguised={c: n for c, n in disguised.items() if n > 0}
        )

    def _of_document(self, table: str, column: str) -> set[int]:
        found: set[int] = set()
        for rows in groups(self._store, self._number, table):
            found |= set(rows.filter(self._mine(rows))[column].to_pylist())
        return found

    def _mine(self, rows: pa.RecordBatch) -> pa.Array:
        return pc.equal(rows["document_id"], pa.scalar(self._document, pa.int64()))

    def _renamed(self, authors: list[int], taken: Iterable[int], known: set[int]) -> dict[int, int]:
        """Author ids of the new rows -> ids of the study: those of participants it knows stay, others are new."""
        base = document_id(self._number, 0)
        mine = [one for one in taken if one >> BATCH_SHIFT == self._number]
        following = max([*mine, base - 1]) + 1
        fresh = [one for one in authors if one not in known]
        return {**{one: one for one in known}, **{one: following + n for n, one in enumerate(fresh)}}

    def _placed(self, table: str, rows: pa.RecordBatch) -> pa.RecordBatch:
        columns = {}
        if table != "authors":
            columns["document_id"] = pa.array([self._document] * rows.num_rows, pa.int64())
        if table == "units":
            columns["unit_id"] = pc.add(rows["unit_id"], pa.scalar(self._shift, pa.int64()))
        who = [None if a is None else self._authors[a] for a in rows["author_id"].to_pylist()]
        columns["author_id"] = pa.array(who, pa.int64())
        return _with(rows, columns)

    def _doubt(self, unit: int, doubt: Doubt) -> KeptDoubt:
        return KeptDoubt(unit + self._shift, doubt.start, doubt.end, doubt.span, doubt.reason)

    def _title_row(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        at = _first(self._mine(rows))
        if at is None:
            return rows
        new = self._rows["documents"]
        if new["sent_on"].null_count:
            new = _with(new, {"sent_on": rows["sent_on"].slice(at, 1)})
        return _joined([rows.slice(0, at), new, rows.slice(at + 1)])

    def _turns(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        mine = self._mine(rows)
        at = _first(mine)
        for text in rows.filter(mine)["text"].to_pylist():
            self._counted.gone.update(placeholders(text))
        parts = [rows.filter(pc.invert(mine))]
        if at is not None and not self._set:
            rest = rows.slice(at)
            parts = [rows.slice(0, at), self._rows["units"], rest.filter(pc.invert(self._mine(rest)))]
            self._set = True
        out = _joined(parts)
        self._counted.units += out.num_rows
        self._counted.withheld += sum(text == WITHHELD for text in out["text"].to_pylist())
        return out

    def _speaking(self) -> set[int]:
        """The authors of the batch's other documents."""
        speak: set[int] = set()
        for rows in groups(self._store, self._number, "units"):
            others = rows.filter(pc.invert(self._mine(rows)))
            speak |= set(others["author_id"].drop_null().to_pylist())
        return speak

    def _profiles(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Participants who speak: those of the new text as they are stated now, others where another document has them."""
        new = self._rows["authors"]
        speak = pa.array(sorted(self._speak - set(new["author_id"].to_pylist())), pa.int64())
        out = _joined([rows.filter(pc.is_in(rows["author_id"], value_set=speak)), new])
        self._counted.authors += out.num_rows
        return out


def _first(mask: pa.Array) -> int | None:
    at = pc.index(mask, pa.scalar(True)).as_py()
    return None if at < 0 else int(at)


def _joined(parts: list[pa.RecordBatch]) -> pa.RecordBatch:
    schema = parts[0].schema
    table = pa.Table.from_batches([part.cast(schema) for part in parts]).combine_chunks()
    return table.to_batches()[0] if table.num_rows else parts[0].slice(0, 0)


def _with(rows: pa.RecordBatch, columns: dict[str, pa.Array]) -> pa.RecordBatch:
    arrays = [columns.get(name, column) for name, column in zip(rows.schema.names, rows.columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=rows.schema)
