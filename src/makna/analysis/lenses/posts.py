"""Observed posts as lenses read them: one expression over the corpus, streamed in batches.

The engine filters; what is left comes in Arrow batches, so memory stays flat however large the corpus is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.segments import Token
from makna.corpus.model import SourceKind

SLICE = 200_000  # posts in memory as Arrow
BATCH = 10_000  # posts in memory as Python objects


@dataclass(frozen=True, slots=True)
class Post:
    """One observed post with its text; *image* says that it carries a picture."""

    document_id: int
    author_id: int | None
    conversation_id: int | None
    parent_id: int | None
    parent_author: int | None
    relation: str
    position: int
    sent_on: dt.date | None
    image: bool
    text: str
    tokens: tuple[Token, ...]


def observed(data: LensInput) -> ir.Table:
    """Posts that were harvested themselves and carry text: the columns of :class:`Post`."""
    documents = data.documents.filter(data.documents.kind == SourceKind.OBSERVATION.value)
    parents = documents.select(parent_id=documents.document_id, parent_author=documents.author_id)
    own = documents.filter(~documents.context.fill_null(False))
    own = own.left_join(parents, "parent_id").drop("parent_id_right")
    units = data.units.select("document_id", "text", "tokens")
    joined = own.inner_join(units, "document_id")
    return joined.select(
        "document_id", "author_id", "conversation_id", "parent_id", "parent_author", "relation", "position", "sent_on",
        "text", "tokens", image=joined.media.contains("image").fill_null(False) | joined.text.contains("⟦image⟧"),
    )  # fmt: skip


def with_sides(posts: ir.Table, accounts: Iterable[int]) -> ir.Table:
    """*posts* with ``inside``: by one of *accounts*; and ``answered``: its parent is."""
    ids = pa.array(sorted(accounts), pa.int64())
    known = pa.table({"known": ids})
    own, other = ibis.memtable(known), ibis.memtable(known.rename_columns(["known_parent"]))
    posts = posts.left_join(own, posts.author_id == own.known)
    posts = posts.left_join(other, posts.parent_author == other.known_parent)
    posts = posts.mutate(inside=posts.known.notnull(), answered=posts.known_parent.notnull())
    return posts.drop("known", "known_parent")


def stream(posts: ir.Table, marked: Callable[[str], bool] | None = None) -> Iterator[Post]:
    """The posts of *posts* (see :func:`observed`), in no order that means anything, a bounded number at a time.

    Only those with a *marked* token, where that is asked.
    """
    # Ibis cannot stream from DuckDB 2 yet, so the corpus is read in slices by document
    slices = max(1, -(-int(posts.count().to_pyarrow().as_py()) // SLICE))
    for n in range(slices):
        mine = posts.document_id % ibis.literal(slices, "int64") == ibis.literal(n, "int64")
        table = posts.filter(mine).order_by("document_id").to_pyarrow()
        if marked:
            table = table.filter(holding(table["tokens"], marked))
        for batch in table.to_batches(max_chunksize=BATCH):
            yield from _read(batch)


def holding(tokens: pa.ChunkedArray, marked: Callable[[str], bool]) -> pa.Array:
    """Which lists of *tokens* hold a *marked* one; each word is asked about once."""
    lists = tokens.combine_chunks()
    words = lists.flatten().field("token").dictionary_encode()
    told = np.fromiter(map(marked, words.dictionary.to_pylist()), bool, len(words.dictionary))
    held = np.zeros(len(lists), bool)
    held[pc.list_parent_indices(lists).to_numpy()[told[words.indices.to_numpy()]]] = True
    return pa.array(held)


def ordered(posts: ir.Table, limit: int) -> list[Post]:
    """At most *limit* posts, the same ones each time: spread over the corpus by a hash of their place."""
    prime = ibis.literal(1_000_003, "int64")
    spread = posts.document_id % prime * ibis.literal(48_271, "int64") % prime
    table = posts.order_by([spread, posts.document_id]).limit(limit).to_pyarrow()
    return [post for batch in table.to_batches() for post in _read(batch)]


def _read(batch: pa.RecordBatch) -> Iterator[Post]:
    columns = {name: batch[name].to_pylist() for name in _PLAIN}
    words = _tokens(batch["tokens"])
    for n, tokens in enumerate(words):
        yield Post(**{name: values[n] for name, values in columns.items()}, tokens=tokens)


def _tokens(column: pa.ListArray) -> Iterator[tuple[Token, ...]]:
    """The tokens of each post. Flat columns become Python objects far faster than structs do."""
    flat = column.flatten()
    names, starts, ends = (flat.field(f).to_pylist() for f in ("token", "start", "end"))
    sizes = column.value_lengths().fill_null(0).to_pylist()
    at = 0
    for size in sizes:
        yield tuple(zip(names[at : at + size], starts[at : at + size], ends[at : at + size], strict=True))
        at += size


_PLAIN = (
    "document_id", "author_id", "conversation_id", "parent_id", "parent_author", "relation", "position", "sent_on",
    "image", "text",
)  # fmt: skip
