"""What tests of every part share: the engines, each started once."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from ibis.backends import BaseBackend

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", "makna.web.settings"
)  # Django can be set up once: for pages too

from makna.corpus.engine import connect
from makna.errors import EngineMissing

ENGINES = ["duckdb", pytest.param("spark", marks=pytest.mark.spark)]


def _start(kind: str) -> BaseBackend:
    try:
        return connect(kind)  # type: ignore[arg-type]
    except EngineMissing as missing:
        if os.environ.get("CI"):  # a bare machine must not pass by leaving Spark out
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="session", params=ENGINES)
def backend(request: pytest.FixtureRequest) -> Iterator[BaseBackend]:
    """An Ibis backend of each kind; Spark takes ten seconds to start, so it starts once."""
    connection = _start(request.param)
    yield connection
    connection.disconnect()


@pytest.fixture(scope="session")
def duckdb() -> Iterator[BaseBackend]:
    """An Ibis backend on DuckDB."""
    connection = connect("duckdb")
    yield connection
    connection.disconnect()
