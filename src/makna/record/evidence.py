"""Joins findings with their passages: every claim leads to what it stands on, and what cannot be found is a gap.

What is needed of a study is :class:`EvidenceSource`; :mod:`makna.record.study_source` gives it from a study's tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import regex

from makna.analysis.lenses.base import LensResult
from makna.errors import MaknaError
from makna.record.findings_file import EvidenceItem, Finding, RowPick

N_ = str  # marks a message for the catalogue; it is translated where it is shown

# What a gap says, in the language of whoever reads it.
NO_HIT = N_("the search finds nothing in the study")
NO_ROW = N_("the lens has no such row")
NO_PASSAGE_BEHIND = N_("the lens row has no passage behind it")
NO_DOCUMENT = N_("the study holds no document of this name")
NO_WORDS = N_("the document does not hold these words")
WRONG_KIND = N_("the passage is of another kind of source than stated")
FAILED = N_("it could not be looked up ({reason})")

_SENTENCE = regex.compile(r"[^.!?…\n]*(?:[.!?…]+|\n|$)")


@dataclass(frozen=True)
class Place:
    """Where a passage stands: its document, and the unit and author at its start.

    *author* is a pseudonym, or the code of a participant. *role* is of the unit: researcher, participant, other.
    """

    document_id: int
    kind: str
    title: str | None
    sent_on: dt.date | None
    author_id: int | None
    author: str | None
    participant: bool
    role: str | None
    unit_start: int
    unit_text: str
    language: str | None = None  # id or en; None where it is mixed or was not told


class EvidenceSource(Protocol):
    """What evidence is resolved against."""

    def search(self, query: str, *, kind: str | None, limit: int) -> pa.Table:
        """Hits in document order, at most *limit* units: columns document_id, start, end (into the document's text)."""
        ...

    def lens(self, name: str) -> LensResult:
        """The answer of a lens; raises a :class:`MaknaError` where there is none of this name."""
        ...

    def document(self, title_or_id: str) -> Sequence[int]:
        """The documents of this title or id, or in which the participant of this code speaks, in document order."""
        ...

    def text(self, document_id: int) -> str:
        """The text of a document."""
        ...

    def prepare(self, documents: Iterable[int]) -> None:
        """Told before the passages of these documents are asked for."""
        ...

    def place(self, document_id: int, start: int) -> Place:
        """Where the code point *start* of a document stands."""
        ...


@dataclass(frozen=True)
class Passage:
    """A passage with its place; *start* and *end* are code points into the document's text, half-open."""

    start: int
    end: int
    text: str
    place: Place

    @property
    def month(self) -> tuple[int, int] | None:
        """(year, month) of the passage; None where the study knows no day."""
        day = self.place.sent_on
        return (day.year, day.month) if day else None


@dataclass(frozen=True)
class Gap:
    """What is missing, as an English sentence part with its arguments apart, so that it can be said in any language."""

    reason: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ResolvedEvidence:
    """An evidence item with its passages, or with the gap where they should be."""

    item: EvidenceItem
    passages: tuple[Passage, ...]
    gap: Gap | None = None

    @property
    def kind(self) -> str | None:
        """The kind of source, as the passages show it, else as the file states it."""
        return self.passages[0].place.kind if self.passages else self.item.kind


@dataclass(frozen=True)
class ResolvedFinding:
    """A finding with all its evidence resolved."""

    finding: Finding
    evidence: tuple[ResolvedEvidence, ...]

    def of(self, stance: str) -> tuple[ResolvedEvidence, ...]:
        """The evidence of one stance, gaps included."""
        return tuple(e for e in self.evidence if e.item.stance == stance)


def resolve(findings: Iterable[Finding], source: EvidenceSource) -> tuple[ResolvedFinding, ...]:
    """Every finding with its passages. Nothing is dropped: what cannot be found is a :class:`Gap`."""
    findings = tuple(findings)
    source.prepare(document for f in findings for item in f.evidence for document in _named(item, source))
    return tuple(ResolvedFinding(f, tuple(_resolve(item, source) for item in f.evidence)) for f in findings)


def _named(item: EvidenceItem, source: EvidenceSource) -> Sequence[int]:
    """The documents that a search finds, or that the item names: what can be fetched at once for all items."""
    try:
        if item.by == "search":
            hits = source.search(item.search or "", kind=item.kind, limit=item.limit)
            return list(hits["document_id"].to_pylist())
        return source.document(item.document or "") if item.by == "passage" else ()
    except MaknaError:  # told where the item is resolved
        return ()


def _resolve(item: EvidenceItem, source: EvidenceSource) -> ResolvedEvidence:
    find = {"search": _by_search, "lens": _by_lens, "passage": _by_words}[item.by]
    try:
        passages, gap = find(item, source)
    except MaknaError as error:  # a query of identifier shape, a lens that cannot serve this study
        return ResolvedEvidence(item, (), Gap(FAILED, (("reason", str(error)),)))
    fitting = tuple(p for p in passages if item.kind in (None, p.place.kind))
    if passages and not fitting:
        gap = Gap(WRONG_KIND)
    return ResolvedEvidence(item, fitting[: item.limit], gap)


def _by_search(item: EvidenceItem, source: EvidenceSource) -> tuple[list[Passage], Gap | None]:
    hits = source.search(item.search or "", kind=item.kind, limit=item.limit).to_pylist()
    source.prepare(hit["document_id"] for hit in hits)
    found = [_sentence(source, hit["document_id"], hit["start"], hit["end"]) for hit in hits]
    once = list({(p.place.document_id, p.start): p for p in found}.values())
    return once, None if once else Gap(NO_HIT)


def _by_lens(item: EvidenceItem, source: EvidenceSource) -> tuple[list[Passage], Gap | None]:
    result = source.lens(item.lens or "")
    rows = _rows(result.table, item.row)
    if not rows:
        return [], Gap(NO_ROW)
    behind = [p for p in result.passages.to_pylist() if p["row"] in rows]
    spread = list(_spread(behind, item.limit))
    source.prepare(p["document_id"] for p in spread)
    found = [_passage(source, p["document_id"], p["start"], p["end"]) for p in spread]
    return found, None if found else Gap(NO_PASSAGE_BEHIND)


def _rows(table: pa.Table, pick: RowPick | None) -> set[int]:
    if pick is None:
        return set(table["row"].to_pylist())
    if pick.column not in table.column_names:
        return set()
    pairs = zip(table["row"].to_pylist(), table[pick.column].to_pylist(), strict=True)
    return {row for row, value in pairs if value == pick.value or str(value) == str(pick.value)}


def _spread(passages: list[dict[str, int]], limit: int) -> Iterator[dict[str, int]]:
    """The first passage of each document before second ones: one talkative thread is not many witnesses."""
    seen: set[int] = set()
    firsts = [p for p in passages if not (p["document_id"] in seen or seen.add(p["document_id"]))]  # type: ignore[func-returns-value]
    rest = [p for p in passages if p not in firsts] if len(firsts) < limit else []
    yield from [*firsts, *rest][: 4 * limit]  # some may be of another kind


def _by_words(item: EvidenceItem, source: EvidenceSource) -> tuple[list[Passage], Gap | None]:
    documents = source.document(item.document or "")
    if not documents:
        return [], Gap(NO_DOCUMENT)
    words = regex.compile(r"\s+".join(regex.escape(w) for w in (item.passage or "").split()))
    found = []
    for document in documents:
        match = words.search(source.text(document))
        if match:
            found.append(_passage(source, document, match.start(), match.end()))
    return found, None if found else Gap(NO_WORDS)


def _passage(source: EvidenceSource, document: int, start: int, end: int) -> Passage:
    return Passage(start, end, source.text(document)[start:end], source.place(document, start))


def _sentence(source: EvidenceSource, document: int, start: int, end: int) -> Passage:
    """The sentence, or sentences, of the unit that a hit stands in: a bare match is no quotation."""
    place = source.place(document, start)
    first, last = start - place.unit_start, end - place.unit_start
    spans = [m.span() for m in _SENTENCE.finditer(place.unit_text) if m[0].strip()]
    inside = [(a, b) for a, b in spans if b > first and a < last] or [(first, last)]
    begin, stop = inside[0][0], inside[-1][1]
    text = place.unit_text[begin:stop]
    begin += len(text) - len(text.lstrip())
    return Passage(
        place.unit_start + begin, place.unit_start + begin + len(text.strip()), text.strip(), place
    )
