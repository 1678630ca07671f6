"""How much of what the demo says stands in no word list: a lens that only looks words up must not look good on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from makna import wordlists
from makna.demo import Truth
from makna.demo.phrases import load

Generated = tuple[Path, Truth]
NOT_OF_LENSES = ("door_", "stopwords_", "pseudonyms")


def _entries() -> frozenset[str]:
    lists = [name for name in wordlists.names() if not name.startswith(NOT_OF_LENSES)]
    if not lists:
        pytest.skip("no word list of a lens is shipped yet")
    return frozenset(_plain(word) for name in lists for word in wordlists.load(name).words())


def _plain(phrase: str) -> str:
    """A phrase without slots, punctuation, case and closing particles."""
    words = re.findall(r"[^\W_]+", re.sub(r"\{\w+\}", " ", phrase).casefold())
    while words and words[-1] in ("ya", "aja", "dulu", "yuk"):
        words.pop()
    return " ".join(words)


def _outside(phrases: set[str], entries: frozenset[str]) -> float:
    plain = {_plain(p) for p in phrases} - {""}
    return sum(p not in entries for p in plain) / len(plain)


@pytest.mark.parametrize("kind", ["invitation", "testimonial"])
def test_at_least_half_of_the_cues_stand_in_no_list(demo: Generated, kind: str) -> None:
    """Of the phrases that make a post an invitation or a testimonial, at least half are in no list that a lens relies on."""
    phrases = set(demo[1].cues[kind])
    assert len(phrases) >= 40
    assert _outside(phrases, _entries()) >= 0.5


@pytest.mark.parametrize("move", ["offer", "terms", "place", "condition"])
def test_at_least_half_of_the_moves_stand_in_no_list(move: str) -> None:
    """The same of the phrases a promoting post is built of."""
    assert _outside(set(load("moves")[move]), _entries()) >= 0.5


def test_the_measure_sees_what_is_listed() -> None:
    """A phrase that is an entry counts as listed, with its particle or without; slots do not matter."""
    entries = frozenset({"cek dm", "wa"})
    assert _outside({"cek dm ya", "wa {phone}"}, entries) == 0
    assert _outside({"cek dm ya", "lanjut di sebelah ya"}, entries) == 0.5
