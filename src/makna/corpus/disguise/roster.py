"""The roster: every handle and display name of a batch, to be masked in all texts however spelled.

Only keyed hashes of folded names stand in it, sorted, so that 200,000 names take a few megabytes, pickle fast and
are looked up by binary search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from makna.corpus.disguise.folding import FoldHash, Sieve, fold_name
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.words import everyday, is_common, is_sure_name, places
from makna.corpus.records import RawAccount
from makna.corpus.sorting import distinct_rows

U64 = NDArray[np.uint64]

HANDLE, NAME, ORDINARY, PLAIN, EXACT = 1, 2, 4, 8, 16
"""Flags of a row. ORDINARY: one everyday word, masked only after @ or a trigger. PLAIN: everyday words only; a name
that five accounts share in these words is a sign of the group and nobody's own. EXACT: the exact spelling."""

SHARED_BY = 5
_REMEMBERED = 1 << 13
_SEGMENT = re.compile(r"[|/\\()\[\]{}<>~,;:•·–—-]+|[^\w\s.'@]+")


@dataclass(frozen=True)
class Roster:
    """Sorted arrays, one entry per distinct pair of folded name and account."""

    names: U64  # hash of the folded name
    accounts: U64  # the account it belongs to; 0 where the source names only the name
    flags: NDArray[np.uint8]

    @staticmethod
    def empty() -> Roster:
        """A roster of nobody."""
        return Roster(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.uint8))

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(self.names)

    def __getstate__(self) -> dict[str, object]:
        return {"names": self.names, "accounts": self.accounts, "flags": self.flags}

    def find(self, hashes: U64) -> NDArray[np.int64]:
        """For each hash the first row of that name, or -1."""
        rows = np.full(len(hashes), -1, np.int64)
        maybe = self._sieve.maybe(hashes)
        if len(maybe) and len(self.names):
            at = np.minimum(np.searchsorted(self.names, hashes[maybe]), len(self.names) - 1)
            found = self.names[at] == hashes[maybe]
            rows[maybe[found]] = at[found]
        return rows

    def entry(self, row: int) -> tuple[NDArray[np.uint8], U64]:
        """(flags, accounts) of all rows of the name whose first row this is."""
        stop = row + 1
        while stop < len(self.names) and self.names[stop] == self.names[row]:
            stop += 1
        return self.flags[row:stop], self.accounts[row:stop]


class RosterBuilder:
    """Turns accounts into rows (in a worker, where the strings are) and rows into a roster."""

    def __init__(self, macs: Macs) -> None:
        self._macs = macs
        self._hash = FoldHash(macs)
        self._known: dict[str, tuple[int, int] | tuple[()]] = {}  # name -> hash and flags; most come again

    def entries(self, account: RawAccount) -> list[tuple[int, int, int]]:
        """Rows of (name hash, account MAC, flags) for the handle and the display name of *account*."""
        key = account_mac(self._macs, account)
        rows: list[tuple[int, int, int]] = []
        if account.handle:
            rows += self._rows(account.handle, key, HANDLE)
        for name in _spellings(account.name or ""):
            rows += self._rows(name, key, NAME)
        if account.name and key:
            rows.append((self.exact(account.name), key, NAME | EXACT))
        return rows

    def _rows(self, name: str, key: int, kind: int) -> list[tuple[int, int, int]]:
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            folded = fold_name(name)
            known = (self._hash.of(folded), _everyday(name, folded)) if folded else ()
            self._known[name] = known
        return [(known[0], key, kind | known[1])] if known else []

    def exact(self, name: str) -> int:
        """The hash of a name as it is spelled."""
        return self._macs.mac("name", name.strip())

    def build(self, rows: NDArray[np.uint64]) -> Roster:
        """The roster of *rows* (n × 3, as :meth:`entries` makes them)."""
        rows = distinct_rows(np.asarray(rows, np.uint64).reshape(-1, 3))
        flags = rows[:, 2].astype(np.uint8)
        plain = (flags & PLAIN) > 0
        names, counts = np.unique(rows[plain][:, 0], return_counts=True)
        everybodys = names[counts >= SHARED_BY]
        flags = np.where(plain & np.isin(rows[:, 0], everybodys), flags | ORDINARY, flags).astype(np.uint8)
        return Roster(rows[:, 0].copy(), rows[:, 1].copy(), flags)


def account_mac(macs: Macs, account: RawAccount) -> int:
    """The MAC an account's pseudonym rests on: of its handle where there is one, else of its id; 0 for nobody."""
    if account.handle:
        return macs.mac("handle", account.handle.casefold())
    return macs.mac("account", account.id) if account.id else 0


def _spellings(name: str) -> set[str]:
    """The whole display name, and its segments between bars, brackets and emoji that are not everyday words."""
    own = {s for s in map(str.strip, _SEGMENT.split(name)) if _tells(s)}
    return own | ({name.strip()} if name.strip() else set())


def _tells(segment: str) -> bool:
    return len(fold_name(segment)) >= 4 and not all(map(is_common, re.findall(r"\w+", segment)))


def _everyday(name: str, folded: str) -> int:
    words = re.findall(r"[^\W_]+", name.casefold())
    plain = all(map(_is_everyday, words))
    if len(words) <= 1:
        alone = len(folded) < 3 or plain or _is_everyday(folded)
        return ORDINARY | PLAIN if alone else 0
    return PLAIN if plain else 0


@lru_cache(maxsize=1 << 14)
def _is_everyday(word: str) -> bool:
    return (
        word.isdigit()
        or len(word) < 3
        or ((word in everyday() or word in places()) and not is_sure_name(word))
    )
