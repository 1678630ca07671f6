"""Pseudonyms: a random word and digits, the same for one account everywhere, carrying nothing.

A pseudonym is a pure function of the account's keyed MAC, so files, formats and workers agree without talking to
each other, and two studies never share one on purpose.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from makna import wordlists
from makna.corpus.disguise.macs import Macs

U64 = NDArray[np.uint64]
_REMEMBERED = 1 << 13
_MASK = (1 << 64) - 1
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # splitmix64 (Steele, Lea & Flood 2014)


def _none() -> U64:
    return np.empty(0, np.uint64)


class Pseudonyms:
    """Pseudonyms under one key. Accounts in *long* (sorted) get six digits, because with three they clash."""

    def __init__(self, macs: Macs, *, long: U64 | None = None) -> None:
        self._macs = macs
        self._long = _none() if long is None else np.asarray(long, np.uint64)
        self._seed = macs.secret("pseudonym")
        self._made: dict[int, str] = {}
        self._words = tuple(word.capitalize() for word in wordlists.load("pseudonyms").entries)

    def of(self, account_mac: int) -> str:
        """The pseudonym of the account with this MAC, such as ``Melati-042``."""
        name = self._made.get(account_mac)
        if name is None:
            if len(self._made) >= _REMEMBERED:
                self._made.clear()
            name = self._made[account_mac] = self._make(account_mac)
        return name

    def _make(self, account_mac: int) -> str:
        mixed = _mix(account_mac ^ self._seed)
        rest, word = divmod(mixed, len(self._words))
        if self._is_long(account_mac):
            return f"{self._words[word]}-{rest % 1_000_000:06d}"
        return f"{self._words[word]}-{rest % 1000:03d}"

    def _is_long(self, account_mac: int) -> bool:
        at = int(np.searchsorted(self._long, np.uint64(account_mac)))
        return at < len(self._long) and int(self._long[at]) == account_mac

    def collisions(self, macs: U64) -> U64:
        """Those of *macs* (sorted, distinct) whose three-digit pseudonym is another's too. Sorted."""
        names = np.setdiff1d(np.unique(np.asarray(macs, np.uint64)), self._long)
        mixed = _mix_all(names ^ np.uint64(self._seed))
        n = np.uint64(len(self._words))
        short = (mixed % n) * np.uint64(1000) + (mixed // n) % np.uint64(1000)
        _values, inverse, counts = np.unique(short, return_inverse=True, return_counts=True)
        return names[counts[inverse] > 1]

    def __reduce__(self) -> tuple[object, tuple[Macs, U64]]:
        return _rebuild, (self._macs, self._long)


def _rebuild(macs: Macs, long: U64) -> Pseudonyms:
    return Pseudonyms(macs, long=long)


def _mix(x: int) -> int:
    x = ((x ^ (x >> 30)) * _MIX[0]) & _MASK
    x = ((x ^ (x >> 27)) * _MIX[1]) & _MASK
    return x ^ (x >> 31)


def _mix_all(x: U64) -> U64:
    x = (x ^ (x >> np.uint64(30))) * np.uint64(_MIX[0])
    x = (x ^ (x >> np.uint64(27))) * np.uint64(_MIX[1])
    return x ^ (x >> np.uint64(31))
