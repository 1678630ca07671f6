"""Evidence out of a study's own tables: the one bridge between findings and what was observed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis.lenses.base import LensResult
from makna.record.evidence import Place


@dataclass
class StudySource:
    """An :class:`makna.record.evidence.EvidenceSource` over Ibis tables in the schemas of :mod:`makna.corpus.model`.

    *find(query, kind, limit)* gives hits in document order; *answer(name)* runs a lens; *read(document_id)* gives a
    text. A lens runs once, however many evidence items ask for its rows.
    """

    documents: ir.Table
    units: ir.Table
    authors: ir.Table
    find: Callable[[str, str | None, int], pa.Table]
    answer: Callable[[str], LensResult]
    read: Callable[[int], str]
    _lenses: dict[str, LensResult] = field(default_factory=dict)
    _texts: dict[int, str] = field(default_factory=dict)

    def search(self, query: str, *, kind: str | None, limit: int) -> pa.Table:
        """Hits in document order."""
        return self.find(query, kind, limit)

    def lens(self, name: str) -> LensResult:
        """The answer of a lens, computed once."""
        if name not in self._lenses:
            self._lenses[name] = self.answer(name)
        return self._lenses[name]

    def text(self, document_id: int) -> str:
        """The text of a document."""
        if document_id not in self._texts:
            self._texts[document_id] = self.read(document_id)
        return self._texts[document_id]

    def document(self, title_or_id: str) -> Sequence[int]:
        """Documents of this title or id; else those in which the participant of this code speaks."""
        t = self.documents
        named = t.title == title_or_id
        if title_or_id.isdigit():
            named = named | (t.document_id == ibis.literal(int(title_or_id), "int64"))
        found = _ids(t.filter(named))
        if found:
            return found
        who = self.authors.filter(self.authors.participant, self.authors.pseudonym == title_or_id)
        return _ids(self.units.semi_join(who, "author_id"))

    def place(self, document_id: int, start: int) -> Place:
        """Where a code point of a document stands; between two units, the unit before it."""
        key = ibis.literal(document_id, "int64")
        document = _first(self.documents.filter(self.documents.document_id == key))
        units = self.units.filter(
            self.units.document_id == key, self.units.start <= ibis.literal(start, "int64")
        )
        columns = ("unit_id", "start", "author_id", "role", "text")
        unit = _first(units.order_by(ibis.desc("start"), "unit_id").select(*columns).limit(1))
        author_id = unit["author_id"] if unit["author_id"] is not None else document["author_id"]
        author = self._author(author_id)
        return Place(
            document_id, document["kind"], document["title"], document["sent_on"], author_id,
            author.get("pseudonym"), bool(author.get("participant")), unit["role"], unit["start"], unit["text"],
        )  # fmt: skip

    def _author(self, author_id: int | None) -> dict[str, Any]:
        if author_id is None:
            return {}
        t = self.authors
        rows = t.filter(t.author_id == ibis.literal(author_id, "int64")).select("pseudonym", "participant")
        found = rows.limit(1).to_pyarrow().to_pylist()
        return dict(found[0]) if found else {}


def _ids(table: ir.Table) -> list[int]:
    ids = table.select("document_id").distinct().order_by("document_id")
    return list(ids.to_pyarrow()["document_id"].to_pylist())


def _first(table: ir.Table) -> dict[str, Any]:
    return dict(table.limit(1).to_pyarrow().to_pylist()[0])
