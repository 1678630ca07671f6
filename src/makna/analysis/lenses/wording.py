"""Listed words that a spelling may stand for by its letters alone, and by which changes it is written so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import regex

from makna.analysis.lenses.lexicon import LONGEST, VOWELS, changes, lexicon, skeleton, usual

Features = dict[str, float]
NEAREST, CLOSEST, HOLDING, ROUGH = 30, 6, 10, 3
_LONG, _LAST = regex.compile(r"(\p{L})\1{2,}"), regex.compile(r"(\p{L})\1+$")
_RESPELLED = (
    ("oe", "u"), ("tj", "c"), ("dj", "j"), ("ie", "i"), ("x", "ks"), ("q", "k"), ("kw", "ku"), ("z", "s"), ("ei", "ai"),
    ("e", "ai"), ("o", "au"), ("ou", "u"), ("nk", "ng"), ("sh", "s"), ("sh", "sy"), ("gh", "g"), ("dz", "z"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("c", "k"), ("x", "eks"), ("ch", "c"), ("kh", "h"), ("p", "f"),
)  # fmt: skip


def near(written: str, language: str) -> Iterator[tuple[str, Features]]:
    """Listed words by their letters, by their consonants, by holding the spelling, and turned round."""
    words = lexicon(language)
    rows, far = words.near(written)
    chosen = set(rows[np.argsort(far - 0.5 * words.usual[rows], kind="stable")[:NEAREST]].tolist())
    chosen |= set(rows[np.argsort(far, kind="stable")[:CLOSEST]].tolist())
    if 3 * sum(c in VOWELS for c in written) <= len(written):
        chosen |= set(words.skeletons.get(skeleton(written), ()))
    if len(written) > 2:
        holding = words.holding(written, rows)
        chosen |= set(holding[np.lexsort((holding, -words.usual[holding]))][:HOLDING].tolist())
    for n in sorted(chosen):
        yield words.words[n], {"word": 1}
    for a, b in _RESPELLED if language == "id" else ():
        if a in written and usual(written.replace(a, b)):
            yield written.replace(a, b), {"respelled": 1}
    back = usual(written[::-1], language)
    if len(written) > 2 and back >= 3.5:
        yield written[::-1], {"reversed": 1, "reversed_rarer": back - usual(written, language)}


def weighed(written: str, word: str, features: Features, language: str) -> Features:
    """How common *word* is, and by which changes it is written so."""
    own = usual(word, language)
    more: Features = {"usual": own, "rarer": 0.0 < own < usual(written, language)}
    whole = word.replace(" ", "") if "run_together" in features else word
    if not (whole.isalpha() and whole.isascii() and written.isalpha() and written.isascii()):
        return more
    if "run_together" in features:
        more["usual"] = max(usual(whole, language), 3.0)
    more.update(changes(squeezed(written), whole))
    vowels = any(c in VOWELS for c in written)
    same = skeleton(written) == skeleton(whole)
    more.update(
        first=written[0] == whole[0], last=written[-1] == whole[-1], consonants=same, short=len(written) <= 3,
        begins=whole.startswith(written), ends=whole.endswith(written),
        unlisted=not more["usual"] and word.isalpha(), voweless=0 if vowels else more.get("-v", 0),
    )  # fmt: skip
    return more


@lru_cache(maxsize=1 << 12)
def rough(written: str, language: str) -> tuple[tuple[str, float], ...]:
    """The likeliest single words, with what a quick guess gives for them."""
    if not written.isascii() or len(written) >= LONGEST:
        return ()
    found = {w: weighed(written, w, f, language) for w, f in near(written, language) if w != written}
    guessed = [(word, _guess(features)) for word, features in found.items()]
    return tuple(sorted(guessed, key=lambda pair: (-pair[1], pair[0]))[:ROUGH])


def _guess(features: Features) -> float:
    put = sum(v for k, v in features.items() if k[0] == "+" or k[:2] == "s:")
    gone = sum(v for k, v in features.items() if k[0] == "-")
    same = 1.5 * features.get("consonants", 0) + features.get("first", 0) + features.get("last", 0)
    return 1.2 * features["usual"] + same - 2 * put - 0.8 * gone


def squeezed(word: str) -> str:
    """*word* without stretched letters."""
    return _LAST.sub(r"\1", _LONG.sub(r"\1", word))
