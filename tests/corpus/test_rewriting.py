"""A batch written anew takes the old one's place whole or not at all, ids unchanged, and nothing of the old one stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from test_importing import post, write
from test_killed import Nursery

from makna.corpus.rewriting import rewrite
from makna.corpus.store import Store
from makna.library import Library, Study

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="rewriting is killed in forked processes")
DROP = """
import pyarrow.compute as pc
from makna.corpus.rewriting import rewrite
from makna.corpus.store import Store
column = {"documents": "document_id", "units": "document_id"}
def change(table, rows):
    if table not in column:
        return rows
    return rows.filter(pc.not_equal(rows[column[table]], (2 << 32) + 5))
study = library.study("s")
rewrite(Store(study.folder / "corpus"), 2, change)
"""


def word(n: int) -> str:
    """A word of its own for each number, without a digit."""
    return f"x{chr(97 + n // 26)}{chr(97 + n % 26)}q"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of two batches."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    made.add(write(tmp_path / "a.jsonl", [post(n) for n in range(3)]))
    made.add(write(tmp_path / "b.jsonl", [post(n, text=f"pasar {word(n)}") for n in range(100, 140)]))
    return made


@pytest.fixture
def nursery(study: Study) -> Iterator[Nursery]:
    """Rewrites the second batch without its sixth post."""
    made = Nursery(study.folder.parents[1], DROP)
    yield made
    made.close()


def without_sixth(table: str, rows: pa.RecordBatch) -> pa.RecordBatch:
    """All rows but those of one document."""
    if table not in ("documents", "units"):
        return rows
    return rows.filter(pc.not_equal(rows["document_id"], (2 << 32) + 5))


def test_ids_stay_and_the_index_follows(study: Study) -> None:
    """What was dropped is found no more; everything else is where it was."""
    before = study.run(study.documents.order_by("document_id"))["document_id"].to_pylist()
    assert study.search(word(105)).num_rows == 1
    manifest = rewrite(Store(study.folder / "corpus"), 2, without_sixth)
    assert (manifest.number, manifest.revision) == (2, 1)
    assert study.search(word(105)).num_rows == 0
    assert study.search(word(106)).num_rows == 1
    after = study.run(study.documents.order_by("document_id"))["document_id"].to_pylist()
    assert after == [n for n in before if n != (2 << 32) + 5]
    assert not study.damaged()


def test_a_change_that_fails_changes_nothing(study: Study) -> None:
    """An error in the midst leaves the batch as it was, and no trace."""

    def fail(table: str, rows: pa.RecordBatch) -> pa.RecordBatch:
        if table == "units":
            raise ValueError("no")
        return rows

    with pytest.raises(ValueError, match="no"):
        rewrite(Store(study.folder / "corpus"), 2, fail)
    assert study.batches()[1].revision == 0
    assert study.search(word(105)).num_rows == 1
    assert not list((study.folder / "corpus").glob(".*"))


def test_killed_before_each_operation_on_files(study: Study, nursery: Nursery) -> None:
    """The batch is the old one, then the new one, and there at every moment."""
    file, revisions = study.folder, []
    for n in count():
        stopped = nursery.stopped(file, n)
        (_first, second) = study.batches()
        revisions.append(second.revision)
        held = study.run(study.documents).num_rows - 3
        assert held == (40 if second.revision == 0 else 39)
        assert study.search("pasar", limit=100).num_rows >= held
        assert not study.damaged()
        if not stopped:
            break
    assert revisions[0] == 0
    assert revisions[-1] > 0
    assert revisions == sorted(revisions)
    assert len(revisions) > 8
    assert not list((study.folder / "corpus").glob(".*"))
