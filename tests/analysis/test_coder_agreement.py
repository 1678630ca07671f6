"""Agreement of coders, code by code, over the units of documents that both coded."""

from __future__ import annotations

import pytest

from makna.analysis.agreement import krippendorff_alpha
from makna.analysis.coder_agreement import by_code

UNITS = [(1, 10 * n, 10 * n + 9) for n in range(10)] + [(2, 0, 50)]


def test_a_unit_is_coded_where_a_passage_touches_it() -> None:
    """Wider and narrower marks of the same turn agree; a mark over two turns codes both; its end is outside."""
    found = by_code(
        UNITS, [("a", 1, 1, 12, 15), ("a", 2, 1, 10, 19), ("b", 1, 1, 32, 45), ("b", 2, 1, 30, 49)]
    )
    assert found["a"].value == found["b"].value == 1.0
    assert found["a"].units == 10
    apart = by_code(
        UNITS, [("a", 1, 1, 0, 10), ("a", 2, 1, 10, 19)]
    )  # the first ends where the second unit begins
    assert apart["a"].value is not None and apart["a"].value < 0


def test_it_is_alpha_of_coded_and_not_coded() -> None:
    """Two coders over the ten units of Krippendorff (2011), example A: alpha 0.095."""
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    codings = [
        ("x", coder, 1, 10 * n, 10 * n + 9)
        for coder, values in ((1, first), (2, second))
        for n, value in enumerate(values)
        if value
    ]
    found = by_code(UNITS, codings)["x"]
    assert found.value == pytest.approx(0.095, abs=0.0005)
    assert found.value == krippendorff_alpha([first, second]).value


def test_only_documents_of_two_coders_count() -> None:
    """What one coder alone has read says nothing of agreement."""
    assert by_code(UNITS, [("a", 1, 1, 0, 5), ("a", 2, 2, 0, 5)]) == {}
    found = by_code(UNITS, [("a", 1, 1, 0, 5), ("b", 2, 1, 0, 5), ("a", 1, 2, 0, 5), ("c", 2, 2, 0, 5)])
    assert {code: one.units for code, one in found.items()} == {"a": 11, "b": 11, "c": 11}


def test_a_third_coder_may_have_read_less() -> None:
    """Who coded nothing in a document gives its units no value."""
    codings = [("a", 1, 1, 0, 5), ("a", 2, 1, 0, 5), ("a", 3, 2, 0, 5), ("a", 1, 2, 0, 5)]
    found = by_code(UNITS, codings)["a"]
    assert (found.value, found.units, found.values) == (1.0, 11, 22)
