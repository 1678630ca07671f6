"""Writes one batch: aside first, then visible whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from makna.corpus.files import digest, sync, write_atomic
from makna.corpus.manifest import Manifest
from makna.corpus.model import AUTHORS, DOCUMENTS, REFERENCES, UNITS

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
        sums = {f.name: digest(f) for f in sorted(self._folder.glob("*.parquet"))}
        body = json.dumps({**asdict(manifest), "checksums": sums}, ensure_ascii=False, indent=1)
        (self._folder / "manifest.json").write_text(body, encoding="utf-8")
        for file in self._folder.iterdir():
            sync(file)
        sync(self._folder)

    def commit(self) -> None:
        """Make the finished batch visible, in one rename."""
        write_atomic(self._corpus / "next", str(self.number + 1))
        self._folder.rename(self._corpus / f"{self.number:04d}")
        sync(self._corpus)

    def replace(self) -> None:
        """Let the finished batch take the place of the one with its number; the bytes of the old one go.

        From the first rename on the new one counts, also when the rest is left to :meth:`Store.tidy`.
        """
        self._folder.rename(rewritten(self._corpus, self.number))
        sync(self._corpus)
        settle(self._corpus, self.number)


def rewritten(corpus: Path, number: int) -> Path:
    """Where a batch that was written anew lies, complete, until it takes the place of the old one."""
    return corpus / f".rewritten-{number:04d}"


def settle(corpus: Path, number: int) -> None:
    """Put a batch that was written anew in its place. May be called again after a crash."""
    place, aside = corpus / f"{number:04d}", corpus / f".removed-{number:04d}"
    if place.exists():
        if aside.exists():
            shutil.rmtree(aside)
        place.rename(aside)
    rewritten(corpus, number).rename(place)
    sync(corpus)
    if aside.exists():
        shutil.rmtree(aside)
        sync(corpus)
