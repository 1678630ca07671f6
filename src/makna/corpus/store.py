"""Batches on disk: one folder each, written aside and renamed, so that a batch is there whole or not at all.

``corpus/0001/`` holds ``documents.parquet``, ``units.parquet``, ``authors.parquet``, for literature
``references.parquet``, and where a batch completes earlier ones ``joins.parquet`` (:mod:`makna.corpus.links`).
A folder whose name starts with a dot is a write that did not end; nobody reads it, the next writer removes it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from makna.corpus.model import AUTHORS, DOCUMENTS, REFERENCES, SCHEMA_VERSION, UNITS
from makna.errors import DamagedStudy, NoSuchBatch
from makna.i18n import _

JOINS = pa.schema([("what", pa.string()), ("old", pa.int64()), ("new", pa.int64())])
TABLES: Mapping[str, pa.Schema] = {
    "documents": DOCUMENTS,
    "units": UNITS,
    "authors": AUTHORS,
    "references": REFERENCES,
    "joins": JOINS,
}
_ALWAYS = ("documents", "units", "authors")
ROW_GROUP = 20_000
_REPEATING: Mapping[str, list[str]] = {  # columns whose values repeat, written through a dictionary
    "documents": [
        "batch",
        "kind",
        "language",
        "relation",
        "sent_on",
        "conversation_id",
        "author_id",
        "replies",
        "reposts",
        "likes",
        "quotes",
        "media.list.element",
    ],
    "units": ["role", "author_id", "tokens.list.element.token"],
    "authors": [
        "name_shape",
        "location",
        "account_age",
        "followers",
        "signs.list.element",
        "emoji.list.element",
        "bio_tokens.list.element.token",
    ],
    "references": [],
    "joins": ["what"],
}


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
    schema_version: int = SCHEMA_VERSION
    checksums: Mapping[str, str] = field(default_factory=dict)


class Store:
    """The batches of one study."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def numbers(self) -> list[int]:
        """The numbers of the batches that are there, in order."""
        if not self.folder.is_dir():
            return []
        return sorted(int(p.name) for p in self.folder.iterdir() if p.name.isdigit() and p.is_dir())

    def batch_folder(self, number: int) -> Path:
        """The folder of a batch; raises :class:`NoSuchBatch`."""
        folder = self.folder / f"{number:04d}"
        if not folder.is_dir():
            raise NoSuchBatch(
                _("The study holds no batch {number}. It holds: {there}.").format(
                    number=number, there=", ".join(map(str, self.numbers())) or "–"
                )
            )
        return folder

    def manifest(self, number: int) -> Manifest:
        """The manifest of a batch; raises :class:`DamagedStudy` when it cannot be read."""
        file = self.batch_folder(number) / "manifest.json"
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            return Manifest(**{**data, "provides": tuple(data["provides"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedStudy(
                _("{file} cannot be read ({reason}). Restore it from a backup, or remove the batch.").format(
                    file=file, reason=type(error).__name__
                )
            ) from error

    def manifests(self) -> list[Manifest]:
        """All manifests, in batch order."""
        return [self.manifest(n) for n in self.numbers()]

    def files(self, table: str) -> list[Path]:
        """The Parquet files of one table over all batches, in batch order."""
        found = [self.folder / f"{n:04d}" / f"{table}.parquet" for n in self.numbers()]
        return [f for f in found if f.is_file()]

    def next_number(self) -> int:
        """A batch number never used before in this study, also not by a removed batch."""
        counter = self.folder / "next"
        used = int(counter.read_text()) if counter.is_file() else 1
        return max([used, *(n + 1 for n in self.numbers())])

    def writer(self, number: int) -> BatchWriter:
        """A writer for a new batch. Leftovers of writers that died are removed first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(".*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        return BatchWriter(self.folder, number)

    def remove(self, number: int) -> None:
        """Take a batch out whole: it leaves the readers' sight in one rename, then its bytes go."""
        folder = self.batch_folder(number)
        write_atomic(self.folder / "next", str(self.next_number()))
        aside = self.folder / f".removed-{number:04d}"
        folder.rename(aside)
        _sync(self.folder)
        shutil.rmtree(aside)

    def damaged(self) -> list[Path]:
        """Files whose checksum differs from their manifest's."""
        wrong = []
        for number in self.numbers():
            folder = self.batch_folder(number)
            for name, digest in self.manifest(number).checksums.items():
                file = folder / name
                if not file.is_file() or _digest(file) != digest:
                    wrong.append(file)
        return wrong


class BatchWriter:
    """Writes one batch aside; :meth:`commit` makes it visible, leaving the block without it removes every byte."""

    def __init__(self, corpus: Path, number: int) -> None:
        self.number = number
        self._corpus = corpus
        self._folder = corpus / f".writing-{number:04d}-{os.getpid()}"
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.RecordBatch]] = {}

    def __enter__(self) -> Self:
        self._folder.mkdir()
        for table in _ALWAYS:
            self._writer(table)
        return self

    def __exit__(self, *exc: object) -> None:
        if self._folder.exists():
            for writer in self._writers.values():
                writer.close()
            shutil.rmtree(self._folder)

    def write(self, table: str, rows: pa.Table | pa.RecordBatch) -> None:
        """Append rows in the table's schema."""
        waiting = self._waiting.setdefault(table, [])
        waiting += rows.to_batches() if isinstance(rows, pa.Table) else [rows]
        if sum(r.num_rows for r in waiting) >= ROW_GROUP:
            self._flush(table)

    def _flush(self, table: str) -> None:
        """Write the rows that wait: few large row groups read and pack better than many small ones."""
        waiting = self._waiting.pop(table, [])
        if any(rows.num_rows for rows in waiting):
            data = pa.Table.from_batches(waiting).cast(TABLES[table])
            self._writer(table).write_table(data.combine_chunks(), row_group_size=ROW_GROUP)

    def _writer(self, table: str) -> pq.ParquetWriter:
        if table not in self._writers:
            self._writers[table] = pq.ParquetWriter(
                self._folder / f"{table}.parquet",
                TABLES[table],
                compression="zstd",
                compression_level=1,
                use_dictionary=_REPEATING[table],
            )
        return self._writers[table]

    def finish(self, manifest: Manifest) -> None:
        """Close, checksum and sync all files; the batch is complete but not yet visible."""
        for table in list(self._waiting):
            self._flush(table)
        for writer in self._writers.values():
            writer.close()
        sums = {f.name: _digest(f) for f in sorted(self._folder.glob("*.parquet"))}
        body = json.dumps({**asdict(manifest), "checksums": sums}, ensure_ascii=False, indent=1)
        (self._folder / "manifest.json").write_text(body, encoding="utf-8")
        for file in self._folder.iterdir():
            _sync(file)
        _sync(self._folder)

    def commit(self) -> None:
        """Make the finished batch visible, in one rename."""
        write_atomic(self._corpus / "next", str(self.number + 1))
        self._folder.rename(self._corpus / f"{self.number:04d}")
        _sync(self._corpus)


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def write_atomic(file: Path, text: str) -> None:
    """Replace the content of *file* whole or not at all."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    _sync(aside)
    aside.replace(file)


def _sync(path: Path) -> None:
    if os.name == "nt":
        return  # Windows opens no folder and syncs no file opened for reading; its renames are journalled
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
