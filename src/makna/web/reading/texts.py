"""Documents as they are opened. A *leaf* is one of them: its units with who speaks, its pieces and windows.

Leaves stay in memory as long as the corpus stands as it is, so that coding a passage asks the corpus for nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa

from makna.corpus.model import document_text
from makna.library import Study
from makna.web.reading.windows import Piece, Unit, Window, pieces, windows

_ROOM = 10_000_000  # code points in memory, over all studies
_SENTINEL = object()


@dataclass(frozen=True)
class Author:
    """Whoever wrote or spoke, as the door left them."""

    author_id: int
    pseudonym: str
    participant: bool
    signs: tuple[str, ...] = ()
    emoji: tuple[str, ...] = ()
    bio: str | None = None
    location: str | None = None
    account_age: str | None = None
    followers: str | None = None


@dataclass(frozen=True)
class Leaf:
    """A document: its row of the corpus (*about*), its units, and the author and role of each."""

    document: int
    about: Mapping[str, Any]
    units: tuple[Unit, ...]
    voices: tuple[tuple[int | None, str | None], ...]
    authors: Mapping[int, Author]

    @property
    def kind(self) -> str:
        """The kind of source."""
        return str(self.about["kind"])

    @property
    def language(self) -> str | None:
        """The language of its words, where it is one."""
        return self.about["language"] if self.about["language"] in ("id", "en") else None

    @property
    def author(self) -> Author | None:
        """Who wrote the document as a whole."""
        return self.authors.get(self.about["author_id"])

    @cached_property
    def text(self) -> str:
        """All of it, which passages point into."""
        return document_text([unit.text for unit in self.units], self.kind)

    @cached_property
    def pieces(self) -> list[Piece]:
        """What is drawn anew at once."""
        return pieces(self.units or (Unit(0, 0, ""),))

    @cached_property
    def windows(self) -> list[Window]:
        """What is sent at once."""
        return windows(self.pieces)

    @cached_property
    def steps(self) -> dict[int, str]:
        """The steps of the caret in the pieces drawn so far, by their numbers: found once, since they never change."""
        return {}

    def voice(self, ordinal: int) -> tuple[Author | None, str | None]:
        """Who speaks a unit, and in which role."""
        if ordinal >= len(self.voices):
            return None, None
        author, role = self.voices[ordinal]
        return (None if author is None else self.authors.get(author)), role


class Shelf:
    """The leaves in memory: those read last, of the corpus as it stands now."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room, self._held = room, 0
        self._leaves: OrderedDict[tuple[str, int], Leaf] = OrderedDict()
        self._standing: dict[str, object] = {}
        self._lock = threading.Lock()

    def leaves(self, study: Study, documents: Iterable[int]) -> list[Leaf]:
        """The documents that are there, in the order they were asked for."""
        wanted = list(dict.fromkeys(documents))
        found = self._remembered(study, wanted)
        missing = [d for d in wanted if d not in found]
        if missing:
            read = _read(study, missing)
            self._remember(study, read)
            found |= read
        return [found[d] for d in wanted if d in found]

    def leaf(self, study: Study, document: int) -> Leaf | None:
        """One document; None where the study holds none of this id."""
        return next(iter(self.leaves(study, [document])), None)

    def _remembered(self, study: Study, wanted: Iterable[int]) -> dict[int, Leaf]:
        standing = study.standing()
        with self._lock:
            if self._standing.get(study.id, _SENTINEL) != standing:
                for key in [key for key in self._leaves if key[0] == study.id]:
                    self._held -= len(self._leaves.pop(key).text)
                self._standing[study.id] = standing
            found = {d: self._leaves[study.id, d] for d in wanted if (study.id, d) in self._leaves}
            for document in found:
                self._leaves.move_to_end((study.id, document))
        return found

    def _remember(self, study: Study, read: Mapping[int, Leaf]) -> None:
        with self._lock:
            for document, leaf in read.items():
                if (study.id, document) not in self._leaves:
                    self._leaves[study.id, document] = leaf
                    self._held += len(leaf.text)
            while self._held > self._room and len(self._leaves) > 1:
                self._held -= len(self._leaves.popitem(last=False)[1].text)


SHELF = Shelf()


def _read(study: Study, wanted: list[int]) -> dict[int, Leaf]:
    documents, units = study.documents, study.units
    if len(wanted) == 1:  # the file's own statistics lead to one id at once
        one = ibis.literal(wanted[0], "int64")
        documents, units = (
            documents.filter(documents.document_id == one),
            units.filter(units.document_id == one),
        )
    else:
        chosen = ibis.memtable(pa.table({"document_id": pa.array(wanted, pa.int64())}))
        documents, units = documents.semi_join(chosen, "document_id"), units.semi_join(chosen, "document_id")
    about = {row["document_id"]: row for row in study.run(documents).to_pylist()}
    columns = ("document_id", "ordinal", "start", "author_id", "role", "text")
    rows = study.run(units.select(*columns).order_by("document_id", "ordinal")).to_pylist()
    ids = {row["author_id"] for row in [*about.values(), *rows] if row["author_id"] is not None}
    people = authors(study, ids)
    spoken: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        spoken.setdefault(row["document_id"], []).append(row)
    return {document: _leaf(row, spoken.get(document, []), people) for document, row in about.items()}


def _leaf(about: Mapping[str, Any], rows: list[dict[str, Any]], people: Mapping[int, Author]) -> Leaf:
    ids = {about["author_id"], *(row["author_id"] for row in rows)}
    return Leaf(
        document=about["document_id"],
        about=about,
        units=tuple(Unit(row["ordinal"], row["start"], row["text"]) for row in rows),
        voices=tuple((row["author_id"], row["role"]) for row in rows),
        authors={a: people[a] for a in ids if a in people},
    )


def authors(study: Study, ids: Iterable[int]) -> dict[int, Author]:
    """The authors of these ids."""
    names = [field.name for field in fields(Author)]
    rows = ({name: row[name] for name in names} for row in study.profiles(set(ids)))
    return {
        row["author_id"]: Author(
            **{**row, "signs": tuple(row["signs"] or ()), "emoji": tuple(row["emoji"] or ())}
        )
        for row in rows
    }
