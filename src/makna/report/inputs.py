"""What a report is built from. The study fills this; the report itself reads no file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from makna.analysis.lenses.base import LensResult
from makna.record.evidence import ResolvedFinding
from makna.record.participants_file import Participant
from makna.record.study_file import StudyDesign


@dataclass(frozen=True)
class SourceRow:
    """One batch as the report counts it. *permission* says whose, for closed and private material."""

    batch: int
    kind: str
    access: str
    documents: int
    units: int
    authors: int
    added_on: dt.date | None = None
    permission: str | None = None
    context: int = 0  # documents that only came along


@dataclass(frozen=True)
class ReportInputs:
    """Everything a report shows.

    *references*: (document_id, CSL-JSON) of the literature; a reference without document has None. *disguised*: class →
    how often. *recall*: class → measured recall, 0 to 1. *kept_out*: reason → records ("minor"). *posts* gives a fresh
    iterator over the texts of all posts, for the quote guard. *accounts_of* gives document_id → author_id of the
    observed documents among those asked for (a participant's documents are not among them).
    """

    design: StudyDesign
    made_on: dt.date
    participants: Sequence[Participant] = ()
    findings: Sequence[ResolvedFinding] = ()
    sources: Sequence[SourceRow] = ()
    lenses: Sequence[LensResult] = ()
    lens_gaps: Mapping[str, str] = field(default_factory=dict)  # lens → why it could not be run
    references: Sequence[tuple[int | None, Mapping[str, Any]]] = ()
    disguised: Mapping[str, int] = field(default_factory=dict)
    recall: Mapping[str, float] = field(default_factory=dict)
    recall_from: tuple[dt.date, int] | None = None  # the day of the measurement, and on how many identifiers
    open_doubts: int = 0
    kept_out: Mapping[str, int] = field(default_factory=dict)
    posts: Callable[[], Iterable[str]] = tuple
    accounts_of: Callable[[Sequence[int]], Mapping[int, int]] = lambda documents: {}
