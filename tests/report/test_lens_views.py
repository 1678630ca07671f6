"""The tables of a lens in a report: kind by kind, in the reader's words, and free of what only examiners may read."""

from __future__ import annotations

from typing import Any

import pytest
from report_sample import accounts_of, lens

from makna.analysis.lenses import LENSES
from makna.analysis.lenses import figures as lens_figures
from makna.analysis.lenses.base import LensResult, Statistic
from makna.report.lens_release import CATEGORIES, NOT_ACCOUNTS, release
from makna.report.lens_views import _PARTS, views
from makna.report.release import EXAMINERS, PUBLIC
from makna.report.terms import candidates, masked
from makna.report.words import Words

EN, ID = Words("en"), Words("id")
SIGNS = [
    {"kind": "sign", "where": "emoji", "sign": "🛫", "slot": None, "accounts": 20, "others": 0, "share": 0.5, "low": 0.3, "high": 0.6, "log_ratio": 5.0, "log_ratio_low": 3.0, "log_ratio_high": 7.0},
    {"kind": "sign", "where": "name", "sign": "bdg", "slot": "place", "accounts": 9, "others": 2, "share": 0.2, "low": 0.1, "high": 0.3, "log_ratio": 2.0, "log_ratio_low": 1.0, "log_ratio_high": 3.0},
    {"kind": "sign", "where": "hashtag", "sign": "#avail", "slot": None, "accounts": 8, "others": 9, "share": 0.2, "low": 0.1, "high": 0.3, "log_ratio": 1.0, "log_ratio_low": 0.5, "log_ratio_high": 2.0},
    {"kind": "slot", "where": "profile", "sign": "price", "slot": "price", "accounts": 9, "others": 7, "share": 0.2, "low": 0.1, "high": 0.3, "log_ratio": 1.0, "log_ratio_low": 0.5, "log_ratio_high": 2.0},
]  # fmt: skip
SENTENCE = {"en": "Above all “🛫”.", "id": "Terutama “🛫”."}
FREE = {"en": "Signs are shared.", "id": "Simbol dipakai bersama."}


def presentation(**more: Any) -> LensResult:
    return lens("presentation", SIGNS, [20, 9, 8, 9], sentence=SENTENCE, unworded=FREE, **more)


def test_a_public_sign_is_no_argot_term_and_no_hashtag() -> None:
    """Argot and hashtags lead to accounts: the public edition counts them and names the others."""
    signs, slots = views(presentation(), PUBLIC, EN.gettext, frozenset({"🛫"}))
    assert signs.result.table["sign"].to_pylist() == ["bdg"]
    assert signs.held.startswith("2 signs are argot terms or hashtags")
    assert slots.result.table["slot"].to_pylist() == ["price"]
    whole = views(presentation(), EXAMINERS, EN.gettext, frozenset({"🛫"}))[0]
    assert whole.result.table["sign"].to_pylist() == ["🛫", "bdg", "#avail"]


def test_without_the_argot_lens_no_sign_is_named() -> None:
    """What is argot is not known then, so every sign stays inside."""
    signs = views(presentation(), PUBLIC, EN.gettext, None)[0]
    assert signs.result.table.num_rows == 0


def test_a_few_other_accounts_are_not_counted() -> None:
    """One to four other accounts are a small cell, and the effect would give the count away."""
    signs = views(presentation(), PUBLIC, EN.gettext, frozenset({"🛫"}))[0]
    row = signs.result.table.to_pylist()[0]
    assert row["others"] is None and row["log_ratio"] is None and row["accounts"] == 9
    assert "one to four" in signs.held


def test_a_sentence_that_names_a_term_gives_way() -> None:
    """The lens's second sentence, without words of the field, stands in the public edition."""
    part = views(presentation(), PUBLIC, ID.gettext, frozenset({"🛫"}))[0].result
    assert release(part, PUBLIC, ID, accounts_of, hidden={"🛫"}).sentence == FREE["id"]
    assert release(part, EXAMINERS, ID, accounts_of).sentence == SENTENCE["id"]


def test_shares_stand_with_their_interval_in_the_readers_language() -> None:
    """One cell holds a share and its interval; names and numbers are the reader's."""
    slots = views(presentation(), PUBLIC, ID.gettext, frozenset())[1].result
    found = release(slots, PUBLIC, ID, accounts_of)
    row = dict(zip(found.columns, found.rows[0], strict=True))
    assert row["isian"] == "harga"
    assert row["bagian"] == "20,0\u00a0%\u00a0(10,0\u2060–\u206030,0)"


@pytest.mark.parametrize(
    ("statistic", "stays"),
    [
        (Statistic("share of accounts of interest with a sign", 0.5, n=60), True),
        (Statistic("share of accounts of interest with a sign", 0.05, n=60), False),
        (Statistic("share of accounts of interest with a sign", 0.98, n=100), False),
        (Statistic("accounts that vouch", 3.0, n=3, method="count"), False),
        (Statistic("accounts that vouch", 30.0, n=30, method="count"), True),
        (Statistic("promoting posts", 3.0, n=3, method="count"), True),
    ],
)
def test_a_statistic_on_few_accounts_stays_inside(statistic: Statistic, stays: bool) -> None:
    """A share of accounts that stands on one to four, or on all but so few, is a small cell too."""
    part = views(presentation(statistics=(statistic,)), PUBLIC, EN.gettext, frozenset())[1].result
    found = release(part, PUBLIC, EN, accounts_of)
    assert (statistic in found.statistics) == stays
    assert ("statistics stand on fewer" in found.held) != stays


def test_every_lens_has_its_tables_and_no_public_one_holds_words() -> None:
    """No part for the public has a column of words, other than categories, that would not be held back."""
    assert set(_PARTS) == set(LENSES)
    words = {"term", "variants", "channel", "template", "label"}
    for name, parts in _PARTS.items():
        for part in parts:
            if part.edition != EXAMINERS and name not in NOT_ACCOUNTS:
                assert set(part.columns) & words <= {"term", "variants"} - CATEGORIES.get(name, frozenset())


def test_terms_in_quotes_are_named_as_terms_only() -> None:
    """Whole words and emoji, whatever their case; a part of a word is none."""
    argot = lens("argot", [{"term": "lt", "variants": ["l7"]}, {"term": "🛫", "variants": []}], [9, 9])
    terms = candidates([argot])
    assert terms == {"lt", "l7", "🛫"}
    assert masked("Dia nulis LT sabtu 🛫, bukan alto.", terms, "istilah sandi") == (
        "Dia nulis ⟦istilah sandi⟧ sabtu ⟦istilah sandi⟧, bukan alto."
    )
    assert candidates([]) is None


def test_a_figure_speaks_both_languages() -> None:
    """Title, axes and labels change, numbers and fields do not."""
    rows = [
        {"label": ("offer", "tawaran"), "share": 0.5, "low": 0.4, "high": 0.6, "note": 1200, "small": False}
    ]
    spec = lens_figures.shares(("A sentence", "Sebuah kalimat"), rows, axis=("share", "bagian"))
    assert spec["title"] == "A sentence" and spec["data"]["values"][0]["label"] == "offer"
    said = lens_figures.said(spec, "id")
    assert said["title"] == "Sebuah kalimat" and said["data"]["values"][0]["label"] == "tawaran"
    assert said["layer"][0]["encoding"]["x"]["title"] == "bagian"
    assert said["layer"][0]["encoding"]["x"]["field"] == "low"
    assert lens_figures.said(spec, "en")["title"] == "A sentence"


CHANNELS = [
    {"kind": kind, "channel": channel, "position": position, "role": None, "invitations": count, "share": 0.5, "low": 0.3, "high": 0.6, "conversations": 9, "accounts": accounts, "by_cue": 1.0, "harvest_keyword": False}
    for kind, channel, position, count, accounts in (
        ("channel", "kotak surat", None, 20, 12), ("channel", "merpati", None, 15, 9), ("channel", "lonceng", None, 4, 3), ("position", None, "opening", 39, 20)
    )
]  # fmt: skip


def _channels(releases: dict[str, frozenset[str]], edition: str = PUBLIC) -> list[tuple[str, ...]]:
    """The first column of every table of the migration lens."""
    parts = views(lens("migration", CHANNELS, [12, 9, 3, 20]), edition, EN.gettext, releases=releases)
    shown = [release(part.result, edition, EN, accounts_of, named=part.named) for part in parts]
    return [tuple(row[0] for row in one.rows) for one in shown]


def test_what_was_released_is_named_and_nothing_else() -> None:
    """All of a kind, or one by its name; what stands on few accounts stays inside even so."""
    assert _channels({}) == [("opening",)]
    whole = _channels({"channel": frozenset({""})})[0]
    assert {"kotak surat", "other"} <= set(whole) and "lonceng" not in whole
    assert _channels({"channel": frozenset({"merpati"})})[0] == ("merpati",)
    assert "kotak surat" not in str(_channels({"template": frozenset({""})}))


def test_a_released_table_says_so() -> None:
    """And the examiners' edition, which names everything, does not."""
    free = {"channel": frozenset({""})}
    result = lens("migration", CHANNELS, [12, 9, 3, 20])
    assert views(result, PUBLIC, EN.gettext, releases=free)[0].held.startswith("Released for this edition")
    assert views(result, EXAMINERS, EN.gettext, releases=free)[0].held == ""
