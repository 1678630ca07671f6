"""One ranking from many signals: tails of the candidates' own distribution, weighed by what known terms show.

For each signal, *p* is the share of candidates that score at least as high; −ln p adds up over the signals, as in Fisher's
method. If known terms have p ~ Beta(b, 1), the log-likelihood ratio against any word is −(1 − b) ln p and a constant, and
1/b is estimated by the mean of −ln p over them. So a signal in which known terms do not stand out weighs nothing, without
any tuning. What is expected beforehand (EXPECTED) counts as much as OWN known terms. With no seed, the first candidates
of the signals that need none stand in for seeds (pseudo-relevance), and nothing is learnt from them but likeness.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from makna.analysis import effects
from makna.analysis.lenses.company import context_likeness, form_likeness, letter_grams, vectors
from makna.analysis.lenses.general import with_inflections
from makna.analysis.lenses.vocabulary import Vocabulary

Floats = NDArray[np.float64]
RARE = 1e-8  # what wordfreq does not list is taken for this rare
OWN = 4.0
STAND_INS = 20  # without seeds
TRUST = 0.7  # weight of likeness to stand-ins
# mean −ln p of argot that is expected beforehand; 1 is what any word has
EXPECTED: Mapping[str, float] = {
    "rare": 2.0, "disguised": 2.5, "ways": 1.6, "insider": 2.0, "spread": 1.5, "company": 3.0, "form": 2.0,
}  # fmt: skip


@dataclass(frozen=True)
class Ranking:
    """Signals and score of each candidate. *weights* say how much each signal counted here; *known* are seeds or stand-ins."""

    signals: Mapping[str, Floats]
    weights: Mapping[str, float]
    parts: Mapping[str, Floats]  # what each signal adds
    total: Floats
    score: Floats  # 0 to 1
    known: tuple[int, ...]
    space: Floats


def ranked(
    words: Vocabulary,
    seeds: Sequence[int],
    *,
    space: Floats | None = None,
    grams: scipy.sparse.csr_matrix | None = None,
    halved: frozenset[str] = frozenset(),
) -> Ranking:
    """The ranking of all candidates of *words*, by the *seeds* (their numbers) where there are some.

    *space* as :func:`vectors` makes it, *grams* as :func:`letter_grams` does; terms that are *halved* count half, unless they are seeds.
    """
    if not words.terms:
        nothing = np.zeros(0)
        return Ranking({}, {}, {}, nothing, nothing, (), np.zeros((0, 1)))
    signals = _signals(words)
    known = list(seeds) or _stand_ins(words, signals)
    space = vectors(words) if space is None else space
    # linear algebra may differ in its last digits from run to run; what is ranked does not
    signals["company"] = np.round(context_likeness(space, known), 9)
    signals["form"] = np.round(form_likeness(letter_grams(words.terms) if grams is None else grams, known), 9)
    surprise = {name: -np.log(tails(values)) for name, values in signals.items()}
    weights = {name: _weight(name, s, list(seeds)) for name, s in surprise.items()}
    parts = {name: weights[name] * s for name, s in surprise.items()}
    total = np.sum(list(parts.values()), axis=0)
    total[[n for n, term in enumerate(words.terms) if term in halved and n not in seeds]] /= 2
    score = (1.0 - tails(total)) if len(total) > 1 else np.ones(1)
    return Ranking(signals, weights, parts, total, score, tuple(known), space)


def tails(values: Floats) -> Floats:
    """The share of candidates that score at least as high, ties halved."""
    return np.asarray((scipy.stats.rankdata(-values) - 0.5) / len(values), dtype=np.float64)


def _weight(name: str, surprise: Floats, seeds: list[int]) -> float:
    mean = (OWN * EXPECTED[name] + float(surprise[seeds].sum())) / (OWN + len(seeds))
    trust = 1.0 if seeds or name not in ("company", "form") else TRUST
    return trust * max(0.0, 1.0 - 1.0 / max(mean, 1e-9))


def _stand_ins(words: Vocabulary, signals: Mapping[str, Floats]) -> list[int]:
    total = sum(
        ((1 - 1 / EXPECTED[name]) * -np.log(tails(values)) for name, values in signals.items()),
        np.zeros(len(words.terms)),
    )
    order = sorted(range(len(words.terms)), key=lambda n: (-total[n], words.terms[n]))
    return [n for n in order if is_word(words.terms[n])][:STAND_INS] or order[:1]


def is_word(term: str) -> bool:
    """Whether *term* has letters or digits; emoji have not."""
    return any(c.isalnum() for c in term)


def _signals(words: Vocabulary) -> dict[str, Floats]:
    count = words.count.astype(np.float64)
    hidden = wilson_low(words.disguised.astype(np.float64), count)
    sides = words.column("inside_accounts"), words.column("near_accounts")
    return {
        "rare": _rare(words),
        "disguised": hidden * np.log1p(words.disguised),
        "ways": np.log1p(words.ways) * (words.disguised > 0),
        "insider": insider_z(words),
        "spread": np.log1p(sides[0]) + np.log1p(sides[1]),
    }


def _rare(words: Vocabulary) -> Floats:
    """Bits against general language, by a count that chance hardly exceeds; emoji, which lists hold in part, stand midway."""
    count = words.count.astype(np.float64)
    sure = np.maximum(count - np.sqrt(count), 0.3)
    usual = np.array([max(with_inflections(t), RARE) for t in words.terms])
    bits = np.log2(sure / max(float(words.totals[:3].sum()), 1.0)) - np.log2(usual)
    word = np.array([is_word(t) for t in words.terms], bool)
    bits[~word] = np.median(bits[word]) if word.any() else 0.0
    return np.asarray(bits, dtype=np.float64)


def insider_z(words: Vocabulary) -> Floats:
    """z of the weighted log-odds of the talk of and with promoting accounts against the rest; 0 where a side is empty."""
    count = words.count.astype(np.float64)
    talk = (words.column("inside") + words.column("near")).astype(np.float64)
    size, rest = float(words.totals[:2].sum()), float(words.totals[2])
    prior = 0.1
    z = effects.weighted_log_odds(
        talk, count - talk, size, rest, prior=prior, prior_total=prior * max(len(words.terms), 1)
    )
    return np.nan_to_num(np.asarray(z, dtype=np.float64))


def wilson_low(k: Floats, n: Floats, z: float = 1.645) -> Floats:
    """The lower end of Wilson's interval of a share."""
    share, n = k / np.maximum(n, 1), np.maximum(n, 1)
    middle = share + z * z / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.asarray((middle - reach) / (1 + z * z / n), dtype=np.float64)
