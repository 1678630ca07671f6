"""What is stated about a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from makna.corpus.model import SCHEMA_VERSION


@dataclass(frozen=True)
class Manifest:
    """What a batch is and how it was come by. Holds no file name: names identify."""

    number: int
    kind: str
    access: str
    permission: str | None  # whose permission or consent, for closed and private material
    reader: str
    added_on: str  # ISO day
    provides: tuple[str, ...]
    counts: Mapping[str, int]
    disguised: Mapping[str, int]
    settings: Mapping[str, Any] = field(default_factory=dict)
    harvest: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0  # how often it was written anew
    schema_version: int = SCHEMA_VERSION
    checksums: Mapping[str, str] = field(default_factory=dict)
