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
from importlib.abc import MetaPathFinder
from multiprocessing.connection import wait
from types import ModuleType, TracebackType
from typing import Any, TypeVar

from makna.corpus.importing.memory import collect_rarely, keep_little
from makna.errors import MaknaError
from makna.i18n import _

State = TypeVar("State")
Task = TypeVar("Task")
Result = TypeVar("Result")

POOL_FROM_BYTES = 6_000_000
_AHEAD = 2  # blocks under way per worker
_PATIENCE = 600  # seconds a worker waits for the others
_worker: dict[str, Any] = {}


class WorkerLost(MaknaError):
    """A worker process ended before its work was done, often because memory ran out. Nothing was imported."""


def processes() -> int:
    """How many workers to use: ``MAKNA_WORKERS``, else the cores this process may run on."""
    asked = os.environ.get("MAKNA_WORKERS")
    if asked:
        return max(1, int(asked))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Processes that serve every stage of one import; with fewer than two, everything runs in this process.

    Used as a context: leaving it by an exception ends the processes at once.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        if kind is None:
            self.rest()
            return
        _end(self._pool)

    def rest(self) -> None:
        """End the processes, and with them all they hold; the next stage starts new ones."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def ordered(
        self, make: Callable[[], State], work: Callable[[State, Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result]:
        """``work(state, task)`` for every task, in order; *make* builds the state once per worker.

        *make* and *work* must be picklable. Raises :class:`WorkerLost`.
        """
        if self._count < 2:
            state = make()
            for task in tasks:
                yield work(state, task)
            return
        pool = self._pool = self._pool or _start_pool(self._count)
        made = [pool.submit(_make, make) for _each in range(self._count)]
        del make  # the workers have it; here it may be large
        pending: deque[Future[Result]] = deque()
        for task in tasks:
            pending.append(pool.submit(_run, work, task))
            if len(pending) >= self._count * _AHEAD:
                yield _result(pending.popleft())
        for each in made:
            _result(each)
        while pending:
            yield _result(pending.popleft())


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkerLost(
            _(
                "A worker process ended before its work was done, often because memory ran out. Nothing was"
                " imported. Close other programs, or set MAKNA_WORKERS=1, and try again."
            )
        ) from error


def _start_pool(count: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(count, timeout=_PATIENCE)
    pool = ProcessPoolExecutor(count, context, initializer=_start, initargs=(barrier,))
    try:
        with _nameless_main(), _born_deaf():
            for _each in range(count):
                pool.submit(_wait_for_all)  # each waits for the others, so each is a process of its own
    except BaseException:
        _end(pool)
        raise
    return pool


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of *pool* at once; they are gone before what they share is."""
    processes, tasks = list((pool._processes or {}).values()), getattr(pool, "_call_queue", None)
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(timeout=5)
    if tasks is not None:
        tasks._reader.close()  # before Python 3.11.5 a thread would wait for good to hand over a task nobody takes


@contextmanager
def _born_deaf() -> Iterator[None]:
    """Processes started meanwhile inherit that Ctrl-C waits; this one hears it right afterwards."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
        if heard:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep spawned workers from running the user's script again: they need nothing of ``__main__``."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _start(all_here: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    _worker["all here"] = all_here
    sys.meta_path.insert(0, _WithoutPandas())
    keep_little()


class _WithoutPandas(MetaPathFinder):
    """PyArrow loads pandas before it takes its first list, where it can. Workers have no use for it."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _make(make: Callable[[], Any]) -> None:
    """Build the state of this worker; waits for the others, so that each gets one such call."""
    _worker["state"] = make()
    collect_rarely()
    _wait_for_all()


def _wait_for_all() -> None:
    _worker["all here"].wait()


def _run(work: Callable[[Any, Task], Result], task: Task) -> Result:
    return work(_worker["state"], task)
