"""Promotion, migration and testimony on an invented market, on both engines."""

from __future__ import annotations

import pytest
from ibis.backends import BaseBackend
from lens_corpus import HIDDEN_MOVE, HIDDEN_PRAISE, Market, market

from makna.analysis.lenses import LENSES
from makna.analysis.lenses.base import PASSAGES, LensResult

ACTS = ("promotion", "migration", "testimony")


@pytest.fixture(scope="module")
def camera() -> Market:
    """One market for all tests here."""
    return market()


def documents(result: LensResult) -> set[int]:
    """The posts behind any row."""
    return set(result.passages["document_id"].to_pylist())


def test_promoting_posts_are_found_and_no_others(camera: Market, backend: BaseBackend) -> None:
    """Every list of moves is promotion; questions, praise and chat are none."""
    assert documents(LENSES["promotion"](camera.data(backend))) == camera.truth["promotion"]


def test_moves_are_counted_with_intervals(camera: Market, backend: BaseBackend) -> None:
    """Offer, terms, place and tag stand in every post, a condition in every second; the intervals hold the shares."""
    table = LENSES["promotion"](camera.data(backend)).table.to_pylist()
    moves = {r["move"]: r for r in table if r["kind"] == "move"}
    assert all(moves[m]["posts"] == 120 for m in ("offer", "terms", "place", "tag", "contact"))
    assert moves["condition"]["posts"] == pytest.approx(60, abs=4)
    assert all(r["low"] <= r["share"] <= r["high"] for r in moves.values())


def test_a_contact_without_a_listed_word_is_learned(camera: Market, duckdb: BaseBackend) -> None:
    """A part that names no channel is taken for the contact it stands in place of, and says that it was learned."""
    result = LENSES["promotion"](camera.data(duckdb))
    row = next(r["row"] for r in result.table.to_pylist() if r["move"] == "contact")
    learned = [p for p in result.passages.to_pylist() if p["row"] == row and p["text"] == HIDDEN_MOVE]
    assert len(learned) == 12 and all(p["note"].startswith("≈") for p in learned)


def test_templates_repeat(camera: Market, duckdb: BaseBackend) -> None:
    """Posts that differ only in a number fall into one template."""
    table = LENSES["promotion"](camera.data(duckdb)).table.to_pylist()
    templates = [r for r in table if r["kind"] == "template"]
    assert templates and templates == sorted(templates, key=lambda r: -r["posts"])


def test_invitations_are_found(camera: Market, backend: BaseBackend) -> None:
    """Invitations are found in own posts and in answers, the ones that name no channel too; plain answers are none."""
    found = documents(LENSES["migration"](camera.data(backend)))
    true = camera.truth["invitation"] | camera.truth["hidden invitation"] | camera.truth["promotion"]
    assert found & camera.truth["chat"] == set()  # one of them says that dm does not work
    assert len(found & true) / len(true) > 0.95
    assert len(found & true) / len(found) > 0.95
    assert camera.truth["hidden invitation"] <= found


def test_share_of_conversations_is_of_those_with_an_answer(camera: Market, duckdb: BaseBackend) -> None:
    """The share counts conversations with an answer in which a promoting account takes part."""
    result = LENSES["migration"](camera.data(duckdb))
    talks = next(s for s in result.statistics if s.name == "share of conversations with a public invitation")
    assert talks.n == 120 + len(camera.truth["relay"])
    assert talks.value is not None and talks.low is not None and talks.low < talks.value
    assert any("private" in text for text in result.blind["en"])


def test_positions_say_where_talk_is_invited_away(camera: Market, duckdb: BaseBackend) -> None:
    """Own posts open; the seller's answers to a question come second."""
    table = LENSES["migration"](camera.data(duckdb)).table.to_pylist()
    positions = {r["position"]: r["invitations"] for r in table if r["kind"] == "position"}
    assert positions["opening post"] == 120
    assert positions["second or third answer"] == pytest.approx(80, abs=4)


def test_testimonials_are_found_and_fondness_is_not(camera: Market, backend: BaseBackend) -> None:
    """Praise by buyers and pictures shown by sellers are testimonials; cheering from afar is none."""
    found = documents(LENSES["testimony"](camera.data(backend)))
    true = camera.truth["testimonial"] | camera.truth["hidden testimonial"] | camera.truth["shown"]
    assert len(found & true) / len(true) > 0.95
    assert len(found & true) / len(found) > 0.9
    assert camera.truth["hidden testimonial"] <= found and HIDDEN_PRAISE


def test_vouching_is_told_by_role(camera: Market, duckdb: BaseBackend) -> None:
    """The network of vouching names roles; nobody's pseudonym stands in a table or a sentence."""
    result = LENSES["testimony"](camera.data(duckdb))
    rows = result.table.to_pylist()
    roles = {r["role"]: r["testimonials"] for r in rows if r["kind"] in ("role", "relay")}
    assert roles["promoting account passes on"] == len(camera.truth["relay"])
    assert set(roles) >= {"other account → promoting account", "promoting account → itself"}
    assert not any("Mawar-" in str(v) for r in rows for v in r.values())
    assert "Mawar-" not in str(result.sentence)


@pytest.mark.parametrize("name", ACTS)
def test_passages_stand_in_their_posts(camera: Market, duckdb: BaseBackend, name: str) -> None:
    """Every passage is cut from its post at its offsets, and points to a row of the table."""
    result = LENSES[name](camera.data(duckdb))
    texts = {u["document_id"]: u["text"] for u in camera.units}
    rows = set(result.table["row"].to_pylist())
    assert result.passages.schema == PASSAGES and result.passages.num_rows > 0
    for p in result.passages.to_pylist():
        assert texts[p["document_id"]][p["start"] : p["end"]] == p["text"]
        assert p["row"] in rows


@pytest.mark.parametrize("name", ACTS)
def test_passages_are_capped_and_the_total_is_stated(camera: Market, duckdb: BaseBackend, name: str) -> None:
    """At most the passages asked for are kept per row; the table says how many there are."""
    result = LENSES[name](camera.data(duckdb, passages=3))
    kept = result.passages.to_pandas().groupby("row").size()
    total = result.table.to_pandas().set_index("row")["passages"]
    assert kept.max() == 3 and (total.loc[kept.index] >= kept).all() and total.max() > 3


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_found_in_nothing(duckdb: BaseBackend, name: str) -> None:
    """An empty study gives an empty answer that says so, without a bare number."""
    result = LENSES[name](Market().data(duckdb))
    assert result.passages.num_rows == 0
    assert all(s.value in (None, 0.0) for s in result.statistics)
    assert set(result.sentence) == {"en", "id"}


def test_harvest_keywords_are_marked(camera: Market, duckdb: BaseBackend) -> None:
    """What the harvest searched for is key by construction, so the row says it."""
    table = LENSES["promotion"](
        camera.data(duckdb, harvest_keywords=frozenset({"#kamera"}))
    ).table.to_pylist()
    assert {r["move"] for r in table if r["kind"] == "move" and r["harvest_keyword"]} == {"tag"}
