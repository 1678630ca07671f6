"""Identifiers of the strategies, through a real import: nothing of them is in any file of a study, raw or decoded."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from test_importing import post, write

from makna.corpus.disguise.folding import fold_name
from makna.corpus.disguise.normalise import plain
from makna.library import Library
from strategies import carriers, digits_of, hostile_handles, hostile_phones

_TAIL = 7  # so many digits of a number in a row are enough to ring it


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration folder of this test's own."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))


@given(
    st.lists(st.tuples(hostile_phones(), carriers()), min_size=1, max_size=4),
    st.lists(st.tuples(hostile_handles(), carriers()), min_size=1, max_size=4),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_identifier_is_in_anything_written(
    config: None,
    numbers: list[tuple[tuple[str, str, str], tuple[str, str]]],
    names: list[tuple[tuple[str, str, str], tuple[str, str]]],
) -> None:
    """Numbers in texts; handles in texts, under the posts and as display names: neither texts nor bytes hold them."""
    texts = [f"{before}{written}{after}" for (_n, _style, written), (before, after) in [*numbers, *names]]
    records = [post(i, text=text) for i, text in enumerate(texts)]
    for n, (record, ((handle, _style, written), _around)) in enumerate(zip(records, names, strict=False)):
        record["author_id"] = str(700 + n)
        record["author"] = {
            "id": record["author_id"],
            "username": handle,
            "name": written,
            "description": "jual kue",
        }
    with TemporaryDirectory() as folder:
        study = Library(Path(folder) / "library").create("s")
        study.add(write(Path(folder) / "a.jsonl", records))
        stored, raw = _decoded(study.folder), _raw(study.folder)
    for number, _style, _written in (made for made, _around in numbers):
        assert number[-_TAIL:] not in digits_of(plain(stored))
        assert number[1:].encode() not in raw
    for handle, _style, _written in (made for made, _around in names):
        assert fold_name(handle) not in fold_name(stored)
        assert handle.encode() not in raw


def _decoded(folder: Path) -> str:
    """Every text value of every Parquet file, a line each."""
    columns = [column for file in folder.rglob("*.parquet") for column in pq.read_table(file).columns]
    return "\n".join(
        str(value) for column in columns for value in column.to_pylist() if isinstance(value, str)
    )


def _raw(folder: Path) -> bytes:
    """The bytes of every file."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
