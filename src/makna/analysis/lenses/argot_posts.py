"""The tokens of all observed posts as flat arrays, for what cannot be asked of an engine: folding, joining, company.

The engine filters and joins; posts come in slices, in the order of their ids. Words are numbered in their own order, so
that no number depends on the order of posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.posts import SLICE, observed, with_sides

SIDES = ("inside", "near", "out")
Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class Flat:
    """Tokens in reading order. *code* numbers *words*, *post* the posts; *start* and *end* stand in the post's text."""

    words: tuple[str, ...]
    code: Small
    post: Small
    start: Small
    end: Small
    documents: Ints  # per post
    authors: Ints  # per post; -1 where nobody is named
    sides: NDArray[np.int8]  # per post, a number of SIDES

    def counts(self) -> Ints:
        """How often each word occurs."""
        return np.bincount(self.code, minlength=len(self.words)).astype(np.int64)


def flat(data: LensInput, accounts: frozenset[int]) -> Flat:
    """All observed posts of *data*, with the side on which each stands towards *accounts*."""
    posts = with_sides(observed(data), accounts)
    posts = posts.select(
        "document_id",
        author=posts.author_id.fill_null(ibis.literal(-1, "int64")),
        side=ibis.cases((posts.inside, 0), (posts.answered, 1), else_=2).cast("int64"),
        token=posts.tokens.map(lambda t: t["token"]),
        start=posts.tokens.map(lambda t: t["start"]),
        end=posts.tokens.map(lambda t: t["end"]),
    )
    parts = list(_parts(posts))
    known: dict[str, int] = {}
    codes = [_numbered(part.words, known)[part.code] for part in parts]
    order = sorted(known)
    rank = np.empty(len(order), np.int32)
    rank[[known[word] for word in order]] = np.arange(len(order), dtype=np.int32)
    before = np.cumsum([0, *(len(part.documents) for part in parts)])
    return Flat(
        tuple(order),
        _joined([rank[c] for c in codes], np.int32),
        _joined([part.post + n for part, n in zip(parts, before, strict=False)], np.int32),
        _joined([part.start for part in parts], np.int32),
        _joined([part.end for part in parts], np.int32),
        _joined([part.documents for part in parts], np.int64),
        _joined([part.authors for part in parts], np.int64),
        _joined([part.sides for part in parts], np.int8),
    )


def _joined(parts: list[NDArray[Number]], kind: type[Number]) -> NDArray[Number]:
    return np.concatenate([np.zeros(0, kind), *parts]).astype(kind)


def _numbered(words: tuple[str, ...], known: dict[str, int]) -> Small:
    return np.array([known.setdefault(word, len(known)) for word in words], np.int32)


def _parts(posts: ir.Table) -> Iterator[Flat]:
    slices = max(1, -(-int(posts.count().to_pyarrow().as_py()) // SLICE))
    for n in range(slices):
        mine = posts.document_id % ibis.literal(slices, "int64") == ibis.literal(n, "int64")
        table = posts.filter(mine).order_by("document_id").to_pyarrow().combine_chunks()
        if table.num_rows:
            yield _part(table)


def _part(table: pa.Table) -> Flat:
    lists = {name: _single(table[name]) for name in ("token", "start", "end")}
    words = lists["token"].flatten().dictionary_encode()
    sizes = pc.fill_null(pc.list_value_length(lists["token"]), 0).to_numpy(zero_copy_only=False)
    return Flat(
        tuple(words.dictionary.to_pylist()),
        words.indices.to_numpy().astype(np.int32),
        np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
        lists["start"].flatten().to_numpy().astype(np.int32),
        lists["end"].flatten().to_numpy().astype(np.int32),
        table["document_id"].to_numpy().astype(np.int64),
        table["author"].to_numpy().astype(np.int64),
        table["side"].to_numpy().astype(np.int8),
    )


def _single(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def kept(tokens: Flat, keep: NDArray[np.bool_]) -> Flat:
    """*tokens* where *keep* holds."""
    return replace(
        tokens,
        code=tokens.code[keep],
        post=tokens.post[keep],
        start=tokens.start[keep],
        end=tokens.end[keep],
    )
