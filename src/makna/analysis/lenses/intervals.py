"""Shares with their intervals. A share of too few is not computed."""

from __future__ import annotations

import math

import scipy  # its parts load when they are first used

from makna.analysis.lenses.base import Statistic
from makna.errors import MeasureError
from makna.i18n import _

SENSIBLE = 10  # below this many observations a share says more about chance than about the field


def wilson(hits: int, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """The score interval of *hits* in *n* (Wilson 1927, JASA 22, pp. 209–212); raises where *n* is 0."""
    if not 0 <= hits <= n or n == 0:
        raise MeasureError(_("A share needs observations, and no more hits than observations."))
    z = float(scipy.stats.norm.ppf((1 + level) / 2))
    share, scale = hits / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    reach = z / scale * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def share(name: str, hits: int, n: int, *, enough: int = SENSIBLE) -> Statistic:
    """*hits* of *n* as a statistic with its Wilson interval; value None where *n* is below *enough*."""
    if n < enough:
        return Statistic(name, None, n=n, method="Wilson")
    low, high = wilson(hits, n)
    return Statistic(name, hits / n, low, high, n, method="Wilson")


def count(name: str, value: int) -> Statistic:
    """A plain count: what was seen, without an interval, for nothing is inferred from it."""
    return Statistic(name, float(value), n=value, method="count")


def bounds(hits: int, n: int, *, enough: int = SENSIBLE) -> dict[str, float | None]:
    """The columns share, low and high of a table row; null where *n* is too small."""
    found = share("", hits, n, enough=enough)
    return {"share": found.value, "low": found.low, "high": found.high}
