"""Dispersion holds to what was published, to the decimals printed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.analysis import dispersion_scores as scores
from makna.errors import MeasureError

# Gries's toy corpus of 50 words
PARTS = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
TEXTS = [part.split() for part in PARTS]
SIZES = [len(text) for text in TEXTS]
A = [1, 2, 3, 4, 5]

# Lyne's ALLEMAND, as tlda's README gives it
LYNE = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]
LYNE_SIZES = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]


def _counts(word: str) -> list[int]:
    return [text.count(word) for text in TEXTS]


def test_gries_word_a():
    """DP, DP norm, Juilland's D and KL of a in Gries's corpus."""
    assert _counts("a") == A
    assert round(scores.dp(A, SIZES), 2) == 0.18
    assert round(scores.dp_norm(A, SIZES), 2) == 0.22
    assert round(scores.juilland_d(A, SIZES), 3) == 0.785
    assert round(scores.kl_divergence(A, SIZES), 3) == 0.137


def test_gries_word_a_in_equal_parts():
    """Rosengren, Lyne, Carroll and Engwall, as Gries 2008 prints them on pp. 407–409."""
    assert round(scores.rosengren_s(A), 3) == 0.937
    assert round(scores.rosengren_kf(A), 3) == 14.053
    assert round(scores.lyne_d3(A), 3) == 0.944
    assert round(scores.carroll_um(A), 3) == 14.108
    assert round(scores.engwall_fm(A), 3) == 15


def test_gries_distances():
    """ARF, AWT, ALD and the frequencies they stand for, from the distances between the a's (p. 410)."""
    gaps = [2, 10, 2, 9, 2, 5, 2, 3, 3, 1, 3, 2, 1, 3, 2]
    positions, length = np.cumsum([0, *gaps[:-1]]), sum(gaps)
    assert round(scores.arf(positions, length), 1) == 10.8
    assert round(scores.awt(positions, length), 2) == 3.18
    assert round(scores.ald(positions, length), 3) == 0.628
    assert round(scores.f_awt(positions, length), 3) == 9.328
    assert round(scores.f_ald(positions, length), 3) == 11.764


@pytest.mark.parametrize(
    ("word", "held", "dp", "dp_norm", "juilland", "rosengren", "kl"),
    [
        ("b", 5, 0.02, 0.024, 0.968, 0.999, 0.003),
        ("i", 1, 0.82, 1, 0, 0.18, 2.474),
        ("q", 1, 0.80, 0.976, 0, 0.20, 2.322),
        ("x", 1, 0.78, 0.951, 0, 0.22, 2.184),
    ],
)
def test_scattertexts_words(word, held, dp, dp_norm, juilland, rosengren, kl):
    """Range, DP, DP norm, Juilland's D, S and KL as scattertext's test has them."""
    counts = _counts(word)
    assert round(scores.range_share(counts) * 5) == held
    assert round(scores.dp(counts, SIZES), 3) == dp
    assert round(scores.dp_norm(counts, SIZES), 3) == dp_norm
    assert round(scores.juilland_d(counts, SIZES), 3) == juilland
    assert round(scores.rosengren_s(counts, SIZES), 3) == rosengren
    assert round(scores.kl_divergence(counts, SIZES), 3) == kl


def test_carroll_juilland_kromer_and_a_norm():
    """Carroll 1970 pp. 13–14, Kromer's UR, and the DP norm of three equal parts."""
    assert round(scores.carroll_d2([2, 1, 1, 1, 0]), 4) == 0.8277
    assert round(scores.carroll_um([2, 1, 1, 1, 0]), 2) == 4.31
    assert round(scores.juilland_d([0, 4, 3, 2, 1]), 4) == 0.6464
    assert round(scores.juilland_u([0, 4, 3, 2, 1]), 2) == 6.46
    assert round(scores.kromer_ur([2, 1, 1, 1, 0]), 1) == 4.5
    assert round(scores.dp_norm([2, 1, 0]), 1) == 0.5


def test_lynes_allemand():
    """Seven measures of tlda's README; its DP is 1 − DP of Gries, and Egbert's own value differs."""
    assert scores.range_share(LYNE) == 0.5
    assert round(scores.juilland_d(LYNE, LYNE_SIZES), 7) == 0.6038797
    assert round(scores.carroll_d2(LYNE, LYNE_SIZES), 7) == 0.6521444
    assert round(scores.rosengren_s(LYNE, LYNE_SIZES), 7) == 0.4763652
    assert round(1 - scores.dp(LYNE, LYNE_SIZES), 7) == 0.5009295
    assert round(scores.da(LYNE, LYNE_SIZES), 7) == 0.3081640
    assert round(scores.dkl(LYNE, LYNE_SIZES), 7) == 0.4665078
    assert round(scores.dp_egbert(LYNE, LYNE_SIZES), 6) == 0.446231


def test_a_word_that_is_nowhere_has_no_dispersion():
    """Too few to compute is NaN, for every measure; a corpus of one part has no evenness either."""
    measures = (
        scores.dp,
        scores.dp_norm,
        scores.dp_egbert,
        scores.juilland_d,
        scores.carroll_d2,
        scores.rosengren_s,
        scores.kl_divergence,
        scores.lyne_d3,
        scores.da,
    )
    assert all(np.isnan(measure([0, 0, 0])) for measure in measures)
    assert all(np.isnan(measure([], 10)) for measure in (scores.arf, scores.awt, scores.ald))
    assert np.isnan(scores.juilland_d([4]))


@pytest.mark.parametrize(("counts", "sizes"), [([], []), ([1, 2], [1]), ([-1, 2], [1, 1]), ([1, 2], [0, 3])])
def test_parts_that_make_no_sense_are_refused(counts, sizes):
    """No parts, one size missing, a negative count, an empty part."""
    with pytest.raises(MeasureError):
        scores.dp(counts, sizes)


@given(size=st.lists(st.integers(1, 50), min_size=2, max_size=12), times=st.integers(1, 9))
def test_a_word_in_proportion_is_even(size, times):
    """Counts in proportion to the parts: DP and KL 0, D, D2 and S 1."""
    counts = [times * n for n in size]
    assert scores.dp(counts, size) == pytest.approx(0, abs=1e-12)
    assert scores.kl_divergence(counts, size) == pytest.approx(0, abs=1e-12)
    for even in (scores.juilland_d, scores.carroll_d2, scores.rosengren_s, scores.da):
        assert even(counts, size) == pytest.approx(1, abs=1e-12)


@given(
    parts=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 50)), min_size=2, max_size=12).filter(
        lambda parts: any(count for count, _ in parts)
    )
)
def test_measures_stay_in_their_bounds(parts):
    """DP, its norm, D2 and S lie between 0 and 1, and KL is not negative."""
    counts, size = zip(*parts, strict=True)
    for measure in (scores.dp, scores.dp_norm, scores.carroll_d2, scores.rosengren_s):
        assert -1e-12 <= measure(counts, size) <= 1 + 1e-12
    assert scores.kl_divergence(counts, size) >= -1e-12
