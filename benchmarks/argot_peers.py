"""Other ways to rank a community's words: keyness against general language, and likeness to seeds.

All of them rank the candidates of the lens, folded as it folds them, so that rankings alone are compared.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import scipy

from makna.analysis import effects
from makna.analysis.lenses.company import context_likeness, vectors
from makna.analysis.lenses.general import general
from makna.analysis.lenses.vocabulary import Vocabulary
from makna.analysis.lrc import lrc

os.environ.setdefault("PYTHONHASHSEED", "0")
SEEDED = frozenset({"word2vec", "fastText", "PPMI-SVD", "not in wordfreq + fastText"})
REFERENCE = 1e9  # tokens that a share of wordfreq is taken to stand for
Method = Callable[[Vocabulary, Sequence[int]], Any]


def methods(words: Vocabulary) -> dict[str, Method]:
    """Name -> a ranking of *words* by seeds; models are trained once, those that are not installed left out."""
    found: dict[str, Method] = {
        "log-likelihood": _keyness(words, effects.g2),
        "log ratio": _keyness(words, effects.log_ratio),
        "LRC": _keyness(words, lambda a, b, c, d: lrc(a, b, c, d, family=len(words.terms))),
        "times unfolded": lambda w, _seeds: w.disguised.astype(float),
    }
    space = cache(lambda: vectors(words))
    found["PPMI-SVD"] = lambda _w, seeds: context_likeness(space(), seeds)
    try:
        from gensim.models import FastText, Word2Vec  # noqa: PLC0415
    except ImportError:
        return found
    posts = sentences(words)
    found["word2vec"] = _trained(words, posts, Word2Vec, epochs=30)
    fast = _trained(words, posts, FastText, epochs=10)
    found["fastText"] = fast
    unlisted = np.array([-general(t) for t in words.terms])
    found["not in wordfreq + fastText"] = lambda w, seeds: _fused([unlisted, fast(w, seeds)])
    return found


def _keyness(words: Vocabulary, measure: Callable[..., Any]) -> Method:
    count, whole = words.count.astype(float), float(words.totals[:3].sum())
    usual = np.array([general(t) for t in words.terms]) * REFERENCE
    values = np.nan_to_num(np.asarray(measure(count, usual, whole, REFERENCE), dtype=float))
    return lambda _words, _seeds: values


def sentences(words: Vocabulary) -> list[list[str]]:
    """The posts as lists of folded words; a form that is no term is named by its number."""
    names = [
        words.terms[n] if n >= 0 else f"_{form}"
        for n, form in zip(words.number.tolist(), words.forms.tolist(), strict=True)
    ]
    edges = np.flatnonzero(np.diff(words.tokens.post)) + 1
    bounds = [0, *edges.tolist(), len(names)]
    return [names[a:b] for a, b in pairwise(bounds)]


def _trained(words: Vocabulary, posts: list[list[str]], model: Any, *, epochs: int) -> Method:
    """Skip-grams. The mean vector, which all words share, is taken away (Mu & Viswanath 2018): the better for both models."""
    made = model(posts, vector_size=100, window=5, min_count=3, sg=1, epochs=epochs, seed=7, workers=1)
    space = _unit(np.stack([made.wv[t] if t in made.wv else np.zeros(100) for t in words.terms]))
    space = _unit(space - space.mean(axis=0))
    return lambda _words, seeds: context_likeness(space, seeds)


def _unit(space: Any) -> Any:
    return space / np.maximum(np.linalg.norm(space, axis=1, keepdims=True), 1e-9)


def _fused(values: Sequence[Any]) -> Any:
    """Reciprocal rank fusion (Cormack, Clarke & Büttcher 2009, SIGIR, pp. 758–759), k = 60."""
    return np.sum([1 / (60 + scipy.stats.rankdata(-v)) for v in values], axis=0)
