"""Templates: posts that say nearly the same, found by MinHash.

Shingles of three words with numbers and placeholders levelled; 32 hash functions; posts that agree in a band of two
become candidates, and belong together where their signatures agree in 0.6 of their places (Broder 1997, Proc.
Compression and Complexity of Sequences, pp. 21–29: the share of equal minima estimates the Jaccard resemblance). The
hash functions are fixed, so the clusters are the same each time.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

HASHES, BAND, ALIKE, SHINGLE = 32, 2, 0.6, 3
_PRIME = np.uint64((1 << 61) - 1)
_RANDOM = np.random.default_rng(20_210_131)
_A = _RANDOM.integers(1, 1 << 31, HASHES, dtype=np.uint64)
_B = _RANDOM.integers(0, 1 << 31, HASHES, dtype=np.uint64)
Signatures = NDArray[np.uint32]


def signature(tokens: Sequence[str]) -> Signatures:
    """The MinHash of one post; posts of fewer than three words have the one shingle they are."""
    words = [_level(t) for t in tokens]
    grams = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    hashed = np.array([_hash(g) for g in sorted(grams)], dtype=np.uint64)
    mixed = (hashed[:, None] * _A + _B) % _PRIME
    return (mixed.min(axis=0) & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _level(token: str) -> str:
    if token[0].isdigit():
        return "0"
    return "⟦⟧" if token[0] == "⟦" else token


def _hash(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=4).digest(), "little")


def clusters(signatures: Iterable[Signatures]) -> list[list[int]]:
    """Groups of at least two like posts, as indices in input order; the largest first, then the earliest."""
    marks = np.stack(list(signatures)) if not isinstance(signatures, np.ndarray) else signatures
    leader = np.arange(len(marks))
    for band in range(0, HASHES, BAND):
        _join(marks, marks[:, band : band + BAND], leader)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(marks)):
        groups[_find(leader, n)].append(n)
    return sorted((g for g in groups.values() if len(g) > 1), key=lambda g: (-len(g), g[0]))


def _join(marks: Signatures, keys: Signatures, leader: NDArray[np.intp]) -> None:
    """Join posts that share a band with the first post of it, where they are alike enough."""
    whole = keys[:, 0].astype(np.uint64) << np.uint64(32) | keys[:, 1].astype(np.uint64)
    _, first, group = np.unique(whole, return_index=True, return_inverse=True)
    other = first[group]
    alike = (marks == marks[other]).mean(axis=1) >= ALIKE
    for n in np.nonzero(alike & (other != np.arange(len(marks))))[0]:
        a, b = _find(leader, int(n)), _find(leader, int(other[n]))
        if a != b:
            leader[max(a, b)] = min(a, b)


def _find(leader: NDArray[np.intp], n: int) -> int:
    while leader[n] != n:
        leader[n] = leader[leader[n]]
        n = int(leader[n])
    return n
