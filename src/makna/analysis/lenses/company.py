"""The company words keep, and how alike they look: likeness to known terms, in context and in form.

Context: positive pointwise mutual information in a window, reduced by a sparse singular value decomposition (Levy,
Goldberg & Dagan 2015, TACL 3, pp. 211–225: smoothed contexts, square roots of the singular values). Form: character n-grams
that known terms share and others lack, as log odds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from makna.analysis.lenses.argot_posts import Ints
from makna.analysis.lenses.vocabulary import Vocabulary

Floats = NDArray[np.float64]
WINDOW = 5
DIMENSIONS = 100
SMOOTHING = 0.75
CONTEXTS = 20_000  # the commonest forms
POSTS = 300_000  # read for company; the same posts whatever their order
FEWEST = 3


def vectors(words: Vocabulary) -> Floats:
    """Terms × dimensions, each row of length 1 (0 where a term keeps no company)."""
    form, post = _sample(words)
    terms = len(words.terms)
    if not terms or not len(form):
        return np.zeros((terms, 1))
    counts = _pairs(words, form, post)
    weights = _information(counts)
    size = min(DIMENSIONS, min(weights.shape) - 1)
    if size < 1 or weights.nnz == 0:
        return np.zeros((terms, 1))
    start = np.ones(min(weights.shape))
    left, values, _right = scipy.sparse.linalg.svds(weights, k=size, v0=start)
    found = left * np.sqrt(np.maximum(values, 0.0))
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(np.where(length > 1e-9, found / np.maximum(length, 1e-9), 0.0), dtype=np.float64)


def _sample(words: Vocabulary) -> tuple[Ints, Ints]:
    """Positions of the tokens that are read: of all posts, or of those that their words choose."""
    tokens = words.tokens
    posts = len(tokens.documents)
    if posts <= POSTS:
        return np.arange(len(tokens.code)), tokens.post.astype(np.int64)
    mixed = (words.forms.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    sums = np.zeros(posts, np.uint64)
    np.add.at(sums, tokens.post, mixed ^ (mixed >> np.uint64(29)))
    chosen = (sums >> np.uint64(11)).astype(np.float64) / 2**53 < POSTS / posts
    at = np.flatnonzero(chosen[tokens.post])
    return at, tokens.post[at].astype(np.int64)


def _pairs(words: Vocabulary, at: Ints, post: Ints) -> scipy.sparse.csr_matrix:
    """How often each context stands within WINDOW tokens of each term."""
    form, number = words.forms[at].astype(np.int64), words.number[at].astype(np.int64)
    often = np.bincount(form)
    known = np.flatnonzero(often >= FEWEST)
    known = np.sort(known[np.lexsort((known, -often[known]))][:CONTEXTS])
    column = np.full(len(often), -1, np.int64)
    column[known] = np.arange(len(known))
    context = column[form]
    shape = (len(words.terms), max(len(known), 1))
    total = scipy.sparse.csr_matrix(shape, dtype=np.float64)
    for apart in range(1, min(WINDOW, len(at) - 1) + 1):
        same = post[apart:] == post[:-apart]
        for a, b in ((number[:-apart], context[apart:]), (number[apart:], context[:-apart])):
            both = same & (a >= 0) & (b >= 0)
            total = total + scipy.sparse.csr_matrix(
                (np.ones(int(both.sum())), (a[both], b[both])), shape=shape
            )
    return total


def _information(counts: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    cells = counts.tocoo()
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    columns /= max(columns.sum(), 1e-12)
    values = np.log(cells.data / np.maximum(rows[cells.row] * columns[cells.col], 1e-300))
    kept = values > 0
    return scipy.sparse.csr_matrix((values[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape)


def context_likeness(space: Floats, known: Sequence[int]) -> Floats:
    """Mean cosine with the *known* terms; each of these is compared with the others only."""
    rows = list(known)
    middle = space[rows].sum(axis=0)
    alike = space @ middle / len(rows)
    if len(rows) > 1:
        own = (space[rows] * (middle - space[rows])).sum(axis=1) / (len(rows) - 1)
        alike[rows] = own
    return np.asarray(alike, dtype=np.float64)


_FIGURES = str.maketrans("123456789", "000000000")


def letter_grams(terms: Sequence[str]) -> scipy.sparse.csr_matrix:
    """Terms × character n-grams of two to four, each digit also as any digit."""
    known: dict[str, int] = {}
    rows, columns = [], []
    for n, term in enumerate(terms):
        for gram in sorted(_grams(term) | _grams(term.translate(_FIGURES))):
            rows.append(n)
            columns.append(known.setdefault(gram, len(known)))
    shape = (len(terms), max(len(known), 1))
    return scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _grams(term: str) -> set[str]:
    marked = f"<{term}>"
    return {marked[i : i + n] for n in (2, 3, 4) for i in range(len(marked) - n + 1)}


def form_likeness(grams: scipy.sparse.csr_matrix, known: Sequence[int]) -> Floats:
    """Log odds of a term's n-grams among the *known* terms against all; each of these without itself.

    N-grams of one term only are left out.
    """
    rows = list(known)
    terms = grams.shape[0]
    everywhere: Floats = np.asarray(grams.sum(axis=0), dtype=np.float64).ravel()
    grams, everywhere = grams[:, everywhere > 1].tocsr(), everywhere[everywhere > 1]
    base: Floats = np.asarray((everywhere + 0.5) / (terms + 1.0), dtype=np.float64)
    among: Floats = np.asarray(grams[rows].sum(axis=0), dtype=np.float64).ravel()
    length = np.sqrt(np.maximum(np.asarray(grams.sum(axis=1)).ravel(), 1.0))
    alike = np.asarray(grams.dot(_odds(among, base, len(rows)))).ravel() / length
    for n in rows:
        own = grams[n].indices
        alike[n] = _odds(among[own] - 1, base[own], len(rows) - 1).sum() / length[n]
    return np.asarray(alike, dtype=np.float64)


def _odds(among: Floats, base: Floats, known: int) -> Floats:
    """What two known terms and more share, against what all terms do, smoothed by one."""
    found = np.log((among + base) / (known + 1.0) / base)
    return np.where(among >= 2, np.maximum(found, 0.0), 0.0)
