"""The import of observed posts: two stages, workers, one batch.

The reading surveys (:mod:`~makna.corpus.importing.survey`) and keeps the records aside, sealed; the structure is
resolved; then the kept posts go through the door. So the memory stays flat and no raw text is ever on the disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makna.corpus.disguise.door import DoorSettings, Doubt
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import RosterBuilder
from makna.corpus.importing.aside import Aside, Seal
from makna.corpus.importing.gathering import Survey, gather
from makna.corpus.importing.ids import NONE
from makna.corpus.importing.memory import give_back
from makna.corpus.importing.rows import BlockRows, Disguiser, Task, disguise, disguiser
from makna.corpus.importing.structure import Structure, mistrust_rounded_ids, resolve, staying_out
from makna.corpus.importing.survey import BlockSurvey, Surveyor, surveyor
from makna.corpus.importing.surveyed import ACCOUNT, CONTEXT, POST
from makna.corpus.importing.workers import Workers
from makna.corpus.links import Links
from makna.corpus.model import AUTHORS, BATCH_SHIFT, DOCUMENTS, UNITS, SourceKind
from makna.corpus.readers.base import Block, Head, Options, Reader

Progress = Callable[[str, int], None]  # (stage, bytes done since the last call)
TIDY_EVERY = 10  # blocks
MANY = 200_000  # posts
TABLES = frozenset({"table", "tweet-harvest", "4cat"})  # readers of what a spreadsheet may have rounded


@dataclass(frozen=True)
class Source:
    """A file with what recognised it and what the researcher said about it."""

    path: Path
    reader: Reader
    head: Head
    options: Options

    def blocks(self) -> Iterator[Block]:
        """The blocks of the file."""
        return self.reader.blocks(self.path, self.head, self.options)


@dataclass(frozen=True)
class Rows:
    """Rows of the three tables for one block, complete, and what goes with them."""

    documents: pa.RecordBatch
    units: pa.RecordBatch
    authors: pa.RecordBatch
    index: list[str]
    doubts: list[tuple[int, Doubt]]  # (unit id, doubt)


class PostImport:
    """One import of posts, stage by stage: survey, structure, rows."""

    def __init__(
        self,
        source: Source,
        settings: DoorSettings,
        links: Links,
        batch: int,
        *,
        workers: Workers,
        aside: Aside,
        progress: Progress,
    ) -> None:
        self._source, self._settings, self._links = source, settings, links
        self._batch, self._workers, self._progress = batch, workers, progress
        self._aside, self._seal = aside, Seal.fresh()
        self._sizes: list[int] = []
        self.survey: Survey = self._survey()
        if len(self.survey.posts) > MANY:
            workers.rest()  # what follows needs the memory more than the second stage needs a quick start
        give_back()
        self.rounded = mistrust_rounded_ids(self.survey.posts) if source.reader.name in TABLES else 0
        erased = staying_out(np.array(sorted(settings.erased), np.uint64), self.survey.accounts)
        self.structure: Structure = resolve(
            self.survey.posts, self.survey.accounts, self.survey.profiles, links, batch, erased
        )
        self._settings = replace(settings, erased=self._met(erased))
        self.context = int((self.survey.posts["flags"] & CONTEXT > 0)[self.structure.kept].sum())
        self.survey.posts = np.empty(0, POST)  # done with, and large
        macs = Macs(settings.key)
        self.long = self._long(macs)
        self.pseudonyms = Pseudonyms(macs, long=self.long)
        self.classes: Counter[str] = Counter()

    def _met(self, erased: NDArray[np.uint64]) -> frozenset[int]:
        """The erased accounts that this source speaks of: what the workers must know."""
        both = np.concatenate([self.survey.accounts[c] for c in ("account", "handle")])
        return frozenset(np.intersect1d(both, erased).tolist())

    def _survey(self) -> Survey:
        make = partial(surveyor, self._source.reader, self._source.options, self._settings, self._seal)
        found = self._workers.ordered(make, Surveyor.survey, self._source.blocks())
        return gather(self._watched(found))

    def _watched(self, found: Iterator[BlockSurvey]) -> Iterator[BlockSurvey]:
        for n, block in enumerate(found):
            self._aside.add(block.sealed)
            self._sizes.append(block.size)
            self._progress("survey", block.size)
            yield block
            if n % TIDY_EVERY == 0:
                give_back()

    def _long(self, macs: Macs) -> NDArray[np.uint64]:
        """Accounts whose three-digit pseudonym would be another's: earlier choices stay."""
        earlier = np.unique(self._links.all("long"))
        handles = self.survey.accounts["handle"]
        names = np.unique(np.concatenate([self.structure.author_name, handles[handles > 0]]))
        clashing = Pseudonyms(macs, long=earlier).collisions(names)
        known = np.unique(self._links.all("accounts_name"))
        fresh = clashing[~np.isin(clashing, known)]
        both: NDArray[np.uint64] = np.unique(np.concatenate([earlier, fresh]).astype(np.uint64))
        return both

    def rows(self) -> Iterator[Rows]:
        """The rows of every block, in order; raises what the readers raise."""
        found = self._workers.ordered(self._disguiser(), disguise, self._tasks())
        for n, (done, cut, size) in enumerate(zip(found, self._cuts(), self._sizes, strict=True)):
            self._progress("disguise", size)
            self.classes += done.classes
            yield self._complete(done, cut)
            if n % TIDY_EVERY == 0:
                give_back()

    def _disguiser(self) -> Callable[[], Disguiser]:
        """What makes a worker's disguiser. Whoever calls it holds the accounts of the batch; this object no longer does."""
        roster = RosterBuilder(Macs(self._settings.key)).build(self.survey.roster)
        self.survey.roster, self.survey.accounts = np.empty((0, 3), np.uint64), np.empty(0, ACCOUNT)
        return partial(disguiser, self._seal, self._settings, roster, self.long, self.survey.shared_signs)

    def _cuts(self) -> Iterator[_Cut]:
        """Per block: its kept posts, and the authors that it gives a profile."""
        kept, first = self.structure.kept, self.structure.author_first
        order = np.argsort(first, kind="stable")
        first, posts_total = first[order], len(kept)
        post = profile = 0
        document = self._batch << BATCH_SHIFT
        counts = zip(self.survey.posts_per_block, self.survey.profiles_per_block, strict=True)
        for posts, profiles in counts:
            spans = ((post, post + posts), (posts_total + profile, posts_total + profile + profiles))
            bounds = [np.searchsorted(first, span) for span in spans]
            mine = np.concatenate([order[low:high] for low, high in bounds])
            rows = post + np.nonzero(kept[post : post + posts])[0]
            profiled, alone = (np.zeros(n, bool) for n in (posts, profiles))
            profiled[first[slice(*bounds[0])] - post] = True
            alone[first[slice(*bounds[1])] - posts_total - profile] = True
            yield _Cut(slice(post, post + posts), rows, document, mine, profiled, alone)
            document += len(rows)
            post, profile = post + posts, profile + profiles

    def _tasks(self) -> Iterator[Task]:
        for sealed, cut in zip(self._aside.blocks(), self._cuts(), strict=True):
            yield sealed, self.structure.kept[cut.here], cut.profiled, cut.alone

    def _complete(self, done: BlockRows, cut: _Cut) -> Rows:
        """Join the columns that only the structure knows."""
        s, rows, n = self.structure, cut.rows, len(cut.rows)
        document = cut.document + np.arange(n)
        author = s.author[rows]
        spoken = document[done.has_text]
        documents = {
            **done.documents,
            "document_id": document,
            "batch": np.full(n, self._batch, np.int32),
            "kind": pa.array([SourceKind.OBSERVATION.value] * n, pa.string()),
            "title": pa.nulls(n, pa.string()),
            "author_id": _ids(author),
            "conversation_id": _ids(s.conversation[rows]),
            "parent_id": _ids(s.parent[rows]),
            "parent_missing": s.parent_missing[rows],
            "position": s.position[rows],
        }
        nothing = np.zeros(len(spoken), np.int32)
        units = {
            **done.units,
            "unit_id": spoken,
            "document_id": spoken,
            "ordinal": nothing,
            "start": nothing,
            "end": done.documents["length"].to_numpy()[done.has_text],
            "author_id": _ids(author[done.has_text]),
            "role": pa.nulls(len(spoken), pa.string()),
        }
        doubts = [(int(document[row]), doubt) for row, doubt in done.doubts]
        return Rows(
            _batch(documents, DOCUMENTS),
            _batch(units, UNITS),
            self._authors(done, cut.authors),
            done.index,
            doubts,
        )

    def _authors(self, done: BlockRows, mine: NDArray[np.int64]) -> pa.RecordBatch:
        names = [self.pseudonyms.of(int(mac)) for mac in self.structure.author_name[mine]]
        columns = {
            **done.authors,
            "author_id": self.structure.authors[mine],
            "pseudonym": pa.array(names, pa.string()),
            "participant": pa.array([False] * len(mine), pa.bool_()),
            "attributes": pa.array([[]] * len(mine), pa.map_(pa.string(), pa.string())),
        }
        return _batch(columns, AUTHORS)

    def take_links(self) -> dict[str, NDArray[np.generic]]:
        """The arrays for :meth:`makna.corpus.links.Links.write`; they are held no longer."""
        links = {**self.structure.links, "long": self.long}
        self.structure.links.clear()
        return links


@dataclass(frozen=True)
class _Cut:
    """What of the whole belongs to one block."""

    here: slice  # into the surveyed posts
    rows: NDArray[np.int64]  # its kept posts
    document: int  # id of the first of them
    authors: NDArray[
        np.int64
    ]  # the authors that get their profile here: posts first, then accounts on their own
    profiled: NDArray[np.bool_]
    alone: NDArray[np.bool_]


def _ids(ids: NDArray[np.int64]) -> pa.Array:
    return pa.array(ids, pa.int64(), mask=ids == NONE)


def _batch(columns: dict[str, Any], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [
        c if isinstance(c, pa.Array) else pa.array(c, f.type) for f in schema for c in [columns[f.name]]
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
