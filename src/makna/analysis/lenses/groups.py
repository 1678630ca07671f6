"""Different words for one term: *vrf* for *verif*, *elte* for *lt*, *ekspo* for *expo*. One shortens, spells out or respells the other.

The form alone says little, so company must agree: both are used alike. Only words that general language does not know are
taken for a writing of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

from makna.analysis.lenses.argot_posts import Ints
from makna.analysis.lenses.company import letter_grams, vectors
from makna.analysis.lenses.general import stems, zipf
from makna.analysis.lenses.lexicon import VOWELS
from makna.analysis.lenses.ranking import Ranking, ranked
from makna.analysis.lenses.spelling import digits
from makna.analysis.lenses.vocabulary import Vocabulary, counted

Floats = NDArray[np.float64]
FIRST = 1_000  # terms whose neighbours are looked at
NEAREST = 40
BLOCK = 100
UNKNOWN = 3.6  # Zipf's scale: a commoner word is no writing of another
ALIKE = {
    "spelled out": 0.3,
    "respelled": 0.4,
    "shortened": 0.5,
}  # cosine from which a relation of form is believed
_LETTERS = {
    "a": "a", "be": "b", "bi": "b", "ce": "c", "ci": "c", "se": "c", "si": "c", "de": "d", "di": "d", "e": "e", "ef": "f", "ge": "g",
    "ji": "g", "ha": "h", "i": "i", "je": "j", "jey": "j", "ka": "k", "ke": "k", "kei": "k", "el": "l", "em": "m", "en": "n", "o": "o",
    "pe": "p", "pi": "p", "ki": "q", "kyu": "q", "er": "r", "ar": "r", "es": "s", "te": "t", "teh": "t", "ti": "t", "u": "u", "yu": "u",
    "ve": "v", "vi": "v", "we": "w", "eks": "x", "ye": "y", "wai": "y", "zet": "z",
}  # fmt: skip
_SOUNDS = (
    ("ck", "k"),
    ("ks", "x"),
    ("ph", "f"),
    ("sy", "s"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("v", "f"),
    ("z", "s"),
    ("y", "i"),
)


def candidates(
    words: Vocabulary, seeds: Sequence[str], *, halved: frozenset[str] = frozenset()
) -> tuple[Vocabulary, list[int], Ranking]:
    """The terms of *words* with the writings of each brought together, the numbers of the *seeds* among them, the ranking."""
    space, grams = vectors(words), letter_grams(words.terms)
    first = ranked(words, words.find(seeds), space=space, grams=grams)
    order = sorted(range(len(words.terms)), key=lambda n: (-first.total[n], words.terms[n]))
    terms, space = grouped(words, space, order)
    place = {term: n for n, term in enumerate(words.terms)}
    grams = grams[[place[term] for term in terms.terms]]
    found = terms.find(seeds)
    return terms, found, ranked(terms, found, space=space, grams=grams, halved=halved)


def grouped(words: Vocabulary, space: Floats, order: Sequence[int]) -> tuple[Vocabulary, Floats]:
    """*words* with each writing of another term counted as that term; *order* says which terms are looked at first."""
    leads = _leads(words, space, order)
    if not leads:
        return words, space
    kept = [n for n in range(len(words.terms)) if n not in leads]
    place = np.full(len(words.terms) + 1, -1, np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    for n, lead in leads.items():
        place[n] = place[lead]
    members: dict[int, list[int]] = {n: [n] for n in kept}
    for n, lead in sorted(leads.items()):
        members[lead].append(n)
    return _merged(words, [members[n] for n in kept], place), _middles(
        words, space, [members[n] for n in kept]
    )


def _leads(words: Vocabulary, space: Floats, order: Sequence[int]) -> dict[int, int]:
    """Term → the term that it is a writing of: the more frequent of two, never one that is itself a writing."""
    count = words.count
    found: dict[int, int] = {}
    pairs = sorted(_pairs(words, space, order), key=lambda p: (-p[0], p[1], p[2]))
    for _cosine, a, b in pairs:
        lead, other = sorted((a, b), key=lambda n: (-int(count[n]), words.terms[n]))
        if zipf(words.terms[other]) >= UNKNOWN:
            lead, other = other, lead
        if other in found or lead in found or other in found.values() or zipf(words.terms[other]) >= UNKNOWN:
            continue
        found[other] = lead
    return found


def _pairs(words: Vocabulary, space: Floats, order: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    can = np.array([_plain(t) for t in words.terms])
    pool = np.flatnonzero(can)
    theirs, least = space[pool], min(ALIKE.values())
    looked = [n for n in order[:FIRST] if can[n]]
    for begin in range(0, len(looked), BLOCK):
        block = looked[begin : begin + BLOCK]
        alike = theirs @ space[block].T
        for column, n in enumerate(block):
            near = np.flatnonzero(alike[:, column] >= least - 1e-9)
            cosine = np.round(alike[near, column], 9)
            best = np.lexsort((pool[near], -cosine))[: NEAREST + 1]
            for other, value in zip(pool[near[best]].tolist(), cosine[best].tolist(), strict=True):
                wanted = ALIKE.get(relation(words.terms[n], words.terms[other])) if other != n else None
                if wanted is not None and value >= wanted:
                    yield value, min(n, other), max(n, other)


@cache
def _plain(term: str) -> bool:
    return term.isascii() and (term.isalpha() or _read(term).isalpha())


def _read(term: str) -> str:
    """*term* with digits inside it read as letters."""
    return next((q for q in digits(term) if q.isalpha()), term) if term[-1:].isalpha() else term


@lru_cache(maxsize=1 << 16)
def relation(a: str, b: str) -> str:
    """How one of two words may be a writing of the other: spelled out, respelled, shortened; or nothing."""
    a, b = sorted((_read(a), _read(b)), key=lambda w: (len(w), w))
    if a == b:
        return "respelled"
    if len(a) in (2, 3, 4) and len(b) > len(a) + 1 - (len(a) == 2) and _spelled_out(a).fullmatch(b):
        return "spelled out"
    if len(a) < 2 or sounds(a)[:1] != sounds(b)[:1]:
        return ""
    if len(sounds(a)) > 1 and sounds(a) == sounds(b):
        return "respelled"
    return "shortened" if _short(a, b) and a not in stems(b) else ""


@cache
def _spelled_out(letters: str) -> regex.Pattern[str]:
    """The names of *letters* one after the other: *elte* names lt."""
    return regex.compile(
        "".join(f"(?:{'|'.join(n for n, x in _LETTERS.items() if x == c) or c})" for c in letters)
    )


def _short(a: str, b: str) -> bool:
    """The consonants that are heard (*jlp*), the beginning (*turbu*), or a first letter and the end (*rpic*)."""
    letters = iter(b)
    if not VOWELS & set(a):
        return len(b) - len(a) > 1 and all(c in letters for c in a)
    return (len(a) > 3 and b.startswith(a)) or (len(a) > 3 and a[0] == b[0] and b.endswith(a[1:]))


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> str:
    """The consonants of *word* as they sound, doubled ones once, and its first letter."""
    for a, b in _SOUNDS:
        word = word.replace(a, b)
    out = word[:1]
    for c in word[1:]:
        if c not in VOWELS and c != out[-1]:
            out += c
    return out


def _merged(words: Vocabulary, members: Sequence[Sequence[int]], place: NDArray[np.int32]) -> Vocabulary:
    number = place[words.number]
    leads = [group[0] for group in members]
    return replace(
        words,
        terms=tuple(words.terms[n] for n in leads),
        variants=tuple(
            tuple(v for n in _often(words, group) for v in words.variants[n]) for group in members
        ),
        kinds=tuple(_kinds(words, group) for group in members),
        counts=_counts(words, members, number),
        disguised=np.array([words.disguised[list(group)].sum() for group in members], np.int64),
        ways=np.array([words.ways[list(group)].sum() + len(group) - 1 for group in members], np.int64),
        number=number,
        spellings={v: words.terms[group[0]] for group in members for n in group for v in words.variants[n]},
    )


def _counts(words: Vocabulary, members: Sequence[Sequence[int]], number: NDArray[np.int32]) -> Ints:
    """The counts of each group; only groups of several are counted anew, since one account may write in several ways."""
    counts = words.counts[[group[0] for group in members]]
    several = [place for place, group in enumerate(members) if len(group) > 1]
    row = np.full(len(members) + 1, -1, np.int32)
    row[several] = np.arange(len(several), dtype=np.int32)
    counts[several], _totals = counted(words.tokens, row[number], len(several))
    return counts


def _often(words: Vocabulary, group: Sequence[int]) -> list[int]:
    return sorted(group, key=lambda n: (-int(words.count[n]), words.terms[n]))


def _kinds(words: Vocabulary, group: Sequence[int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for n in group:
        found.update(words.kinds[n])
    for n in group[1:]:
        found[relation(words.terms[group[0]], words.terms[n])] += int(words.count[n])
    return dict(found)


def _middles(words: Vocabulary, space: Floats, members: Sequence[Sequence[int]]) -> Floats:
    found = space[[group[0] for group in members]].copy()
    for place, group in enumerate(members):
        if len(group) > 1:
            rows = list(group)
            middle = np.asarray(words.count[rows] @ space[rows], dtype=np.float64)
            found[place] = middle / max(float(np.linalg.norm(middle)), 1e-9)
    return found
