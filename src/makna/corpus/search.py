"""Full-text search over Makna's own tokens, by tantivy: ranked pages and concordance.

One entry per unit. The index holds disguised text only, can be made anew from the batches at any time, and knows
which batches it holds: what is missing is added, what was removed is taken out, when it is opened for writing.
"""

from __future__ import annotations

import json
import re
import shutil
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import tantivy

from makna.corpus.files import write_atomic
from makna.corpus.model import SourceKind
from makna.corpus.query import And, Not, Or, Phrase, Query, spans
from makna.corpus.store import Store
from makna.corpus.tokens import TOKENISER_VERSION, index_line, tokenise

INDEX_VERSION = 3
_HEAP = 16_000_000  # bytes; more of it costs memory and saves little
_CONTEXT = 60  # code points either side of a match
_SHOWN = struct.Struct("<qqqIB")  # unit, document, author (0: nobody), start, kind; the text follows
_KINDS = tuple(SourceKind)

HITS = pa.schema(
    [
        ("row", pa.int64()),
        ("document_id", pa.int64()),
        ("unit_id", pa.int64()),
        ("kind", pa.string()),
        ("author_id", pa.int64()),
        ("start", pa.int64()),  # code points into the document's text
        ("end", pa.int64()),
        ("left", pa.string()),
        ("match", pa.string()),
        ("right", pa.string()),
        ("text", pa.string()),  # the whole unit
        ("score", pa.float64()),
    ]
)


class Found(NamedTuple):
    """A unit that matches: where its text begins in its document, and how well it fits (0 where nothing is ranked)."""

    unit: int
    document: int
    author: int | None
    start: int
    kind: str
    text: str
    score: float


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("unit", stored=False, indexed=False, fast=True)  # the order of the corpus
    builder.add_unsigned_field("batch", stored=False, indexed=True)
    builder.add_text_field("kind", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("shown", stored=True)  # what a page shows, so that it opens no batch
    builder.add_text_field("tokens", stored=False, tokenizer_name="whitespace", index_option="position")
    return builder.build()


class SearchIndex:
    """The full-text index of one study."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self._store = folder, store
        self._opened: tuple[int | None, tantivy.Searcher] | None = None

    def missing(self) -> tuple[list[int], list[int]]:
        """(batches that the index lacks, batches that it should no longer hold as it holds them)."""
        there, held = self._store.revisions(), self._held()
        lacking = [n for n in there if held.get(n) != there[n]]
        return lacking, sorted(n for n in held if held[n] != there.get(n))

    def writer(self) -> IndexWriter:
        """A writer; anything it adds is visible after its commit."""
        return IndexWriter(self._open(), self.folder)

    def catch_up(self, *, told: Callable[[int], None] = lambda number: None) -> None:
        """Add the batches that the index lacks and take out those that are gone. *told* hears of each one added."""
        lacking, gone = self.missing()
        if not (lacking or gone):
            return
        with self.writer() as writer:
            for number in [*gone, *lacking]:
                writer.forget(number)
            for number in lacking:
                for units in self._units(number):
                    writer.add(number, self._store.manifest(number).kind, units)
                told(number)
            writer.commit(self._store.revisions())

    def rebuild(self, *, told: Callable[[int], None] = lambda number: None) -> None:
        """Make the index anew from the batches."""
        if self.folder.is_dir():
            shutil.rmtree(self.folder)
        self.catch_up(told=told)

    def _units(self, number: int) -> Iterator[pa.RecordBatch]:
        file = pq.ParquetFile(self._store.batch_folder(number) / "units.parquet")
        yield from file.iter_batches(batch_size=5_000)

    def _held(self) -> dict[int, int]:
        """Batch -> its revision."""
        note = self.folder / "batches.json"
        if not note.is_file():
            return {}
        held = json.loads(note.read_text(encoding="utf-8"))
        return {int(n): r for n, r in held["batches"].items()} if held["version"] == _version() else {}

    def _open(self) -> tantivy.Index:
        if self.folder.is_dir() and not self._held():
            shutil.rmtree(self.folder)  # begun and never committed, or of an older version
        self.folder.mkdir(parents=True, exist_ok=True)
        return tantivy.Index(_schema(), path=str(self.folder))

    def count(self, query: Query, *, kinds: Sequence[SourceKind] = ()) -> int:
        """How many units match."""
        return int(self._searcher().search(_compile(query, kinds), 1).count)

    def page(
        self,
        query: Query,
        *,
        kinds: Sequence[SourceKind] = (),
        limit: int = 20,
        offset: int = 0,
        ranked: bool = True,
    ) -> pa.Table:
        """A page of matches, one row per occurrence, as HITS says.

        *ranked*: best units first (BM25); else in the order of the corpus. *limit* counts units.
        """
        there = self.found(query, kinds=kinds, limit=limit, offset=offset, ranked=ranked)
        rows = [row for one in there for row in lines(query, one)]
        return pa.Table.from_pylist([{"row": n, **row} for n, row in enumerate(rows)], HITS)

    def found(
        self,
        query: Query,
        *,
        kinds: Sequence[SourceKind] = (),
        limit: int = 20,
        offset: int = 0,
        ranked: bool = True,
    ) -> list[Found]:
        """A page of units that match, in the same order, without looking where in them."""
        searcher = self._searcher()
        order = {} if ranked else {"order_by_field": "unit", "order": tantivy.Order.Asc}
        hits = searcher.search(_compile(query, kinds), limit, count=False, offset=offset, **order).hits
        return [_found(searcher.doc(address), float(score) if ranked else 0.0) for score, address in hits]

    def _searcher(self) -> tantivy.Searcher:
        """A searcher over the last commit; opened anew only after another one."""
        meta = self.folder / "meta.json"
        commit = meta.stat().st_mtime_ns if meta.is_file() and self._held() else None
        if commit is None or self._opened is None or self._opened[0] != commit:
            self._opened = (commit, self._open().searcher())
        return self._opened[1]


class IndexWriter:
    """Adds units to the index; leaving the block without a commit changes nothing."""

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        self._writer = index.writer(_HEAP, 1)
        self._folder = folder
        self._done = False

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(self, *exc: object) -> None:
        if not self._done:
            self._writer.rollback()
        self._writer.wait_merging_threads()

    def forget(self, number: int) -> None:
        """Take one batch out."""
        self._writer.delete_documents_by_query(tantivy.Query.term_query(_schema(), "batch", number))

    def add(self, number: int, kind: str, units: pa.RecordBatch, lines: Sequence[str] | None = None) -> None:
        """Add units (schema UNITS) of one batch; *lines* are their index lines where already made."""
        if lines is None:
            lines = [index_line([t["token"] for t in tokens]) for tokens in units["tokens"].to_pylist()]
        numbers = [units[c].to_numpy().tolist() for c in ("unit_id", "document_id", "start")]
        authors = pc.fill_null(units["author_id"], 0).to_numpy().tolist()
        columns = [*numbers, units["text"].to_pylist()]
        add, make, pack = self._writer.add_document, tantivy.Document, _SHOWN.pack
        place = _KINDS.index(SourceKind(kind))
        for unit, document, start, text, author, line in zip(*columns, authors, lines, strict=True):
            entry = make()
            entry.add_unsigned("unit", unit)
            entry.add_unsigned("batch", number)
            entry.add_text("kind", kind)
            entry.add_bytes("shown", pack(unit, document, author, start, place) + text.encode())
            entry.add_text("tokens", line)
            add(entry)

    def commit(self, batches: Mapping[int, int]) -> None:
        """Make everything visible; the index then holds exactly *batches* (batch -> its revision)."""
        self._writer.commit()
        self._done = True
        write_atomic(
            self._folder / "batches.json", json.dumps({"version": _version(), "batches": dict(batches)})
        )


def _version() -> str:
    return f"{INDEX_VERSION}.{TOKENISER_VERSION}"


def _found(document: tantivy.Document, score: float) -> Found:
    shown = bytes(document.get_first("shown"))
    unit, of, author, start, kind = _SHOWN.unpack_from(shown)
    return Found(unit, of, author or None, start, _KINDS[kind].value, shown[_SHOWN.size :].decode(), score)


def lines(query: Query, found: Found) -> list[dict[str, object]]:
    """A row of HITS, but for its number, for each place in a unit where the words of *query* stand."""
    text = found.text
    tokens = tokenise(text)
    shared = {
        "document_id": found.document,
        "unit_id": found.unit,
        "kind": found.kind,
        "author_id": found.author,
        "text": text,
        "score": found.score,
    }
    rows = []
    for first, last in spans(query, [index_line([t[0]]) for t in tokens]):
        start, end = tokens[first][1], tokens[last - 1][2]
        rows.append(
            {
                **shared,
                "start": found.start + start,
                "end": found.start + end,
                "left": text[max(0, start - _CONTEXT) : start],
                "match": text[start:end],
                "right": text[end : end + _CONTEXT],
            }
        )
    return rows


def _compile(query: Query, kinds: Sequence[SourceKind]) -> tantivy.Query:
    compiled = _tree(query, _schema())
    if not kinds:
        return compiled
    wanted = [(tantivy.Occur.Should, tantivy.Query.term_query(_schema(), "kind", k.value)) for k in kinds]
    either = tantivy.Query.const_score_query(tantivy.Query.boolean_query(wanted), 0.0)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, compiled), (tantivy.Occur.Must, either)])


def _tree(query: Query, schema: tantivy.Schema) -> tantivy.Query:
    make, occur = tantivy.Query, tantivy.Occur
    match query:
        case Phrase((token,), prefix=True):
            return make.regex_query(schema, "tokens", re.escape(token) + ".*")
        case Phrase((token,)):
            return make.term_query(schema, "tokens", token)
        case Phrase(tokens, prefix=True):
            return make.phrase_prefix_query(schema, "tokens", list(tokens))
        case Phrase(tokens):
            return make.phrase_query(schema, "tokens", list(tokens))
        case And(parts):
            terms = [
                (occur.MustNot, _tree(p.part, schema))
                if isinstance(p, Not)
                else (occur.Must, _tree(p, schema))
                for p in parts
            ]
            return make.boolean_query(terms)
        case Or(parts):
            return make.boolean_query([(occur.Should, _tree(p, schema)) for p in parts])
        case Not(part):
            return make.boolean_query([(occur.MustNot, _tree(part, schema))])
