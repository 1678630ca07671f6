"""Dispersion of one word over the parts of a corpus, from its count in each part.

*counts* has one number a part; *sizes* the tokens of each part (equal where left out). A word that occurs nowhere, or
a corpus of one part where two are needed, gives NaN: too few to compute. Worked examples: Gries 2008 (International
Journal of Corpus Linguistics 13(4), pp. 403–437), unless named otherwise.
"""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import ArrayLike

from makna.analysis.maths import Floats, log2, ratio
from makna.errors import MeasureError
from makna.i18n import _


def _parts(counts: ArrayLike, sizes: ArrayLike | None) -> tuple[Floats, Floats]:
    x = np.asarray(counts, dtype=np.float64)
    size = np.ones_like(x) if sizes is None else np.asarray(sizes, dtype=np.float64)
    if x.ndim != 1 or x.shape != size.shape or x.size == 0:
        raise MeasureError(_("Dispersion needs one count and one size for each part."))
    if (x < 0).any() or (size <= 0).any():
        raise MeasureError(_("Counts are not negative, and no part is empty."))
    return x, size / size.sum()


def _relative(x: Floats, s: Floats) -> Floats:
    """The share of each part in the word, had all parts the same size."""
    return ratio(x / s, (x / s).sum())


def dp(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Deviation of proportions: ½ Σ |v − s|, 0 even, towards 1 uneven (Gries 2008, p. 415)."""
    x, s = _parts(counts, sizes)
    return float(np.abs(ratio(x, x.sum()) - s).sum() / 2)


def dp_norm(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """DP / (1 − the smallest part's share) (Lijffijt & Gries 2012, IJCL 17(1), pp. 147–149)."""
    return float(ratio(dp(counts, sizes), 1 - _parts(counts, sizes)[1].min()))


def dp_egbert(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """1 − DP / (1 − the smallest share among parts that hold the word): 1 is even (Egbert et al. 2020, IJCL 25(1))."""
    x, s = _parts(counts, sizes)
    holding = s[x > 0]
    return float(1 - ratio(dp(counts, sizes), 1 - holding.min())) if holding.size else float("nan")


def range_share(counts: ArrayLike) -> float:
    """The share of the parts that hold the word at all."""
    return float((_parts(counts, None)[0] > 0).mean())


def juilland_d(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Juilland's D: 1 − V/√(n − 1), V the variation coefficient of the relative frequencies (Juilland 1970)."""
    x, s = _parts(counts, sizes)
    relative = x / s
    return float(1 - ratio(ratio(relative.std(), relative.mean()), np.sqrt(x.size - 1)))


def juilland_u(counts: ArrayLike) -> float:
    """Juilland's usage coefficient: D times the frequency."""
    return juilland_d(counts) * float(_parts(counts, None)[0].sum())


def carroll_d2(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Carroll's D2: the entropy of the word over the parts, by its highest possible (Carroll 1970, p. 13)."""
    x, s = _parts(counts, sizes)
    share = _relative(x, s)
    return float(ratio(scipy.special.entr(share).sum(), np.log(x.size)))


def carroll_um(counts: ArrayLike) -> float:
    """Carroll's adjusted frequency: f D2 + (1 − D2) f / n (Carroll 1970, p. 14)."""
    x, evenness = _parts(counts, None)[0], carroll_d2(counts)
    return float(x.sum() * evenness + (1 - evenness) * x.sum() / x.size)


def rosengren_s(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Rosengren's S: (Σ √(s x))² / f, between the smallest share and 1 (Rosengren 1971)."""
    x, s = _parts(counts, sizes)
    return float(ratio(np.sqrt(s * x).sum() ** 2, x.sum()))


def rosengren_kf(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Rosengren's adjusted frequency: S times the frequency."""
    return rosengren_s(counts, sizes) * float(_parts(counts, sizes)[0].sum())


def kl_divergence(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Kullback–Leibler divergence, in bits, of the word's shares from the parts' (Gries 2020)."""
    x, s = _parts(counts, sizes)
    return float(scipy.special.rel_entr(ratio(x, x.sum()), s).sum() / np.log(2))


def dkl(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """1 / (1 + KL divergence): 1 is even (as R package tlda scales it)."""
    return 1 / (1 + kl_divergence(counts, sizes))


def lyne_d3(counts: ArrayLike) -> float:
    """Lyne's D3: 1 − χ² / 4f, equal parts (Lyne 1985)."""
    x = _parts(counts, None)[0]
    return float(1 - ratio(ratio((x - x.mean()) ** 2, x.mean()).sum(), 4 * x.sum()))


def engwall_fm(counts: ArrayLike) -> float:
    """Engwall's adjusted frequency: f times the share of the parts that hold the word (Engwall 1974)."""
    return float(_parts(counts, None)[0].sum()) * range_share(counts)


def kromer_ur(counts: ArrayLike) -> float:
    """Kromer's adjusted frequency: Σ ψ(x + 1) + C, the harmonic numbers of the counts (Kromer 2003)."""
    x = _parts(counts, None)[0]
    return float((scipy.special.digamma(x + 1) + np.euler_gamma).sum())


def da(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """D_A: 1 − the mean absolute difference of all pairs of relative frequencies / 2 mean (Burch et al. 2017)."""
    x, s = _parts(counts, sizes)
    relative, n = np.sort(x / s), x.size
    # Σ over pairs of |difference|, from the order statistics: no n × n table
    differences = float(((2 * np.arange(n) - n + 1) * relative).sum())
    return float(1 - ratio(ratio(differences, n * (n - 1) / 2), 2 * relative.mean()))


def _distances(positions: ArrayLike, length: int) -> Floats:
    """From each occurrence to the next, the corpus taken as a ring."""
    at = np.sort(np.asarray(positions, dtype=np.float64))
    if at.size and (at[0] < 0 or at[-1] >= length):
        raise MeasureError(_("A position lies within the corpus."))
    return np.diff(at, append=at[:1] + length)


def arf(positions: ArrayLike, length: int) -> float:
    """Average reduced frequency: 1/v Σ min(distance, v), v = *length* / f (Savický & Hlaváčová 2002).

    *positions* of the word among *length* tokens, from 0.
    """
    gaps = _distances(positions, length)
    mean = float(ratio(length, gaps.size))
    return float(np.minimum(gaps, mean).sum() / mean)


def awt(positions: ArrayLike, length: int) -> float:
    """Average waiting time: (1 + Σ distance² / *length*) / 2 (Savický & Hlaváčová 2002)."""
    gaps = _distances(positions, length)
    return float((1 + (gaps**2).sum() / length) / 2) if gaps.size else float("nan")


def f_awt(positions: ArrayLike, length: int) -> float:
    """The frequency that AWT stands for: *length*² / Σ distance²."""
    return float(ratio(float(length) ** 2, (_distances(positions, length) ** 2).sum()))


def ald(positions: ArrayLike, length: int) -> float:
    """Average logarithmic distance: Σ distance log10(distance) / *length* (Savický & Hlaváčová 2002)."""
    gaps = _distances(positions, length)
    return float((gaps * log2(gaps)).sum() / np.log2(10) / length) if gaps.size else float("nan")


def f_ald(positions: ArrayLike, length: int) -> float:
    """The frequency that ALD stands for: *length* · 10^(−ALD)."""
    return float(length * 10.0 ** -ald(positions, length))
