"""Saturation after Guest, Namey & Chen 2020, and new codes in the order of the interviews."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_corpus import put

from makna.analysis.saturation import new_codes_by_interview, saturation
from makna.errors import MeasureError, TooFewToCompute


def test_the_papers_first_run():
    """37 themes in the base and 7 new ones in the first run of two are 19 % (Guest, Namey & Chen 2020)."""
    found = saturation([20, 10, 4, 3, 4, 3])
    first = found.runs[0]
    assert (found.base_codes, first.new, round(100 * first.share)) == (37, 7, 19)
    assert (first.first, first.last) == (5, 6)
    assert found.reached_at is None and found.notation is None


def test_runs_move_by_one_interview():
    """Each run begins one interview later; the first at or below the threshold says where saturation was."""
    found = saturation([10, 5, 3, 2, 2, 1, 0, 1, 0])
    assert [run.new for run in found.runs] == [3, 1, 1, 1]
    assert found.reached_at == 5 and found.notation == "5+2"
    assert saturation([10, 5, 3, 2, 2, 1, 0, 0], threshold=0).notation == "6+2"
    assert saturation([10, 5, 3, 2, 2, 1, 0, 1, 0], run=3).notation == "6+3"


def test_a_base_and_a_run_are_needed():
    """Fewer interviews, or a base without a code, are too few to compute; nonsense is refused."""
    for new in ([5, 4, 3, 2, 1], [], [0, 0, 0, 0, 1, 1]):
        with pytest.raises(TooFewToCompute):
            saturation(new)
    for options in ({"base": 0}, {"run": 0}, {"threshold": 2}):
        with pytest.raises(MeasureError):
            saturation([1, 1, 1, 1, 1, 1], **options)
    with pytest.raises(MeasureError):
        saturation([1, -1, 1, 1, 1, 1])


@given(new=st.lists(st.integers(0, 20), min_size=6, max_size=20).filter(lambda new: sum(new[:4]) > 0))
def test_a_stricter_threshold_is_not_reached_sooner(new):
    """Whoever allows less new information waits at least as long."""
    strict, loose = (saturation(new, threshold=t).reached_at for t in (0.0, 0.05))
    assert loose is not None if strict is not None else True
    assert strict is None or loose <= strict


def _interviews(duckdb, order, codings):
    interviews = pa.table({"document_id": order, "position": list(range(1, len(order) + 1))})
    rows = [{"document_id": d, "code": c} for d, codes in codings.items() for c in codes]
    table = new_codes_by_interview(
        put(duckdb, "codings", pa.Table.from_pylist(rows)), put(duckdb, "interviews", interviews)
    )
    return duckdb.to_pyarrow(table).to_pylist()


def test_new_codes_follow_the_order_of_the_interviews(duckdb):
    """A code is new where it comes first in interview order, however often and wherever it is used later."""
    codings = {7: "aab", 3: "bcc", 9: "abc"}
    rows = _interviews(duckdb, [3, 7, 5, 9], codings)
    assert [row["document_id"] for row in rows] == [3, 7, 5, 9]
    assert [row["codes"] for row in rows] == [2, 2, 0, 3]
    assert [row["new_codes"] for row in rows] == [2, 1, 0, 0]
    assert [row["cumulative"] for row in rows] == [2, 3, 3, 3]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codings=st.dictionaries(
        st.integers(1, 6), st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6), min_size=1
    ),
    order=st.permutations(range(1, 7)),
)
def test_every_code_is_new_once(duckdb, codings, order):
    """New codes add up to the number of different codes, whatever the order."""
    rows = _interviews(duckdb, order, codings)
    assert sum(row["new_codes"] for row in rows) == len({c for codes in codings.values() for c in codes})
    assert rows[-1]["cumulative"] == sum(row["new_codes"] for row in rows)
