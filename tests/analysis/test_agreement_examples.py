"""Agreement holds to what was published, and behaves as a coefficient must."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_corpus import put

from makna.analysis.agreement import cohen_kappa, krippendorff_alpha, ratings_of
from makna.errors import MeasureError

GAP = np.nan
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]
# three observers of fifteen units, as the article of Wikipedia and the package krippendorff give it
THREE_OBSERVERS = [
    [GAP, GAP, GAP, GAP, GAP, 3, 4, 1, 2, 1, 1, 3, 3, GAP, 3],
    [1, GAP, 2, 1, 3, 3, 4, 3, GAP, GAP, GAP, GAP, GAP, GAP, GAP],
    [GAP, GAP, 2, 1, 3, 4, 4, GAP, 2, 1, 1, 3, 3, GAP, 4],
]
matrices = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, GAP]), min_size=6, max_size=6), min_size=2, max_size=4
)


@pytest.mark.parametrize(
    ("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorffs_four_observers(level, printed):
    """Alpha of Krippendorff 2011 at each level; the unit with one value is left out."""
    alpha = krippendorff_alpha(FOUR_OBSERVERS, level=level, draws=200)
    assert round(alpha.value, 3) == printed
    assert alpha.low <= alpha.value <= alpha.high
    assert (alpha.units, alpha.values) == (11, 40)


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.691), ("interval", 0.811)])
def test_three_observers(level, printed):
    """The example of three observers and fifteen units has these alphas."""
    assert round(krippendorff_alpha(THREE_OBSERVERS, level=level, draws=10).value, 3) == printed


def test_nltks_digits():
    """The same data to the digits of NLTK's test."""
    assert krippendorff_alpha(FOUR_OBSERVERS, draws=10).value == pytest.approx(0.743421052632, abs=5e-13)


def test_nltks_dress():
    """Two coders who never agree and a third on one unit: −1/3."""
    alpha = krippendorff_alpha([[1, 1], [0, 0], [0, GAP]], draws=10)
    assert alpha.value == pytest.approx(-1 / 3, abs=1e-12)


def test_codings_in_words_are_measured_by_their_ranks(duckdb):
    """A table of codings in words gives the alpha of the same codings in numbers, whatever the order of rows."""
    rows = [
        {"coder": f"R{c}", "unit": u, "value": f"code {value:.0f}"}
        for c, row in enumerate(FOUR_OBSERVERS)
        for u, value in enumerate(row)
        if not np.isnan(value)
    ]
    ratings = ratings_of(put(duckdb, "codings", pa.Table.from_pylist(rows[::-1])))
    assert krippendorff_alpha(ratings, draws=50) == krippendorff_alpha(FOUR_OBSERVERS, draws=50)


def test_a_unit_coded_twice_by_one_coder_is_refused(duckdb):
    """Two values of one coder for one unit are no rating."""
    rows = [{"coder": "R1", "unit": 1, "value": value} for value in (1, 2)]
    with pytest.raises(MeasureError):
        ratings_of(put(duckdb, "codings", pa.Table.from_pylist(rows)))


def test_too_few_codings_give_no_number():
    """One coder, one unit, or codings that never vary: no value and no interval."""
    for ratings in ([[1, 2, 3]], [[1], [2]], [[1, 1, 1], [1, 1, 1]], [[GAP, GAP], [1, 2]]):
        alpha = krippendorff_alpha(ratings)
        assert (alpha.value, alpha.low, alpha.high) == (None, None, None)
    for first, second in (([], []), (["a"], ["a"]), (["a", "a"], ["a", "a"]), (["a", None], [None, "b"])):
        kappa = cohen_kappa(first, second)
        assert (kappa.value, kappa.low, kappa.high) == (None, None, None)


def test_the_same_seed_gives_the_same_interval():
    """The bootstrap is seeded; another seed gives another interval around the same value."""
    first, again = (krippendorff_alpha(FOUR_OBSERVERS, draws=300, seed=7) for _ in range(2))
    other = krippendorff_alpha(FOUR_OBSERVERS, draws=300, seed=8)
    assert first == again
    assert first.value == other.value and (first.low, first.high) != (other.low, other.high)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@given(matrix=matrices)
def test_alpha_is_at_most_one_and_blind_to_names(level, matrix):
    """Alpha never exceeds 1, and does not ask who coded or in which order the units came."""
    alpha = krippendorff_alpha(matrix, level=level, draws=2).value
    turned = [row[::-1] for row in matrix[::-1]]
    other = krippendorff_alpha(turned, level=level, draws=2).value
    assert (alpha is None) == (other is None)
    if alpha is not None:
        assert alpha <= 1
        assert alpha == pytest.approx(other, abs=1e-12)


@given(matrix=matrices, names=st.permutations([1.0, 2.0, 3.0]))
def test_nominal_alpha_is_blind_to_the_names_of_codes(matrix, names):
    """Codes renamed: nominal alpha stays."""
    rename = dict(zip([1.0, 2.0, 3.0], names, strict=True))
    renamed = [[rename.get(v, v) for v in row] for row in matrix]
    before, after = (krippendorff_alpha(m, draws=2).value for m in (matrix, renamed))
    assert before == pytest.approx(after, abs=1e-12) if before is not None else after is None


def test_kappa_by_hand():
    """50 units, 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: p_o .7, p_e .5, kappa .4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    first, second = zip(*pairs, strict=True)
    kappa = cohen_kappa(first, second)
    assert kappa.value == pytest.approx(0.4, abs=1e-12)
    error = (kappa.high - kappa.low) / 2 / 1.959963984540054
    assert error == pytest.approx(_error_of_2_by_2(0.4, 0.1, 0.2, 0.3, 50), abs=1e-12)


def _error_of_2_by_2(a: float, b: float, c: float, d: float, n: int) -> float:
    """The standard error of Fleiss, Cohen & Everitt 1969, written out for two categories."""
    rows, columns = (a + b, c + d), (a + c, b + d)
    chance = rows[0] * columns[0] + rows[1] * columns[1]
    kappa = (a + d - chance) / (1 - chance)
    agreed = sum(p * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i, p in enumerate((a, d)))
    apart = (1 - kappa) ** 2 * (b * (columns[0] + rows[1]) ** 2 + c * (columns[1] + rows[0]) ** 2)
    inner = agreed + apart - (kappa - chance * (1 - kappa)) ** 2
    return float((inner / n) ** 0.5 / (1 - chance))


def test_kappa_leaves_out_what_one_coder_did_not_code():
    """None stands for no coding; lists of different length are no pair of coders."""
    assert cohen_kappa(["a", "b", None, "a"], ["a", "b", "a", None]).units == 2
    with pytest.raises(MeasureError):
        cohen_kappa(["a"], ["a", "b"])


@given(codes=st.lists(st.sampled_from("abc"), min_size=2, max_size=30).filter(lambda c: len(set(c)) > 1))
def test_coders_who_agree_have_a_kappa_of_one(codes):
    """Two coders with the same codes: kappa 1, and an interval of no width."""
    kappa = cohen_kappa(codes, codes)
    assert kappa.value == pytest.approx(1)
    assert kappa.low == pytest.approx(1)


def test_an_unknown_level_is_refused():
    """A level of measurement that does not exist is an error."""
    with pytest.raises(MeasureError):
        krippendorff_alpha(FOUR_OBSERVERS, level="metric")
