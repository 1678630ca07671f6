"""What an import did, and what it could not do: the report every import ends in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from makna.corpus.records import Rejection

SHOWN_REJECTIONS = 1000


@dataclass(frozen=True)
class Unserved:
    """A lens that this file cannot serve: what it lacks, and the sources that hold it."""

    lens: str
    missing: tuple[str, ...]
    served_by: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """A file that stayed outside whole, and why. Its name may name a person: it is shown, and kept nowhere."""

    file: str
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """Counts of one import. Holds no content of any record."""

    batch: int | None  # None for a preview, and where everything had been imported before
    reader: str
    kind: str
    access: str
    read: int
    kept: int
    repeated: int
    context: int
    minors: int
    rejected: int
    rejections: tuple[Rejection, ...]  # the first 1,000
    dropped: Mapping[str, int]
    disguised: Mapping[str, int]
    doubts: int
    documents: int
    units: int
    authors: int
    conversations: int
    rounded_ids: int = 0
    withheld: int = 0
    erased: int = 0  # records of what was erased before: they stay out
    provides: tuple[str, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    notes: tuple[str, ...] = field(default=())
    refused: tuple[Refused, ...] = ()  # of many files imported at once

    def asdict(self) -> dict[str, Any]:
        """The report as plain data, for ``--json``."""
        return asdict(self)
