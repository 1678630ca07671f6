"""Workers that are stopped in the midst of large tasks leave nothing that keeps the program from ending."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psutil
import pytest

from makna.corpus.importing.workers import Workers

LARGE = b"x" * (4 << 20)  # more than a pipe holds
PATIENCE = 10.0


def nothing() -> None:
    """The state of a worker that needs none."""


def slow(_state: None, task: tuple[int, bytes]) -> int:
    """Answers the first task at once and takes its time over the others."""
    number, _large = task
    if number:
        time.sleep(60)
    return number


@pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="the threads of a stopped pool are looked for by name on Linux"
)
def test_stopping_ends_threads_and_processes() -> None:
    """A task that waits in a full pipe, with nobody left to read it, holds nothing up."""
    before = {thread.ident for thread in threading.enumerate()}
    others = {process.pid for process in psutil.Process().children()}  # such as the engine of another test
    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:
        for _number in workers.ordered(nothing, slow, ((n, LARGE) for n in range(9))):
            time.sleep(0.5)  # the next tasks are on their way now
            raise KeyboardInterrupt
    until = time.monotonic() + PATIENCE
    left = [t for t in threading.enumerate() if t.ident not in before]
    for thread in left:
        thread.join(max(0.0, until - time.monotonic()))
    assert not [thread.name for thread in left if thread.is_alive()]
    new = [process for process in psutil.Process().children() if process.pid not in others]
    assert not [process for process in new if "resource_tracker" not in " ".join(process.cmdline())]
