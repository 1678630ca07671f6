"""Many ids in little room: the batch at hand numbers what it brings, so most ids are a small distance from its first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]
NONE = -1  # "no such row" in id columns
_FAR = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Ids:
    """A column of ids, four bytes each: the distance from *base*, or where the id stands among the *others*."""

    base: int
    near: NDArray[np.int32]  # -1 - the row of others where negative
    others: I64

    @classmethod
    def of(cls, ids: I64, base: int) -> Self:
        """*ids* as they are, in half the room where few are below *base* or far above it."""
        here = (ids >= base) & (ids - base <= _FAR)
        others, rows = np.unique(ids[~here], return_inverse=True)
        near = np.empty(len(ids), np.int32)
        near[here] = ids[here] - base
        near[~here] = -1 - rows
        return cls(base, near, others)

    def __getitem__(self, rows: NDArray[np.int64]) -> I64:
        """The ids of *rows*."""
        near = self.near[rows].astype(np.int64)
        ids = self.base + near
        other = near < 0
        ids[other] = self.others[-1 - near[other]]
        return ids
