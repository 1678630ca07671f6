"""Names that only a capital tells: a rare word within a sentence (Maya), whoever follows "teman", "my sister"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from makna.corpus.disguise.recognise import cues
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.recognise.name import capital, unusual, whole
from makna.corpus.disguise.words import SUFFIXES, all_names, rare_names

_TO_PLACES = frozenset(
    (
        "di",
        "ke",
        "dari",
        "in",
        "at",
        "to",
        "from",
        "near",
        "jalan",
        "jl",
        "kota",
        "desa",
        "toko",
        "hotel",
        "bank",
        "pt",
        "klub",
        "fc",
        "via",
    )
)


def find(reading: Reading) -> Iterator[Hit]:
    """Every name that its capital gives away."""
    if reading.source.islower():
        return
    rare, relations = rare_names(), _relations()
    for i, word in enumerate(reading.words):
        if word in rare and _stands_out(reading, i):
            yield whole(reading, i)
        elif word in relations:
            yield from _after_relation(reading, i)


@cache
def _relations() -> frozenset[str]:
    return frozenset(word + suffix for word in cues.words("relation") for suffix in ("", *SUFFIXES))


def _stands_out(reading: Reading, i: int) -> bool:
    """Whether a name that is a rare word too is told by its capital within a sentence, beside no other capital."""
    if i == 0 or reading.words[i] not in rare_names() or not capital(reading, i) or reading.titled:
        return False
    gap = reading.gap(i - 1)
    before = reading.words[i - 1]
    return gap == " " and before not in _TO_PLACES and not capital(reading, i - 1)


def _after_relation(reading: Reading, i: int) -> Iterator[Hit]:
    j = i + 1
    if (
        j < len(reading.words)
        and reading.gap(i) == " "
        and capital(reading, j)
        and not reading.titled
        and (reading.words[j] in all_names() or unusual(reading, j))
    ):
        yield whole(reading, j)
