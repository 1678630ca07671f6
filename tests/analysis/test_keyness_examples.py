"""Keyness holds to what was published, to the decimals printed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.analysis import contingency, effects
from makna.analysis.lrc import lrc, positive_lrc

# Evert's reference table (the tests of R package corpora 0.6): a few rows, cited as facts
SIZE, REFERENCE_SIZE, FAMILY = 1177, 341_805, 20_109

# quanteda's toy texts of its test of textstat_keyness
FIRST, SECOND = (
    ["a", "a", "a", "b", "b", "c", "c", "c", "c", "c", "c", "d", "e", "f", "g", "h", "h"],
    ["a", "a", "b", "c", "c", "d", "d", "d", "d", "e", "f", "h"],
)

# Dunning 1993, table 1 and 2: k(AB), k(A~B), k(~AB), k(~A~B), −2 log λ
DUNNING = [
    ("the swiss", 110, 2442, 111, 29114, 270.72),
    ("can be", 29, 13, 123, 31612, 263.90),
    ("previous year", 31, 23, 139, 31584, 256.84),
    ("mineral water", 10, 0, 3, 31764, 167.23),
    ("at the", 76, 104, 2476, 29121, 157.21),
    ("real terms", 16, 16, 51, 31694, 157.03),
    ("natural gas", 9, 0, 5, 31763, 146.80),
    ("owing to", 16, 0, 865, 30896, 115.02),
    ("health insurance", 10, 9, 41, 31717, 104.53),
    ("stiff competition", 8, 2, 27, 31740, 100.96),
    ("(13, 32)", 8, 5, 24, 31740, 95.29),
]

count = st.integers(0, 100_000)
size = st.integers(100_001, 10_000_000)


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "printed", "decimals"),
    [
        (52, 57, 50_000, 75_000, 2.65, 2),
        (392, 170, 1_000_000, 1_000_000, 90, 0),
        (348, 99, 1_000_000, 1_000_000, 147, 0),
        (15, 14, 1_000_000, 1_000_000, 0, 0),
        (9, 32, 1_000_000, 1_000_000, -14, 0),
        (21, 25, 1_000_000, 1_000_000, 0, 0),
    ],
)
def test_two_cell_g2_is_rayson_and_garsides(a, b, c, d, printed, decimals):
    """The course sheet's 52/57 and Rayson's forms of KEEP come out as printed, underuse below zero."""
    assert round(float(effects.g2_two_cell(a, b, c, d)), decimals) == printed


@pytest.mark.parametrize(("pair", "o11", "o12", "o21", "o22", "printed"), DUNNING)
def test_four_cell_g2_is_dunnings(pair, o11, o12, o21, o22, printed):
    """Every bigram of Dunning 1993 comes out as printed."""
    assert round(float(contingency.log_likelihood(o11, o12, o21, o22)), 2) == printed


def test_four_cell_keyness_is_the_same_g2_with_a_sign():
    """Keyness reads a row as counts and sizes, and is negative where the word is key in the reference."""
    unsigned = float(contingency.log_likelihood(110, 2442, 111, 29114))
    assert float(effects.g2(110, 111, 2552, 29225)) == pytest.approx(unsigned)
    assert float(effects.g2(111, 110, 29225, 2552)) == pytest.approx(-unsigned)


def test_chi_squared_of_dunnings_rare_pair():
    """The pair seen three times and its parts never apart has χ² 31,777 (Dunning 1993, p. 73)."""
    assert round(float(contingency.chi_squared(3, 0, 0, 31_774))) == 31_777


@pytest.mark.parametrize(
    ("f1", "f2", "g2", "log_ratio", "filtered", "simple", "conservative", "positive"),
    [
        (3, 1, 29.564058, 9.403697, 9.403697, 25.735598, 0.988364, 1.324908),
        (2, 1, 18.890004, 8.918270, 0.0, None, 0.0, -1.917554),
    ],
)
def test_everts_reference_values(f1, f2, g2, log_ratio, filtered, simple, conservative, positive):
    """All six columns of Evert's reference table hold for its rows 100-fach and 10-mal."""
    row = (f1, f2, SIZE, REFERENCE_SIZE)
    assert float(effects.g2(*row)) == pytest.approx(g2, abs=5e-7)
    assert float(effects.log_ratio(*row)) == pytest.approx(log_ratio, abs=5e-7)
    assert float(effects.log_ratio_filtered(*row, family=FAMILY)) == pytest.approx(filtered, abs=5e-7)
    assert float(lrc(*row, family=FAMILY)) == pytest.approx(conservative, abs=5e-7)
    assert float(positive_lrc(*row, family=FAMILY)) == pytest.approx(positive, abs=5e-7)
    if simple is not None:
        assert float(effects.simple_maths(*row)) == pytest.approx(simple, abs=5e-7)


def test_everts_manual_page():
    """keyness(7, 1000, 2, 1000) of the manual page gives its G², log ratio and simple maths."""
    row = (7, 2, 1000, 1000)
    assert float(effects.g2(*row)) == pytest.approx(2.954494, abs=5e-7)
    assert float(effects.log_ratio(*row)) == pytest.approx(1.584963, abs=5e-7)
    assert float(effects.simple_maths(*row, smoothing=1)) == pytest.approx(3.498751, abs=5e-7)


def test_published_effect_sizes():
    """Kilgarriff, Gabrielatos & Marchi, Pojanapunya & Todd, Hofland & Johansson and Hardie print these."""
    kilgarriff = effects.simple_maths(35, 263, 112_289_811, 1_559_717_242, smoothing=1)
    assert round(float(kilgarriff), 4) == 1.1224
    assert round(float(effects.percent_diff(206_523, 178_174, 959_641, 1_562_358)), 1) == 88.7
    assert round(float(effects.odds_ratio(16_217, 735, 2_796_938, 2_087_946)), 1) == 16.6
    assert round(float(effects.difference_coefficient(18, 35, 1_000_000, 1_000_000)), 2) == -0.32
    # Hardie's ratio of 3; the half that Walter adds is gone at this size
    assert round(float(effects.log_ratio(6e8, 2e8, 1e12, 1e12)), 3) == 1.585
    assert float(effects.log_ratio(600, 600, 1_000_000, 1_000_000)) == 0


def test_quantedas_small_table():
    """For b, quanteda's χ² (Yates and not), G² and G² with Williams' correction."""
    row = (7, 3, 2, 7)  # b and a in d1, then in d2
    assert float(contingency.chi_squared(*row, correction="yates")) == pytest.approx(2.632438, abs=5e-7)
    assert float(contingency.chi_squared(*row)) == pytest.approx(4.337160, abs=5e-7)
    assert float(contingency.log_likelihood(*row)) == pytest.approx(4.534939, abs=5e-7)
    assert float(contingency.williams(*row)) == pytest.approx(4.200833, abs=5e-7)


def _order(target: list[str], reference: list[str], score) -> str:
    words = sorted(set(target) | set(reference))
    return " ".join(sorted(words, key=lambda w: (-float(score(*_cells(w, target, reference))), w)))


def _cells(word: str, target: list[str], reference: list[str]) -> tuple[int, int, int, int]:
    a, b = target.count(word), reference.count(word)
    return a, b, len(target) - a, len(reference) - b


def test_quantedas_order_of_toy_texts():
    """Signed χ² with Yates, its mirror, and G² put the words of quanteda's toy texts in its order."""

    def yates(*cells):
        return contingency.chi_squared(*cells, correction="quanteda", signed=True)

    def g2(*cells):
        return contingency.log_likelihood(*cells, signed=True)

    assert _order(FIRST, SECOND, yates) == "g c b h a e f d"
    assert _order(SECOND, FIRST, yates) == "d e f a b h c g"
    assert _order(FIRST, SECOND, g2) == "c g b h a e f d"


def test_quantedas_pmi():
    """The pmi of a is ln(3 · 29 / (5 · 17)); ours is in bits."""
    bits = float(contingency.pmi(3, 17, 5, 29))
    assert bits * math.log(2) == pytest.approx(math.log(3 * 29 / (5 * 17)), abs=1e-12)


def test_weighted_log_odds_by_hand():
    """The z-score of Monroe et al. follows their formula; 0 and 1.96 have the p that scattertext prints."""
    a, b, c, d, p, whole = 30, 10, 1000, 1200, 0.1, 25.0
    delta = math.log((a + p) / (c + whole - a - p)) - math.log((b + p) / (d + whole - b - p))
    by_hand = delta / math.sqrt(1 / (a + p) + 1 / (b + p))
    assert float(effects.weighted_log_odds(a, b, c, d, prior=p, prior_total=whole)) == pytest.approx(by_hand)
    assert effects.p_of_z(0) == 0.5
    assert effects.p_of_z(1.96) == pytest.approx(0.97500210485178, abs=1e-14)


def test_kilgarriffs_rank_sum():
    """Kilgarriff's example of two words' counts in five parts each has the rank sum 31 (2001, p. 238)."""
    assert effects.rank_sum([12, 15, 18, 24, 88], [3, 3, 13, 27, 33]) == 31


@given(a=count, b=count, c=size, d=size)
def test_a_swap_changes_the_sign(a, b, c, d):
    """Target and reference exchanged: G², log ratio, LRC and z are the same with the other sign."""
    for score in (effects.g2, effects.g2_two_cell, effects.log_ratio):
        assert float(score(a, b, c, d)) == pytest.approx(-float(score(b, a, d, c)), abs=1e-9, rel=1e-9)
    there, back = lrc(a, b, c, d, family=100), lrc(b, a, d, c, family=100)
    assert float(there) == pytest.approx(-float(back), abs=1e-9)


@given(a=count, b=count, c=size, d=size)
def test_lrc_never_claims_more_than_the_log_ratio(a, b, c, d):
    """LRC lies between 0 and the plain log ratio of the counts, on its side of 0."""
    conservative = float(lrc(a, b, c, d, family=1000))
    if a and b:
        plain = math.log2(a / c) - math.log2(b / d)
        assert abs(conservative) <= abs(plain) + 1e-9
        assert conservative * plain >= 0


@given(a=count, b=count, c=size, d=size, family=st.integers(1, 100_000))
def test_the_quick_way_to_an_lrc_of_zero_is_exact(a, b, c, d, family):
    """Where no quantile is computed, the quantile would have given 0 as well."""
    quantile = float(positive_lrc(a, b, c, d, family=2 * family))  # one side of a two-sided interval
    if a * d >= b * c:
        assert float(lrc(a, b, c, d, family=family)) == pytest.approx(max(quantile, 0.0), abs=1e-9)


@given(a=count, b=count, c=size, d=size)
def test_the_interval_holds_the_log_ratio(a, b, c, d):
    """The log ratio lies within its interval, and a higher level is wider."""
    low, high = (float(v) for v in effects.log_ratio_interval(a, b, c, d))
    wider_low, wider_high = (float(v) for v in effects.log_ratio_interval(a, b, c, d, level=0.99))
    assert wider_low < low < float(effects.log_ratio(a, b, c, d)) < high < wider_high


@given(scale=st.integers(1, 10**6), extra=st.integers(1, 9))
def test_g2_keeps_its_digits_in_a_large_corpus(scale, extra):
    """With counts of millions and a small difference, G² still equals (a − b)²/(a + b) to second order."""
    a, b, n = scale * 10 + extra, scale * 10, 10**10
    value, quadratic = float(effects.g2_two_cell(a, b, n, n)), (a - b) ** 2 / (a + b)
    assert value == pytest.approx(quadratic, rel=max(1e-9, (extra / (scale * 10)) ** 2))


def test_nothing_on_one_side_is_undefined():
    """Against an empty reference no measure gives a number."""
    row = (3, 0, 100, 0)
    for score in (
        effects.g2,
        effects.g2_two_cell,
        effects.log_ratio,
        effects.percent_diff,
        effects.simple_maths,
    ):
        assert np.isnan(score(*row))
    assert np.isnan(lrc(*row, family=10))
