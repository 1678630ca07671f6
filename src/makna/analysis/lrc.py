"""LRC, the conservative log ratio (Evert 2022, DH2022, pp. 202–205): an effect size that its evidence can carry.

Of the *a* + *b* occurrences of a word, the share in the target has an exact (Clopper–Pearson 1934) interval. LRC is
the end of the interval nearer to "no difference", as a log ratio, and 0 where the interval holds "no difference". With
the Bonferroni correction a list ordered by LRC is free of words that are key by chance.
"""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from makna.analysis.maths import Floats, Numbers


def lrc(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, family: Numbers, alpha: float = 0.05) -> Floats:
    """LRC in bits, signed, for *a* of *c* tokens in the target and *b* of *d* in the reference.

    Two-sided at level *alpha* / *family*, *family* being the number of words compared. NaN where *c* or *d* is 0.
    """
    target, reference, size_a, size_b, tail = np.broadcast_arrays(
        *(np.asarray(v, dtype=np.float64) for v in (a, b, c, d)), alpha / np.asarray(family, np.float64) / 2
    )
    key = target * size_b >= reference * size_a
    near = np.where(key, target, reference), np.where(key, reference, target)
    sizes = np.where(key, size_a, size_b), np.where(key, size_b, size_a)
    bound = _bounded(near[0], near[1], sizes[0], sizes[1], tail)
    return np.where(key, bound, -bound)


def positive_lrc(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, family: Numbers, alpha: float = 0.05
) -> Floats:
    """The lower end of the one-sided interval as a log ratio: may be negative; −∞ where *a* is 0 (Evert 2022)."""
    target, reference, size_a, size_b, tail = np.broadcast_arrays(
        *(np.asarray(v, dtype=np.float64) for v in (a, b, c, d)), alpha / np.asarray(family, np.float64)
    )
    return _bound(target, reference, size_a, size_b, tail)


def _bound(more: Floats, less: Floats, c: Floats, d: Floats, tail: Floats) -> Floats:
    """log2(d/c · p/(1 − p)) for p the lower Clopper–Pearson limit of more / (more + less)."""
    found = np.full(more.shape, -np.inf)
    some = more > 0
    share = scipy.special.betaincinv(more[some], less[some] + 1, tail[some])
    found[some] = np.log2(d[some] / c[some]) + np.log2(share) - np.log1p(-share) / np.log(2)
    return found


def _bounded(more: Floats, less: Floats, c: Floats, d: Floats, tail: Floats) -> Floats:
    found = np.where((c > 0) & (d > 0), 0.0, np.nan)
    doubtful = (c > 0) & (d > 0) & (more > 0) & ~_within(more, less, c, d, tail)
    bound = _bound(more[doubtful], less[doubtful], c[doubtful], d[doubtful], tail[doubtful])
    found[doubtful] = np.maximum(bound, 0.0)
    return found


def _within(more: Floats, less: Floats, c: Floats, d: Floats, tail: Floats) -> NDArray[np.bool_]:
    """Where the interval surely holds "no difference", so that no beta quantile (3 µs each) need be found.

    With q = more/n, P(X ≥ more) ≥ exp(−n KL(q ‖ p)) / √(8 n q (1 − q)) (Ash 1990, Information Theory, p. 115): once
    this lower limit of the tail exceeds *tail*, so does the tail itself.
    """
    n, p = more + less, np.divide(c, c + d, out=np.full(c.shape, 0.5), where=(c + d) > 0)
    with np.errstate(divide="ignore"):  # p is 0 or 1 only where a side is empty, and those are NaN already
        divergence = (
            scipy.special.xlogy(more, more) - scipy.special.xlogy(n, n) + scipy.special.xlogy(less, less)
        )
        divergence = divergence - scipy.special.xlogy(more, p) - scipy.special.xlogy(less, 1 - p)
    spread = np.sqrt(np.maximum(8 * more * less / np.maximum(n, 1), 1.0))
    return np.asarray(np.exp(-divergence) / spread > tail * (1 + 1e-9))
