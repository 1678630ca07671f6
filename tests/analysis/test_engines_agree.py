"""One suite for every engine: each measure over an invented corpus, against one recorded run on DuckDB.

The expected rows come from DuckDB for both engines, so DuckDB is compared with a second run of itself (results do not
depend on the order of rows) and Spark with DuckDB.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Callable
from typing import Any

import ibis
import pyarrow as pa
import pytest
from invented_corpus import posts, put, units_of

from makna.analysis.agreement import krippendorff_alpha, ratings_of
from makna.analysis.collocation import collocates, pairs
from makna.analysis.concordance import concordance
from makna.analysis.cooccurrence import in_same_document, meetings_of, met, overlapping
from makna.analysis.crossing import crossed, dated, spoken_by
from makna.analysis.dispersion import dispersion
from makna.analysis.keyness import KeynessOptions, keyness, keyness_by
from makna.analysis.saturation import new_codes_by_interview
from makna.analysis.tokens import tokens_of, with_positions, without, without_placeholders
from makna.analysis.wordlist import word_list
from makna.corpus.engine import connect

UNITS = units_of(posts())
Measure = Callable[[Any, Any], Any]


def _tokens(units):
    return tokens_of(units, keep=["author_id"])


def _keyness(units, _):
    tokens = _tokens(units)
    return keyness(tokens.filter(tokens.author_id < 2), tokens.filter(tokens.author_id >= 2))


def _keyness_by(units, _):
    tokens = without_placeholders(_tokens(units))
    options = KeynessOptions(cells=2, prior="informative", level=0.99)
    return keyness_by(tokens, tokens.author_id == 3, minimum=1, options=options)


MEASURES: dict[str, Measure] = {
    "word list": lambda units, _: word_list(_tokens(units), minimum=2),
    "keyness of two tables": _keyness,
    "keyness by a condition": _keyness_by,
    "collocates": lambda units, _: collocates(_tokens(units), "pesan", left=3, right=2, minimum=1),
    "collocates of variants": lambda units, _: collocates(without(_tokens(units), ["ya"]), ["murah", "kode"]),
    "pairs": lambda units, _: pairs(_tokens(units), minimum=2),
    "dispersion over documents": lambda units, _: dispersion(_tokens(units), minimum=2),
    "dispersion over authors": lambda units, _: dispersion(_tokens(units), part="author_id", minimum=1),
    "concordance": lambda units, _: concordance(units, _tokens(units), "pesan", context=12),
    "concordance of a phrase": lambda units, _: concordance(
        units, _tokens(units), ["ya", "kak"], sort="left"
    ),
    "concordance by the right": lambda units, _: concordance(units, _tokens(units), "kode", sort="right"),
    "positions": lambda units, _: with_positions(_tokens(units)).order_by("unit_id", "position"),
    "new codes": lambda _, codings: new_codes_by_interview(
        codings, codings.select("document_id").distinct().mutate(position=lambda t: t.document_id * 2)
    ),
}


def _passages(codings):
    """The codings as passages that overlap here and there."""
    places = codings.mutate(start=codings.unit, end=codings.unit + codings.value + 2)
    return places.select("code", "coder", "document_id", "start", "end")


MEASURES |= {
    "codes by coder": lambda _, codings: crossed(_passages(codings), by="coder", case="document_id"),
    "codes that overlap": lambda _, codings: overlapping(_passages(codings)),
    "codes in one document": lambda _, codings: in_same_document(_passages(codings)),
    "where codes meet": lambda _, codings: meetings_of(_passages(codings), "a", "b"),
    "passages that meet codes": lambda _, codings: met(_passages(codings)),
    "passages beside codes": lambda _, codings: met(_passages(codings), within="document"),
    "codes by author": lambda units, codings: crossed(
        spoken_by(_passages(codings), units).mutate(person=lambda t: t.case), by="case", case="person"
    ),
    "codes by month": lambda units, codings: crossed(
        dated(_passages(codings), _days(units)), by="period", case="document_id"
    ),
}


def _days(units):
    """Documents with a day each, two of them in a month."""
    documents = units.select("document_id").distinct()
    day = ibis.date(2021, 1, 1) + ibis.interval(days=14) * documents.document_id
    return documents.mutate(sent_on=day)


def _codings() -> pa.Table:
    chance = random.Random(11)
    rows = [
        {
            "coder": coder,
            "document_id": unit % 6,
            "unit": unit,
            "code": chance.choice("abcde"),
            "value": unit % 3,
        }
        for unit in range(40)
        for coder in ("R1", "R2", "R3")
        if chance.random() < 0.9
    ]
    return pa.Table.from_pylist(rows)


@functools.cache
def _expected(name: str) -> list[dict[str, Any]]:
    backend = connect("duckdb", threads=1)
    turned = UNITS.take(list(reversed(range(UNITS.num_rows))))
    tables = put(backend, "units", turned), put(backend, "codings", _codings())
    return backend.to_pyarrow(MEASURES[name](*tables)).to_pylist()


def assert_same(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """Equal rows in equal order; numbers to 1e-12 of max(1, |value|), and a null only where a null is wanted."""
    assert len(found) == len(wanted)
    for row, want in zip(found, wanted, strict=True):
        assert row.keys() == want.keys()
        for name, value in row.items():
            if isinstance(value, float) and want[name] is not None:
                assert not math.isnan(value), f"{name}: NaN where a null says undefined"
                assert abs(value - want[name]) <= 1e-12 * max(1.0, abs(want[name])), name
            else:
                assert value == want[name], name


@pytest.mark.parametrize("name", MEASURES)
def test_every_engine_gives_the_same_rows(backend, name):
    """A measure is the same on DuckDB and on Spark, whatever the order of its input, in the same order of rows."""
    tables = put(backend, "units", UNITS), put(backend, "codings", _codings())
    found = backend.to_pyarrow(MEASURES[name](*tables)).to_pylist()
    assert found, "an empty answer compares nothing"
    assert_same(found, _expected(name))


def test_every_engine_gives_the_same_alpha(backend):
    """Ratings read from a table, and so alpha with its interval, do not depend on the engine."""
    codings = put(backend, "codings", _codings())
    ratings = ratings_of(codings.rename(label="value"), value="code")
    expected = ratings_of(put(connect("duckdb"), "codings", _codings()), value="code")
    assert krippendorff_alpha(ratings, draws=50) == krippendorff_alpha(expected, draws=50)
    assert ratings.coders == ("R1", "R2", "R3")


def test_results_compose_in_their_engine(backend):
    """A scored table can be filtered and joined with a table of the engine that counted it."""
    units = put(backend, "units", UNITS)
    words = word_list(_tokens(units), minimum=2)
    joined = words.filter(words["count"] > 50).inner_join(_tokens(units), "token")
    counted = backend.to_pyarrow(joined.group_by("token").agg(n=joined.count(), count=joined["count"].max()))
    assert counted.num_rows > 3
    assert counted["n"].to_pylist() == counted["count"].to_pylist()
