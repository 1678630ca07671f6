"""Long work: in a process of its own, one at a time a study, with progress, a place in the queue and a way to stop it.

Work is a module-level function ``work(library: Path, study: str, told: Told, **given)`` whose answer can be pickled.
Nothing of it is written to disk: answers lie in this process until it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any

from makna.i18n import _, spoken
from makna.web.working import run

Told = Callable[[str, int, int], None]  # (stage, done, of how many; 0 where nobody knows)
Work = Callable[..., Any]
KEPT = 40  # finished jobs that are remembered
_GRACE = 5.0  # seconds to end cleanly before a stopped job is killed


class State(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass
class Job:
    """One piece of long work on one study."""

    number: int
    study: str
    what: str  # a sentence for the reader
    work: Work
    given: dict[str, Any]
    library: Path
    language: str
    after: str = ""  # the address of the page that shows the answer
    key: Any = None
    unit: str = ""  # of what is done: "bytes"
    state: State = State.WAITING
    stage: str = ""
    done: int = 0
    total: int = 0
    began: float = 0.0
    answer: Any = None
    error: str = ""
    _process: Any = None
    _hears: bool = False  # whether the process takes signals already
    _told: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Whether it came to its end, whatever that was."""
        return self._ended.is_set()

    @property
    def seconds_left(self) -> float | None:
        """At the rate so far; None where nobody knows."""
        spent = time.monotonic() - self.began
        if not (self.total and self.done and self.state is State.RUNNING) or spent < 1:
            return None
        return spent * (self.total - self.done) / self.done

    @property
    def megabytes_a_second(self) -> float | None:
        """How fast it goes; None where it does not count bytes, or nobody knows yet."""
        spent = time.monotonic() - self.began
        if self.unit != "bytes" or not self.done or self.state is not State.RUNNING or spent < 0.5:
            return None
        return self.done / spent / 1e6

    def wait(self, seconds: float) -> bool:
        """Wait for its end; whether it came."""
        return self._ended.wait(seconds)

    def stop(self) -> None:
        """Stop it: work that is all or nothing leaves nothing."""
        if self.state is State.WAITING:
            self._end(State.STOPPED)
        elif self.state is State.RUNNING:
            self.state = State.STOPPED
            self._tell()

    def _tell(self) -> None:
        """Tell the process to stop, once, and not before it hears: a signal that comes too early is lost."""
        with _lock:
            if self._told or not self._hears or self.state is not State.STOPPED:
                return
            self._told = True
        _stop(self._process)

    def _end(self, state: State) -> None:
        self.state = state
        self._ended.set()


_jobs: dict[int, Job] = {}
_numbers = count(1)
_lock = threading.Lock()


def start(
    library: Path, study: str, what: str, work: Work, /, *, key: Any = None, after: str = "", unit: str = "",
    **given: Any,
) -> Job:  # fmt: skip
    """Put *work* in the study's queue. With a *key*, the job of that key is returned while it waits, runs or stands done."""
    with _lock:
        for job in _jobs.values():
            if key is not None and (job.study, job.key) == (study, key) and job.state not in _UNDONE:
                return job
        made = Job(
            next(_numbers), study, what, work, given, library, spoken(), after=after, key=key, unit=unit
        )
        _jobs[made.number] = made
        _forget_old()
    _next(study)
    return made


_UNDONE = (State.FAILED, State.STOPPED)


def of(study: str) -> list[Job]:
    """The jobs of a study, the latest first."""
    return [job for job in reversed(list(_jobs.values())) if job.study == study]


def get(study: str, number: int) -> Job | None:
    """A job of a study."""
    job = _jobs.get(number)
    return job if job is not None and job.study == study else None


def before(job: Job) -> int:
    """How many jobs of the study come before one that waits."""
    return sum(1 for one in of(job.study) if one.number < job.number and not one.over)


def drop(study: str) -> None:
    """Forget what finished jobs of a study answered: something was erased."""
    with _lock:
        for number in [job.number for job in _jobs.values() if job.study == study and job.over]:
            del _jobs[number]


def stop_all() -> None:
    """Stop everything: the workbench closes."""
    for job in list(_jobs.values()):
        job.stop()


def _forget_old() -> None:
    over = [number for number, job in _jobs.items() if job.over]
    for number in over[:-KEPT]:
        del _jobs[number]


def _next(study: str) -> None:
    """Begin the study's next job, unless one runs."""
    with _lock:
        mine = [job for job in _jobs.values() if job.study == study and not job.over]
        if not mine or mine[0].state is not State.WAITING:
            return
        mine[0].state, mine[0].began = State.RUNNING, time.monotonic()
    threading.Thread(target=_attend, args=(mine[0],), daemon=True).start()


def _attend(job: Job) -> None:
    """Run a job's process and hear what it tells."""
    context = _context()
    hearing, telling = context.Pipe(duplex=False)
    job._process = context.Process(
        target=run,
        args=(telling, _name(job.work), job.library, job.study, job.language, job.given, _environment()),
    )
    try:
        job._process.start()
    except OSError as error:  # no memory, no room for another process
        job.error = _("The system began no process for it: {reason}").format(reason=error.strerror)
        job._end(State.FAILED)
        _next(job.study)
        return
    telling.close()
    ended = State.FAILED  # until it answers
    try:
        while True:
            kind, said = hearing.recv()
            if kind == "hears":
                job._hears = True
                threading.Thread(target=job._tell, daemon=True).start()  # it may have been stopped on its way
            elif kind == "told":
                job.stage, job.done, job.total = said
            elif kind == "answer":
                job.answer, ended = said, State.DONE
            else:
                job.error = said
    except EOFError:  # the process has ended
        job._process.join()
    if ended is State.FAILED and not job.error and job.state is not State.STOPPED:
        job.error = _("It ended without a word. Nothing was half kept.")
    # What had come whole before it heard that it should stop is there: to say that nothing was kept would be wrong.
    job._end(State.STOPPED if job.state is State.STOPPED and ended is not State.DONE else ended)
    _next(job.study)


def warm_up() -> None:
    """Let the process that jobs are begun from read its programs while somebody still looks at what to import."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver  # noqa: PLC0415  (Windows has none)

        threading.Thread(target=forkserver.ensure_running, daemon=True).start()


def _context() -> Any:
    """Processes are begun from one that has read the programs already, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["makna.web.working"])
    return context


def _environment() -> dict[str, str]:
    """What this process was told: the one that others are begun from may have begun before."""
    return {name: value for name, value in os.environ.items() if name.startswith("MAKNA_")}


def _name(work: Work) -> tuple[str, str]:
    """Where the new process finds *work*, once it may import what needs Django."""
    return work.__module__, work.__qualname__


def _stop(process: Any) -> None:
    if process is None or process.pid is None:
        return
    if os.name == "posix":
        os.kill(process.pid, signal.SIGINT)
    process.join(_GRACE)
    if process.is_alive():
        process.kill()
