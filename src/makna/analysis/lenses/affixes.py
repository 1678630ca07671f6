"""Colloquial Indonesian affixes read as standard ones: *nganterin* → mengantarkan, *kebawa* → terbawa, *dikerjain* → dikerjakan."""

from __future__ import annotations

from collections.abc import Iterator

from makna.analysis.lenses.lexicon import VOWELS, usual

ROOT = 3.0  # Zipf's scale: rarer roots are no roots
_NASALS = {"k": "ng", "p": "m", "t": "n", "s": "ny"}  # a root's first letter gives way to these
_SPOKEN = {"e": "ai", "o": "au"}
_SUFFIXES = {"": ("",), "in": ("kan", "i", ""), "an": ("", "an"), "i": ("i",)}


def affixed(word: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """(standard form, its root, how it was read: ``nge>act``, ``in>kan``)."""
    for stem, suffix in _ends(word):
        for start, prefix in _roots(stem):
            for root in _sounds(start):
                if len(root) > 2 and usual(root) >= ROOT:
                    yield from _forms(word, root, prefix, suffix)


def _forms(word: str, root: str, prefix: str, suffix: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    for end in _SUFFIXES[suffix]:
        for form, name in _prefixed(root, prefix, suffix):
            whole = form + end
            if whole != word and (prefix or suffix):
                yield whole, root, (f"{prefix}>{name}", f"{suffix}>>{end}")


def _prefixed(root: str, prefix: str, suffix: str) -> Iterator[tuple[str, str]]:
    if prefix == "di":
        yield "di" + root, "di"
    elif prefix == "ke":
        yield "ter" + root, "ter"
        yield "ke" + root, "ke"
    else:
        yield active(root), "act"
        yield root, "bare"
        if not prefix:
            yield "ber" + root, "ber"
            if suffix == "an":
                yield "pe" + active(root)[2:], "pe"


def active(root: str) -> str:
    """*root* with meN-."""
    first = root[:1]
    if first in _NASALS:
        return "me" + _NASALS[first] + root[1:]
    nasal = "ng" if first in "aiueogh" else "m" if first in "bfv" else "n" if first in "dcjz" else ""
    return "me" + nasal + root


def _ends(word: str) -> Iterator[tuple[str, str]]:
    yield word, ""
    if len(word) > 4:
        for suffix in ("in", "an", "i"):
            if word.endswith(suffix):
                yield word[: -len(suffix)], suffix


def _roots(stem: str) -> Iterator[tuple[str, str]]:
    """What stands behind a colloquial prefix: ng- and ny- hide a first letter."""
    yield stem, ""
    for prefix in ("di", "ke", "nge"):
        if stem.startswith(prefix):
            yield stem[len(prefix) :], prefix
    nasals = (("ng", ("", "k")), ("ny", ("s", "c")), ("n", ("t",)), ("m", ("p",)))
    for nasal, letters in nasals:
        if stem.startswith(nasal):
            yield from ((letter + stem[len(nasal) :], nasal) for letter in letters)
            return


def _sounds(root: str) -> Iterator[str]:
    """*root* as it is, and as it may be written where speech changes a sound: e for a, ai or au as e or o, h dropped, p for f."""
    yield root
    late = max(root.rfind("e"), -1)
    if late >= len(root) - 3 and late >= 0:
        yield root[:late] + "a" + root[late + 1 :]
    if root[-1:] in _SPOKEN:
        yield root[:-1] + _SPOKEN[root[-1]]
    if root[-1:] in VOWELS:
        yield root + "h"
    if root[:1] in VOWELS:
        yield "h" + root
    for n in range(1, len(root)):
        if root[n - 1] in VOWELS and root[n] in VOWELS:
            yield root[:n] + "h" + root[n:]
    if "p" in root:
        yield root.replace("p", "f")
