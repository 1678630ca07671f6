"""The reading of a source: eight numbers a post, and what the door must know of the whole batch.

Handles, names and ids become MACs here, in the worker that parsed them; no string of a record leaves it but sealed.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from makna.corpus.disguise.door import DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.minors import under_18_cue, under_18_cues
from makna.corpus.disguise.roster import RosterBuilder
from makna.corpus.disguise.signs import parts
from makna.corpus.importing.aside import Packed, Seal
from makna.corpus.importing.surveyed import ACCOUNT, CONTEXT, MINOR, NO_TIME, POST
from makna.corpus.readers.base import Block, Options, Reader
from makna.corpus.records import Dropped, RawAccount, RawPost, Rejection, Remark
from makna.corpus.tokens import tokenise

PART = np.dtype([("part", "u8"), ("account", "u8")])
_PACKED = Struct("<QQQQQqB")  # one POST
_REMEMBERED = 1 << 13
_Described = tuple[str | None, str | None, str | None, str | None]  # id, handle, name, bio


@dataclass
class BlockSurvey:
    """What one block holds. Arrays in the order of the source."""

    size: int
    sealed: bytes  # its posts and accounts, for the door
    posts: NDArray[np.void]  # POST
    accounts: NDArray[np.void]  # ACCOUNT
    profiles: NDArray[np.uint64]  # keys of accounts that came as records of their own
    roster: NDArray[np.uint64]  # n × 3, rows for RosterBuilder.build
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
    seal: Seal
    keep_minors: bool = False
    _seen: set[int] = field(default_factory=set)
    _young: set[int] = field(default_factory=set)
    _keys: dict[_Described, int] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)
    _posts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._builder = RosterBuilder(self.macs)

    def survey(self, block: Block) -> BlockSurvey:
        """The survey of one block."""
        found, packed = _Collected(), Packed()
        for record in self.reader.parse(block, self.options):
            if isinstance(record, RawPost):
                found.records += 1
                packed.post(record)
                found.posts.append(self._post(record, found))
            elif isinstance(record, RawAccount):
                found.records += 1
                packed.account(record)
                found.profiles.append(self._account(record, found))
            elif isinstance(record, Rejection):
                found.records += 1
                found.rejections.append(record)
            elif isinstance(record, Dropped):
                found.dropped.update(record.fields)
            elif isinstance(record, Remark):
                found.remarks.append(record.text)
        if not self.keep_minors:
            found.young = under_18_cues(found.texts)
        return found.survey(block.size, self.seal.close(packed))

    def _post(self, post: RawPost, found: _Collected) -> bytes:
        account = self._account(post.account, found) if post.account else 0
        for handle in post.mentions:
            if "@" + handle not in self._named:
                self._mention(handle, found)
        if post.parent_handle and "@" + post.parent_handle not in self._named:
            self._mention(post.parent_handle, found)
        for name in post.mention_names:
            if "=" + name not in self._named:
                self._meet("=" + name)
                self._describe(RawAccount(name=name), 0, found)
        sent = NO_TIME if post.sent is None else int(post.sent * 1000)
        flags = CONTEXT if post.context else 0
        if account in self._young and not self.keep_minors:
            flags |= MINOR
        found.texts.append(post.text)
        return _PACKED.pack(
            self._id(post.id) if post.id else 0,
            self.macs.mac("content", f"{account} {sent // 1000} {post.text}"),
            account,
            self._id(post.parent_id) if post.parent_id else 0,
            self._id(post.conversation_id) if post.conversation_id else 0,
            sent,
            flags,
        )

    def _id(self, post: str) -> int:
        """The MAC of a post's id; most are named again soon, by what answers them."""
        known = self._posts.get(post)
        if known is None:
            if len(self._posts) >= _REMEMBERED:
                self._posts.clear()
            known = self._posts[post] = self.macs.mac("post", post)
        return known

    def _account(self, account: RawAccount, found: _Collected) -> int:
        described = (account.id, account.handle, account.name, account.bio)
        key = self._keys.get(described)
        if key is None:
            key = account_key(self.macs, account)
            if len(self._keys) >= _REMEMBERED:
                self._keys.clear()
            self._keys[described] = key
            if key:
                self._describe(account, key, found)
        return key

    def _meet(self, named: str) -> None:
        if len(self._named) >= _REMEMBERED:
            self._named.clear()
        self._named.add(named)

    def _mention(self, handle: str, found: _Collected) -> None:
        self._meet("@" + handle)
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


def surveyor(reader: Reader, options: Options, settings: DoorSettings, seal: Seal) -> Surveyor:
    """A surveyor for one worker."""
    return Surveyor(reader, options, Macs(settings.key), seal, keep_minors=settings.keep_minors)


@dataclass
class _Collected:
    posts: list[bytes] = field(default_factory=list)  # _PACKED
    accounts: list[tuple[int, int]] = field(default_factory=list)
    profiles: list[int] = field(default_factory=list)
    roster: list[tuple[int, int, int]] = field(default_factory=list)
    signs: list[tuple[int, int]] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    records: int = 0
    remarks: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # of the posts
    young: list[int] = field(default_factory=list)  # the posts with a cue of somebody under 18

    def survey(self, size: int, sealed: bytes) -> BlockSurvey:
        posts = np.frombuffer(bytearray().join(self.posts), POST)
        posts["flags"][self.young] |= MINOR
        return BlockSurvey(
            size=size,
            sealed=sealed,
            posts=posts,
            accounts=_numbers(chain.from_iterable(self.accounts)).view(ACCOUNT),
            profiles=_numbers(self.profiles),
            roster=_numbers(chain.from_iterable(self.roster)).reshape(-1, 3),
            signs=_numbers(chain.from_iterable(self.signs)).view(PART),
            rejections=self.rejections,
            dropped=self.dropped,
            records=self.records,
            remarks=self.remarks,
        )


def _numbers(of: Iterable[int]) -> NDArray[np.uint64]:
    return np.frombuffer(array("Q", of), np.uint64)


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
