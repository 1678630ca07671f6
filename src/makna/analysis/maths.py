"""Arithmetic on counts that keeps quiet about what is not defined.

Measures count in the engine and score in NumPy: a vocabulary fits in memory long after its corpus does not, NumPy has
the exact log1p and SciPy the beta quantiles that neither engine has, and every engine then gives the same digits.
What is not defined (a share of nothing) is NaN here and null in a table.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = Any  # a number, or an array of numbers; functions broadcast
Floats: TypeAlias = NDArray[np.float64]  # zero-dimensional where only numbers came in


def floats(*values: Numbers) -> tuple[Floats, ...]:
    """*values* as float64."""
    return tuple(np.asarray(value, dtype=np.float64)[()] for value in values)


def ratio(top: Numbers, bottom: Numbers) -> Floats:
    """*top* / *bottom*, NaN where *bottom* is 0."""
    top, bottom = np.broadcast_arrays(*floats(top, bottom))
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom != 0)[()]


def ln(value: Numbers) -> Floats:
    """Natural logarithm, NaN unless *value* is positive."""
    value = np.asarray(value, dtype=np.float64)
    return np.log(value, out=np.full(value.shape, np.nan), where=value > 0)[()]


def log2(value: Numbers) -> Floats:
    """Logarithm to base 2, NaN unless *value* is positive."""
    value = np.asarray(value, dtype=np.float64)
    return np.log2(value, out=np.full(value.shape, np.nan), where=value > 0)[()]
