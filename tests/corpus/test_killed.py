"""``kill -9`` at any moment of an import: the study holds the whole batch or none of it, and goes on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from test_importing import post, write

from makna.library import Library, Study

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="imports are killed in forked processes")
POSTS, ROUNDS, SEED = 200, 50, 5
PATIENCE = 8.0  # seconds within which the workers of a killed import must be gone
NOTE = "Catatan lapangan\nTanggal: 4 Maret 2021\n\nPasar ramai sejak pagi.\n\nLalu hujan dan pasar sepi.\n"

# Loads Makna once and forks for each line it is given: a list of the file, where to stop, how many workers. What the
# child does is given as code, with *library* and *file* to work on; else it imports.
# It stops by itself just before its n-th operation on files, as Python's audit hooks tell them.
NURSERY = """
import json, os, signal, sys
from makna.corpus.importing import run
from makna.library import Library
def operations(stop):
    met = []
    def hook(event, args):
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event in ("os.rename", "os.mkdir", "os.remove", "shutil.rmtree")) and ".npy" not in str(args[0]):
            if len(met) == stop:
                os.kill(os.getpid(), signal.SIGKILL)
            met.append(event)
    sys.addaudithook(hook)
    return met
print("ready", flush=True)
for line in sys.stdin:
    file, stop, workers = json.loads(line)
    child = os.fork()
    if not child:
        os.environ["MAKNA_WORKERS"] = str(workers)
        run.POOL_FROM_BYTES = 1
        met = operations(stop)
        exec(sys.argv[2], {"library": Library(sys.argv[1]), "file": file})
        print("operations", len(met), flush=True)
        os._exit(0)
    print("child", child, flush=True)
    print("ended", os.waitpid(child, 0)[1], flush=True)
"""

IMPORT = "library.study('s').add(file)"


class Nursery:
    """Begins imports in processes of their own, and kills them."""

    def __init__(self, library: Path, code: str = IMPORT) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(library), code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._said()

    def _said(self) -> list[str]:
        assert self._process.stdout is not None
        return self._process.stdout.readline().split()

    def _begin(self, file: Path, stop: int, workers: int) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(file), stop, workers]) + "\n")
        self._process.stdin.flush()
        return int(self._said()[1])

    def whole(self, file: Path) -> tuple[float, int]:
        """Import to the end; returns how long it took and how many operations on files it did."""
        began = time.monotonic()
        self._begin(file, -1, 1)
        operations, ended = self._said(), self._said()
        assert ended == ["ended", "0"]
        return time.monotonic() - began, int(operations[1])

    def stopped(self, file: Path, operation: int) -> bool:
        """Import up to just before the operation on files of this number, from 0; False where it ended before."""
        self._begin(file, operation, 1)
        said = self._said()
        return (said if said[0] == "ended" else self._said()) == ["ended", "9"]

    def killed(self, file: Path, after: float, workers: int = 1) -> None:
        """Import, and kill after so many seconds; its workers must end as well."""
        child = psutil.Process(self._begin(file, -1, workers))
        time.sleep(after)
        try:
            others = child.children(recursive=True)
            child.kill()
        except psutil.NoSuchProcess:
            others = []  # it had ended
        while self._said()[0] != "ended":
            pass
        _gone, alive = psutil.wait_procs(others, timeout=PATIENCE)
        assert not [p for p in alive if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]

    def close(self) -> None:
        """End."""
        self._process.communicate()


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study that holds a batch already."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    made.add(write(tmp_path / "before.jsonl", [post(9_000 + n) for n in range(3)]))
    return made


@pytest.fixture
def nursery(study: Study) -> Iterator[Nursery]:
    """A nursery in the library of *study*."""
    made = Nursery(study.folder.parents[1])
    yield made
    made.close()


def holds(study: Study, whole: dict[str, int], file: Path, *, go_on: bool) -> bool:
    """Whether the study holds the batch; it must hold all of it or nothing, and take it in where it lacks it.

    Where it does not *go_on*, the next import is the one that is killed next.
    """
    first, *more = study.batches()
    counts: list[Any] = [{name: m.counts[name] for name in whole} for m in more]
    assert counts in ([], [whole])
    assert not study.damaged()
    found = study.search("pasar", limit=5_000).num_rows
    assert found == first.counts["documents"] + sum(c["units"] for c in counts)
    assert study.run(study.documents).num_rows == first.counts["documents"] + sum(
        c["documents"] for c in counts
    )
    if go_on and not counts:
        assert study.add(file).documents == whole["documents"]
        assert study.search("pasar", limit=5_000).num_rows == first.counts["documents"] + whole["units"]
    for batch in study.batches()[1:]:
        study.remove(batch.number)
    return bool(counts)


def leftovers(study: Study) -> list[str]:
    """Files of writes that did not end."""
    folders = [study.folder, study.folder.parents[2] / "config"]
    return [str(p) for f in folders for p in f.rglob("*") if ".writing" in p.name or p.suffix == ".tmp"]


def posts(folder: Path) -> Path:
    """Posts with some conversations, and contacts that only the second scan doubts."""
    made = [post(n, parent=n - 1 if n % 3 == 1 else None) for n in range(POSTS)]
    made[7]["text"] = "pasar pagi 9173 8264 begitu"
    return write(folder / "p.jsonl", made)


def test_killed_at_random_moments(study: Study, nursery: Nursery, tmp_path: Path) -> None:
    """Fifty imports killed at moments spread over their whole duration, four of them with workers."""
    file = posts(tmp_path)
    nursery.whole(file)
    study.remove(2)
    duration, _operations = nursery.whole(file)
    whole = {"documents": POSTS, "units": POSTS}
    study.remove(study.batches()[1].number)
    chance = random.Random(SEED)
    held = []
    for n in range(ROUNDS - 4):
        after = 1.2 * duration * chance.random()
        nursery.killed(file, after)
        held.append(holds(study, whole, file, go_on=n % 5 == 0))
        if after > duration and not held[-1]:
            duration *= 1.3  # the machine has become slower
    for n in range(4):
        nursery.killed(file, chance.uniform(0.2, 4.0), workers=2)
        held.append(holds(study, whole, file, go_on=n % 5 == 0))
    assert True in held
    assert False in held
    assert study.add(file).kept == POSTS
    assert not leftovers(study)


@pytest.mark.parametrize("kind", ["posts", "note"])
def test_killed_before_each_operation_on_files(
    study: Study, nursery: Nursery, tmp_path: Path, kind: str
) -> None:
    """Killed just before each folder made, file opened to write, rename and removal: all or nothing, and in this order."""
    note = tmp_path / "catatan.txt"
    note.write_text(NOTE, encoding="utf-8")
    file = posts(tmp_path) if kind == "posts" else note
    whole = {"documents": POSTS, "units": POSTS} if kind == "posts" else {"documents": 1, "units": 2}
    held = []
    for n in count(
        0, 1 if kind == "posts" else 2
    ):  # an import clears up after one that was killed: no fixed number
        stopped = nursery.stopped(file, n)
        held.append(holds(study, whole, file, go_on=n % 5 == 0))
        if not stopped:
            break
    assert held == sorted(held)
    assert held[0] is False
    assert held[-1] is True
    assert len(held) > 10
    assert study.add(file).documents == whole["documents"]
    assert not leftovers(study)
