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
from makna.analysis.lenses.respelling import proposals
from makna.analysis.lenses.wording import Features

LIKELY, CERTAIN = (
    0.5,
    0.9,
)  # what is less likely is not shown; a word taken for two has to be more than likely
KNOWN = 4.0  # Zipf's scale: a word so common stands for itself
WEIGHTS = {
    "+again": -1.1, "+c": -4.1, "+end": 0.6, "+h": -1.4, "+k": -2.2, "+v": -3.5, "-c": -0.8, "-ec": 0.2,
    "-ev": -0.6, "-h": 0.2, "-sc": -0.9, "-sv": -0.1, "-v": -1.0, ">>": 0.3, ">act": -0.1, ">bare": -1.0,
    ">ber": -0.6, ">pe": -2.2, "abbreviation": 6.3, "affix": 4.0, "affix_unlisted": -1.3, "alike": 0.3,
    "alike_usual": 1.2, "an>>": 1.9, "an>>an": -1.5, "begins": 0.3, "blend": -6.9, "blend_closed": 1.1,
    "blend_later": -0.5, "blend_rarer": 1.3, "clitic": 0.3, "consonants": 1.4, "ends": 1.0, "first": 0.6,
    "i>>i": 0.7, "in>>": 2.7, "in>>i": 3.7, "in>>kan": 4.0, "joined": -1.1, "ke>ke": -1.3, "ke>ter": 4.0,
    "last": 0.4, "m>act": -1.4, "m>bare": -0.3, "me": 1.2, "me_unlisted": 0.6, "me_vowel": -2.1, "n>act": -0.3,
    "ng>act": -2.3, "ng>bare": -2.7, "nge>act": 3.9, "nge>bare": 4.1, "ny>act": 1.2, "ny>bare": 1.6, "parts": -0.2,
    "parts_guess": 0.5, "parts_read": -6.4, "parts_usual": 1.6, "quantity": 0.7, "rarer": -1.1, "respelled": 3.3,
    "reversed": 4.5, "reversed_rarer": 1.3, "run_together": -1.2, "s:c": -2.9, "s:e<a": -1.0, "s:e<i": -1.1,
    "s:f<v": -1.4, "s:i<e": -2.1, "s:j<z": 1.2, "s:k<q": 1.8, "s:o<u": -1.7, "s:p<f": -2.2, "s:q<k": -0.5,
    "s:s<z": -0.3, "s:u<o": -0.5, "s:v": -3.3, "s:w<u": -1.3, "s:x": -3.7, "s:x<s": -2.3, "s:y<i": -0.6,
    "s:z<s": 0.2, "short": -3.0, "split": -8.1, "split_commoner": 1.0, "split_di": 3.4, "split_ke": 1.0,
    "split_letter": -1.8, "split_particle": 2.6, "split_rarer": 1.2, "split_where": 4.6, "stretched": 1.3,
    "twice": 1.7, "twice_begun": 2.9, "two_read": -4.9, "two_usual": 1.4, "two_words": 1.3, "unlisted": 0.9,
    "usual": 1.4, "voweless": 1.2, "word": -1.2,
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
