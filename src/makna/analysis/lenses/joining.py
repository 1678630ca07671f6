"""Words written apart (*p u l a u*, *GA RU DA*, *visi 4d*) joined again where the corpus itself attests the whole.

Three kinds of evidence: short pieces that nearly always come together; pieces whose letters, taken together, somebody
writes as one word; and single letters in a row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from makna.analysis.lenses.argot_posts import Flat, Small, kept
from makna.analysis.lenses.general import zipf
from makna.analysis.lenses.spelling import lettered, readable

MOST_PIECES = 10
LONGEST = 20  # letters of a joined word
APART = 2  # characters that may stand between two pieces
_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
Hashes = NDArray[np.uint64]
Mask = NDArray[np.bool_]


@dataclass
class Pieces:
    """Tokens by their readable form: *form* numbers *forms*; *near* says that the next token may belong to this one."""

    forms: list[str]
    form: Small
    near: Mask
    lengths: Small
    counts: NDArray[np.int64]
    used: Mask
    joins: list[tuple[int, int, str]]
    index: dict[str, int]
    lettered: Mask

    @classmethod
    def of(cls, tokens: Flat) -> Pieces:
        """The pieces of *tokens*."""
        known: dict[str, int] = {}
        number = np.array([known.setdefault(readable(w), len(known)) for w in tokens.words], np.int32)
        forms = list(known)
        form = number[tokens.code] if len(tokens.words) else tokens.code
        word = np.array([f.isascii() and f[0] not in "⟦#" and f.isalnum() for f in forms], bool)
        near = np.zeros(len(form), bool)
        near[:-1] = (tokens.post[1:] == tokens.post[:-1]) & (tokens.start[1:] - tokens.end[:-1] <= APART)
        near[:-1] &= word[form[1:]] & word[form[:-1]]
        return cls(
            forms, form, near, np.array([len(f) for f in forms], np.int32),
            np.bincount(form, minlength=len(forms)), np.zeros(len(form), bool), [], known,
            np.array([lettered(w) for w in tokens.words], bool)[tokens.code],
        )  # fmt: skip

    def alone(self, whole: str) -> int:
        """How often *whole* is written as one word."""
        return int(self.counts[self.index[whole]]) if whole in self.index else 0

    def take(self, at: int, size: int, whole: str) -> None:
        """Join *size* tokens from *at*, where none of them is joined already."""
        if not self.used[at : at + size].any():
            self.used[at : at + size] = True
            self.joins.append((at, size, whole))


def join(tokens: Flat) -> tuple[Flat, list[str], Mask]:
    """*tokens* with what was written apart joined, the readable form of each of their words, and which were joined.

    A joined word is named by its pieces with blanks between: *p u l a u*.
    """
    pieces = Pieces.of(tokens)
    _together(pieces)
    _elsewhere(pieces)
    _letters(pieces)
    return _joined(tokens, pieces)


def _runs(mask: Mask) -> Sequence[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _together(pieces: Pieces) -> None:
    """Three and more short pieces that keep together three times and more."""
    short = pieces.lengths[pieces.form] <= 4
    both = pieces.near[:-1] & short[1:] & short[:-1]
    both[:-1] &= ~_ordinary_pair(pieces)
    seen: Counter[tuple[int, ...]] = Counter()
    where: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for first, last in _runs(both):
        run = pieces.form[first : last + 1].tolist()
        sizes = pieces.lengths[run].tolist()
        for i in range(len(run) - 2):
            for k in range(3, min(MOST_PIECES, len(run) - i) + 1):
                if sum(sizes[i : i + k]) <= 2.7 * k:
                    seen[tuple(run[i : i + k])] += 1
                    where[tuple(run[i : i + k])].append(first + i)
    for row in _chosen(pieces, seen):
        whole = "".join(pieces.forms[n] for n in row)
        for at in where[row]:
            pieces.take(at, len(row), whole)


def _ordinary_pair(pieces: Pieces) -> Mask:
    """Where two ordinary words of two letters and more follow each other: no run goes through three of them."""
    common = np.array([len(f) > 1 and zipf(f) >= 4.5 for f in pieces.forms], bool)[pieces.form]
    return np.asarray(common[:-2] & common[1:-1] & common[2:], dtype=bool)


def _chosen(pieces: Pieces, seen: Counter[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The rows that hold together at both ends: neither much rarer than a part, nor nearly always longer."""
    often = {row: n for row, n in seen.items() if n >= 3}
    longer: Counter[tuple[int, ...]] = Counter()
    for row, n in often.items():
        for part in (row[1:], row[:-1]):
            longer[part] = max(longer[part], n)
    found = [row for row, n in often.items() if longer[row] < 0.5 * n and _holds(pieces, row, n, often)]
    return sorted(found, key=lambda row: (-len(row), -often[row], [pieces.forms[n] for n in row]))


def _holds(pieces: Pieces, row: tuple[int, ...], n: int, often: dict[tuple[int, ...], int]) -> bool:
    words = [pieces.forms[k] for k in row]
    if len(row) > 3 and n < 0.4 * max(often.get(row[1:], 0), often.get(row[:-1], 0)):
        return False
    if "".join(words).isdigit() or sum(map(len, words)) < 5:
        return False
    for end, rest in ((words[0], row[1:]), (words[-1], row[:-1])):
        if len(end) > 1 and zipf(end) >= 5 and (often.get(rest, 0) >= 1.3 * n or _written(pieces, rest)):
            return False
    if any(len(w) > 2 and zipf(w) >= 4.5 for w in words):
        return False
    longer = [k for k in row if pieces.lengths[k] > 1]
    single = len(row) - len(longer)
    bound = sum(n >= 0.25 * pieces.counts[k] for k in longer)
    return single > 1 or (bound >= min(2, len(longer)) and any(zipf(pieces.forms[k]) < 4.5 for k in longer))


def _written(pieces: Pieces, row: tuple[int, ...]) -> bool:
    return pieces.alone("".join(pieces.forms[k] for k in row)) > 2


def _elsewhere(pieces: Pieces) -> None:
    """Pieces that somebody writes as one word."""
    wholes = [
        n
        for n, f in enumerate(pieces.forms)
        if pieces.counts[n] > 1 and 4 <= len(f) <= LONGEST and f.isascii() and f.isalnum() and not f.isdigit() and zipf(f) < 4
    ]  # fmt: skip
    if not wholes:
        return
    hashes = np.array([_hash(f) for f in pieces.forms], np.uint64)
    table = np.sort(hashes[wholes])
    names = {int(hashes[n]): pieces.forms[n] for n in wholes}
    for size, at, sums in reversed(list(_found(pieces, hashes, table))):
        rows = pieces.form[at[:, None] + np.arange(size)]
        kinds, kind, many = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
        fits = np.array([_fits(pieces, row, int(n)) for row, n in zip(kinds.tolist(), many, strict=True)])
        disguised = pieces.lettered[at[:, None] + np.arange(size)].all(axis=1)
        known = np.array([_name(pieces, "".join(pieces.forms[k] for k in row)) for row in kinds.tolist()])
        kind = kind.reshape(-1)
        for i in np.flatnonzero(fits[kind] | (disguised & known[kind])).tolist():
            pieces.take(int(at[i]), size, names[int(sums[i])])


def _found(pieces: Pieces, hashes: Hashes, table: Hashes) -> list[tuple[int, NDArray[np.int64], Hashes]]:
    """For two pieces and more: where their letters make one of *table*, and the hash of the whole."""
    powers = np.array([pow(_BASE, int(n), 1 << 64) for n in pieces.lengths], np.uint64)
    sieve = np.zeros(1 << 20, bool)
    sieve[table >> np.uint64(44)] = True
    at = np.flatnonzero(pieces.near & ~pieces.used)
    sums, lengths = hashes[pieces.form[at]], pieces.lengths[pieces.form[at]].astype(np.int64)
    found = []
    for size in range(2, MOST_PIECES + 1):
        last = at + size - 1
        going = pieces.near[last - 1]  # false for the last token of all
        going[going] = ~pieces.used[last[going]]
        at, sums, lengths, last = at[going], sums[going], lengths[going], last[going]
        nth = pieces.form[last]
        sums, lengths = sums * powers[nth] + hashes[nth], lengths + pieces.lengths[nth]
        going = lengths <= LONGEST
        at, sums, lengths = at[going], sums[going], lengths[going]
        maybe = np.flatnonzero(sieve[sums >> np.uint64(44)])
        place = np.minimum(np.searchsorted(table, sums[maybe]), len(table) - 1)
        hit = maybe[table[place] == sums[maybe]]
        if len(hit):
            found.append((size, at[hit], sums[hit]))
    return found


def _hash(word: str) -> int:
    total = 0
    for c in word:
        total = (total * _BASE + ord(c)) & _MASK
    return total


def _name(pieces: Pieces, whole: str) -> bool:
    return zipf(whole) < 3 and pieces.alone(whole) > 2


def _fits(pieces: Pieces, row: list[int], n: int) -> bool:
    """Whether these pieces, found *n* times, are more likely the word than words of their own."""
    words, size = [pieces.forms[k] for k in row], len(row)
    whole = "".join(words)
    alone = pieces.alone(whole)
    share = n / min(int(pieces.counts[k]) for k in row)
    if size > 2 and len(whole) <= 3 * size and sum(len(w) < 3 for w in words) > 1 and zipf(whole) < 3.5:
        return alone >= n / 20
    if zipf(whole) and size == 2:
        return False
    if any(c.isdigit() for c in whole):
        named = words[0][0].isalpha() and len(words[-1]) > 1 and words[-1][0].isdigit()
        return named and (share >= 0.2 or (alone >= 5 and share > 0.05))
    rare = any(zipf(w) < 3 for w in words)
    return rare and n > 1 and share >= 0.3 and alone >= n / 2 and len(whole) > 5


def _letters(pieces: Pieces) -> None:
    """Four and more single letters in a row."""
    single = (pieces.lengths[pieces.form] == 1) & ~pieces.used
    for first, last in _runs(pieces.near[:-1] & single[1:] & single[:-1]):
        whole = "".join(pieces.forms[n] for n in pieces.form[first : last + 1])
        if len(whole) > 3 and not whole.isdigit():
            pieces.take(first, last + 1 - first, whole)


def _joined(tokens: Flat, pieces: Pieces) -> tuple[Flat, list[str], Mask]:
    """The tokens with joins made, the readable form of each of their words, and which tokens were joined."""
    named = sorted(
        {
            (" ".join(tokens.words[c] for c in tokens.code[at : at + n]), whole)
            for at, n, whole in pieces.joins
        }
    )
    number = {spelled: len(tokens.words) + i for i, (spelled, _whole) in enumerate(named)}
    code, end, keep = tokens.code.copy(), tokens.end.copy(), np.ones(len(tokens.code), bool)
    for at, n, _whole in pieces.joins:
        code[at] = number[" ".join(tokens.words[c] for c in tokens.code[at : at + n])]
        end[at] = tokens.end[at + n - 1]
        keep[at + 1 : at + n] = False
    forms = [readable(w) for w in tokens.words] + [whole for _spelled, whole in named]
    words = (*tokens.words, *(spelled for spelled, _whole in named))
    return kept(replace(tokens, words=words, code=code, end=end), keep), forms, pieces.used[keep]
