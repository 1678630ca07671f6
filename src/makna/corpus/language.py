"""A guess at the language of a text, by the share of stop words. It never gates the disguise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from makna import wordlists

_ENOUGH = 2  # stop words before a guess is made
_MIXED = 0.25  # the smaller share, of all stop words met, from which a text counts as mixed


def guess(tokens: Sequence[str]) -> str:
    """``id``, ``en``, ``mixed`` or ``und`` for lower-case *tokens*."""
    indonesian, english = _stopwords()
    in_id = sum(token in indonesian for token in tokens)
    in_en = sum(token in english for token in tokens)
    both = in_id + in_en
    if both == 0 or (both < _ENOUGH and len(tokens) > 4):
        return "und"
    if min(in_id, in_en) / both >= _MIXED and min(in_id, in_en) >= _ENOUGH:
        return "mixed"
    if in_id == in_en:
        return "und"
    return "id" if in_id > in_en else "en"


@cache
def _stopwords() -> tuple[frozenset[str], frozenset[str]]:
    """Stop words of one language only: a word of both tells nothing."""
    indonesian = wordlists.load("stopwords_id").words()
    english = wordlists.load("stopwords_en").words()
    return indonesian - english, english - indonesian
