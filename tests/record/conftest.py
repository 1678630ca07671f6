"""A record to write in, on every database that Makna runs on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres import programs, server

from makna.record.database import URL, opened, ready

ready()  # before a test module imports a model


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    if programs() is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    with server() as address:
        yield address


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a library, with one record for the tests of a module: each has a study of its own there."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "postgresql":
            patch.setenv(URL, request.getfixturevalue("postgresql"))
        else:
            patch.delenv(URL, raising=False)
        yield tmp_path_factory.mktemp("library")


@pytest.fixture
def record(library: Path) -> Iterator[None]:
    """The record, open."""
    with opened(library):
        yield
