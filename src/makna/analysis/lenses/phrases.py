"""Fixed phrases that a term stands in: words, or emoji, that stand beside it far more often than their own number explains.

A term of several words has no row of its own; it is shown here, at the most telling of its words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from makna.analysis.lenses.argot_posts import Ints
from makna.analysis.lenses.general import zipf
from makna.analysis.lenses.joining import APART
from makna.analysis.lenses.ranking import is_word
from makna.analysis.lenses.vocabulary import Vocabulary

MOST = 1_000  # occurrences of a term that are looked at, spread over all
SHOWN = 3
LEAST, SHARE = 4, 0.1  # occurrences of a phrase, and their share of the term's
ODDS = 10.0  # how many times as often as by chance each word stands there
FUNCTION = 5.8  # Zipf's scale: a word so common neither begins nor ends a phrase
WHOLE = 0.7  # of a phrase's occurrences, from which the longer one they stand in is shown instead
_SPANS = ((-1, 2), (0, 2), (-2, 3), (-1, 3), (0, 3))  # where a phrase begins beside the term, and its words


class Phrases:
    """Finds the phrases of the terms of *words*."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        tokens = words.tokens
        self._beside = np.zeros(len(tokens.code), bool)  # the next token follows at once, in the same post
        self._beside[:-1] = (tokens.post[1:] == tokens.post[:-1]) & (
            tokens.start[1:] - tokens.end[:-1] <= APART
        )
        told = np.array([word[0] != "⟦" for word in tokens.words], bool)[
            tokens.code
        ]  # a placeholder is no word
        self._beside[:-1] &= told[1:] & told[:-1]
        self._chance = np.bincount(words.forms) / max(len(words.forms), 1)
        self._names = _names(words, len(self._chance))
        self._word = np.array([is_word(name) for name in self._names], bool)
        self._function = np.array([zipf(name) >= FUNCTION for name in self._names], bool)

    def of(self, at: Ints) -> tuple[str, ...]:
        """The phrases of the term that occurs *at* these tokens, the commonest first."""
        if len(at) > MOST:
            at = at[np.linspace(0, len(at) - 1, MOST).astype(np.int64)]
        found: dict[tuple[int, ...], int] = {}
        for begin, size in _SPANS:
            found |= self._together(at + begin, size, -begin, len(at))
        for row, n in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
            for part in (row[1:], row[:-1]):
                if found.get(part, 0) and n >= WHOLE * found[part]:
                    del found[part]
        named = [(-n, " ".join(self._names[form] for form in row)) for row, n in found.items()]
        return tuple(phrase for _n, phrase in sorted(named)[:SHOWN])

    def _together(self, first: Ints, size: int, own: int, whole: int) -> dict[tuple[int, ...], int]:
        """Rows of forms that begin at the tokens *first*, with how often; the term is their word number *own*."""
        first = first[(first >= 0) & (first + size <= len(self._beside))]
        for step in range(size - 1):
            first = first[self._beside[first + step]]
        rows, many = np.unique(
            self._words.forms[first[:, None] + np.arange(size)], axis=0, return_counts=True
        )
        others = [n for n in range(size) if n != own]
        rare = (many[:, None] / max(whole, 1) >= ODDS * self._chance[rows[:, others]]).all(axis=1)
        word = self._word[rows]
        alike = word.all(axis=1) | ~word.any(axis=1)  # an emoji beside a word is ornament
        edges = self._function[rows[:, [0, -1]]].any(axis=1)
        kept = rare & alike & ~edges & (many >= max(LEAST, SHARE * whole))
        return {tuple(row): n for row, n in zip(rows[kept].tolist(), many[kept].tolist(), strict=True)}


def _names(words: Vocabulary, forms: int) -> list[str]:
    """The name of each form: its term, or its commonest spelling."""
    tokens = words.tokens
    often = np.bincount(tokens.code, minlength=len(tokens.words))
    order = np.lexsort((-tokens.code, often[tokens.code]))  # the commonest spelling of a form comes last
    code, term = np.zeros(forms, np.int64), np.full(forms, -1, np.int64)
    code[words.forms[order]] = tokens.code[order]
    term[words.forms] = words.number
    return [
        words.terms[t] if t >= 0 else tokens.words[c]
        for t, c in zip(term.tolist(), code.tolist(), strict=True)
    ]


def phrases(words: Vocabulary, best: Sequence[int]) -> list[tuple[str, ...]]:
    """The phrases of each of the terms *best*."""
    finder = Phrases(words)
    wanted = np.zeros(len(words.terms) + 1, bool)  # the last is no term
    wanted[list(best)] = True
    at = np.flatnonzero(wanted[words.number])
    at = at[np.argsort(words.number[at], kind="stable")]
    numbers = words.number[at]
    first, last = (np.searchsorted(numbers, list(best), side) for side in ("left", "right"))
    return [finder.of(at[a:b]) for a, b in zip(first.tolist(), last.tolist(), strict=True)]
