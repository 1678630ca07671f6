"""Agreement between coders, beyond what chance would give.

Krippendorff's alpha takes any number of coders, missing codings and four levels of measurement; Cohen's kappa takes two
coders who coded the same units. Both come with a confidence interval, and say "too few" instead of a bare number.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import ibis.expr.types as ir
import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from makna.analysis.maths import Floats
from makna.errors import MeasureError
from makna.i18n import _

_AT_ONCE = 2_000_000  # cells of a table of samples

Level = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True)
class Agreement:
    """A coefficient with its interval. All three are None where there are too few codings to compute it, *low* and *high*
    alone where there is nothing to draw samples from.

    *units* were coded by at least two coders; *values* are their codings. A coefficient over codings that never vary is
    not defined: there is no chance to agree beyond.
    """

    value: float | None
    low: float | None
    high: float | None
    units: int
    values: int
    level: float
    method: str


@dataclass(frozen=True)
class Ratings:
    """Codings as numbers: *matrix* is coders × units of float64, NaN where a coder did not code the unit."""

    matrix: Floats
    coders: tuple[Any, ...]
    units: tuple[Any, ...]


def ratings_of(
    codings: ir.Table, *, coder: str = "coder", unit: str = "unit", value: str = "value"
) -> Ratings:
    """The ratings of a table with one row for each coder and unit. Runs it.

    A value that is no number stands for a category and becomes a number by its rank: measure it as nominal. Raises
    :class:`MeasureError` where a coder coded a unit twice.
    """
    rows = codings.select(coder=codings[coder], unit=codings[unit], value=codings[value]).to_pyarrow()
    columns = (rows[name].to_pylist() for name in ("coder", "unit", "value"))
    triples = [row for row in zip(*columns, strict=True) if row[2] is not None]
    coders, units = (tuple(sorted({row[i] for row in triples})) for i in (0, 1))
    if len({row[:2] for row in triples}) < len(triples):
        raise MeasureError(_("A coder gives one value to a unit; a table to measure holds more than one."))
    matrix = np.full((len(coders), len(units)), np.nan)
    at = ({name: i for i, name in enumerate(coders)}, {name: i for i, name in enumerate(units)})
    for (who, what, _value), number in zip(triples, as_numbers([row[2] for row in triples]), strict=True):
        matrix[at[0][who], at[1][what]] = number
    return Ratings(matrix, coders, units)


def as_numbers(values: Sequence[Hashable]) -> Floats:
    """*values* themselves where all are numbers, else their ranks among the sorted values."""
    if all(isinstance(value, int | float) for value in values):
        return np.array(values, dtype=np.float64)
    rank = {value: i for i, value in enumerate(sorted(set(values), key=str))}
    return np.array([rank[value] for value in values], dtype=np.float64)


def krippendorff_alpha(
    ratings: Ratings | Sequence[Sequence[float]] | Floats,
    *,
    level: Level = "nominal",
    confidence: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> Agreement:
    """Krippendorff's alpha: 1 − D_o/D_e (Krippendorff 2011, Computing Krippendorff's alpha-reliability).

    *ratings* are coders × units, NaN for no coding. The interval is the percentile bootstrap over units, *draws* times
    from *seed* (Zapf et al. 2016, BMC Medical Research Methodology 16:93). Units with fewer than two codings are left
    out.
    """
    matrix = ratings.matrix if isinstance(ratings, Ratings) else np.asarray(ratings, dtype=np.float64)
    counts, categories = _value_counts(matrix)
    method = f"bootstrap over units, {draws} draws"
    coefficient = _alpha(counts.sum(axis=0), _coincidences(counts), _distance(level, categories))
    if len(counts) < 2 or np.isnan(coefficient):
        return Agreement(None, None, None, len(counts), int(counts.sum()), confidence, method)
    values = _bootstrap(counts, _distance(level, categories), draws, seed)
    low, high = (float(end) for end in np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2]))
    return Agreement(coefficient, low, high, len(counts), int(counts.sum()), confidence, method)


def _value_counts(matrix: Floats) -> tuple[Floats, Floats]:
    """Units × categories: how many coders gave unit u category c. Units with fewer than two codings are left out."""
    if matrix.ndim != 2:
        raise MeasureError(_("Ratings are coders × units."))
    coded = ~np.isnan(matrix)
    pairable = matrix[:, coded.sum(axis=0) >= 2]
    categories = np.unique(pairable[~np.isnan(pairable)])
    return (pairable[:, :, None] == categories).sum(axis=0).astype(np.float64), categories


def _coincidences(counts: Floats) -> Floats:
    """The coincidence matrix: pairs of values within units, each unit's pairs divided by its codings less one."""
    return np.asarray(_pairs(counts).sum(axis=0).reshape(counts.shape[1], counts.shape[1]))


def _alpha(totals: Floats, observed: Floats, distance: Callable[[Floats], Floats]) -> float:
    """1 − (n − 1) Σ o δ² / Σ n n δ²; NaN where the values do not vary."""
    apart = distance(totals)
    expected = float((np.outer(totals, totals) * apart).sum())
    if expected == 0:
        return float("nan")
    return float(1 - (totals.sum() - 1) * (observed * apart).sum() / expected)


def _distance(level: Level, categories: Floats) -> Callable[[Floats], Floats]:
    """δ² between categories, as a function of how often each was given (which the ordinal one needs)."""
    left, right = categories[:, None], categories[None, :]
    if level == "nominal":
        return lambda totals: (left != right).astype(np.float64)
    if level == "interval":
        return lambda totals: (left - right) ** 2
    if level == "ratio":
        total = left + right
        share = np.divide(left - right, total, out=np.zeros_like(total), where=total != 0)
        return lambda totals: share**2
    if level == "ordinal":
        return _ordinal
    raise MeasureError(_("Levels of measurement are nominal, ordinal, interval and ratio."))


def _ordinal(totals: Floats) -> Floats:
    """(Σ n between the two, the ends by half)²: the difference of the mid-ranks."""
    middle = np.cumsum(totals) - totals / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def _bootstrap(counts: Floats, apart: Callable[[Floats], Floats], draws: int, seed: int) -> Floats:
    """Alpha of *draws* samples of the units, drawn with replacement; many samples at once."""
    chance, n = np.random.default_rng(seed), len(counts)
    own = _pairs(counts)
    values = np.empty(draws)
    for first in range(0, draws, at_once := max(1, _AT_ONCE // n)):
        some = range(first, min(first + at_once, draws))
        times = np.stack([np.bincount(chance.integers(0, n, n), minlength=n) for _draw in some])
        totals, observed = times @ counts, (times @ own).reshape(len(some), counts.shape[1], counts.shape[1])
        values[some.start : some.stop] = [
            _alpha(one, pairs, apart) for one, pairs in zip(totals, observed, strict=True)
        ]
    values[np.isnan(values)] = 1.0  # a draw of one value only: its coders agree in all
    return values


def _pairs(counts: Floats) -> Floats:
    """Units × (categories × categories): what each unit adds to the coincidence matrix."""
    alone = counts[:, :, None] * np.eye(counts.shape[1])
    together = counts[:, :, None] * counts[:, None, :] - alone
    return np.asarray(
        (together / (counts.sum(axis=1) - 1)[:, None, None]).reshape(len(counts), counts.shape[1] ** 2)
    )


def cohen_kappa(
    first: Sequence[Hashable], second: Sequence[Hashable], *, confidence: float = 0.95
) -> Agreement:
    """Cohen's kappa of two coders over the same units: (p_o − p_e)/(1 − p_e) (Cohen 1960, EPM 20(1), pp. 37–46).

    None stands for no coding: such units are left out. The interval is normal, with the large-sample standard error of
    Fleiss, Cohen & Everitt (1969, Psychological Bulletin 72(5), pp. 323–327), cut at −1 and 1.
    """
    if len(first) != len(second):
        raise MeasureError(_("Two coders are compared over the same units."))
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    method = "Fleiss, Cohen & Everitt 1969"
    shares = _confusion(both)
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0)) if both else 1.0
    if len(both) < 2 or expected == 1:
        return Agreement(None, None, None, len(both), 2 * len(both), confidence, method)
    kappa = (float(np.trace(shares)) - expected) / (1 - expected)
    reach = float(scipy.stats.norm.ppf((1 + confidence) / 2)) * _kappa_error(shares, kappa, len(both))
    low, high = max(kappa - reach, -1.0), min(kappa + reach, 1.0)
    return Agreement(kappa, low, high, len(both), 2 * len(both), confidence, method)


def _confusion(both: list[tuple[Hashable, Hashable]]) -> Floats:
    """The share of units by first coder's (rows) and second coder's category (columns)."""
    names = sorted({value for pair in both for value in pair}, key=str)
    at = {name: i for i, name in enumerate(names)}
    table: NDArray[np.float64] = np.zeros((len(names), len(names)))
    for a, b in both:
        table[at[a], at[b]] += 1
    return table / max(len(both), 1)


def _kappa_error(shares: Floats, kappa: float, n: int) -> float:
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    expected = float(rows @ columns)
    crossed = columns[:, None] + rows[None, :]
    agreed = np.diag(shares) * (1 - np.diag(crossed) * (1 - kappa)) ** 2
    apart = shares * crossed**2 * (1 - kappa) ** 2
    inner = agreed.sum() + apart.sum() - np.trace(apart) - (kappa - expected * (1 - kappa)) ** 2
    return float(np.sqrt(max(inner, 0.0) / n) / (1 - expected))
