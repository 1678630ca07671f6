"""Evidence out of a study's own tables: the one bridge between findings and what was observed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis.lenses.base import LensResult
from makna.corpus.model import document_text
from makna.record.evidence import Place


@dataclass
class StudySource:
    """An :class:`makna.record.evidence.EvidenceSource` over Ibis tables in the schemas of :mod:`makna.corpus.model`.

    *find(query, kind, limit)* gives hits in document order; *answer(name)* runs a lens. A lens runs once, however many
    evidence items ask for its rows.
    """

    documents: ir.Table
    units: ir.Table
    authors: ir.Table
    find: Callable[[str, str | None, int], pa.Table]
    answer: Callable[[str], LensResult]
    _lenses: dict[str, LensResult] = field(default_factory=dict)
    _hits: dict[tuple[str, str | None, int], pa.Table] = field(default_factory=dict)
    _held: dict[int, _Held] = field(default_factory=dict)

    def search(self, query: str, *, kind: str | None, limit: int) -> pa.Table:
        """Hits in document order, searched for once."""
        asked = (query, kind, limit)
        if asked not in self._hits:
            self._hits[asked] = self.find(*asked)
        return self._hits[asked]

    def lens(self, name: str) -> LensResult:
        """The answer of a lens, computed once."""
        if name not in self._lenses:
            self._lenses[name] = self.answer(name)
        return self._lenses[name]

    def text(self, document_id: int) -> str:
        """The text of a document."""
        held = self._holding(document_id)
        return document_text([unit["text"] for unit in held.units], held.document["kind"])

    def document(self, title_or_id: str) -> Sequence[int]:
        """Documents of this title or id; else those in which the participant of this code speaks."""
        found = self._titled.get(title_or_id, [])
        if title_or_id.isdigit():
            t = self.documents
            found = sorted(
                {*found, *_ids(t.filter(t.document_id == ibis.literal(int(title_or_id), "int64")))}
            )
        return found or self._spoken.get(title_or_id, [])

    def prepare(self, documents: Iterable[int]) -> None:
        """Fetch what *documents* hold, all at once: a query for each of many passages takes long."""
        wanted = sorted(set(documents) - self._held.keys())
        if not wanted:
            return
        chosen = ibis.memtable(pa.table({"wanted": pa.array(wanted, pa.int64())}))
        t, u = self.documents, self.units
        rows = t.semi_join(chosen, t.document_id == chosen.wanted).select(*_OF_DOCUMENT).to_pyarrow()
        held = {row["document_id"]: _Held(row) for row in rows.to_pylist()}
        units = u.semi_join(chosen, u.document_id == chosen.wanted).order_by(
            "document_id", "start", "unit_id"
        )
        for unit in units.select(*_OF_UNIT).to_pyarrow().to_pylist():
            held[unit["document_id"]].units.append(unit)
        self._held |= held

    def _holding(self, document_id: int) -> _Held:
        if document_id not in self._held:
            self.prepare([document_id])
        return self._held[document_id]

    def place(self, document_id: int, start: int) -> Place:
        """Where a code point of a document stands; between two units, the unit before it."""
        held = self._holding(document_id)
        document = held.document
        unit = held.units[max(bisect_right(held.units, start, key=lambda u: u["start"]) - 1, 0)]
        author_id = unit["author_id"] if unit["author_id"] is not None else document["author_id"]
        author = self._people.get(author_id, {})
        return Place(
            document_id, document["kind"], document["title"], document["sent_on"], author_id,
            author.get("pseudonym"), bool(author.get("participant")), unit["role"], unit["start"], unit["text"],
            document["language"] if document["language"] in ("id", "en") else None,
        )  # fmt: skip

    @cached_property
    def _titled(self) -> dict[str, list[int]]:
        """Title → documents, in order."""
        titled = self.documents.filter(self.documents.title.notnull())
        return _by_name(titled.select("document_id", name=titled.title))

    @cached_property
    def _spoken(self) -> dict[str, list[int]]:
        """Code of a participant → the documents in which they speak, in order."""
        who = self.authors.filter(self.authors.participant)
        both = self.units.inner_join(who, "author_id")
        return _by_name(both.select("document_id", name=both.pseudonym).distinct())

    @cached_property
    def _people(self) -> dict[int | None, dict[str, Any]]:
        rows = self.authors.select("author_id", "pseudonym", "participant").to_pyarrow().to_pylist()
        return {row["author_id"]: row for row in rows}


@dataclass
class _Held:
    """A document and its units, in order."""

    document: dict[str, Any]
    units: list[dict[str, Any]] = field(default_factory=list)


_OF_DOCUMENT = ("document_id", "kind", "title", "sent_on", "author_id", "language")
_OF_UNIT = ("document_id", "unit_id", "start", "author_id", "role", "text")


def _by_name(table: ir.Table) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in table.order_by("document_id").to_pyarrow().to_pylist():
        found.setdefault(row["name"], []).append(row["document_id"])
    return found


def _ids(table: ir.Table) -> list[int]:
    ids = table.select("document_id").distinct().order_by("document_id")
    return list(ids.to_pyarrow()["document_id"].to_pylist())
