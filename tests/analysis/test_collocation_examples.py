"""Collocation measures hold to what was published, to the decimals printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.analysis import contingency as measures

COMPANIES = 14_307_668  # Manning & Schütze's corpus of newswire
CHURCH = 15_000_000

CHURCH_AND_HANKS = [
    ("honorary doctor", 12, 111, 621, 11.3),
    ("doctors dentists", 8, 1105, 44, 11.3),
    ("doctors nurses", 30, 1105, 241, 10.7),
    ("doctors treating", 8, 1105, 154, 9.4),
    ("examined doctor", 6, 275, 621, 9.0),
    ("doctors treat", 11, 1105, 317, 8.9),
    ("doctor bills", 25, 621, 1407, 8.7),
    ("doctor visits", 6, 621, 350, 8.7),
    ("doctors hospitals", 19, 1105, 676, 8.6),
    ("nurses doctors", 6, 241, 1105, 8.4),
    ("doctor with", 6, 621, 73_785, 0.96),
    ("a doctors", 41, 284_690, 1105, 0.95),
    ("is doctors", 12, 84_716, 1105, 0.93),
]


@pytest.mark.parametrize(("pair", "joint", "f1", "f2", "printed"), CHURCH_AND_HANKS)
def test_mutual_information_is_church_and_hanks(pair, joint, f1, f2, printed):
    """The table of 1990 comes out within its last printed digits: the paper cuts, and its N is a rounded 15 million."""
    assert float(measures.pmi(joint, f1, f2, CHURCH)) == pytest.approx(
        printed, abs=0.1 if printed > 1 else 0.02
    )


@pytest.mark.parametrize(("joint", "f1", "f2", "printed"), [(20, 42, 20, 18.38), (20, 15_019, 15_629, 0.29)])
def test_mutual_information_is_manning_and_schuetzes(joint, f1, f2, printed):
    """Section 5.4 of Manning & Schütze 1999."""
    assert round(float(measures.pmi(joint, f1, f2, COMPANIES)), 2) == printed


def test_t_is_manning_and_schuetzes():
    """Section 5.3.2: t with variance p, t with variance p (1 − p), and a pair that is one."""
    assert round(float(measures.t_score(8, 15_828, 4675, COMPANIES)), 4) == 0.9999
    assert round(float(measures.t_score(8, 15_828, 4675, COMPANIES, bernoulli=True)), 6) == 0.999932
    assert round(float(measures.t_score(20, 42, 20, COMPANIES)), 4) == 4.4721


def test_chi_squared_is_manning_and_schuetzes():
    """Section 5.3.3: new companies, and vache with cow."""
    assert round(float(measures.chi_squared(*measures.cells(8, 15_828, 4675, COMPANIES))), 2) == 1.55
    assert round(float(measures.chi_squared(*measures.cells(59, 67, 65, 571_007)))) == 456_400


def test_delta_p_is_gries():
    """of course: each word calls for the other as Gries 2013 prints on p. 144."""
    a, b, c, d = 5610, 168_938, 2257, 10_233_063
    assert round(float(measures.delta_p(a, b, c, d)), 3) == 0.032
    assert round(float(measures.delta_p(a, c, b, d)), 3) == 0.697


def test_dice_minimum_sensitivity_and_phi():
    """Smadja et al. 1996 p. 13, Pedersen & Bruce 1996, Church & Gale 1991."""
    assert round(float(measures.dice(130, 3121, 143)), 2) == 0.08
    assert round(float(measures.minimum_sensitivity(17, 17 + 240, 17 + 1001)), 6) == 0.016699
    assert round(float(measures.phi_squared(31_950, 12_004, 4793, 848_330)), 2) == 0.62


def test_fishers_exact_is_pedersens():
    """The table 1 3 3 1 has p .486 (two-sided), .243 and .986."""
    two, left, right = measures.fisher_exact(3, 1, 1, 3)
    assert (round(two, 3), round(right, 3), round(left, 3)) == (0.486, 0.243, 0.986)


@given(cells=st.tuples(*[st.integers(1, 10**6)] * 4))
def test_a_table_turned_on_its_side_says_the_same(cells):
    """G², χ² and φ² do not ask which variable stands in the rows."""
    o11, o12, o21, o22 = cells
    for score in (measures.log_likelihood, measures.chi_squared, measures.phi_squared):
        straight, turned = float(score(o11, o12, o21, o22)), float(score(o11, o21, o12, o22))
        assert straight == pytest.approx(turned, rel=1e-9, abs=1e-12)


@given(row=st.integers(1, 1000), column=st.integers(1, 1000), times=st.integers(1, 1000))
def test_independence_scores_nothing(row, column, times):
    """A table whose rows are multiples of each other has no association by any measure."""
    cells = (row, column, row * times, column * times)
    assert float(measures.log_likelihood(*cells)) == pytest.approx(0, abs=1e-9)
    assert float(measures.chi_squared(*cells)) == pytest.approx(0, abs=1e-9)
    assert float(measures.delta_p(*cells)) == pytest.approx(0, abs=1e-12)


@given(cells=st.tuples(*[st.integers(0, 10**6)] * 4).filter(lambda c: sum(c) > 0))
def test_g2_is_never_negative_without_its_sign(cells):
    """However empty its cells, an unsigned G² is a number not below 0 (to the last digits)."""
    assert float(measures.log_likelihood(*cells)) >= -1e-9
