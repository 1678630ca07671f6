"""Agreement of coders, code by code, over the units of documents that both coded."""

from __future__ import annotations

import pytest

from makna.analysis.agreement import cohen_kappa, krippendorff_alpha
from makna.analysis.coder_agreement import by_code

UNITS = [(1, 10 * n, 10 * n + 9) for n in range(10)] + [(2, 0, 50)]


def test_a_unit_is_coded_where_a_passage_touches_it() -> None:
    """Wider and narrower marks of the same turn agree; a mark over two turns codes both; its end is outside."""
    found = by_code(
        UNITS, [("a", 1, 1, 12, 15), ("a", 2, 1, 10, 19), ("b", 1, 1, 32, 45), ("b", 2, 1, 30, 49)]
    )
    assert found["a"].alpha.value == found["b"].alpha.value == 1.0
    assert found["a"].alpha.units == 10
    apart = by_code(
        UNITS, [("a", 1, 1, 0, 10), ("a", 2, 1, 10, 19)]
    )  # the first ends where the second unit begins
    assert apart["a"].alpha.value is not None and apart["a"].alpha.value < 0


def test_it_is_alpha_of_coded_and_not_coded() -> None:
    """Two coders over the ten units of Krippendorff (2011), example A: alpha 0.095."""
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    codings = [
        ("x", coder, 1, 10 * n, 10 * n + 9)
        for coder, values in ((1, first), (2, second))
        for n, value in enumerate(values)
        if value
    ]
    found = by_code(UNITS, codings)["x"].alpha
    assert found.value == pytest.approx(0.095, abs=0.0005)
    assert found.value == krippendorff_alpha([first, second]).value


def test_only_documents_of_two_coders_count() -> None:
    """What one coder alone has read says nothing of agreement."""
    assert by_code(UNITS, [("a", 1, 1, 0, 5), ("a", 2, 2, 0, 5)]) == {}
    found = by_code(UNITS, [("a", 1, 1, 0, 5), ("b", 2, 1, 0, 5), ("a", 1, 2, 0, 5), ("c", 2, 2, 0, 5)])
    assert {code: one.alpha.units for code, one in found.items()} == {"a": 11, "b": 11, "c": 11}


def test_a_third_coder_may_have_read_less() -> None:
    """Who coded nothing in a document gives its units no value."""
    codings = [("a", 1, 1, 0, 5), ("a", 2, 1, 0, 5), ("a", 3, 2, 0, 5), ("a", 1, 2, 0, 5)]
    found = by_code(UNITS, codings)["a"].alpha
    assert (found.value, found.units, found.values) == (1.0, 11, 22)


def test_kappa_stands_where_there_are_two() -> None:
    """Cohen's kappa over the same units; a third coder leaves it out."""
    two = [("a", 1, 1, 0, 5), ("a", 2, 1, 0, 5), ("a", 1, 1, 20, 25)]
    found = by_code(UNITS, two)["a"].kappa
    assert found is not None and found.units == 10
    assert found.value == cohen_kappa([1, 0, 1, *[0] * 7], [1, 0, 0, *[0] * 7]).value
    assert by_code(UNITS, [*two, ("a", 3, 1, 0, 5)])["a"].kappa is None


def test_ends_are_compared_beside_units() -> None:
    """The same turns, marked a little wider: units agree wholly, ends not quite."""
    found = by_code(UNITS, [("a", 1, 1, 12, 15), ("a", 2, 1, 11, 17)])["a"]
    assert found.alpha.value == 1.0
    assert found.unitizing.value is not None and 0 < found.unitizing.value < 1


def test_ends_are_compared_among_those_who_share_the_most_text() -> None:
    """A third coder of one short post does not bring in documents that not all of them read."""
    codings = [("a", 1, 1, 12, 15), ("a", 2, 1, 12, 15), ("a", 3, 2, 0, 5), ("a", 1, 2, 0, 5)]
    found = by_code(UNITS, codings)["a"].unitizing
    assert (found.value, found.units, found.values) == (1.0, 1, 2)
