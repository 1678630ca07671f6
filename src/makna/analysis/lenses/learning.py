"""Recognise more than a list holds: a seeded Bayes model over words, word pairs and shapes.

A list of cues names the plain cases. What stands in the same places as these, says the same words around them and
is met again and again, is very likely the same act in other words. The model is a multinomial naive Bayes
that starts from the seeds and lets the unlabelled pieces vote with their own probability (expectation-maximisation;
Nigam, McCallum, Thrun & Mitchell 2000, Machine Learning 39, pp. 103–134, with their weight lambda for unlabelled
pieces). It stays explainable: every decision is a sum over what the piece shows, and the largest parts are its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
UNKNOWN = -1
ROUNDS = 12


@dataclass(frozen=True)
class Bags:
    """Pieces as bags of features: piece *i* shows ``codes[starts[i]:starts[i + 1]]``, indices into *names*."""

    names: tuple[str, ...]
    codes: NDArray[np.int64]
    starts: NDArray[np.int64]

    @property
    def size(self) -> int:
        """The number of pieces."""
        return len(self.starts) - 1

    @property
    def owners(self) -> NDArray[np.int64]:
        """The piece of each entry of *codes*."""
        return np.repeat(np.arange(self.size), np.diff(self.starts))


def bags(pieces: Iterable[Sequence[str]], *, minimum: int = 2) -> Bags:
    """Pieces as bags; features that fewer than *minimum* pieces show say nothing and are left out."""
    known: dict[str, int] = {}
    rows = [[known.setdefault(f, len(known)) for f in piece] for piece in pieces]
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    codes = np.fromiter((c for row in rows for c in row), np.int64, int(lengths.sum()))
    kept = np.bincount(codes, minlength=len(known)) >= minimum
    renumbered = np.cumsum(kept) - 1
    owners = np.repeat(np.arange(len(rows)), lengths)[kept[codes]]
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=len(rows)))])
    names = tuple(name for name, yes in zip(known, kept, strict=True) if yes)
    return Bags(names, renumbered[codes[kept[codes]]], starts.astype(np.int64))


@dataclass(frozen=True)
class Model:
    """Log probabilities of *names* (features × classes) and of the *classes*."""

    names: tuple[str, ...]
    classes: tuple[str, ...]
    weights: Floats
    priors: Floats

    @cached_property
    def _rows(self) -> dict[str, list[float]]:
        return dict(zip(self.names, self.weights.tolist(), strict=True))

    def probabilities(self, shown: Sequence[str]) -> list[float]:
        """The probability of each class for a piece that shows these features."""
        logs = self.priors.tolist()
        for name in shown:
            row = self._rows.get(name)
            if row is not None:
                logs = [a + b for a, b in zip(logs, row, strict=True)]
        top = max(logs)
        odds = [exp(value - top) for value in logs]
        whole = sum(odds)
        return [value / whole for value in odds]

    def probability(self, shown: Sequence[str], target: int) -> float:
        """The probability of class *target*."""
        return self.probabilities(shown)[target]

    def reasons(self, shown: Sequence[str], target: int, *, most: int = 3) -> list[str]:
        """The words among *shown* that speak most for class *target* against the best other, strongest first."""
        scored = []
        for name in shown:
            row = self._rows.get(name)
            if row is not None and not name.startswith("·"):
                scored.append((max(v for n, v in enumerate(row) if n != target) - row[target], name))
        return [name for value, name in sorted(scored)[:most] if value < 0]


def learn(
    pieces: Bags, seeds: NDArray[np.int64], classes: Sequence[str], *, weight: float = 0.3, prior: float = 0.1
) -> Model:
    """A model from *seeds* (class of each piece, or UNKNOWN), unlabelled pieces counting *weight* each.

    *prior* is the pseudo-count of each feature in each class. Deterministic.
    """
    n, owners = len(classes), pieces.owners
    given = seeds != UNKNOWN
    belief = np.zeros((pieces.size, n))
    belief[given, seeds[given]] = 1.0
    share = np.where(given, 1.0, 0.0)
    for _round in range(ROUNDS):
        weights, priors = _estimate(pieces, belief * share[:, None], owners, prior)
        fresh = _posterior(pieces, weights, priors, owners)
        belief = np.where(given[:, None], belief, fresh)
        share = np.where(given, 1.0, weight)
    return Model(pieces.names, tuple(classes), weights, priors)


def _estimate(pieces: Bags, mass: Floats, owners: NDArray[np.int64], prior: float) -> tuple[Floats, Floats]:
    sums = [np.bincount(pieces.codes, m[owners], len(pieces.names)) for m in mass.T]
    counts = np.stack(sums, axis=1) + prior
    classes = mass.sum(axis=0) + 1.0
    return np.log(counts / counts.sum(axis=0)), np.log(classes / classes.sum())


def _posterior(
    pieces: Bags, weights: Floats, priors: Floats, owners: NDArray[np.int64] | None = None
) -> Floats:
    owners = pieces.owners if owners is None else owners
    columns = [np.bincount(owners, w[pieces.codes], pieces.size) for w in weights.T]
    logs = np.stack(columns, axis=1) + priors
    odds = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float64)
