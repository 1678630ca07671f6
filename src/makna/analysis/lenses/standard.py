"""The standard word that an informal spelling stands for, where one is likely: Indonesian and English.

A conditional logit (McFadden 1974, in Zarembka, Frontiers in Econometrics, pp. 105–142) over what
:mod:`makna.analysis.lenses.respelling` proposes: how common a proposal is in general language (wordfreq) against how likely
it is written so. The weights are estimated on the pairs of IndoCollex (Wibowo et al. 2021, Findings of ACL, pp. 3170–3183) by
``benchmarks/standard.py --fit``, which also tries them on pairs they have not seen; no pair stands in them.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp

from makna.analysis.lenses.lexicon import usual
from makna.analysis.lenses.respelling import Features, proposals

LIKELY, CERTAIN = (
    0.5,
    0.9,
)  # what is less likely is not shown; a word taken for two has to be more than likely
KNOWN = 4.0  # Zipf's scale: a word so common stands for itself
WEIGHTS = {
    "+again": -1.3, "+c": -3.4, "+end": 0.6, "+h": -1.2, "+k": -2.1, "+v": -3.1, "-c": -0.7, "-ec": 0.1, "-eh": -0.6,
    "-ev": -0.5, "-sc": -0.9, "-sh": -0.5, "-v": -0.8, ">>": -0.4, ">act": -0.6, ">bare": -0.8, ">ber": -2.0,
    ">pe": -1.1, "abbreviation": 5.0, "affix": 1.9, "affix_unlisted": -1.2, "alike": 0.2, "alike_usual": 0.8,
    "an>>": 1.4, "an>>an": -0.9, "consonants": 1.2, "ends": 0.9, "first": 0.6, "i>>i": 0.6, "in>>": 1.2, "in>>i": 2.0,
    "in>>kan": 2.1, "ke>ke": -0.7, "ke>ter": 2.8, "last": 0.4, "m>act": -0.8, "m>bare": 0.5, "n>act": 0.3,
    "n>bare": 0.5, "ng>act": -0.2, "ng>bare": -1.2, "nge>act": 1.2, "nge>bare": 1.9, "ny>act": 0.9, "parts": 0.3,
    "parts_read": -1.3, "parts_usual": 1.5, "quantity": 0.6, "respelled": 3.5, "reversed": 2.2, "reversed_rarer": 1.3,
    "root": 0.4, "run_together": -0.9, "s:c": -2.1, "s:e<a": -1.5, "s:o<u": -1.2, "s:v": -2.5, "s:x": -3.5,
    "short": -2.5, "split": -3.7, "split_commoner": 0.2, "split_di": 2.9, "split_letter": -1.3, "split_particle": 2.3,
    "split_rarer": 0.9, "stretched": 1.3, "twice": 1.8, "two_read": -3.3, "two_usual": 0.8, "two_words": 1.6,
    "unlisted": 0.8, "usual": 1.3, "voweless": 1.0, "word": -1.9,
}  # fmt: skip


def standards(written: str, *, language: str = "id", most: int = 5) -> tuple[str, ...]:
    """Words, or groups of words, that *written* may stand for, the likeliest first; never *written* itself."""
    return tuple(word for word, _odds in likelihoods(written, language)[:most])


def standard(written: str, *, language: str = "id") -> str | None:
    """The standard word of *written* where one is likely and *written* is no common word itself; else None."""
    if usual(written, language) >= KNOWN or not any(c.isalpha() for c in written):
        return None
    for word, odds in likelihoods(written, language)[:1]:
        if odds >= (CERTAIN if " " in word and " " not in written else LIKELY):
            return word
    return None


@lru_cache(maxsize=1 << 14)
def likelihoods(written: str, language: str) -> tuple[tuple[str, float], ...]:
    """(proposal, how likely it is among all of them), the likeliest first."""
    found = {word: _score(features) for word, features in proposals(written.lower(), language).items()}
    top = max(found.values(), default=0.0)
    odds = {word: exp(score - top) for word, score in found.items()}
    whole = sum(odds.values())
    return tuple(
        sorted(((w, o / whole) for w, o in odds.items()), key=lambda pair: (-round(pair[1], 9), pair[0]))
    )


def _score(features: Features) -> float:
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
