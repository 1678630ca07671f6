"""Resolved findings as the triangulation lens takes them: one mapping per passage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from makna.record.evidence import Passage, ResolvedEvidence, ResolvedFinding


def lens_evidence(findings: Iterable[ResolvedFinding]) -> list[dict[str, Any]]:
    """Every passage of every finding, with what the kinds of triangulation are counted by; a gap counts nothing."""
    return [_row(f, e, p) for f in findings for e in f.evidence for p in e.passages]


def _row(found: ResolvedFinding, evidence: ResolvedEvidence, passage: Passage) -> dict[str, Any]:
    month = passage.month
    return {
        "finding": found.finding.id,
        "stance": evidence.item.stance,
        "source_kind": passage.place.kind,
        "method": passage.place.kind,  # each kind of source is gathered by a method of its own
        "month": None if month is None else f"{month[0]}-{month[1]:02d}",
        "concept": evidence.item.concept or found.finding.concept,
        "coder": evidence.item.investigator,
        "document_id": passage.place.document_id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }
