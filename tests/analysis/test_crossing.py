"""Codes against groups, codes together, and rows in an order: by hand, and against slow plain loops."""

from __future__ import annotations

import datetime as dt
import math
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_corpus import put

from makna.analysis.cooccurrence import in_same_document, meetings_of, met, overlapping
from makna.analysis.crossing import crossed, dated, spoken_by, wilson_bounds
from makna.analysis.likeness import seriated

CODINGS = pa.schema(
    [
        ("code", pa.string()), ("coder", pa.string()), ("document_id", pa.int64()), ("start", pa.int64()),
        ("end", pa.int64()), ("role", pa.string()), ("case", pa.int64()),
    ]
)  # fmt: skip


def _codings(*rows):
    return pa.Table.from_pylist([dict(zip(CODINGS.names, row, strict=True)) for row in rows], CODINGS)


def _rows(backend, table):
    return backend.to_pyarrow(table).to_pylist()


BY_HAND = _codings(
    ("bebas", "R1", 1, 0, 10, "penjual", 7),
    ("bebas", "R2", 1, 0, 10, "penjual", 7),  # the same passage by another coder: one passage
    ("bebas", "R1", 1, 5, 20, "penjual", 7),
    ("bebas", "R1", 2, 0, 4, "pembeli", 8),
    ("percaya", "R1", 1, 8, 9, "penjual", 7),
    ("percaya", "R1", 3, 0, 4, "pembeli", 9),
    ("percaya", "R1", 4, 0, 4, None, None),  # of nobody whose role is known: in no group
)


def test_a_cell_counts_passages_and_persons_once(duckdb):
    """Three passages stand in the group of sellers, two coded bebas, by one person; of buyers two persons, one each."""
    rows = _rows(duckdb, crossed(put(duckdb, "codings", BY_HAND), by="role", enough=1))
    counted = {
        (r["code"], r["role"]): (r["passages"], r["cases"], r["group_passages"], r["group_cases"])
        for r in rows
    }
    assert counted == {
        ("bebas", "pembeli"): (1, 1, 2, 2), ("bebas", "penjual"): (2, 1, 3, 1),
        ("percaya", "pembeli"): (1, 1, 2, 2), ("percaya", "penjual"): (1, 1, 3, 1),
    }  # fmt: skip
    share = next(r for r in rows if (r["code"], r["role"]) == ("bebas", "penjual"))
    assert share["share"] == pytest.approx(2 / 3)
    assert share["case_share"] == 1.0


def test_too_few_are_counted_and_not_compared(duckdb):
    """Below five passages, or five persons, a group has no shares; its counts stand."""
    rows = _rows(duckdb, crossed(put(duckdb, "codings", BY_HAND), by="role"))
    assert all(r["share"] is None and r["low"] is None and r["case_share"] is None for r in rows)
    assert [r["passages"] for r in rows] == [1, 2, 1, 1]


def test_wilson_as_printed():
    """81 of 263: 0.2553 to 0.3662 (Newcombe 1998, Statistics in Medicine 17, p. 861); 0 of 20: 0 to 0.1611; of none: none."""
    low, high = wilson_bounds(np.array([81.0, 0.0, 0.0]), np.array([263.0, 20.0, 0.0]))
    assert [round(v, 4) for v in (low[0], high[0], low[1], high[1])] == [0.2553, 0.3662, 0.0, 0.1611]
    assert math.isnan(low[2]) and math.isnan(high[2])


def test_overlaps_by_hand(duckdb):
    """bebas 0–10 and 5–20 both meet percaya 8–9: two meetings, both of bebas's there, one of percaya's."""
    [row] = _rows(duckdb, overlapping(put(duckdb, "codings", BY_HAND), enough=1))
    assert (row["code_a"], row["code_b"], row["together"], row["a_on_b"], row["b_on_a"]) == (
        "bebas",
        "percaya",
        2,
        2,
        1,
    )
    assert (row["a"], row["b"]) == (3, 3)
    assert row["dice"] == pytest.approx((2 + 1) / (3 + 3))
    assert (row["a_share"], row["b_share"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))


def test_touching_ends_do_not_overlap(duckdb):
    """A passage is half-open: where one ends the next may begin."""
    codings = _codings(("a", "R", 1, 0, 5, None, None), ("b", "R", 1, 5, 9, None, None))
    assert _rows(duckdb, overlapping(put(duckdb, "codings", codings))) == []
    assert _rows(duckdb, overlapping(put(duckdb, "codings", codings.slice(0, 0)))) == []


def test_documents_by_hand(duckdb):
    """Of three documents with bebas or percaya one holds both: Dice 2 · 1 / (2 + 3)."""
    [row] = _rows(duckdb, in_same_document(put(duckdb, "codings", BY_HAND), enough=1))
    assert (row["together"], row["a"], row["b"]) == (1, 2, 3)
    assert row["dice"] == pytest.approx(2 / 5)
    rows = _rows(duckdb, met(put(duckdb, "codings", BY_HAND), within="document"))
    assert [(r["code"], r["start"], r["other"]) for r in rows] == [
        ("bebas", 0, "percaya"), ("bebas", 5, "percaya"), ("percaya", 8, "bebas"),
    ]  # fmt: skip


places = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 3), st.integers(0, 12), st.integers(1, 8)), max_size=30
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=places)
def test_overlaps_are_what_a_plain_loop_finds(duckdb, drawn):
    """Every pair of passages compared with every other."""
    passages = sorted({(code, d, s, s + n) for code, d, s, n in drawn})
    table = _codings(*((c, "R", d, s, e, None, None) for c, d, s, e in passages))
    rows = _rows(duckdb, overlapping(put(duckdb, "codings", table)))
    pairs = [
        tuple(sorted((one, other)))
        for one, other in combinations(passages, 2)
        if one[0] != other[0] and one[1] == other[1] and one[2] < other[3] and other[2] < one[3]
    ]
    wanted = {}
    for one, other in pairs:
        of = wanted.setdefault((one[0], other[0]), ([], set(), set()))
        of[0].append(1)
        of[1].add(one)
        of[2].add(other)
    found = {(r["code_a"], r["code_b"]): (r["together"], r["a_on_b"], r["b_on_a"]) for r in rows}
    assert found == {key: (len(n), len(a), len(b)) for key, (n, a, b) in wanted.items()}
    for (a, b), (n, *_rest) in found.items():
        assert len(_rows(duckdb, meetings_of(put(duckdb, "codings", table), a, b))) == n
    meetings = {
        (r["code"], r["document_id"], r["start"], r["end"], r["other"])
        for r in _rows(duckdb, met(put(duckdb, "codings", table)))
    }
    assert meetings == {(*one, other[0]) for pair in pairs for one, other in (pair, pair[::-1])}


def test_months_begin_on_their_first_day(duckdb):
    """A document without a day has no month."""
    documents = pa.table(
        {
            "document_id": [1, 2, 3, 4],
            "sent_on": pa.array([dt.date(2021, 3, 9), dt.date(2021, 5, 1), None, None], pa.date32()),
        }
    )
    rows = _rows(
        duckdb, dated(put(duckdb, "codings", BY_HAND), put(duckdb, "documents", documents)).distinct()
    )
    assert {(r["document_id"], r["period"]) for r in rows} == {
        (1, dt.date(2021, 3, 1)), (2, dt.date(2021, 5, 1)), (3, None), (4, None),
    }  # fmt: skip
    quarters = dated(put(duckdb, "codings", BY_HAND), put(duckdb, "documents", documents), period="quarter")
    assert {r["period"] for r in _rows(duckdb, quarters)} == {dt.date(2021, 1, 1), dt.date(2021, 4, 1), None}


def test_a_passage_is_of_those_whose_units_it_touches(duckdb):
    """Over a question and two answers it is of both who answer, never of the researcher."""
    units = pa.table(
        {
            "document_id": pa.array([1, 1, 1], pa.int64()), "ordinal": [0, 1, 2], "start": pa.array([0, 10, 20], pa.int32()),
            "end": pa.array([8, 18, 28], pa.int32()), "author_id": pa.array([5, 6, 7], pa.int64()),
            "role": ["researcher", "participant", "participant"],
        }
    )  # fmt: skip
    codings = _codings(
        ("a", "R", 1, 2, 25, None, None), ("b", "R", 1, 0, 8, None, None), ("c", "R", 1, 18, 20, None, None)
    ).drop(["case"])
    rows = _rows(duckdb, spoken_by(put(duckdb, "codings", codings), put(duckdb, "units", units)))
    assert sorted((r["code"], r["case"] or 0) for r in rows) == [("a", 6), ("a", 7), ("b", 0), ("c", 0)]


def test_what_is_alike_stands_side_by_side():
    """Two kinds of rows, mixed, come apart; rows of zeros are last; the order does not depend on where one begins."""
    rows = np.array([[9, 8, 0, 0], [0, 0, 5, 5], [8, 9, 1, 0], [0, 0, 0, 0], [0, 1, 6, 5], [9, 9, 0, 1.0]])
    order = seriated(rows)
    assert order[-1] == 3
    assert set(order[:3]) == {0, 2, 5} and set(order[3:5]) == {1, 4}
    turned = seriated(rows[::-1])
    assert [5 - i for i in turned][:5] == order[:5]
    assert seriated(rows[:2]) == [0, 1] and seriated(np.zeros((0, 3))) == []
