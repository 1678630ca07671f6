"""What a report is built from. The study fills this; the report itself reads no file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from makna.analysis.coder_agreement import CodeAgreement
from makna.analysis.lenses.base import LensResult
from makna.record.evidence import ResolvedFinding
from makna.record.participants_file import Participant
from makna.record.recorded import Recorded, RecordedCode
from makna.record.study_file import StudyDesign
from makna.record.toml_table import Text


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
class CodeUse:
    """A code, how often it was given to each kind of source, and the accounts behind the posts that carry it."""

    code: RecordedCode
    codings: Mapping[str, int] = field(default_factory=dict)
    accounts: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Interpretation:
    """What the record adds: its codebook in use, how far coders agree (code → measure), and what was done.

    *unconsented* gives the words of informants who did not agree to be quoted; *says* tells in which language a text is.
    """

    record: Recorded
    codes: Sequence[CodeUse] = ()
    coders: int = 0
    agreement: Mapping[str, CodeAgreement] = field(default_factory=dict)
    unconsented: Callable[[], Iterable[str]] = tuple
    says: Callable[[str], Text] = Text


@dataclass(frozen=True)
class ReportInputs:
    """Everything a report shows. *interpretation* is None for a study without a record.

    *references*: (document_id, CSL-JSON) of the literature; a reference without document has None. *disguised*: class →
    how often. *recall*: class → measured recall, 0 to 1. *kept_out*: reason → records ("minor"). *posts* gives a fresh
    iterator over the texts of all posts, for the quote guard. *accounts_of* gives document_id → author_id of the
    observed documents among those asked for (a participant's documents are not among them).
    """

    design: StudyDesign
    made_on: dt.date
    findings_in: str = "findings.toml"  # where the findings stand, as messages call it
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
    interpretation: Interpretation | None = None
