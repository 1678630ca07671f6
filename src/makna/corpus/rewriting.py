"""A batch written anew: what erasure, revision and a decided doubt have in common. Ids do not change.

The new batch lies complete beside the old one before it takes its place, so that a crash leaves the one or the other.
Who rewrites holds the study's lock, keeps what goes with the new revision (the doubts that remain) before, and brings
the index up to date after; both are told apart by the batch's revision. Texts change by :mod:`~makna.corpus.edits`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq

from makna.corpus.batch_writer import ROW_GROUP, TABLES
from makna.corpus.manifest import Manifest
from makna.corpus.store import Store

Change = Callable[[str, pa.RecordBatch], pa.RecordBatch]  # (table, rows) -> what stands instead
Restate = Callable[[Manifest], Manifest]


def rewrite(store: Store, number: int, change: Change, *, restate: Restate = lambda old: old) -> Manifest:
    """Write batch *number* anew with every group of rows changed, and return its manifest.

    *change* gets the rows of a table in their order, a group at a time (documents first, then units, authors,
    references and joins), and may drop rows, never reorder them. *restate* corrects the manifest, after all rows.
    """
    with store.writer(number) as fresh:
        for table in TABLES:
            for rows in groups(store, number, table):
                fresh.write(table, change(table, rows))
        before = store.manifest(number)
        after = replace(restate(before), revision=before.revision + 1, checksums={})
        fresh.finish(after)
        fresh.replace()
    return store.manifest(number)


def groups(store: Store, number: int, table: str) -> Iterator[pa.RecordBatch]:
    """The rows of one table of a batch, a group at a time; none where it has no such table."""
    file = store.batch_folder(number) / f"{table}.parquet"
    if file.is_file():
        with pq.ParquetFile(file) as opened:
            yield from opened.iter_batches(batch_size=ROW_GROUP)
