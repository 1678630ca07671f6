"""Both engines give the same answer."""

from __future__ import annotations

from typing import Any

import pytest
from ibis.backends import BaseBackend
from lens_corpus import market

from makna.analysis.lenses import LENSES

OBSERVING = ("presentation", "promotion", "testimony", "migration", "argot")


def plain(value: Any) -> Any:
    """Floats to 1e-12 of max(1, |value|), everything else as it is."""
    return pytest.approx(value, rel=1e-12, abs=1e-12) if isinstance(value, float) else value


@pytest.mark.spark
@pytest.mark.parametrize("name", OBSERVING)
@pytest.mark.parametrize("backend", ["spark"], indirect=True)
def test_engines_agree(name: str, backend: BaseBackend, duckdb: BaseBackend) -> None:
    """Table, passages, statistics and sentence of a lens are the same on DuckDB and on Spark."""
    made = market(seed=9, threads=60)
    here, there = LENSES[name](made.data(duckdb)), LENSES[name](made.data(backend))
    assert here.sentence == there.sentence and here.passages.equals(there.passages)
    for a, b in zip(here.table.to_pylist(), there.table.to_pylist(), strict=True):
        assert {k: plain(v) for k, v in a.items()} == b
    assert [(s.name, s.n) for s in here.statistics] == [(s.name, s.n) for s in there.statistics]
    assert [plain(s.value) for s in here.statistics] == [s.value for s in there.statistics]
