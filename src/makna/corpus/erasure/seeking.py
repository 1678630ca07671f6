"""What an erasure means in the batches of a study: from names and ids to documents, authors and what knows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from makna.corpus.batch_writer import ROW_GROUP
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.erasure.matching import Pasted
from makna.corpus.erasure.plan import Plan
from makna.corpus.links import Links
from makna.corpus.readers import chat_people
from makna.corpus.store import Store

U64 = NDArray[np.uint64]
_TELEGRAM = re.compile(r"(?:user|channel|chat)\d+")  # how Telegram's export names whoever wrote
Progress = Callable[[str, int], None]  # (stage, bytes done since the last call)


@dataclass
class Wanted:
    """What somebody asked to be erased. Handles are spelled as in the source, without ``@``; *texts* as they were pasted."""

    pseudonyms: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    authors: set[int] = field(default_factory=set)
    handles: set[str] = field(default_factory=set, repr=False)
    texts: list[Pasted] = field(default_factory=list, repr=False)
    macs: set[int] = field(default_factory=set, repr=False)  # of accounts and posts that were erased before
    again: bool = False  # what was erased before, wherever it stands again


class Seeker:
    """Seeks in the batches of *store*. *links* and *macs* are None once the study is sealed."""

    def __init__(self, store: Store, links: Links | None, macs: Macs | None) -> None:
        self._store, self._links, self._macs = store, links, macs

    def plan(self, wanted: Wanted, *, progress: Progress = lambda stage, size: None) -> Plan:
        """What is to be erased; batches and evidence are not named yet."""
        known = self._account_macs(wanted)
        named = self._named(wanted) | set(wanted.authors) | set(self._authors_of(known).tolist())
        authors = frozenset(self._every_id(named))
        names = self._names(authors)
        accounts = {name for name, participant in names if not participant}
        codes = {name for name, participant in names if participant}
        documents = self._written_by(authors) | self._that_are(wanted.documents | self._posts_of(wanted.macs))
        if wanted.texts:
            documents |= self._holding(wanted.texts, progress)
        account_macs, post_macs = self._linked(authors, documents, known)
        return Plan(
            documents=frozenset(documents),
            authors=authors,
            pseudonyms=frozenset(
                accounts | self._mentioned_as(account_macs) | self._bare(wanted.pseudonyms, accounts)
            ),
            codes=frozenset(codes),
            macs=frozenset(np.concatenate([account_macs, post_macs]).tolist()),
        )

    def standing(self, documents: set[int]) -> set[int]:
        """Those of *documents* that the study holds."""
        return self._that_are(documents)

    def titles(self, documents: Iterable[int]) -> set[str]:
        """The titles of *documents*."""
        asked = pa.array(sorted(documents), pa.int64())
        found: set[str] = set()
        for rows in self._columns("documents", ["document_id", "title"]):
            mine = rows.filter(pc.is_in(rows["document_id"], value_set=asked))
            found |= set(mine["title"].drop_null().to_pylist())
        return found

    def _columns(self, table: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
        for file in self._store.files(table):
            with pq.ParquetFile(file) as opened:
                yield from opened.iter_batches(batch_size=ROW_GROUP, columns=columns)

    def _named(self, wanted: Wanted) -> set[int]:
        """The authors of these pseudonyms and codes."""
        accounts, codes = ({n.casefold() for n in names} for names in (wanted.pseudonyms, wanted.codes))
        found = set()
        for rows in self._columns("authors", ["author_id", "pseudonym", "participant"]):
            for row in rows.to_pylist():
                if row["pseudonym"].casefold() in (codes if row["participant"] else accounts):
                    found.add(row["author_id"])
        return found

    def _every_id(self, authors: Iterable[int]) -> set[int]:
        """*authors* with every other id that later batches found to be the same author."""
        found = set(authors)
        pairs = [
            (row["old"], row["new"])
            for rows in self._columns("joins", ["what", "old", "new"])
            for row in rows.filter(pc.equal(rows["what"], "author")).to_pylist()
        ]
        while more := {one for pair in pairs if found & set(pair) for one in pair} - found:
            found |= more
        return found

    def _names(self, authors: frozenset[int]) -> set[tuple[str, bool]]:
        """(pseudonym or code, whether it is a participant's) of *authors*."""
        mine = pa.array(sorted(authors), pa.int64())
        found = set()
        for rows in self._columns("authors", ["author_id", "pseudonym", "participant"]):
            for row in rows.filter(pc.is_in(rows["author_id"], value_set=mine)).to_pylist():
                found.add((row["pseudonym"], row["participant"]))
        return found

    def _written_by(self, authors: frozenset[int]) -> set[int]:
        """The documents that are the *authors*' alone: their posts, and interviews in which nobody else is heard."""
        mine = pa.array(sorted(authors), pa.int64())
        theirs: set[int] = set()
        others: set[int] = set()
        for rows in self._columns("documents", ["document_id", "author_id"]):
            theirs |= set(rows.filter(pc.is_in(rows["author_id"], value_set=mine))["document_id"].to_pylist())
        if not authors:
            return theirs
        for rows in self._columns("units", ["document_id", "author_id"]):
            spoken = pc.is_in(rows["author_id"], value_set=mine)
            theirs |= set(rows.filter(spoken)["document_id"].to_pylist())
            heard = pc.and_(pc.invert(spoken), pc.is_valid(rows["author_id"]))
            others |= set(rows.filter(heard)["document_id"].to_pylist())
        return theirs - others

    def _that_are(self, documents: set[int]) -> set[int]:
        """Those of *documents* that the study holds."""
        if not documents:
            return set()
        asked = pa.array(sorted(documents), pa.int64())
        found: set[int] = set()
        for rows in self._columns("documents", ["document_id"]):
            found |= set(
                rows.filter(pc.is_in(rows["document_id"], value_set=asked))["document_id"].to_pylist()
            )
        return found

    def _holding(self, texts: list[Pasted], progress: Progress) -> set[int]:
        """The documents in which one of the pasted *texts* stands."""
        found: set[int] = set()
        for number, file in self._store.numbered_files("units"):
            with pq.ParquetFile(file) as opened:
                for rows in opened.iter_batches(batch_size=ROW_GROUP, columns=["document_id", "text"]):
                    pairs = zip(rows["document_id"].to_pylist(), rows["text"].to_pylist(), strict=True)
                    found |= {d for d, text in pairs if any(pasted.stands_in(text) for pasted in texts)}
            progress("seek", size_of(self._store, number))
        return found

    def _account_macs(self, wanted: Wanted) -> U64:
        """The MACs that an account of one of these handles may be known by."""
        if self._macs is None:
            return np.empty(0, np.uint64)
        shown = filter(None, map(chat_people.handle, wanted.handles))  # a name or number in a chat
        found = [self._macs.mac("handle", handle.casefold()) for handle in (*wanted.handles, *shown)]
        found += [self._macs.mac("account", handle) for handle in wanted.handles if handle.isdigit()]
        found += [
            self._macs.mac("account", f"telegram {h}") for h in wanted.handles if _TELEGRAM.fullmatch(h)
        ]
        return np.array(sorted({*found, *wanted.macs}), np.uint64)

    def _posts_of(self, macs: set[int]) -> set[int]:
        if self._links is None or not macs:
            return set()
        found = self._links.find("posts", np.array(sorted(macs), np.uint64)).values[0]
        return set(found.astype(np.int64).tolist())

    def _authors_of(self, macs: U64) -> NDArray[np.int64]:
        if self._links is None or not len(macs):
            return np.empty(0, np.int64)
        return self._links.find("accounts", macs).values[0].astype(np.int64)

    def _linked(self, authors: frozenset[int], documents: set[int], known: U64) -> tuple[U64, U64]:
        """(MACs of the accounts, MACs of the posts): what would link a later batch to them."""
        if self._links is None:
            return known, np.empty(0, np.uint64)
        who, what = (np.array(sorted(ids), np.int64) for ids in (authors, documents))
        accounts = [known, *self._links.beside("accounts", "accounts_author", who, more=("accounts_name",))]
        posts = [
            *self._links.beside("posts", "posts_document", what),
            *self._links.beside("contents", "contents_document", what),
        ]
        return _distinct(accounts), _distinct(posts)

    def _mentioned_as(self, account_macs: U64) -> set[str]:
        """What the accounts are called where others mention them: a handle may have another pseudonym than its author.

        What an author who stays is called as well does not count.
        """
        if self._macs is None or self._links is None or not len(account_macs):
            return set()
        long = np.unique(self._links.all("long")).astype(np.uint64)
        made = Pseudonyms(self._macs, long=long)
        names = {made.of(int(mac)) for mac in account_macs}
        taken = {
            name
            for rows in self._columns("authors", ["pseudonym"])
            for name in rows["pseudonym"].to_pylist()
            if name in names
        }
        return names - taken

    def _bare(self, asked: set[str], found: set[str]) -> set[str]:
        """Pseudonyms that no author has: of accounts that are only mentioned."""
        have = {name.casefold() for name in found}
        return {name for name in asked if name.casefold() not in have}


def size_of(store: Store, number: int) -> int:
    """The bytes of a batch."""
    return sum(file.stat().st_size for file in store.batch_folder(number).glob("*.parquet"))


def _distinct(parts: Iterable[NDArray[Any]]) -> U64:
    held = [np.empty(0, np.uint64), *(np.asarray(part, np.uint64) for part in parts)]
    found: U64 = np.unique(np.concatenate(held))
    return found[found > 0]
