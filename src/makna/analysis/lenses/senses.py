"""Senses of a term: its occurrences clustered by their company, and whether insiders mean something else by it.

An occurrence is the mean of the vectors of the words around it (context-group discrimination: Schütze 1998, Computational
Linguistics 24, pp. 97–123). A cluster is split in two while the silhouette (Rousseeuw 1987, J. Comput. Appl. Math. 20,
pp. 53–65) of the split is clear. Whether an ordinary word has a second sense is asked of the study's other posts: how far
its company among insiders lies from its company there, against what random shares of the same occurrences give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from makna.analysis import effects
from makna.analysis.lenses.argot_posts import Ints
from makna.analysis.lenses.vocabulary import Vocabulary

Floats = NDArray[np.float64]
WINDOW = 5
MOST = 300  # occurrences that are looked at, spread over all
LEAST = 8  # occurrences of a sense
CLEAR = 0.25  # silhouette of a split
SENSES = 4
COLLOCATES = 6
DRAWS = 200
ENOUGH = 10  # occurrences on either side, for a second sense


@dataclass(frozen=True)
class Sense:
    """One sense: its *share* of the occurrences looked at, its typical collocates, an example, its days."""

    share: float
    occurrences: int
    collocates: tuple[str, ...]
    example: tuple[int, int, int]  # document, start, end
    days: tuple[int, ...]  # since 1970, of its occurrences; -1 where none is known


@dataclass(frozen=True)
class Senses:
    """The senses of a term, the commonest first. *apart*: 1 − cosine of its company among insiders and elsewhere, and its z."""

    senses: tuple[Sense, ...]
    apart: float | None = None
    apart_z: float | None = None


class Discriminating:
    """Tells the senses of the terms *best* apart. *day* is that of each post."""

    def __init__(self, words: Vocabulary, space: Floats, day: Ints, best: Sequence[int]) -> None:
        self._words, self._day = words, day
        self._space = np.vstack([space, np.zeros((1, space.shape[1]))])  # the last is no term
        wanted = np.zeros(len(words.terms) + 1, bool)  # the last is no term
        wanted[list(best)] = True
        at = np.flatnonzero(wanted[words.number])
        at = at[np.argsort(words.number[at], kind="stable")]
        self._at, self._sorted = at, words.number[at]
        self._common = words.count.astype(np.float64)

    def of(self, term: int) -> Senses:
        """The senses of the term of this number."""
        first, last = np.searchsorted(self._sorted, (term, term + 1))
        at = np.sort(self._at[first:last])
        if len(at) > MOST:
            at = at[np.linspace(0, len(at) - 1, MOST).astype(np.int64)]
        around = self._around(at)
        vectors = self._space[around].sum(axis=1)
        length = np.linalg.norm(vectors, axis=1)
        told = length > 1e-9
        at, around, vectors = at[told], around[told], vectors[told] / length[told, None]
        if not len(at):
            return Senses(())
        groups = sorted(_split(vectors), key=lambda g: (-len(g), int(g[0])))
        senses = tuple(self._sense(at, around, vectors, group) for group in groups)
        return Senses(senses, *self._apart(at, vectors))

    def _around(self, at: Ints) -> Ints:
        """Occurrences × the terms around each; the last row of the space where there is none."""
        tokens, number = self._words.tokens, self._words.number
        steps = np.array([n for n in range(-WINDOW, WINDOW + 1) if n])
        place = at[:, None] + steps
        there = np.clip(place, 0, len(number) - 1)
        here = (place == there) & (tokens.post[there] == tokens.post[at][:, None])
        found = np.where(here, number[there], -1).astype(np.int64)
        found[found == number[at][:, None]] = -1
        return np.where(found < 0, len(self._space) - 1, found)

    def _sense(self, at: Ints, around: Ints, vectors: Floats, group: Ints) -> Sense:
        tokens = self._words.tokens
        middle = vectors[group].mean(axis=0)
        best = at[group[int(np.argmax(np.round(vectors[group] @ middle, 9)))]]
        post = int(tokens.post[best])
        days = tuple(int(d) for d in self._day[tokens.post[at[group]]])
        return Sense(
            len(group) / len(at), len(group), self._collocates(around[group]),
            (int(tokens.documents[post]), int(tokens.start[best]), int(tokens.end[best])), days,
        )  # fmt: skip

    def _collocates(self, around: Ints) -> tuple[str, ...]:
        """The words that stand around more often than elsewhere, by log-likelihood."""
        term, count = np.unique(around[around < len(self._common)], return_counts=True)
        if not len(term):
            return ()
        whole = float(self._words.totals[:3].sum())
        rest = np.maximum(self._common[term] - count, 0)
        g2 = np.asarray(
            effects.g2(count.astype(float), rest, float(count.sum()), max(whole - count.sum(), 1.0))
        )
        more = count / count.sum() > rest / whole
        best = sorted(
            np.flatnonzero(more & (count > 1)).tolist(),
            key=lambda n: (-round(float(g2[n]), 9), self._words.terms[term[n]]),
        )
        return tuple(self._words.terms[term[n]] for n in best[:COLLOCATES])

    def _apart(self, at: Ints, vectors: Floats) -> tuple[float | None, float | None]:
        """How far the company among insiders lies from that in other posts, and its z under random shares."""
        tokens = self._words.tokens
        outside = tokens.sides[tokens.post[at]] == 2
        n = int(outside.sum())
        if n < ENOUGH or len(at) - n < ENOUGH:
            return None, None
        chance = np.random.default_rng(0)
        sides = np.array([outside, *(chance.permutation(outside) for _draw in range(DRAWS))], np.float64)
        there, everywhere = sides @ vectors, vectors.sum(axis=0)
        here = everywhere - there
        lengths = np.linalg.norm(there, axis=1) * np.linalg.norm(here, axis=1)
        # linear algebra may differ in its last digits from run to run
        apart = np.round(1.0 - (there * here).sum(axis=1) / np.maximum(lengths, 1e-9), 9)
        return float(apart[0]), float((apart[0] - apart[1:].mean()) / max(float(apart[1:].std()), 1e-9))


def _split(vectors: Floats) -> list[Ints]:
    """Clusters as the places of their occurrences."""
    groups: list[Ints] = [np.arange(len(vectors))]
    whole: list[Ints] = []
    while groups and len(groups) + len(whole) < SENSES:
        groups.sort(key=lambda g: (len(g), -int(g[0])))
        group = groups.pop()
        two = _halves(vectors[group])
        if two is None:
            whole.append(group)
        else:
            groups += [group[two], group[~two]]
    return groups + whole


def _halves(vectors: Floats) -> NDArray[np.bool_] | None:
    """Two-means from the pair that lies farthest apart of a fixed start; None where the split is small or unclear."""
    if len(vectors) < 2 * LEAST:
        return None
    far = int(np.argmin(np.round(vectors @ vectors.mean(axis=0), 9)))
    other = int(np.argmin(np.round(vectors @ vectors[far], 9)))
    middles = vectors[[far, other]]
    one = np.zeros(len(vectors), bool)
    for _round in range(20):
        alike = np.round(vectors @ middles.T, 9)
        now = alike[:, 0] >= alike[:, 1]
        if now.all() or not now.any():
            return None
        if (now == one).all():
            break
        one = now
        middles = np.stack([vectors[one].mean(axis=0), vectors[~one].mean(axis=0)])
        middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
    if min(one.sum(), (~one).sum()) < LEAST or _silhouette(vectors, one) < CLEAR:
        return None
    return one


def _silhouette(vectors: Floats, one: Sequence[bool] | NDArray[np.bool_]) -> float:
    """The mean silhouette of two clusters, by the length of the chord between two occurrences."""
    one = np.asarray(one)
    far = np.sqrt(np.maximum(2.0 - 2.0 * vectors @ vectors.T, 0.0))
    to_first, to_second = far[:, one].sum(axis=1), far[:, ~one].sum(axis=1)
    n, m = int(one.sum()), int((~one).sum())
    own = np.where(one, to_first / max(n - 1, 1), to_second / max(m - 1, 1))
    other = np.where(one, to_second / m, to_first / n)
    return float(np.mean((other - own) / np.maximum(np.maximum(own, other), 1e-9)))
