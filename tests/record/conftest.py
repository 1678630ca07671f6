"""A record to write in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from makna.record.database import opened, ready

ready()  # before a test module imports a model


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library, with one record for the tests of a module: each has a study of its own there."""
    return tmp_path_factory.mktemp("library")


@pytest.fixture
def record(library: Path) -> Iterator[None]:
    """The record, open."""
    with opened(library):
        yield
