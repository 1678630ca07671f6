"""What a study holds: its batches and their tables."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna import wordlists
from makna.corpus import engine
from makna.corpus.manifest import Manifest
from makna.corpus.model import document_text
from makna.corpus.search import SearchIndex
from makna.corpus.store import Store
from makna.corpus.tables import Tables


class Holding:
    """A study as it lies on disk. Tables are Ibis expressions in the schemas of :mod:`makna.corpus.model`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._about: dict[str, Any] = json.loads((folder / "study.json").read_text(encoding="utf-8"))
        self._store = Store(folder / "corpus")
        self._index = SearchIndex(folder / "index", self._store)
        self._read: tuple[dict[int, tuple[int, Path]], Tables] | None = None

    @property
    def name(self) -> str:
        """The study's name in the library."""
        return str(self._about["name"])

    @property
    def id(self) -> str:
        """The study's id: what its key is kept under."""
        return str(self._about["id"])

    @property
    def title(self) -> str:
        """The study's title."""
        return str(self._about["title"])

    @property
    def sealed(self) -> bool:
        """Whether the key was destroyed: nothing can be linked to an account again."""
        return bool(self._about["sealed"])

    @cached_property
    def backend(self) -> Any:
        """The Ibis backend: DuckDB, or Spark when ``MAKNA_ENGINE=spark``."""
        chosen = os.environ.get("MAKNA_ENGINE", "duckdb")
        connection = engine.connect("spark" if chosen == "spark" else "duckdb")
        ibis.set_backend(connection)  # small tables in memory are read by the same engine
        return connection

    def _tables(self) -> Tables:
        """The tables of the batches that are there now; the same ones as long as no batch comes, goes or is written anew."""
        there = self._store.standing()
        if self._read is None or self._read[0] != there:
            self._read = (there, Tables(self._store, self.backend))
        return self._read[1]

    @property
    def documents(self) -> ir.Table:
        """All documents."""
        return self._tables().documents

    @property
    def units(self) -> ir.Table:
        """All units."""
        return self._tables().units

    @property
    def authors(self) -> ir.Table:
        """All authors."""
        return self._tables().authors

    def profiles(self, authors: Collection[int]) -> list[dict[str, Any]]:
        """The rows of a few authors by their ids, at once however many batches there are."""
        return self._tables().profiles(authors)

    @property
    def references(self) -> ir.Table:
        """All references."""
        return self._tables().references

    def run(self, expression: ir.Table) -> pa.Table:
        """The rows of an Ibis expression."""
        found: pa.Table = self.backend.to_pyarrow(expression)
        return found

    def batches(self) -> list[Manifest]:
        """The manifests of all batches, in order."""
        return self._store.manifests()

    def text(self, document_id: int) -> str:
        """The text of a document."""
        units = self.units
        mine = units.filter(units.document_id == ibis.literal(document_id, "int64")).order_by("ordinal")
        texts = self.run(mine.select("text", "ordinal"))["text"].to_pylist()
        documents = self.documents
        kind = self.run(
            documents.filter(documents.document_id == ibis.literal(document_id, "int64")).select("kind")
        )["kind"].to_pylist()
        return document_text(texts, kind[0]) if kind else ""

    def wordlist(self, name: str) -> wordlists.WordList:
        """A word list with this study's additions."""
        return wordlists.load(name, study=self.folder)

    def standing(self) -> object:
        """Compares equal as long as no batch comes, goes or is written anew."""
        return self._store.standing()

    def damaged(self) -> list[Path]:
        """Files of batches that changed outside Makna."""
        return self._store.damaged()

    def status(self) -> dict[str, Any]:
        """Where the study stands."""
        batches = [asdict(m) for m in self.batches()]
        return {"study": self.name, "title": self.title, "sealed": self.sealed, "rows": batches}

    def __iter__(self) -> Iterator[Manifest]:
        return iter(self.batches())
