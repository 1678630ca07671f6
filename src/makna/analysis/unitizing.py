"""Agreement about where passages begin and end: Krippendorff's alpha for unitizing.

Coders mark passages of a text as they see fit; alpha over units decided beforehand says nothing of that. This alpha sees a
text as a continuum of code points in which each coder laid sections, and compares sections with sections and with gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import scipy  # its parts load when they are first used

from makna.analysis.agreement import Agreement
from makna.analysis.maths import Floats

Section = tuple[int, int]  # start, end: code points, half-open
_AT_ONCE = 4_000_000  # cells of a table of samples


@dataclass(frozen=True)
class Continuum:
    """A text of *length* code points and the sections that each coder marked in it."""

    length: int
    sections: tuple[tuple[Section, ...], ...]  # by coder


def unitizing_alpha(
    texts: Sequence[Continuum], *, confidence: float = 0.95, draws: int = 1000, seed: int = 0
) -> Agreement:
    """Krippendorff's alpha for unitizing, one category, over *texts* that the same coders read (at least two).

    1 − D_o/D_e with squared differences of beginnings and ends (Krippendorff 2004, Content Analysis, 2nd ed., section 11.6).
    Sections of one coder that overlap count as one. The interval is the percentile bootstrap over texts, *draws* times from
    *seed*; with one text there is none. *units* of the answer are texts, *values* are sections. Too few where nobody marked
    anything, or one coder marked everything and nothing can be expected.
    """
    merged = [Continuum(one.length, tuple(tuple(_merged(own)) for own in one.sections)) for one in texts]
    texts = [one for one in merged if one.length]
    count = sum(len(own) for one in texts for own in one.sections)
    method = f"bootstrap over texts, {draws} draws"
    none = Agreement(None, None, None, len(texts), count, confidence, method)
    if not count:
        return none
    sums = _Sums(texts)
    alpha = sums.alphas(np.ones((1, len(texts))))[0]
    if np.isnan(alpha):
        return none
    if len(texts) < 2:
        return Agreement(float(alpha), None, None, len(texts), count, confidence, method)
    values = sums.sampled(draws, seed)
    low, high = (float(end) for end in np.nanquantile(values, [(1 - confidence) / 2, (1 + confidence) / 2]))
    return Agreement(float(alpha), low, high, len(texts), count, confidence, method)


def observed(first: Iterable[Section], second: Iterable[Section]) -> int:
    """The sum of squared differences of two coders' sections in one text; sections of a coder do not overlap.

    Two sections that overlap differ by their beginnings and their ends; a section that lies in a gap of the other by its
    length.
    """
    one, other = list(first), list(second)
    total, k = 0, 0
    met = [False] * len(other)
    for start, end in one:
        while k < len(other) and other[k][1] <= start:
            k += 1
        alone = True
        for n in range(k, len(other)):
            begin, stop = other[n]
            if begin >= end:
                break
            total += (start - begin) ** 2 + (end - stop) ** 2
            met[n], alone = True, False
        total += (end - start) ** 2 if alone else 0
    return total + sum(
        (stop - begin) ** 2 for (begin, stop), seen in zip(other, met, strict=True) if not seen
    )


def _merged(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections in order, those that overlap as one; those that only touch stay two."""
    last: Section | None = None
    for start, end in sorted(sections):
        if last is not None and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def _gaps(length: int, sections: Iterable[Section]) -> Iterator[int]:
    """The lengths of what lies between sections."""
    at = 0
    for start, end in sections:
        if start > at:
            yield start - at
        at = end
    if length > at:
        yield length - at


class _Sums:
    """What each text adds to both disagreements, so that any sample of texts is a sum."""

    def __init__(self, texts: Sequence[Continuum]) -> None:
        self._coders = len(texts[0].sections)
        self._length = np.array([one.length for one in texts], dtype=np.float64)
        pairs = (combinations(one.sections, 2) for one in texts)
        self._observed = np.array([sum(observed(*pair) for pair in both) for both in pairs], dtype=np.float64)
        lengths = [[end - start for own in one.sections for start, end in own] for one in texts]
        gaps = [[gap for own in one.sections for gap in _gaps(one.length, own)] for one in texts]
        self._lengths = np.unique(
            np.concatenate([np.array(some, dtype=np.int64) for some in (*lengths, *gaps)])
        )
        self._sections, self._gaps = self._counted(lengths), self._counted(gaps)

    def _counted(self, lengths: Sequence[Sequence[int]]) -> scipy.sparse.csr_array:
        """Texts × lengths: how many of each length."""
        rows = np.repeat(np.arange(len(lengths)), [len(some) for some in lengths])
        columns = np.searchsorted(
            self._lengths, np.concatenate([np.array(s, dtype=np.int64) for s in lengths])
        )
        shape = (len(lengths), len(self._lengths))
        return scipy.sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)

    def alphas(self, weights: Floats) -> Floats:
        """Alpha of each sample: *weights* are samples × texts, how often a text is in it. NaN where nothing is expected."""
        m, long = self._coders, self._lengths.astype(np.float64)
        continuum = weights @ self._length
        apart = 2 * (weights @ self._observed) / (m * (m - 1) * continuum**2)
        sections, gaps = weights @ self._sections, weights @ self._gaps
        many = sections.sum(axis=1)
        met = (many - 1) / 3 * (sections @ (2 * long**3 - 3 * long**2 + long))
        room = _from_here(gaps * long) - (long - 1) * _from_here(
            gaps
        )  # of a section within all gaps as long as it
        lost = (sections * long**2 * room).sum(axis=1)
        ways = m * continuum * (m * continuum - 1) - sections @ (long * (long - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = 2 / continuum * (met + lost) / ways
            return np.asarray(np.where(expected > 0, 1 - apart / expected, np.nan))

    def sampled(self, draws: int, seed: int) -> Floats:
        """Alpha of *draws* samples of as many texts, drawn with replacement."""
        chance, n = np.random.default_rng(seed), len(self._length)
        values = np.empty(draws)
        for first in range(0, draws, at_once := max(1, _AT_ONCE // (n + len(self._lengths)))):
            last = min(first + at_once, draws)
            values[first:last] = self.alphas(
                chance.multinomial(n, np.full(n, 1 / n), size=last - first).astype(np.float64)
            )
        return values


def _from_here(counts: Floats) -> Floats:
    """The sums of each row from every column to its end."""
    return np.asarray(counts[:, ::-1].cumsum(axis=1)[:, ::-1])
