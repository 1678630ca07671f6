"""Scores of a word's keyness: *a* of *c* tokens in the target, *b* of *d* in the reference.

Every function takes numbers and NumPy arrays alike. A positive score says that the word is key in the
target, a negative one that it is key in the reference. Where the target or the reference holds no tokens every score is
NaN: too few to compute.
"""

from __future__ import annotations

import math

import numpy as np
import scipy  # its parts load when they are first used

from makna.analysis.contingency import deviance, log_likelihood
from makna.analysis.maths import Floats, Numbers, floats, ln, log2, ratio


def _compared(c: Floats, d: Floats, score: Floats) -> Floats:
    return np.where((c > 0) & (d > 0), score, np.nan)[()]


def g2(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """Signed G² over all four cells: word and other words, target and reference (Dunning 1993, p. 72)."""
    a, b, c, d = floats(a, b, c, d)
    return _compared(c, d, log_likelihood(a, b, c - a, d - b, signed=True))


def g2_two_cell(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """Signed G² over the two cells of the word: 2 (a ln(a/E1) + b ln(b/E2)) (Rayson & Garside 2000, section 3).

    E1 = c (a + b) / (c + d), E2 = d (a + b) / (c + d). UCREL's wizard and Wmatrix show this form.
    """
    a, b, c, d = floats(a, b, c, d)
    extra = ratio(a * d - b * c, c + d)
    first = deviance(a, ratio(c * (a + b), c + d), extra)
    total = first + deviance(b, ratio(d * (a + b), c + d), -extra)
    return _compared(c, d, np.where(extra < 0, -total, total))


def log_ratio(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """log2 of the ratio of relative frequencies (Hardie 2014), each with 0.5 added (Walter 1975; Evert 2022).

    log2((a + .5)/(c + .5)) − log2((b + .5)/(d + .5)): defined for zero counts, and hardly moved elsewhere.
    """
    a, b, c, d = floats(a, b, c, d)
    return _compared(c, d, log2((a + 0.5) / (c + 0.5)) - log2((b + 0.5) / (d + 0.5)))


def log_ratio_interval(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """The confidence interval of :func:`log_ratio`, in bits.

    Normal on the log scale, with the variance of the log relative risk, 1/a − 1/c + 1/b − 1/d, each with 0.5 added
    (Katz et al. 1978, Biometrics 34, pp. 469–474; Pettigrew, Gart & Thomas 1986, Biometrika 73, pp. 425–435).
    """
    middle = log_ratio(a, b, c, d)
    a, b, c, d = floats(a, b, c, d)
    variance = 1 / (a + 0.5) - 1 / (c + 0.5) + 1 / (b + 0.5) - 1 / (d + 0.5)
    reach = np.sqrt(variance) * scipy.stats.norm.ppf((1 + level) / 2) / np.log(2)
    return middle - reach, middle + reach


def log_ratio_filtered(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, family: int, alpha: float = 0.05
) -> Floats:
    """:func:`log_ratio` where G² is significant at *alpha* / *family*, else 0 (Evert 2022, pp. 202–205).

    *family* is the number of words compared (Bonferroni).
    """
    a, b, c, d = floats(a, b, c, d)
    critical = scipy.stats.chi2.isf(alpha / family, df=1)
    return np.where(np.abs(g2(a, b, c, d)) > critical, log_ratio(a, b, c, d), 0.0)[()]


def percent_diff(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """%DIFF: 100 (a/c − b/d) / (b/d) (Gabrielatos & Marchi 2011, p. 18). Undefined where b is 0."""
    a, b, c, d = floats(a, b, c, d)
    return ratio(100 * (ratio(a, c) - ratio(b, d)), ratio(b, d))


def simple_maths(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, smoothing: float = 100.0) -> Floats:
    """(target per million + *smoothing*) / (reference per million + *smoothing*) (Kilgarriff 2009)."""
    a, b, c, d = floats(a, b, c, d)
    return ratio(1_000_000 * ratio(a, c) + smoothing, 1_000_000 * ratio(b, d) + smoothing)


def odds_ratio(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """(a / (c − a)) / (b / (d − b)) (Pojanapunya & Todd 2016, p. 154). Undefined where b is 0."""
    a, b, c, d = floats(a, b, c, d)
    return ratio(ratio(a, c - a), ratio(b, d - b))


def difference_coefficient(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Floats:
    """(a/c − b/d) / (a/c + b/d), between −1 and 1 (Hofland & Johansson 1982, p. 471)."""
    a, b, c, d = floats(a, b, c, d)
    return ratio(ratio(a, c) - ratio(b, d), ratio(a, c) + ratio(b, d))


def weighted_log_odds(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, prior: Numbers, prior_total: Numbers
) -> Floats:
    """The z-score of the log odds ratio under a Dirichlet prior (Monroe, Colaresi & Quinn 2008,
    Political Analysis 16(4), pp. 372–403).

    δ = ln((a + p)/(c + P − a − p)) − ln((b + p)/(d + P − b − p)), z = δ / √(1/(a + p) + 1/(b + p)), with *prior* p
    the pseudo-count of this word and *prior_total* P that of all words.
    """
    a, b, c, d, p, whole = floats(a, b, c, d, prior, prior_total)
    target = ln(ratio(a + p, c + whole - a - p))
    reference = ln(ratio(b + p, d + whole - b - p))
    return _compared(c, d, (target - reference) / np.sqrt(ratio(1, a + p) + ratio(1, b + p)))


def p_of_z(z: float) -> float:
    """The share of a standard normal below *z*."""
    return math.erfc(-z / math.sqrt(2)) / 2


def rank_sum(first: list[float], second: list[float]) -> float:
    """The rank sum of *first* among both, ties ranked by their mean (Mann & Whitney 1947; Kilgarriff 2001, p. 238).

    Over the counts of one word in parts of equal size: keyness that a single long text cannot carry alone.
    """
    ranks = scipy.stats.rankdata(np.concatenate([first, second]))
    return float(ranks[: len(first)].sum())
