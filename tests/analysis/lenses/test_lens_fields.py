"""What lenses say on thin ground: too few, a field that no source provides, a batch that is only compared against."""

from __future__ import annotations

import pytest
from ibis.backends import BaseBackend
from lens_corpus import OTHERS, SELLERS, Market, market

from makna.analysis.lenses import LENSES

OBSERVING = ("presentation", "promotion", "testimony", "migration", "argot")


def thin(posts: int) -> Market:
    """A study of one promoting account and a passer-by."""
    made = market(threads=0)
    made.authors = [a for a in made.authors if a["author_id"] in (1, 201)]
    for n in range(posts):
        made.post(1, "ready kamera bekas | harga 500k | area bandung | wa ⟦wa⟧ #kamera", day=n)
    made.post(201, "hujan terus dari pagi")
    return made


@pytest.mark.parametrize("name", OBSERVING)
def test_an_empty_study_says_what_it_lacks(name: str, duckdb: BaseBackend) -> None:
    """Without a post there is no row and no bare number, and the first blind spot says what to add."""
    empty = market(threads=0)
    empty.authors = []
    result = LENSES[name](empty.data(duckdb))
    assert result.table.num_rows == 0
    assert "no observed posts" in result.blind["en"][0] and "unggahan" in result.blind["id"][0]
    assert not any(s.value for s in result.statistics)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("presentation", ("too few to compute", "terlalu sedikit untuk dihitung")),
        ("promotion", ("too few to compute", "terlalu sedikit untuk dihitung")),
        ("migration", ("too few to compute", "terlalu sedikit untuk dihitung")),
    ],
)
def test_a_small_study_reads_too_few(name: str, words: tuple[str, str], duckdb: BaseBackend) -> None:
    """A sentence on three posts says how many, and that they are too few; it gives no share."""
    sentence = LENSES[name](thin(3).data(duckdb)).sentence
    assert words[0] in sentence["en"] and words[1] in sentence["id"]
    assert "%" not in sentence["en"] + sentence["id"]
    assert sentence["en"][0].isupper() and sentence["id"][0].isupper()


def test_a_field_that_no_source_has_is_named(duckdb: BaseBackend) -> None:
    """A tweet-harvest CSV has no bio: presentation says so and what would serve; promotion, which needs none, does not."""
    made = market(threads=20)
    for author in made.authors:
        author["bio"], author["bio_tokens"] = None, None
    found = LENSES["presentation"](made.data(duckdb)).blind
    assert "profile text" in found["en"][0] and "X API v2" in found["en"][0]
    assert "teks profil" in found["id"][0]
    assert "profile text" not in LENSES["promotion"](made.data(duckdb)).blind["en"][0]
    assert "profile text" not in LENSES["presentation"](market(threads=20).data(duckdb)).blind["en"][0]


def test_posts_without_conversation_are_named(duckdb: BaseBackend) -> None:
    """Migration needs answers; a harvest of single posts has none."""
    assert "answers or quotes" in LENSES["migration"](thin(3).data(duckdb)).blind["en"][0]


def test_a_reference_batch_is_compared_against_and_never_evidence(duckdb: BaseBackend) -> None:
    """Its accounts are the others; none of its posts stands behind a row, promoting as they may be."""
    made = market()
    reference = {d["document_id"] for d in made.documents if d["author_id"] in OTHERS}
    for document in made.documents:
        document["batch"] = 2 if document["document_id"] in reference else 1
    for name in OBSERVING:
        result = LENSES[name](made.data(duckdb, reference=[2]))
        assert not reference & set(result.passages["document_id"].to_pylist()), name
    shown = LENSES["presentation"](made.data(duckdb, reference=[2]))
    counts = {s.name: s.value for s in shown.statistics}
    writers = {d["author_id"] for d in made.documents if d["document_id"] in reference}
    assert counts["accounts of interest"] == len(SELLERS)
    assert counts["other accounts"] == len(writers)
