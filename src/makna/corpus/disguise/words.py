"""What the door knows of words: everyday words, names, cues and triggers, from the shipped word lists."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import numpy as np
import wordfreq
from numpy.typing import NDArray

from makna import wordlists
from makna.corpus.disguise.folding import FoldHash, Sieve, fold_name

MESSENGER, HONORIFIC, SELF, ACCOUNT, CONTACT, BANK = (1 << n for n in range(6))
DOCUMENT, ADDRESS, BIRTH, PLATE, LINK, GIVEN, DIGIT, AT_WORD, STREET, USER = (1 << n for n in range(6, 16))
DWELLING, CARE, MARK, RELATION = (1 << n for n in range(26, 30))
"""What a word announces; the bits of :class:`Vocabulary`. CARE: beside a plain mention recognisers must read
on; MARK: it says a mark of a handle."""

_SHORTEST_RARE, _RARE = 4, 4.25  # letters; Zipf frequency
SUFFIXES = ("nya", "ku", "mu", "q", "gue", "gw")
_CUES = {
    "honorific": HONORIFIC, "self": SELF, "account": ACCOUNT, "contact": CONTACT, "bank": BANK,
    "document": DOCUMENT, "address": ADDRESS, "birth": BIRTH, "plate": PLATE, "link": LINK, "given": GIVEN, "at": AT_WORD, "user": USER | ACCOUNT, "dwelling": DWELLING, "relation": RELATION, "street": STREET | ADDRESS,
}  # fmt: skip
_SUFFIX = re.compile(r"(?:(?:nya|ku|mu|kah|lah|pun)|(?<=\w{4})(?:an|in|kan))$")
_LONG = re.compile(r"(.)\1{2,}")


@cache
def everyday() -> frozenset[str]:
    """Words of everyday Indonesian and English: wordfreq's small lists (Speer 2022) and Makna's informal words."""
    words: set[str] = set(wordlists.load("door_everyday").entries)
    for language in ("id", "en"):
        words.update(wordfreq.get_frequency_dict(language, wordlist="small"))
    return frozenset(words)


@cache
def sure_names() -> frozenset[str]:
    """Given and family names that are hardly ever another word."""
    return wordlists.load("door_names").words("sure")


@cache
def all_names() -> frozenset[str]:
    """Every name the door knows, those that are everyday words too."""
    return frozenset(wordlists.load("door_names").entries)


@cache
def rare_names() -> frozenset[str]:
    """Names that are another word too, but a rare one: a capital within a sentence tells them."""
    soft = (
        wordlists.load("door_names").words("word") - places().keys() - wordlists.load("door_everyday").words()
    )
    return frozenset(word for word in soft if len(word) >= _SHORTEST_RARE and zipf(word) < _RARE)


@cache
def places() -> dict[str, str]:
    """Place -> the regency, or something wider, that it is coarsened to."""
    return wordlists.load("door_places").entries


@lru_cache(maxsize=1 << 15)
def is_common(word: str) -> bool:
    """Whether *word* (lower case) is an everyday word or place, as it stands or without a suffix or drawn-out vowel."""
    if word in everyday() or word in places():
        return True
    short = _LONG.sub(r"\1", word)
    stem = _SUFFIX.sub("", short)
    return short in everyday() or (len(stem) > 2 and stem in everyday())


@lru_cache(maxsize=1 << 14)
def zipf(word: str) -> float:
    """How frequent *word* is, on Zipf's scale (0 for unknown, 7 for "the"), in Indonesian or English."""
    return max(wordfreq.zipf_frequency(word, language, wordlist="small") for language in ("id", "en"))


def is_sure_name(word: str) -> bool:
    """Whether *word* (lower case) is a name wherever it stands."""
    return word in sure_names()


@cache
def triggers() -> dict[str, str]:
    """Word -> the messenger or platform it names."""
    return wordlists.load("door_triggers").entries


@cache
def folded_triggers() -> dict[str, str]:
    """The same by folded word, so that l1n3 is line."""
    return {fold_name(word): kind for word, kind in triggers().items()}


class Vocabulary:
    """Folded words -> what they announce, for many words at once."""

    def __init__(self, hashing: FoldHash) -> None:
        bits = _announcements()
        hashes = np.array([hashing.of(word) for word in bits], np.uint64)
        order = np.argsort(hashes)
        self._hashes = hashes[order]
        self._sieve = Sieve(self._hashes)
        self._bits = np.array(list(bits.values()), np.uint32)[order]

    def bits(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """What the word of each hash announces; 0 for an unknown word."""
        bits = np.zeros(len(hashes), np.uint32)
        maybe = self._sieve.maybe(hashes)
        at = np.minimum(np.searchsorted(self._hashes, hashes[maybe]), len(self._hashes) - 1)
        bits[maybe] = np.where(self._hashes[at] == hashes[maybe], self._bits[at], 0)
        return bits


_CAREFUL = (
    "ad",
    "t",
    "gmaill",
    "proton",
    "punto",
    "doth",
)  # words of addresses that call no recogniser alone


def _announcements() -> dict[str, int]:
    bits: dict[str, int] = {}
    accounts = [
        word for word, category in wordlists.load("door_cues").entries.items() if _CUES[category] & ACCOUNT
    ]
    for word in (*_CAREFUL, *(word + suffix for word in accounts for suffix in ("", *SUFFIXES))):
        _announce(bits, word, CARE)
    for word in triggers():
        for whole in (f"id{word}", *(word + suffix for suffix in ("", *SUFFIXES))):
            _announce(bits, whole, MESSENGER)
    for word, category in wordlists.load("door_cues").entries.items():
        for suffix in SUFFIXES if category == "relation" else ("nya", "ku"):
            _announce(bits, word + suffix, _CUES[category])
        _announce(bits, word, _CUES[category])
    for word in (*wordlists.load("door_digits").entries, "oooo"):  # OOOO stands for 0000
        _announce(bits, word, DIGIT)
    for word in wordlists.load("door_marks").words("low") | {"garis"}:
        _announce(bits, word, MARK)
    for word in sure_names():
        _announce(bits, word, GIVEN)
    for word in rare_names():
        _announce(bits, word, RELATION)
    return bits


def _announce(bits: dict[str, int], word: str, bit: int) -> None:
    folded = fold_name(word)
    bits[folded] = bits.get(folded, 0) | bit
