"""What a finding stands on, by the five kinds of triangulation (Denzin 1978, *The Research Act*, ch. 10), each apart.

Literature supports a reading; it is not field evidence and never raises a count. Neither does a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from makna.corpus.model import SourceKind
from makna.record.evidence import Passage, ResolvedEvidence, ResolvedFinding

KINDS = ("source", "method", "time", "theory", "investigator")
FIELD = (SourceKind.OBSERVATION, SourceKind.INTERVIEW, SourceKind.FIELD_NOTE)
ENOUGH = 2  # one of a kind is no triangulation


@dataclass(frozen=True)
class Mark:
    """One kind of triangulation: how many different ones the finding stands on, and whether that is more than one."""

    kind: str
    count: int

    @property
    def stands(self) -> bool:
        return self.count >= ENOUGH


@dataclass(frozen=True)
class Triangulation:
    """The five marks of a finding; *by_source* and *against* count passages by source kind, for and against."""

    marks: tuple[Mark, ...]
    by_source: dict[str, int]
    against: dict[str, int]
    accounts: int
    participants: int
    literature: int

    def mark(self, kind: str) -> Mark:
        """One of the five marks."""
        return next(m for m in self.marks if m.kind == kind)


def triangulate(found: ResolvedFinding) -> Triangulation:
    """The triangulation of one finding, from what supports it."""
    supporting = found.of("supports")
    field = [(e, p) for e in supporting for p in e.passages if p.place.kind in FIELD]
    passages = [p for _, p in field]
    witnesses = {_witness(p) for p in passages}
    counts = {
        "source": len(witnesses),
        "method": len({p.place.kind for p in passages}),
        "time": len({p.month for p in passages} - {None}),
        "theory": len(_concepts(found, [e for e, _ in field])),
        "investigator": len({e.item.investigator for e, _ in field} - {None}),
    }
    return Triangulation(
        marks=tuple(Mark(kind, counts[kind]) for kind in KINDS),
        by_source=_by_source(supporting),
        against=_by_source(found.of("contradicts")),
        accounts=sum(kind == "account" for kind, _ in witnesses),
        participants=sum(kind == "participant" for kind, _ in witnesses),
        literature=len(
            {p.place.document_id for e in supporting for p in e.passages if p.place.kind not in FIELD}
        ),
    )


def _witness(passage: Passage) -> tuple[str, object]:
    """Whose word it is: a person counts once, however often quoted; what names nobody counts by document."""
    place = passage.place
    if place.kind == SourceKind.FIELD_NOTE or place.author_id is None:
        return "document", place.document_id
    return ("participant" if place.participant else "account"), place.author_id


def _concepts(found: ResolvedFinding, field: Iterable[ResolvedEvidence]) -> set[str]:
    named = {e.item.concept for e in field} | {found.finding.concept}
    return {c for c in named if c}


def _by_source(evidence: Iterable[ResolvedEvidence]) -> dict[str, int]:
    counts = dict.fromkeys((kind.value for kind in SourceKind), 0)
    for piece in evidence:
        for passage in piece.passages:
            counts[passage.place.kind] += 1
    return counts
