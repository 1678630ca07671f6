"""Measures of a 2 × 2 table: how far two things go together beyond chance.

Keyness and collocation ask the same question of different tables, so they share these formulas. The cells are
o11, o12 (first row) and o21, o22 (second row); r1, r2 and c1, c2 are their sums and n the whole. Every function takes
numbers and NumPy arrays alike (see :mod:`makna.analysis.maths`). Published worked examples of each stand
in the tests.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import scipy  # its parts load when they are first used

from makna.analysis.maths import Floats, Numbers, floats, log2, ratio
from makna.errors import MeasureError
from makna.i18n import _

Correction: TypeAlias = Literal["none", "yates", "quanteda"]


def cells(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> tuple[Floats, Floats, Floats, Floats]:
    """The four cells of a pair seen *joint* times, its parts *f1* and *f2* times, among *n*."""
    joint, f1, f2, n = floats(joint, f1, f2, n)
    return joint, f1 - joint, f2 - joint, n - f1 - f2 + joint


def deviance(observed: Numbers, expected: Numbers, difference: Numbers) -> Floats:
    """2 (O ln(O/E) − (O − E)): what one cell adds to G²; *difference* is O − E. A cell of 0 adds 2E.

    The sum of (O − E) over a table is 0, so G² is unchanged, but no digits are lost when O and E are large and close.
    """
    relative = np.where(observed == 0, 0.0, ratio(difference, expected))
    value = 2 * (observed * np.log1p(relative) - difference)
    return np.where(expected == 0, 0.0, value)[()]


def excess(o11: Numbers, o12: Numbers, o21: Numbers, o22: Numbers) -> Floats:
    """O11 − E11, the same in all four cells but for its sign: (o11 o22 − o12 o21) / n."""
    return ratio(o11 * o22 - o12 * o21, o11 + o12 + o21 + o22)


def log_likelihood(o11: Numbers, o12: Numbers, o21: Numbers, o22: Numbers, *, signed: bool = False) -> Floats:
    """G² = 2 Σ O ln(O/E) over the four cells (Dunning 1993, Computational Linguistics 19(1), p. 72).

    With *signed*, negative where o11 is less than expected. Undefined for an empty table.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    n, extra = o11 + o12 + o21 + o22, excess(o11, o12, o21, o22)
    r1, r2, c1, c2 = o11 + o12, o21 + o22, o11 + o21, o12 + o22
    total = (
        deviance(o11, ratio(r1 * c1, n), extra)
        + deviance(o12, ratio(r1 * c2, n), -extra)
        + deviance(o21, ratio(r2 * c1, n), -extra)
        + deviance(o22, ratio(r2 * c2, n), extra)
    )
    return np.where(extra < 0, -total, total)[()] if signed else total


def williams(o11: Numbers, o12: Numbers, o21: Numbers, o22: Numbers, *, signed: bool = False) -> Floats:
    """G² divided by Williams' correction (Williams 1976, Biometrika 63(1), pp. 33–37)."""
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    n = o11 + o12 + o21 + o22
    rows = ratio(n, o11 + o12) + ratio(n, o21 + o22) - 1
    columns = ratio(n, o11 + o21) + ratio(n, o12 + o22) - 1
    return log_likelihood(o11, o12, o21, o22, signed=signed) / (1 + ratio(rows * columns, 6 * n))


def chi_squared(
    o11: Numbers,
    o12: Numbers,
    o21: Numbers,
    o22: Numbers,
    *,
    correction: Correction = "none",
    signed: bool = False,
) -> Floats:
    """Pearson's χ² = n (o11 o22 − o12 o21)² / (r1 r2 c1 c2) (Manning & Schütze 1999, p. 170).

    *correction* "yates" takes n/2 off the difference, down to 0 (Yates 1934, Supplement to the JRSS 1(2), pp. 217–235);
    "quanteda" does so only where the difference is at least n/2, as that package does. Undefined where a row or a column
    is empty.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    n, difference = o11 + o12 + o21 + o22, o11 * o22 - o12 * o21
    size = _corrected(np.abs(difference), n / 2, correction)
    value = ratio(n * size * size, (o11 + o12) * (o21 + o22) * (o11 + o21) * (o12 + o22))
    return np.where(difference < 0, -value, value)[()] if signed else value


def _corrected(size: Floats, half: Floats, correction: Correction) -> Floats:
    if correction == "none":
        return size
    if correction == "yates":
        return np.maximum(size - half, 0)
    if correction == "quanteda":
        return np.where(size >= half, size - half, size)
    raise MeasureError(_("A correction is none, yates or quanteda."))


def phi_squared(o11: Numbers, o12: Numbers, o21: Numbers, o22: Numbers) -> Floats:
    """φ² = χ² / n (Church & Gale 1991)."""
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    return ratio(chi_squared(o11, o12, o21, o22), o11 + o12 + o21 + o22)


def fisher_exact(o11: int, o12: int, o21: int, o22: int) -> tuple[float, float, float]:
    """Fisher's exact test: (two-sided, left, right) p (Pedersen 1996). Whole numbers, one table."""
    table = np.array([[o11, o12], [o21, o22]])
    two, left, right = (
        float(scipy.stats.fisher_exact(table, alternative=side).pvalue)
        for side in ("two-sided", "less", "greater")
    )
    return two, left, right


def pmi(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Floats:
    """Pointwise mutual information in bits: log2(joint · n / (f1 f2)) (Church & Hanks 1990, p. 24)."""
    joint, f1, f2, n = floats(joint, f1, f2, n)
    return log2(ratio(joint * n, f1 * f2))


def t_score(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers, *, bernoulli: bool = False) -> Floats:
    """t = (joint − E) / √joint with E = f1 f2 / n (Manning & Schütze 1999, pp. 164–165).

    Their variance p is an approximation of p (1 − p), which *bernoulli* asks for.
    """
    joint, f1, f2, n = floats(joint, f1, f2, n)
    variance = joint * (1 - ratio(joint, n)) if bernoulli else joint
    return ratio(joint - ratio(f1 * f2, n), np.sqrt(variance))


def dice(joint: Numbers, f1: Numbers, f2: Numbers) -> Floats:
    """2 joint / (f1 + f2) (Dice 1945; Smadja, McKeown & Hatzivassiloglou 1996, p. 13)."""
    joint, f1, f2 = floats(joint, f1, f2)
    return ratio(2 * joint, f1 + f2)


def delta_p(o11: Numbers, o12: Numbers, o21: Numbers, o22: Numbers) -> Floats:
    """ΔP = o11/(o11 + o12) − o21/(o21 + o22): how much the row calls for the column (Gries 2013, p. 144).

    Swap o12 and o21 for the other way round.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    return ratio(o11, o11 + o12) - ratio(o21, o21 + o22)


def minimum_sensitivity(joint: Numbers, f1: Numbers, f2: Numbers) -> Floats:
    """The smaller of joint/f1 and joint/f2 (Pedersen & Bruce 1996)."""
    joint, f1, f2 = floats(joint, f1, f2)
    return np.minimum(ratio(joint, f1), ratio(joint, f2))
