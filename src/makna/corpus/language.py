"""A guess at the language of a text, by the share of stop words. It never gates the disguise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from makna import wordlists

_ENOUGH = 2  # stop words before a guess is made
_FEW = 4  # tokens of a text so short that one stop word is enough
_MIXED = 0.25  # the smaller share, of all stop words met, from which a text counts as mixed
_ID, _EN = 1, 2


def guess(tokens: Sequence[str]) -> str:
    """``id``, ``en``, ``mixed`` or ``und`` for lower-case *tokens*."""
    return guess_all(tokens, np.array([0, len(tokens)]))[0]


def guess_all(tokens: Sequence[str], offsets: NDArray[np.integer]) -> list[str]:
    """The same for many texts at once: *tokens*[*offsets*[n]:*offsets*[n + 1]] are those of text n."""
    marks = np.fromiter(map(_stopwords().get, tokens, repeat(0)), np.int8, len(tokens))
    met = [np.concatenate([[0], np.cumsum(marks == tongue)]) for tongue in (_ID, _EN)]
    in_id, in_en = (sums[offsets[1:]] - sums[offsets[:-1]] for sums in met)
    both, fewer = in_id + in_en, np.minimum(in_id, in_en)
    found = np.where(in_id == in_en, "und", np.where(in_id > in_en, "id", "en"))
    found = np.where((fewer >= _ENOUGH) & (fewer >= _MIXED * both), "mixed", found)
    guessed: list[str] = np.where((both < _ENOUGH) & (np.diff(offsets) > _FEW), "und", found).tolist()
    return guessed


@cache
def _stopwords() -> dict[str, int]:
    """Stop words of one language only: a word of both tells nothing."""
    indonesian = wordlists.load("stopwords_id").words()
    english = wordlists.load("stopwords_en").words()
    return dict.fromkeys(indonesian - english, _ID) | dict.fromkeys(english - indonesian, _EN)
