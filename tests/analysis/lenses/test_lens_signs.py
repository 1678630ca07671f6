"""Presentation and argot on an invented market."""

from __future__ import annotations

import pytest
from ibis.backends import BaseBackend
from lens_corpus import BUYERS, SELLERS, Market, market

from makna.analysis.lenses import LENSES
from makna.analysis.lenses.spelling import fold


@pytest.fixture(scope="module")
def camera() -> Market:
    """One market for all tests here."""
    return market()


def test_signs_of_sellers_are_key(camera: Market, backend: BaseBackend) -> None:
    """What only sellers carry is a sign, counted in accounts; what others carry is none."""
    rows = LENSES["presentation"](camera.data(backend)).table.to_pylist()
    signs = {r["sign"]: r for r in rows if r["kind"] == "sign" and r["where"] in ("name", "emoji")}
    assert set(signs) == {"store", "📷"}
    assert signs["store"]["accounts"] == len(SELLERS) and signs["store"]["others"] == 0
    assert signs["store"]["log_ratio_low"] > 0


def test_hashtags_are_counted_by_account(camera: Market, duckdb: BaseBackend) -> None:
    """A hashtag in ten posts of one account is one account's."""
    rows = LENSES["presentation"](camera.data(duckdb)).table.to_pylist()
    tags = {r["sign"]: r["accounts"] for r in rows if r["where"] == "hashtag"}
    assert tags == {"#kamera": len(SELLERS), "#bekas": len(SELLERS)}


def test_slots_and_their_combinations(camera: Market, duckdb: BaseBackend) -> None:
    """Sellers' bios offer or give rules; the combinations add up to no more than all sellers."""
    rows = LENSES["presentation"](camera.data(duckdb)).table.to_pylist()
    slots = {r["sign"]: r["accounts"] for r in rows if r["kind"] == "slot"}
    together = [r["accounts"] for r in rows if r["kind"] == "combination"]
    assert slots["service"] == len(SELLERS) and slots["price"] == 0
    assert 0 < slots["rule"] < len(SELLERS) and sum(together) <= len(SELLERS)


def test_accounts_of_interest_may_be_chosen_by_sign(camera: Market, duckdb: BaseBackend) -> None:
    """With the option sign, those who carry it are compared with all others."""
    result = LENSES["presentation"](camera.data(duckdb, sign="fans"))
    chosen = sum("fans" in a["signs"] for a in camera.authors)
    assert result.statistics[0].value == chosen


def test_the_argot_of_the_market_ranks_first(camera: Market, backend: BaseBackend) -> None:
    """The term that both parties use, in two spellings, stands at the top, with its variants counted together."""
    table = LENSES["argot"](camera.data(backend)).table.to_pylist()
    mint = next(r for r in table if r["term"] == "mint")
    assert mint["row"] < 25 and mint["variants"] == ["m1nt"]
    assert mint["count"] == 120 + 30 and mint["uptake"] == "both"
    assert mint["spelling"] == "respelled" and mint["explained"] == "unexplained"
    assert [r["score"] for r in table] == sorted((r["score"] for r in table), reverse=True)


def test_explanations_are_seen(duckdb: BaseBackend) -> None:
    """A question for a meaning marks a term as asked, a post that gives the meaning as explained."""
    made = market()
    asked = made.post(BUYERS[0], "mint itu apa artinya?")
    table = LENSES["argot"](made.data(duckdb)).table.to_pylist()
    assert next(r for r in table if r["term"] == "mint")["explained"] == "asked"
    made.post(BUYERS[1], "mint artinya seperti baru", to=asked)
    table = LENSES["argot"](made.data(duckdb)).table.to_pylist()
    assert next(r for r in table if r["term"] == "mint")["explained"] == "explained"


def test_seeds_draw_their_company(camera: Market, duckdb: BaseBackend) -> None:
    """With a seed, a word that stands beside it has more of its company than one of other talk, and the seed is marked."""
    table = LENSES["argot"](camera.data(duckdb, seeds=["m1nt"])).table.to_pylist()
    seeded = {r["term"]: r for r in table}
    assert seeded["mint"]["seed"] and not seeded["hujan"]["seed"]
    assert seeded["kamera"]["company"] > seeded["hujan"]["company"]


def test_stop_words_and_rare_words_are_no_candidates(camera: Market, duckdb: BaseBackend) -> None:
    """Stop words, placeholders and what occurs once are left out; the platform's own words are told by their label."""
    rows = {r["term"]: r for r in LENSES["argot"](camera.data(duckdb)).table.to_pylist()}
    assert not set(rows) & {"dari", "yang", "⟦wa⟧"}
    assert all("platform" in rows[word]["labels"] for word in ("dm", "wa"))


@pytest.mark.parametrize("name", ["presentation", "argot"])
def test_nobody_is_named(camera: Market, duckdb: BaseBackend, name: str) -> None:
    """No pseudonym and no id of an account stands in a table, a sentence or a figure."""
    result = LENSES[name](camera.data(duckdb))
    assert "Mawar-" not in str(result.table.to_pylist()) + str(result.sentence) + str(result.figure)
    assert not {"author_id", "pseudonym"} & set(result.table.column_names)


@pytest.mark.parametrize("name", ["presentation", "argot"])
def test_passages_stand_in_their_posts(camera: Market, duckdb: BaseBackend, name: str) -> None:
    """Every passage is cut from its post at its offsets."""
    texts = {u["document_id"]: u["text"] for u in camera.units}
    passages = LENSES[name](camera.data(duckdb)).passages.to_pylist()
    assert passages
    assert all(texts[p["document_id"]][p["start"] : p["end"]] == p["text"] for p in passages)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("sl0t", "slot"), ("s.l.o.t", "slot"), ("𝐬𝐥𝐨𝐭", "slot"), ("ѕlоt", "slot"), ("bangeeet", "banget"), ("#av4il", "#avail"),
        ("kupu2", "kupu2"), ("kupu-kupu", "kupu-kupu"), ("500k", "500k"), ("⟦wa⟧", "⟦wa⟧"), ("🌙", "🌙"), ("café", "cafe"),
    ],
)  # fmt: skip
def test_spellings_fold(written: str, folded: str) -> None:
    """Disguised spellings meet in one form; reduplication, prices, placeholders and emoji stay."""
    assert fold(written) == folded
