"""Score the standard words that Makna proposes for informal spellings, and estimate what its proposals weigh.

    python -m benchmarks.standard PAIRS.csv [--fit]

PAIRS has the columns transformed, original-for and transformation (IndoCollex). The pairs are halved by a checksum of the
standard word, so that no standard word stands in both halves. With ``--fit`` weights are estimated on each half and
tried on the other, then on both, and printed as a table for ``standard.py``.
"""

from __future__ import annotations

import argparse
import csv
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from makna.analysis.lenses.respelling import proposals
from makna.analysis.lenses.standard import standards

Pair = tuple[str, str, str]
SHRINKAGE = 0.1


def read(path: Path) -> list[Pair]:
    """(informal, standard, formation) of every pair; a repeated heading is none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(r["transformed"], r["original-for"], r["transformation"]) for r in csv.DictReader(file)]
    return [(a.lower(), b.lower(), kind) for a, b, kind in rows if kind != "transformation"]


def half(pair: Pair) -> int:
    """In which half a pair stands."""
    return zlib.crc32(pair[1].encode()) % 2


def scored(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Share of the pairs whose standard word is proposed first, and among the first five; and by formation."""
    first: Counter[str] = Counter()
    five = 0
    for written, standard, kind in pairs:
        found = standards(written)
        first[kind] += found[:1] == (standard,)
        five += standard in found
    whole = Counter(kind for _a, _b, kind in pairs)
    by = {kind: round(first[kind] / n, 2) for kind, n in sorted(whole.items())}
    return {
        "pairs": len(pairs),
        "first": sum(first.values()) / len(pairs),
        "five": five / len(pairs),
        "by": by,
    }


def report(pairs: Sequence[Pair]) -> dict[str, dict[str, Any]]:
    """The figures of both halves and of the whole, printed."""
    parts = {
        "half 1": [p for p in pairs if not half(p)],
        "half 2": [p for p in pairs if half(p)],
        "all": pairs,
    }
    found = {name: scored(part) for name, part in parts.items()}
    for name, row in found.items():
        print(
            f"standard word, {name}: {row['first']:.3f} first, {row['five']:.3f} in five, of {row['pairs']} pairs; {row['by']}"
        )
    return found


class Fit:
    """A conditional logit over the proposals of each spelling, shrunk towards nothing."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = pairs
        made = [proposals(written, "id") for written, _standard, _kind in pairs]
        self.names = sorted({name for found in made for features in found.values() for name in features})
        self.words = [sorted(found) for found in made]
        self.tables = [self._table(found, words) for found, words in zip(made, self.words, strict=True)]

    def _table(self, found: Any, words: Sequence[str]) -> Any:
        return np.array([[float(found[w].get(n, 0)) for n in self.names] for w in words]).reshape(
            len(words), len(self.names)
        )

    def weights(self, numbers: Sequence[int]) -> Any:
        """Weights by the pairs of these *numbers* whose standard word is among the proposals."""
        used = [n for n in numbers if self.pairs[n][1] in self.words[n]]
        sizes = [len(self.words[n]) for n in used]
        at = np.cumsum([0, *sizes[:-1]])
        table = np.concatenate([self.tables[n] for n in used])
        gold = at + [self.words[n].index(self.pairs[n][1]) for n in used]

        def loss(weights: Any) -> tuple[float, Any]:
            score = table @ weights
            top = np.maximum.reduceat(score, at)
            odds = np.exp(score - np.repeat(top, sizes))
            whole = np.add.reduceat(odds, at)
            slope = table[gold].sum(0) - (odds / np.repeat(whole, sizes)) @ table
            value = (score[gold] - top - np.log(whole)).sum()
            return -value + SHRINKAGE * weights @ weights / 2, -slope + SHRINKAGE * weights

        return scipy.optimize.minimize(loss, np.zeros(len(self.names)), jac=True, method="L-BFGS-B").x

    def right(self, weights: Any, numbers: Sequence[int]) -> float:
        """The share of these pairs whose standard word comes first."""
        hits = 0
        for n in numbers:
            if self.words[n]:
                best = int(np.argsort(-(self.tables[n] @ weights), kind="stable")[0])
                hits += self.words[n][best] == self.pairs[n][1]
        return hits / len(numbers)


def fit(pairs: Sequence[Pair]) -> None:
    """Estimate and print."""
    model = Fit(pairs)
    halves = [[n for n, p in enumerate(pairs) if half(p) == h] for h in (0, 1)]
    for own, other in ((0, 1), (1, 0)):
        weights = model.weights(halves[own])
        print(
            f"fitted on half {own + 1}: {model.right(weights, halves[own]):.3f}; held out: {model.right(weights, halves[other]):.3f}"
        )
    weights = model.weights(range(len(pairs)))
    print(f"fitted on all: {model.right(weights, range(len(pairs))):.3f}")
    print({n: round(float(w), 1) for n, w in zip(model.names, weights, strict=True) if abs(w) >= 0.1})


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, or estimate weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args(arguments)
    pairs = read(options.pairs)
    if options.fit:
        fit(pairs)
    else:
        report(pairs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
