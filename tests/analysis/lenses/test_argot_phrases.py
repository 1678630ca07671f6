"""Terms of several words are shown at the words they hold."""

from __future__ import annotations

from ibis.backends import BaseBackend
from lens_corpus import market

from makna.analysis.lenses.phrases import phrases
from makna.analysis.lenses.vocabulary import vocabulary


def test_fixed_phrases_are_told_from_chance_and_ornament(duckdb: BaseBackend) -> None:
    """*zorba kilat* in both its writings and a run of emoji are phrases; what stands beside by chance, *di* and ornament are none."""
    made = market(threads=40)
    beside = [f"kata{letter}" for letter in "abcdefghijkl"]  # each is too rarely there to belong
    for n in range(144):
        one, other = beside[n % 12], beside[n // 12]
        run = "📷🎈" if n % 2 else ""
        made.post(
            201 + n % 40, f"{one} {('zorba', 'z0rba')[n % 2]} kilat {other} 🎈 {other} di pojok {one} {run}"
        )
    words = vocabulary(made.data(duckdb), frozenset(), minimum=3, ignored=frozenset({"di"}))
    terms = ("zorba", "kilat", "pojok", "📷")
    found = dict(zip(terms, phrases(words, [words.terms.index(t) for t in terms]), strict=True))
    assert found["zorba"] == found["kilat"] == ("zorba kilat",)
    assert found["pojok"] == () and found["📷"] == ("📷 🎈",)


def test_a_term_at_the_edge_of_all_posts_has_its_phrases(duckdb: BaseBackend) -> None:
    """Nothing is read before the first token or after the last."""
    made = market(threads=20)
    for _n in range(5):
        made.post(201, "zorba kilat")
    words = vocabulary(made.data(duckdb), frozenset(), minimum=3, ignored=frozenset())
    assert phrases(words, [words.terms.index("kilat")]) == [("zorba kilat",)]
