"""Blocks through a function in worker processes, results in the order of the blocks, memory bounded.

Small files run in this process: starting workers costs more than they save. Workers end when their parent dies,
also when it is killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from types import ModuleType
from typing import Any, TypeVar

from makna.errors import MaknaError
from makna.i18n import _

State = TypeVar("State")
Task = TypeVar("Task")
Result = TypeVar("Result")

POOL_FROM_BYTES = 6_000_000
_ahead = 2  # blocks under way per worker
_worker: dict[str, Any] = {}


class WorkerLost(MaknaError):
    """A worker process ended before its work was done, often because memory ran out. Nothing was imported."""


def processes() -> int:
    """How many workers to use: ``MAKNA_WORKERS``, else the cores this process may run on."""
    asked = os.environ.get("MAKNA_WORKERS")
    if asked:
        return max(1, int(asked))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(
    make: Callable[[], State], work: Callable[[State, Task], Result], tasks: Iterable[Task], *, workers: int
) -> Iterator[Result]:
    """``work(state, task)`` for every task, in order; *make* builds the state once per worker.

    With fewer than two workers everything runs here. *make* and *work* must be picklable otherwise.
    """
    if workers < 2:
        state = make()
        for task in tasks:
            yield work(state, task)
        return
    with _pool(make, workers) as pool:
        pending: deque[Future[Result]] = deque()
        for task in tasks:
            pending.append(pool.submit(_run, work, task))
            if len(pending) >= workers * _ahead:
                yield _result(pending.popleft())
        while pending:
            yield _result(pending.popleft())


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkerLost(_lost()) from error


def _lost() -> str:
    return _(
        "A worker process ended before its work was done, often because memory ran out. Nothing was imported."
        " Close other programs, or set MAKNA_WORKERS=1, and try again."
    )


@contextmanager
def _pool(make: Callable[[], State], workers: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("spawn")
    with _nameless_main():
        pool = ProcessPoolExecutor(workers, context, initializer=_start, initargs=(make,))
        for ready in [pool.submit(os.getpid) for _each in range(workers)]:
            ready.done()
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in (pool._processes or {}).values():
            process.terminate()
        raise
    pool.shutdown()


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep spawned workers from running the user's script again: they need nothing of ``__main__``."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _start(make: Callable[[], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    _worker["state"] = make()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _run(work: Callable[[Any, Task], Result], task: Task) -> Result:
    return work(_worker["state"], task)
