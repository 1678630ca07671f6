"""What RIS and BibTeX readers hand on: one entry as CSL-JSON, its abstract, the files it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Entry:
    """A reference as one file states it. *where* is its first line."""

    where: int
    key: str
    csl: dict[str, Any]
    abstract: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # paths of attachments as the source writes them
    dropped: dict[str, int] = field(default_factory=dict)
