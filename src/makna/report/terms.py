"""Argot terms that a public edition names nowhere: the candidates of the argot lens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import regex

from makna.analysis.lenses.base import LensResult

LIKELY = 50  # the first rows of the lens: those a quote may not name; the rest are too often ordinary words


def candidates(lenses: Sequence[LensResult], *, first: int | None = None) -> frozenset[str] | None:
    """The terms of the argot lens with their variants, or of its *first* rows; None where the lens was not run."""
    for result in lenses:
        if result.lens == "argot" and {"term", "variants"} <= set(result.table.column_names):
            rows = result.table.select(["term", "variants"]).to_pylist()[:first]
            return frozenset(word for row in rows for word in (row["term"], *(row["variants"] or ())))
    return None


def masked(text: str, terms: Collection[str], word: str) -> str:
    """*text* with each of *terms* replaced by ⟦*word*⟧."""
    return _any(frozenset(terms)).sub(f"⟦{word}⟧", text) if terms else text


@lru_cache(maxsize=4)
def _any(terms: frozenset[str]) -> regex.Pattern[str]:
    ordered = sorted(terms, key=lambda term: (-len(term), term))
    choice = "|".join(map(regex.escape, ordered))
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}⟦])(?:{choice})(?![\p{{L}}\p{{N}}⟧])", regex.IGNORECASE)
