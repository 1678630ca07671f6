"""The protocol every reader keeps: sniff, cut, parse.

A reader first *sniffs* the head of a file, then *cuts* the file into independent blocks without looking into them
(cheap, in one process), then *parses* each block into records (in worker processes; a block may be parsed more
than once). Memory stays flat because nobody holds more than a few blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from makna.corpus.model import SourceKind
from makna.corpus.records import RawRecord

BLOCK_BYTES = 2 << 20


@dataclass(frozen=True)
class Head:
    """What a reader may look at to recognise a file: its suffix and its first bytes, also decoded."""

    suffix: str  # lower case, with the dot; a hint, never proof
    data: bytes  # the first 64 KiB, or all
    text: str  # decoded, BOM removed, NULs kept; "" for binary formats
    encoding: str  # of text
    whole: bool  # data is the whole file


@dataclass(frozen=True)
class Options:
    """What the researcher said about a file."""

    kind: SourceKind | None = None  # overrides the guess
    mapping: Mapping[str, str] | None = None  # role -> column, for CSV and XLSX
    sheet: str | None = None
    pdf_folder: Path | None = None  # full texts of references
    title: str | None = None
    speakers: Mapping[str, str] = field(default_factory=dict)  # label -> "researcher" | participant code


@dataclass(frozen=True)
class Block:
    """A piece of a source that parses on its own. Picklable."""

    start: int  # line or row number of its first record, from 1
    size: int  # bytes of the source it stands for, for the progress bar
    payload: Any


@runtime_checkable
class ClosedPlace(Protocol):
    """What a reader has beside the rest, whose files may come from closed or private places alone."""

    def is_closed(self, head: Head) -> bool:
        """Whether this file comes from a place that not everybody can read. Never raises."""
        ...


@runtime_checkable
class Reader(Protocol):
    """One source format. Instances are stateless and picklable."""

    name: str  # "x-api-v2"
    title: str  # "X API v2, as twarc2 writes it"
    kinds: tuple[SourceKind, ...]  # source kinds this format can hold; the first is the guess
    provides: frozenset[str]  # of: account, handle, name, bio, location, time, replies, counts, media, text
    parallel: bool  # worth a pool of workers when the file is large

    def sniff(self, head: Head) -> float:
        """How sure the reader is that it can read this, 0 to 1. Never raises."""
        ...

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Cut the file. Raises a ReadError that names the file, the position and the remedy."""
        ...

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """The records of one block, in the order of the source. A bad record becomes a Rejection."""
        ...
