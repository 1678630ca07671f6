"""Lens tables: categories in the public edition, everything, marked, in the examiners'."""

from __future__ import annotations

from typing import Any

import pytest
from report_sample import ARGOT, ARGOT_TERM, TESTIMONY, accounts_of, lens

from makna.report import figures
from makna.report.lens_release import FEW, Released, release
from makna.report.words import Words

WORDS = Words("en")


def shown(result: Any, edition: str = "public") -> Released:
    return release(result, edition, WORDS, accounts_of)


def everything(found: Released) -> str:
    return " ".join(
        [*found.columns, *(c for row in found.rows for c in row), found.held, found.sentence or ""]
    )


def test_terms_leave_as_category_only() -> None:
    """No argot term or variant of it stands anywhere in what the public edition may show."""
    found = shown(ARGOT)
    for word in (ARGOT_TERM, "pindah kmr", "kloter", "klotr", "sorotan", "hrd", "haerde"):
        assert word not in everything(found)
    assert found.sentence is None
    assert found.figure is None
    assert "examiners' edition" in found.held
    assert "category" in found.columns


def test_counts_of_a_category_are_added_and_scores_are_not() -> None:
    """Two terms of one category become one row with both counts; a score of several terms means nothing."""
    found = shown(ARGOT)
    row = dict(zip(found.columns, next(r for r in found.rows if r[0] == "place"), strict=True))
    assert row == {"category": "place", "count": "61", "score": "–"}


def test_small_rows_merge_as_other() -> None:
    """Rows on three and two accounts stand together as "other"; the note says how many were merged."""
    found = shown(TESTIMONY)
    assert [r[0] for r in found.rows] == ["trustworthiness", "speed", "wrapping", "other"]
    assert found.rows[-1][1] == "5"
    assert "2 rows" in found.held


def test_examples_do_not_leave() -> None:
    """A column of words that is no category is not shown in public: it may be a template or a post."""
    assert "packing rapi" not in everything(shown(TESTIMONY))
    assert "packing rapi" in everything(shown(TESTIMONY, "examiners"))


def test_examiners_see_all_rows_marked() -> None:
    """The examiners' edition is complete: every row, those on few accounts marked."""
    found = shown(ARGOT, "examiners")
    assert [r[0] for r in found.rows] == [ARGOT_TERM, "kloter", "sorotan", f"hrd {FEW}"]
    assert found.sentence == ARGOT.sentence["en"]
    assert found.figure is not None
    assert FEW in found.held


def test_an_untouched_table_says_that_nothing_was_held_back() -> None:
    """Every table says what was held back, also where nothing was."""
    result = lens("presentation", [{"sign": "moon", "count": 9}, {"sign": "plane", "count": 7}], [9, 7])
    found = shown(result)
    assert found.held == "Nothing was held back."
    assert found.figure == result.figure


def test_too_few_accounts_in_all_are_withheld() -> None:
    """Where even together rows stand on fewer than five accounts, none is shown."""
    found = shown(lens("presentation", [{"sign": "moon", "count": 2}, {"sign": "plane", "count": 1}], [2, 1]))
    assert found.rows == ()
    assert "withheld" in found.held


def test_a_lens_of_informants_is_not_counted_in_accounts() -> None:
    """Informants follow their consent: a code of two of eight informants is a row."""
    found = shown(lens("motives", [{"code": "freedom", "informants": 2}], [0]))
    assert found.rows == (("freedom", "2"),)


def test_pseudonyms_do_not_stand_in_a_table() -> None:
    """A lens that names an account by mistake does not carry it into any edition."""
    result = lens("presentation", [{"sign": "Melati-042", "count": 9}, {"sign": "moon", "count": 7}], [9, 7])
    for edition in ("public", "examiners"):
        found = shown(result, edition)
        assert "Melati-042" not in everything(found)
        assert found.figure is None


def test_an_account_column_counts() -> None:
    """Where a lens counts accounts itself, its count decides, also where its passages are a sample."""
    result = lens(
        "presentation",
        [{"sign": "moon", "accounts": 50}, {"sign": "plane", "accounts": 3}, {"sign": "sun", "accounts": 60}],
        [2, 2, 2],
    )
    assert [r[0] for r in shown(result).rows] == ["sun", "other"]


@pytest.mark.parametrize("edition", ["public", "examiners"])
def test_long_tables_say_that_they_go_on(edition: str) -> None:
    """A table of forty rows shows the first and says of how many."""
    found = shown(lens("presentation", [{"sign": f"s{n}", "count": 9} for n in range(40)], [5] * 40), edition)
    assert len(found.rows) == 25
    assert "Of 40 rows the first 25" in found.held


def test_statistics_that_name_a_term_stay_inside() -> None:
    """A figure about a named term is not a public one."""
    statistic = type(ARGOT.statistics[0])(f"uptake of {ARGOT_TERM}", 0.5)
    result = lens(
        "argot", [{"term": ARGOT_TERM, "category": "place", "count": 9}], [9], statistics=(statistic,)
    )
    assert shown(result).statistics == ()
    assert shown(result, "examiners").statistics == (statistic,)


def test_all_strings_of_a_figure_are_seen() -> None:
    """The words of a specification are found wherever they stand, data included."""
    spec = {"data": {"values": [{"term": "kloter"}]}, "layer": [{"title": "Judul"}], "width": 3}
    assert {"kloter", "Judul", "term"} <= figures.strings(spec)
