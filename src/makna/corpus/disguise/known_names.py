"""Known names in texts: the roster's handles and display names, and the study's own list, for many texts at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from makna.corpus.disguise.folding import FoldHash, Stream, fold_name
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import plain
from makna.corpus.disguise.recognise.base import Hit
from makna.corpus.disguise.roster import EXACT, HANDLE, ORDINARY, Roster
from makna.corpus.disguise.words import ACCOUNT, HONORIFIC, MESSENGER, SELF

I64 = NDArray[np.int64]

_LONGEST_NAME = 6
_CALLS = MESSENGER | HONORIFIC | SELF | ACCOUNT


class KnownNames:
    """Finds the names of a *roster* and of the study's list (*masked*), and tells whose they are."""

    def __init__(self, macs: Macs, hashing: FoldHash, roster: Roster, masked: Iterable[str]) -> None:
        self._macs, self._hash, self._roster = macs, hashing, roster
        folded = {fold_name(name) for name in masked} - {""}
        self._masked = np.array(sorted(hashing.of(name) for name in folded), np.uint64)

    def find(
        self, stream: Stream, texts: Sequence[str], within: I64, announced: NDArray[np.uint32]
    ) -> tuple[dict[int, list[Hit]], set[int]]:
        """The known names of each text but those *within* plain mentions; and the texts where one crosses a mention."""
        names: dict[int, list[Hit]] = {}
        entangled: set[int] = set()
        if not len(self._roster.names) and not len(self._masked):
            return names, entangled
        covered = np.concatenate([[0], np.cumsum(within > 0)])
        for n in range(1, _LONGEST_NAME + 1):
            hashes, near = stream.runs(n)
            taken = covered[n:] - covered[: max(len(covered) - n, 0)]  # words in plain mentions
            one = within[: len(hashes)] == within[n - 1 :]
            masked, rows = self._listed(hashes, near), self._roster.find(hashes)
            known = np.flatnonzero((rows >= 0) & near & ~((taken == n) & one))
            crossing = np.concatenate([masked[taken[masked] > 0], known[taken[known] > 0]])
            entangled.update(stream.text_of(crossing).tolist())
            for text, start, end, label in self._matches(masked, known, rows, n, stream, texts, announced):
                names.setdefault(text, []).append(Hit(start, end, label))
        return names, entangled

    def _listed(self, hashes: NDArray[np.uint64], near: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The runs that are names of the study's own list."""
        if not len(self._masked):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self._masked, hashes), len(self._masked) - 1)
        return np.flatnonzero((self._masked[at] == hashes) & near)

    def _matches(
        self,
        masked: NDArray[np.int64],
        known: NDArray[np.int64],
        rows: NDArray[np.int64],
        n: int,
        stream: Stream,
        texts: Sequence[str],
        announced: NDArray[np.uint32],
    ) -> Iterable[tuple[int, int, int, str]]:
        for first in masked.tolist():
            yield (*_span(stream, texts, first, n), "=name")
        for first in known.tolist():
            flags, accounts = self._roster.entry(int(rows[first]))
            mention = stream.after_sign(first)
            if (
                not mention
                and int(np.bitwise_and.reduce(flags)) & ORDINARY
                and not _called(first, stream, announced)
            ):
                continue
            text, start, end = _span(stream, texts, first, n)
            spelling = texts[text][start:end]
            label = self._mentioned(spelling, flags, accounts) if mention else self._named(spelling, accounts)
            if label:
                yield text, start, end, label

    def whose(self, handles: Sequence[str]) -> list[str]:
        """The labels of plain mentions: whom the roster knows by these handles, else whoever it is."""
        rows = self._roster.find(np.array([self._hash.of(fold_name(h)) for h in handles], np.uint64))
        labels = [
            self._mentioned(handle, *self._roster.entry(row)) if row >= 0 else None
            for handle, row in zip(handles, rows.tolist(), strict=True)
        ]
        return [label or "@" + handle.lower() for handle, label in zip(handles, labels, strict=True)]

    def _mentioned(self, spelling: str, flags: NDArray[np.uint8], accounts: NDArray[np.uint64]) -> str | None:
        """Whom @name means: the exact handle, else the one handle of that folded name; None for a new handle."""
        handles = {a for a, flag in zip(accounts.tolist(), flags.tolist(), strict=True) if flag & HANDLE}
        if not handles:
            return None
        exact = self._macs.mac("handle", plain(spelling))
        if exact in handles:
            return f"#{exact}"
        return f"#{handles.pop()}" if len(handles) == 1 else "account"

    def _named(self, spelling: str, accounts: NDArray[np.uint64]) -> str:
        """Whom a name in a text means: its one account, else who spells it exactly so; else just some account."""
        different = set(accounts.tolist())
        if len(different) > 1:
            different = self._exactly(spelling, different)
        whose = different.pop() if len(different) == 1 else 0
        return f"#{whose}" if whose else "account"

    def _exactly(self, spelling: str, accounts: set[int]) -> set[int]:
        """The accounts that carry exactly this spelling, as their handle or their display name."""
        handle = self._macs.mac("handle", plain(spelling))
        if handle in accounts:
            return {handle}
        row = int(self._roster.find(np.array([self._macs.mac("name", spelling.strip())], np.uint64))[0])
        if row >= 0:
            flags, exact = self._roster.entry(row)
            if int(np.bitwise_and.reduce(flags)) & EXACT:
                return set(exact.tolist())
        return accounts


def _called(first: int, stream: Stream, announced: NDArray[np.uint32]) -> bool:
    """Whether an everyday word stands right after a word that calls somebody."""
    if first == 0 or not int(announced[first - 1]) & _CALLS:
        return False
    return int(stream.starts[first] - stream.ends[first - 1]) <= Stream.GAP


def _span(stream: Stream, texts: Sequence[str], first: int, n: int) -> tuple[int, int, int]:
    """(text, start, end) of *n* words, with the low lines and marks that belong to them."""
    text, start, end = stream.span(first, first + n - 1)
    whole = texts[text]
    while start > 0 and whole[start - 1] == "_":
        start -= 1
    while end < len(whole) and (whole[end] == "_" or not plain(whole[end])):
        end += 1
    return text, start, end
