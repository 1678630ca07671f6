"""The search language."""

from __future__ import annotations

import pytest

from makna.corpus.query import And, Not, Or, Phrase, holds, parse, spans
from makna.errors import BadQuery


def test_words_stand_together_and_or_stands_apart() -> None:
    """Words side by side must all occur; OR binds weaker; Indonesian operators mean the same."""
    assert parse("a b") == And((Phrase(("a",)), Phrase(("b",))))
    assert parse("a b OR c") == Or((And((Phrase(("a",)), Phrase(("b",)))), Phrase(("c",))))
    assert parse("a ATAU b") == parse("a OR b")
    assert parse("(a OR b) -c") == And((Or((Phrase(("a",)), Phrase(("b",)))), Not(Phrase(("c",)))))


def test_phrases_and_prefixes_keep_their_tokens() -> None:
    """A phrase is its tokens in a row; a star lets the last one go on."""
    assert parse('"Kupu-kupu Malam"') == Phrase(("kupu-kupu", "malam"))
    assert parse("tes*") == Phrase(("tes",), prefix=True)


@pytest.mark.parametrize("text", ["", "OR a", "(a", "a)", "NOT a", "-a", "a OR NOT b", "...", "NOT"])
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    """Empty, unbalanced and purely negative queries are refused with a reason."""
    with pytest.raises(BadQuery):
        parse(text)


def test_spans_are_where_the_words_stand() -> None:
    """Every occurrence of every positive phrase, in order; what must not occur has none."""
    tokens = ["a", "b", "a", "bc"]
    assert spans(parse('a OR "b a" -z'), tokens) == [(0, 1), (1, 3), (2, 3)]
    assert spans(parse("b*"), tokens) == [(1, 2), (3, 4)]


@pytest.mark.parametrize(
    "query,there",
    [("a", True), ("c", False), ("b*", True), ('"b a"', True), ('"a a"', False), ("a -c", True), ("a -b", False), ("c OR bc", True),
     ("a (c OR d)", False), ("a NOT (c OR b)", False)],
)  # fmt: skip
def test_a_unit_matches_as_its_query_says(query: str, there: bool) -> None:
    """Words, prefixes, phrases, brackets, and what must not occur."""
    assert holds(parse(query), ["a", "b", "a", "bc"]) is there
