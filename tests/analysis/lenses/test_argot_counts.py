"""What is counted once, or of a part only, is what counting everything gives."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ibis.backends import BaseBackend
from lens_corpus import market

from makna import wordlists
from makna.analysis.lenses.cues import MoveCues
from makna.analysis.lenses.groups import candidates
from makna.analysis.lenses.lexicon import lexicon
from makna.analysis.lenses.posts import holding, observed, stream
from makna.analysis.lenses.promoting import promoters, promoting_accounts, recogniser
from makna.analysis.lenses.uptake import ASKED, EXPLAINED, NOBODY, Posts, Turns
from makna.analysis.lenses.vocabulary import counted, distinct, vocabulary
from makna.corpus.tokens import tokenise


@given(st.lists(st.integers(-5, 5)))
def test_distinct_values_are_sorted_and_once(values: list[int]) -> None:
    """As a set does it."""
    assert distinct(np.array(values, np.int64)).tolist() == sorted(set(values))


def test_promoting_accounts_are_those_that_reading_every_post_finds(duckdb: BaseBackend) -> None:
    """Whatever is not read could not have changed the answer."""
    data = market().data(duckdb)
    promoting = recogniser(data)
    read = [post for post in stream(observed(data)) if promoting.decide(post) is not None]
    found = promoting_accounts(data, promoting)
    assert (
        found == promoters(data, Counter(p.author_id for p in read if p.author_id is not None)) != frozenset()
    )


@pytest.mark.parametrize("name", ["contact_cues", "price_cues", "place_cues", "promotion_moves"])
def test_where_a_cue_stands_its_first_word_may_begin_one(name: str) -> None:
    """No post with a move is passed over."""
    cues = MoveCues(wordlists.load)
    for phrase in wordlists.load(name).entries:
        tokens = [token for token, _start, _end in tokenise(phrase)]
        assert not cues.find(tuple(tokens)) or any(map(cues.possible, tokens)), phrase
    assert all(map(cues.possible, ("500k", "21", "⟦wa⟧", "#mint"))) and not cues.possible("hujan")


def test_lists_are_asked_for_a_marked_word() -> None:
    """Empty lists and missing ones hold none."""
    kind = pa.list_(pa.struct([("token", pa.string())]))
    lists = [[{"token": "a"}, {"token": "b"}], [], None, [{"token": "c"}]]
    column = pa.chunked_array([pa.array(lists[:2], kind), pa.array(lists[2:], kind)])
    assert holding(column, "bc".__contains__).to_pylist() == [True, False, False, True]


def test_writings_brought_together_are_counted_as_one_term(duckdb: BaseBackend) -> None:
    """An account that writes a term in two ways is one account."""
    made = market()
    for n in range(24):  # by accounts that write both, in the same company
        word = ("verif", "vrf")[n % 2]
        made.post(201 + n % 4, f"kalau mau beli mint harus {word} dulu ya kak biar aman")
    words = vocabulary(made.data(duckdb), frozenset(range(1, 13)), minimum=3, ignored=frozenset())
    terms, _found, _ranking = candidates(words, ())
    assert len(terms.terms) < len(words.terms) and "vrf" in terms.variants[terms.terms.index("verif")]
    counts, totals = counted(terms.tokens, terms.number, len(terms.terms))
    assert (terms.counts == counts).all() and (terms.totals == totals).all()


@pytest.mark.parametrize("written", ["ban", "hati", "nggak", "a"])
def test_words_that_hold_a_spelling(written: str) -> None:
    """At their beginning or end."""
    words = lexicon("id")
    rows = np.arange(0, len(words.words), 7)
    held = [
        n for n in rows.tolist() if words.words[n].startswith(written) or words.words[n].endswith(written)
    ]
    assert words.holding(written, rows).tolist() == held


def test_turns_tell_how_a_term_is_taken_up() -> None:
    """One conversation: a use, a question with the term, an explanation, a further use, its author's own answer; and a second."""
    none = [NOBODY] * 7
    posts = Posts(
        ids=np.arange(100, 107), author=np.array([1, 2, 1, 3, 1, 2, 2]), parent=np.array([-1, 0, 1, 0, 0, 1, -1]),
        conversation=np.array([9, 9, 9, 9, 9, 9, 8]), position=np.array([0, 1, 2, 3, 4, 5, 0]), day=np.array([40, *none[1:]]),
    )  # fmt: skip
    acts = np.zeros(7, np.int8)
    acts[1], acts[2] = ASKED, EXPLAINED
    found = Turns(posts, acts, ("seller", "buyer")).uptake(np.array([0, 1, 3, 6]), np.array([0, 1, 1, 1]))
    assert found.posts == {"seller": 1, "buyer": 3} and found.accounts == {"seller": {1}, "buyer": {2, 3}}
    assert found.answers == {"asked": 1, "taken up": 1}  # the answer of the first author to itself is none
    assert (found.asked, found.explained, found.unexplained) == (1, 1, 0)  # 105 answers its own question
    assert found.first == {"seller": 1, "buyer": 1} and found.opening == 2
    assert found.passages == [(103, "taken up"), (101, "asked"), (102, "explained")]
    assert found.months == {"1970-02": 1} and found.seen == [40, 40]
