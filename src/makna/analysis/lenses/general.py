"""How common a word is in general Indonesian or English (wordfreq, Speer 2022): a share of all words."""

from __future__ import annotations

from functools import cache
from math import log10

import regex
import wordfreq

ORDINARY = 3.0  # Zipf's scale: one in a million words, and commoner
INFLECTED = 0.05  # an inflected form is taken for this much rarer than its stem
LANGUAGES = {  # whose words turn up in Indonesian posts
    "ms": ("Malay", "Melayu"), "fil": ("Filipino", "Filipino"), "nl": ("Dutch", "Belanda"), "de": ("German", "Jerman"),
    "fr": ("French", "Prancis"), "es": ("Spanish", "Spanyol"), "pt": ("Portuguese", "Portugis"), "tr": ("Turkish", "Turki"),
}  # fmt: skip
FOREIGN = 4.0  # Zipf's scale
_SUFFIX = regex.compile(r"(?<=\p{L}{3})(?:nya|kan|lah|kah|pun|ku|mu|an|in|i|s|ed|ing)$")
_PREFIX = regex.compile(r"^(?:di|ke|se|ber|ter|ng|nge|nya|me|mem|men|meng|meny|per|pe)(?=\p{L}{3})")


@cache
def shares(language: str) -> dict[str, float]:
    """Word -> share of all words of *language*, id or en."""
    return dict(wordfreq.get_frequency_dict(language))


@cache
def general(word: str) -> float:
    """How common *word* is, in the language where it is commoner; a doubled word as its half, the rarer of two halves."""
    plain = word.lstrip("#").replace("\ufe0f", "")
    share = max(shares("id").get(plain, 0.0), shares("en").get(plain, 0.0))
    if share or "-" not in plain:
        return share
    return min(general(part) for part in plain.split("-"))


@cache
def with_inflections(word: str) -> float:
    """:func:`general`; for an unlisted word that is an inflected ordinary one, a part of that one's share."""
    share = general(word)
    if share or not word.isalpha():
        return share
    return max((INFLECTED * general(s) for s in stems(word) if zipf(s) >= ORDINARY), default=0.0)


def stems(word: str) -> set[str]:
    """What *word* may be an inflection of, by the commonest affixes of Indonesian and English."""
    shorter = {_SUFFIX.sub("", word), _PREFIX.sub("", word), _PREFIX.sub("", _SUFFIX.sub("", word))}
    return {stem for stem in shorter if len(stem) > 3} - {word}


@cache
def elsewhere(word: str) -> str:
    """The first of LANGUAGES that *word*, rare here, is a common word of; nothing where it is of none."""
    if len(word) < 4 or zipf(word) >= ORDINARY:
        return ""
    common = max(10 ** (FOREIGN - 9), 100 * general(word))
    return next((code for code in LANGUAGES if shares(code).get(word, 0.0) >= common), "")


def zipf(word: str) -> float:
    """How common *word* is on Zipf's scale: 0 for an unlisted word, 3 for one in a million, 7 for "the"."""
    share = general(word)
    return max(log10(share) + 9, 0.01) if share else 0.0
