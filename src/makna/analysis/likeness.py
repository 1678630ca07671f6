"""Rows and columns of a matrix in an order that puts what is alike side by side."""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when they are first used

from makna.analysis.maths import Floats

_MOST = 1_000  # rows that are ordered; the method's time grows with the cube


def seriated(matrix: Floats) -> list[int]:
    """The rows of *matrix* in an order in which neighbours are alike; rows of zeros come last, as they were.

    Average linkage of cosine distances, its tree turned so that the way through the leaves is shortest (Bar-Joseph,
    Gifford & Jaakkola 2001, Bioinformatics 17, Suppl. 1, pp. S22–S29). Of two directions the one is taken in which the
    heavier half stands first, so that the order does not depend on chance. More than a thousand rows stay as they are.
    """
    values = np.nan_to_num(np.asarray(matrix, dtype=np.float64))
    weight = values.sum(axis=1)
    full, empty = np.flatnonzero(weight > 0), np.flatnonzero(weight <= 0)
    if len(full) < 3 or len(full) > _MOST:
        return [*map(int, full), *map(int, empty)]
    apart = np.clip(scipy.spatial.distance.pdist(values[full], metric="cosine"), 0.0, None)
    tree = scipy.cluster.hierarchy.linkage(apart, method="average", optimal_ordering=True)
    order = full[scipy.cluster.hierarchy.leaves_list(tree)]
    half = len(order) // 2
    if weight[order[:half]].sum() < weight[order[-half:]].sum():
        order = order[::-1]
    return [*map(int, order), *map(int, empty)]
