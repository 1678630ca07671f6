"""From records to rows: text through the door, tokens, coarsened facts. Runs in the workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makna.corpus.disguise import coarsen, signs
from makna.corpus.disguise.door import Disguised, Door, DoorSettings, Doubt
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.importing.aside import Seal, Waiting
from makna.corpus.importing.consenting import withheld
from makna.corpus.importing.survey import bio_emoji
from makna.corpus.language import guess_all
from makna.corpus.model import TOKEN
from makna.corpus.records import RawAccount
from makna.corpus.tokens import index_lines, tokenise_all

DAY = 86_400  # seconds
_REMEMBERED = 1 << 13
Task = tuple[bytes, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]  # as Disguiser.disguise takes it


@dataclass
class BlockRows:
    """The rows of one block, without the columns that only the structure knows."""

    documents: dict[str, Any]
    units: dict[str, Any]  # text, tokens: for kept posts that carry text
    has_text: NDArray[np.bool_]  # over the kept posts
    authors: dict[str, Any]
    index: list[str]  # tokens of each unit, for the full-text index
    classes: Counter[str]
    doubts: list[tuple[int, Doubt]]  # (row among the kept posts, doubt)


@dataclass
class Disguiser:
    """Turns blocks into rows. Lives in a worker."""

    seal: Seal
    door: Door
    macs: Macs
    shared_signs: frozenset[int]
    _classes: Counter[str] = field(default_factory=Counter)
    _known: dict[str, bool] = field(default_factory=dict)  # parts of names: whether they stay

    def disguise(
        self, sealed: bytes, kept: NDArray[np.bool_], profiled: NDArray[np.bool_], alone: NDArray[np.bool_]
    ) -> BlockRows:
        """The rows of a block: of its *kept* posts, with a profile for the posts *profiled* and accounts *alone*."""
        posts, lone = self.seal.open(sealed)
        accounts = [p.account or RawAccount() for p, yes in zip(posts, profiled, strict=True) if yes]
        accounts += [a for a, yes in zip(lone, alone, strict=True) if yes]
        posts = [p for p, yes in zip(posts, kept, strict=True) if yes]
        self._classes = Counter()
        done, bios = self._through(posts, accounts)
        documents = [d for d in done if d is not None]
        has_text = np.array([d is not None for d in done], bool)
        texts = [d.text for d in documents]
        spoken, described = _split_tokens([*texts, *(d.text for d in bios)], len(texts))
        tokens, index, languages = spoken
        rows = [i for i, d in enumerate(done) if d is not None]
        return BlockRows(
            documents=self._facts(posts, done, languages),
            units={"text": pa.array(texts, pa.string()), "tokens": tokens},
            has_text=has_text,
            authors=self._profiles(accounts, bios, described[0]),
            index=index,
            classes=self._classes,
            doubts=[(row, doubt) for row, d in zip(rows, documents, strict=True) for doubt in d.doubts],
        )

    def _through(
        self, posts: list[Waiting], accounts: list[RawAccount]
    ) -> tuple[list[Disguised | None], list[Disguised]]:
        """The texts of posts (None for one without a text of its own) and bios of accounts, all through the door at once."""
        spoken = [p for p in posts if p.text and not p.withheld]
        texts = [*(p.text for p in spoken), *(a.bio or "" for a in accounts)]
        through = self.door.disguise(texts, [*(p.links for p in spoken), *({} for _account in accounts)])
        said, bios = iter(through), through[len(spoken) :]
        done = [(withheld() if p.withheld else next(said)) if p.text else None for p in posts]
        for one in (*done, *bios):
            if one is not None and one.classes:
                self._classes.update(one.classes)
        return done, bios

    def _facts(
        self, posts: list[Waiting], done: list[Disguised | None], languages: list[str]
    ) -> dict[str, Any]:
        guessed = iter(languages)
        return {
            "language": pa.array(["und" if d is None else next(guessed) for d in done], pa.string()),
            "relation": pa.array([p.relation for p in posts], pa.string()),
            "sent_on": pa.array(
                [None if p.sent is None else int(p.sent // DAY) for p in posts], pa.int32()
            ).view(pa.date32()),
            "replies": _buckets(p.replies for p in posts),
            "reposts": _buckets(p.reposts for p in posts),
            "likes": _buckets(p.likes for p in posts),
            "quotes": _buckets(p.quotes for p in posts),
            "media": pa.array([p.media for p in posts], pa.list_(pa.string())),
            "context": pa.array([p.context for p in posts], pa.bool_()),
            "length": pa.array([0 if d is None else len(d.text) for d in done], pa.int32()),
        }

    def _profiles(
        self, accounts: list[RawAccount], bios: list[Disguised], tokens: pa.ListArray
    ) -> dict[str, Any]:
        now = datetime.now(UTC).timestamp()
        return {
            "signs": pa.array([self._signs(a) for a in accounts], pa.list_(pa.string())),
            "name_shape": pa.array(
                [signs.name_shape(a.handle) if a.handle else None for a in accounts], pa.string()
            ),
            "bio": pa.array([bio.text or None for bio in bios], pa.string()),
            "bio_tokens": tokens,
            "location": pa.array(
                [coarsen.place(a.location) if a.location else None for a in accounts], pa.string()
            ),
            "emoji": pa.array([self._emoji(a) for a in accounts], pa.list_(pa.string())),
            "account_age": pa.array(
                [None if a.created is None else coarsen.age_bucket(a.created, now) for a in accounts],
                pa.string(),
            ),
            "followers": _buckets(a.followers for a in accounts),
        }

    def _shared(self, found: frozenset[str]) -> list[str]:
        return sorted(filter(self._stays, found))

    def _stays(self, part: str) -> bool:
        known = self._known.get(part)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[part] = self.macs.mac("part", part) in self.shared_signs
        return known

    def _signs(self, account: RawAccount) -> list[str]:
        return self._shared(signs.parts(account.handle, account.name))

    def _emoji(self, account: RawAccount) -> list[str]:
        return self._shared(bio_emoji(account.bio) | bio_emoji(account.name))


def disguiser(
    seal: Seal,
    settings: DoorSettings,
    roster: Roster,
    long: NDArray[np.uint64],
    shared: NDArray[np.uint64],
) -> Disguiser:
    """A disguiser for one worker, with the accounts of the batch and the MACs of the signs that stay."""
    macs = Macs(settings.key)
    door = Door(settings, roster, Pseudonyms(macs, long=long))
    return Disguiser(seal, door, macs, frozenset(shared.tolist()))


def disguise(worker: Disguiser, task: Task) -> BlockRows:
    """One task of one worker."""
    return worker.disguise(*task)


_Tokens = tuple[pa.ListArray, list[str], list[str]]


def tokens_of(texts: Sequence[str]) -> _Tokens:
    """Per text: its tokens (list of structs), its index line, its language."""
    return _split_tokens(texts, len(texts))[0]


def _split_tokens(texts: Sequence[str], first: int) -> tuple[_Tokens, _Tokens]:
    """What :func:`tokens_of` says of the *first* texts, and of the others."""
    words, starts, ends, offsets = tokenise_all(texts)
    at = int(offsets[first])
    return (
        _told(words[:at], starts[:at], ends[:at], offsets[: first + 1]),
        _told(words[at:], starts[at:], ends[at:], offsets[first:] - offsets[first]),
    )


def _told(
    words: list[str], starts: NDArray[np.int32], ends: NDArray[np.int32], offsets: NDArray[np.int32]
) -> _Tokens:
    values = pa.StructArray.from_arrays(
        [pa.array(words, pa.string()), pa.array(starts), pa.array(ends)], fields=list(TOKEN)
    )
    listed = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)
    return listed, index_lines(words, offsets), guess_all(words, offsets)


def _buckets(counts: Iterable[int | None]) -> pa.Array:
    return pa.array([None if n is None else _bucket(n) for n in counts], pa.string())


_bucket = lru_cache(maxsize=1 << 16)(coarsen.count_bucket)  # most counts are small, and come again and again
