"""The first reading of a source: eight numbers a post, and what the door must know of the whole batch.

Handles, names and ids become MACs here, in the worker that parsed them; no string of a record leaves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from makna.corpus.disguise.door import DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.minors import under_18_cue
from makna.corpus.disguise.roster import RosterBuilder
from makna.corpus.disguise.signs import parts
from makna.corpus.importing.surveyed import ACCOUNT, CONTEXT, MINOR, NO_TIME, POST
from makna.corpus.readers.base import Block, Options, Reader
from makna.corpus.records import Dropped, RawAccount, RawPost, Rejection, Remark
from makna.corpus.tokens import tokenise

SHARED_BY = 5  # a sign stays when at least this many accounts of the batch share it
PART = np.dtype([("part", "u8"), ("account", "u8")])


@dataclass
class BlockSurvey:
    """What one block holds. Arrays in the order of the source."""

    size: int
    posts: NDArray[np.void]  # POST
    accounts: NDArray[np.void]  # ACCOUNT
    profiles: NDArray[np.uint64]  # keys of accounts that came as records of their own
    roster: list[tuple[int, int, int]]
    signs: NDArray[np.void]  # PART
    rejections: list[Rejection]
    dropped: Counter[str]
    records: int
    remarks: list[str]


@dataclass
class Surveyor:
    """Surveys blocks; remembers, within one worker, which accounts it has already described."""

    reader: Reader
    options: Options
    macs: Macs
    keep_minors: bool = False
    _seen: set[int] = field(default_factory=set)
    _young: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._builder = RosterBuilder(self.macs)

    def survey(self, block: Block) -> BlockSurvey:
        """The survey of one block."""
        found = _Collected()
        for record in self.reader.parse(block, self.options):
            if isinstance(record, RawPost):
                found.records += 1
                found.posts.append(self._post(record, found))
            elif isinstance(record, RawAccount):
                found.records += 1
                found.profiles.append(self._account(record, found))
            elif isinstance(record, Rejection):
                found.records += 1
                found.rejections.append(record)
            elif isinstance(record, Dropped):
                found.dropped.update(record.fields)
            elif isinstance(record, Remark):
                found.remarks.append(record.text)
        return found.survey(block.size)

    def _post(self, post: RawPost, found: _Collected) -> tuple[int, int, int, int, int, int, int]:
        mac = self.macs.mac
        account = self._account(post.account, found) if post.account else 0
        for handle in post.mentions:
            self._mention(handle, found)
        if post.parent_handle:
            self._mention(post.parent_handle, found)
        for name in post.mention_names:
            self._describe(RawAccount(name=name), 0, found)
        sent = NO_TIME if post.sent is None else int(post.sent * 1000)
        flags = CONTEXT if post.context else 0
        if not self.keep_minors and (account in self._young or under_18_cue(post.text)):
            flags |= MINOR
        return (
            mac("post", post.id) if post.id else 0,
            mac("content", f"{account} {sent // 1000} {post.text}"),
            account,
            mac("post", post.parent_id) if post.parent_id else 0,
            mac("post", post.conversation_id) if post.conversation_id else 0,
            sent,
            flags,
        )

    def _account(self, account: RawAccount, found: _Collected) -> int:
        key = account_key(self.macs, account)
        if key:
            self._describe(account, key, found)
        return key

    def _mention(self, handle: str, found: _Collected) -> None:
        account = RawAccount(handle=handle)
        self._describe(account, account_key(self.macs, account), found)

    def _describe(self, account: RawAccount, key: int, found: _Collected) -> None:
        once = hash((key, account.handle, account.name, account.bio))
        if once in self._seen:
            return
        self._seen.add(once)
        handle = self.macs.mac("handle", account.handle.casefold()) if account.handle else 0
        found.accounts.append((key, handle))
        found.roster += self._builder.entries(account)
        shared = parts(account.handle, account.name) | bio_emoji(account.bio)
        found.signs += [(self.macs.mac("part", part), key or handle) for part in shared]
        if under_18_cue(account.bio or "") or under_18_cue(account.name or ""):
            self._young.add(key)


def surveyor(reader: Reader, options: Options, settings: DoorSettings) -> Surveyor:
    """A surveyor for one worker."""
    return Surveyor(reader, options, Macs(settings.key), keep_minors=settings.keep_minors)


@dataclass
class _Collected:
    posts: list[tuple[int, int, int, int, int, int, int]] = field(default_factory=list)
    accounts: list[tuple[int, int]] = field(default_factory=list)
    profiles: list[int] = field(default_factory=list)
    roster: list[tuple[int, int, int]] = field(default_factory=list)
    signs: list[tuple[int, int]] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    records: int = 0
    remarks: list[str] = field(default_factory=list)

    def survey(self, size: int) -> BlockSurvey:
        return BlockSurvey(
            size=size,
            posts=np.array(self.posts, POST),
            accounts=np.array(self.accounts, ACCOUNT),
            profiles=np.array(self.profiles, np.uint64),
            roster=self.roster,
            signs=np.array(self.signs, PART),
            rejections=self.rejections,
            dropped=self.dropped,
            records=self.records,
            remarks=self.remarks,
        )


@dataclass
class Survey:
    """The survey of a whole source."""

    posts: NDArray[np.void]
    accounts: NDArray[np.void]
    profiles: NDArray[np.uint64]
    roster: NDArray[np.uint64]  # rows for RosterBuilder.build
    shared_signs: NDArray[np.uint64]  # sorted MACs of the parts that stay
    posts_per_block: list[int]
    profiles_per_block: list[int]
    rejections: list[Rejection]
    dropped: Counter[str]
    records: int
    remarks: list[str]


def gather(blocks: Iterable[BlockSurvey]) -> Survey:
    """Join the surveys of all blocks, in their order."""
    posts, accounts, profiles, roster, signs = [], [], [], _Rows(3), _Pairs()
    rejections: list[Rejection] = []
    dropped: Counter[str] = Counter()
    remarks: list[str] = []
    records = 0
    for block in blocks:
        posts.append(block.posts)
        accounts.append(block.accounts)
        profiles.append(block.profiles)
        roster.add(np.array(block.roster, np.uint64).reshape(-1, 3))
        signs.add(block.signs)
        rejections += block.rejections
        dropped += block.dropped
        records += block.records
        remarks += block.remarks
    return Survey(
        posts=np.concatenate(posts) if posts else np.empty(0, POST),
        accounts=np.unique(np.concatenate(accounts)) if accounts else np.empty(0, ACCOUNT),
        profiles=np.concatenate(profiles) if profiles else np.empty(0, np.uint64),
        roster=roster.rows(),
        shared_signs=signs.shared(SHARED_BY),
        posts_per_block=[len(p) for p in posts],
        profiles_per_block=[len(p) for p in profiles],
        rejections=rejections,
        dropped=dropped,
        records=records,
        remarks=remarks,
    )


class _Rows:
    """Distinct rows, compacted now and then so that memory follows the accounts and not the posts."""

    def __init__(self, width: int) -> None:
        self._parts: list[NDArray[np.uint64]] = [np.empty((0, width), np.uint64)]
        self._loose = 0

    def add(self, rows: NDArray[np.uint64]) -> None:
        self._parts.append(rows)
        self._loose += len(rows)
        if self._loose > 1 << 18:
            self._parts, self._loose = [self.rows()], 0

    def rows(self) -> NDArray[np.uint64]:
        return np.unique(np.concatenate(self._parts), axis=0)


class _Pairs:
    """(part, account) pairs and the parts that enough accounts share."""

    def __init__(self) -> None:
        self._rows = _Rows(2)

    def add(self, signs: NDArray[np.void]) -> None:
        self._rows.add(
            np.stack([signs["part"], signs["account"]], 1) if len(signs) else np.empty((0, 2), np.uint64)
        )

    def shared(self, by: int) -> NDArray[np.uint64]:
        found, counts = np.unique(self._rows.rows()[:, 0], return_counts=True)
        return found[counts >= by]


def account_key(macs: Macs, account: RawAccount) -> int:
    """The key one account goes by: its id where there is one, else its handle; 0 for nobody."""
    if account.id:
        return macs.mac("account", account.id)
    return macs.mac("handle", account.handle.casefold()) if account.handle else 0


def bio_emoji(bio: str | None) -> frozenset[str]:
    """The emoji of a bio, as candidate signs."""
    if not bio or bio.isascii():
        return frozenset()
    return frozenset(_emoji(bio))


def _emoji(text: str) -> Iterator[str]:
    for token, _start, _end in tokenise(text):
        if not token[0].isalnum() and token[0] not in "#⟦_":
            yield token
