"""The demo's source files, generated once, and what is true of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.records import RawRecord
from makna.demo import Truth, generate
from makna.demo.study import sources

Generated = tuple[Path, Truth]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """(folder of source files, truth) of the demo as `make demo` makes it."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, generate(folder)


@pytest.fixture(scope="session")
def records(demo: Generated) -> dict[str, list[RawRecord]]:
    """File name -> the records that Makna's own readers read from it."""
    found = {}
    for path, kind, _access in sources(demo[0]):
        options = Options(kind=kind)
        reader, head = recognise(path, options=options)
        blocks = reader.blocks(path, head, options)
        found[path.name] = [record for block in blocks for record in reader.parse(block, options)]
    return found
