"""The tables of a study as one Ibis expression each, over all its batches, with later batches' joins applied."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from itertools import groupby
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from makna.corpus.batch_writer import JOINS, TABLES
from makna.corpus.model import batch_of
from makna.corpus.store import Store


class Tables:
    """Documents, units, authors and references of the batches that are there when it is made."""

    def __init__(self, store: Store, backend: BaseBackend) -> None:
        self._store, self._backend = store, backend
        joins = [pq.read_table(f) for f in store.files("joins")]
        self._joins = pa.concat_tables(joins) if joins else JOINS.empty_table()

    @cached_property
    def documents(self) -> ir.Table:
        """One row per document (schema DOCUMENTS)."""
        table = self._read("documents")
        table = self._same(table, "conversation", "conversation_id")
        table = self._same(table, "author", "author_id")
        table = self._arrived(table)
        return self._promoted(table).select(*TABLES["documents"].names)

    @cached_property
    def units(self) -> ir.Table:
        """One row per unit (schema UNITS)."""
        return self._same(self._read("units"), "author", "author_id").select(*TABLES["units"].names)

    @cached_property
    def authors(self) -> ir.Table:
        """One row per author (schema AUTHORS): the profile that came first."""
        table = self._read("authors")
        if len(self._store.files("authors")) > 1:
            table = table.mutate(place=table.batch_number)
            table = self._same(table, "author", "author_id")
            first = ibis.row_number().over(group_by=table.author_id, order_by=[table.place, table.pseudonym])
            table = table.mutate(turn=first)
            table = table.filter(table.turn == 0)
        return table.select(*TABLES["authors"].names)

    @cached_property
    def references(self) -> ir.Table:
        """One row per reference (schema REFERENCES)."""
        return self._read("references").select(*TABLES["references"].names)

    def _read(self, table: str) -> ir.Table:
        numbered = self._store.numbered_files(table)
        files = [file for _number, file in numbered]
        if not files:
            return ibis.memtable(TABLES[table].empty_table())
        if table != "authors" or len(files) == 1:
            return self._parquet(files)
        parts = [self._parquet([f]).mutate(batch_number=ibis.literal(n, "int64")) for n, f in numbered]
        return ibis.union(*parts)

    def _parquet(self, files: list) -> ir.Table:  # type: ignore[type-arg]
        paths = [str(f) for f in files]
        if self._backend.name == "pyspark":
            parts = [self._backend.read_parquet(p) for p in paths]
            return ibis.union(*parts) if len(parts) > 1 else parts[0]
        return self._backend.read_parquet(paths)

    def _pairs(self, what: str) -> pa.Table:
        keep = [w == what for w in self._joins["what"].to_pylist()]
        return self._joins.filter(pa.array(keep, pa.bool_()))

    def _same(self, table: ir.Table, what: str, column: str) -> ir.Table:
        """Ids that turned out to mean one thing become the smallest of them."""
        pairs = self._pairs(what)
        if not pairs.num_rows:
            return table
        old, new = _smallest(pairs["old"].to_numpy(), pairs["new"].to_numpy())
        renames = ibis.memtable(pa.table({"old_id": old, "new_id": new}))
        joined = table.left_join(renames, table[column] == renames.old_id)
        return joined.mutate(**{column: ibis.coalesce(joined.new_id, joined[column])}).drop(
            "old_id", "new_id"
        )

    def authors_now(self, ids: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        """Author ids as they were written, as later batches left them."""
        pairs = self._pairs("author")
        if not pairs.num_rows:
            return ids
        old, new = _smallest(pairs["old"].to_numpy(), pairs["new"].to_numpy())
        return pc.coalesce(pc.take(pa.array(new), pc.index_in(ids, value_set=pa.array(old))), ids)

    def profiles(self, ids: Collection[int]) -> list[dict[str, Any]]:
        """The rows of a few authors, each read from the batch it came with, which its id names, and from no other."""
        files = dict(self._store.numbered_files("authors"))
        there = [
            pq.read_table(files[batch], filters=[("author_id", "in", list(mine))]).to_pylist()
            for batch, mine in groupby(sorted(ids), key=batch_of)
            if batch in files
        ]
        found = {row["author_id"]: row for rows in there for row in rows}
        lost = sorted(set(ids) - set(found))  # their batch was removed; a later one has them too
        if lost:
            rest = self.authors.filter(self.authors.author_id.isin(lost))
            found |= {row["author_id"]: row for row in self._backend.to_pyarrow(rest).to_pylist()}
        return [found[i] for i in dict.fromkeys(ids) if i in found]

    def _arrived(self, table: ir.Table) -> ir.Table:
        """Parents that a later batch brought."""
        pairs = self._pairs("parent")
        if not pairs.num_rows:
            return table
        arrived = ibis.memtable(pa.table({"waiting": pairs["old"], "arrived": pairs["new"]}))
        joined = table.left_join(arrived, table.document_id == arrived.waiting)
        here = joined.arrived.notnull()
        return joined.mutate(
            parent_id=ibis.coalesce(joined.arrived, joined.parent_id),
            parent_missing=joined.parent_missing & ~here,
        ).drop("waiting", "arrived")

    def _promoted(self, table: ir.Table) -> ir.Table:
        """Posts that first came as context and later as what was harvested, perhaps by several batches."""
        pairs = self._pairs("context")
        if not pairs.num_rows:
            return table
        promoted = ibis.memtable(pa.table({"promoted": pairs["old"].unique()}))
        joined = table.left_join(promoted, table.document_id == promoted.promoted)
        return joined.mutate(context=joined.context & joined.promoted.isnull()).drop("promoted")


def _smallest(
    left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(ids, the smallest id each is equal to), over chains of equalities."""
    ids, index = np.unique(np.concatenate([left, right]), return_inverse=True)
    a, b = index[: len(left)], index[len(left) :]
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(len(ids), len(ids)))
    labels = connected_components(graph, directed=False)[1]
    first = np.full(labels.max() + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, labels, ids)
    return ids, first[labels]
