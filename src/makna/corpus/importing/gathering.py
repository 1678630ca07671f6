"""What the surveys of all blocks say together, in memory that follows the accounts and not the posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from makna.corpus.importing.survey import BlockSurvey
from makna.corpus.importing.surveyed import ACCOUNT, POST
from makna.corpus.records import Rejection
from makna.corpus.sorting import distinct_rows

SHARED_BY = 5  # a sign stays when at least this many accounts of the batch share it


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
    posts, accounts, profiles, roster, signs = [], _Rows(2), [], _Rows(3), _Pairs()
    rejections: list[Rejection] = []
    dropped: Counter[str] = Counter()
    remarks: list[str] = []
    records = 0
    for block in blocks:
        posts.append(block.posts)
        accounts.add(block.accounts.view(np.uint64).reshape(-1, 2))
        profiles.append(block.profiles)
        roster.add(block.roster)
        signs.add(block.signs)
        rejections += block.rejections
        dropped += block.dropped
        records += block.records
        remarks += block.remarks
    return Survey(
        posts=np.concatenate(posts) if posts else np.empty(0, POST),
        accounts=accounts.rows().view(ACCOUNT).reshape(-1),
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
        return distinct_rows(np.concatenate(self._parts))


class _Pairs:
    """(part, account) pairs and the parts that enough accounts share."""

    def __init__(self) -> None:
        self._rows = _Rows(2)

    def add(self, signs: NDArray[np.void]) -> None:
        self._rows.add(signs.view(np.uint64).reshape(-1, 2))

    def shared(self, by: int) -> NDArray[np.uint64]:
        found, counts = np.unique(self._rows.rows()[:, 0], return_counts=True)
        return found[counts >= by]
