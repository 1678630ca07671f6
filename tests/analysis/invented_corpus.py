"""An invented corpus of posts: seeded, with the shapes that measures trip over."""

from __future__ import annotations

import random
from collections.abc import Sequence

import ibis
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.expr import types as ir

from makna.corpus.model import UNITS
from makna.corpus.tokens import tokenise

WORDS = [
    "ya",
    "kak",
    "pesan",
    "nomor",
    "⟦wa⟧",
    "kupu-kupu",
    "😀",
    "#warung",
    "murah",
    "bangettt",
    "besok",
    "kode",
]
RARE = [f"kata{i}" for i in range(300)]


def posts(n: int = 400, seed: int = 3) -> list[str]:
    """Texts of 0 to 30 tokens: some empty, some of one word, some with emoji before what is searched."""
    chance = random.Random(seed)
    weights = [1 / (i + 1) for i in range(len(WORDS))]
    texts = []
    for _ in range(n):
        common = chance.choices(WORDS, weights, k=chance.randint(0, 25))
        texts.append(" ".join(common + chance.choices(RARE, k=chance.randint(0, 5) if common else 0)))
    return texts


def units_of(texts: Sequence[str], *, in_document: int = 3, authors: int = 7) -> pa.Table:
    """The texts as units, *in_document* to a document, joined as an interview is (two line ends)."""
    rows, start = [], 0
    for i, text in enumerate(texts):
        start = start if i % in_document else 0
        rows.append(
            {
                "unit_id": 5000 + i,
                "document_id": i // in_document,
                "ordinal": i % in_document,
                "start": start,
                "end": start + len(text),
                "author_id": i % authors,
                "role": None,
                "text": text,
                "tokens": [{"token": t, "start": a, "end": b} for t, a, b in tokenise(text)],
            }
        )
        start += len(text) + 2
    return pa.Table.from_pylist(rows, schema=UNITS)


def documents_of(texts: Sequence[str], *, in_document: int = 3) -> list[str]:
    """The text of each document."""
    return ["\n\n".join(texts[i : i + in_document]) for i in range(0, len(texts), in_document)]


def put(backend: BaseBackend, name: str, table: pa.Table) -> ir.Table:
    """*table* in *backend* under *name*."""
    return backend.create_view(name, ibis.memtable(table), overwrite=True)
