"""Long work in processes of its own: what it answers, how it fails, and what is said when it is stopped."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from makna.errors import MaknaError
from makna.web import jobs
from makna.web.jobs import State, Told


def answers(library: Path, study: str, told: Told, *, what: str) -> str:
    """Tells how far it is, and answers."""
    told("half", 1, 2)
    return f"{what} of {study}"


def refuses(library: Path, study: str, told: Told) -> None:
    """As Makna does."""
    raise MaknaError("no such batch")


def breaks(library: Path, study: str, told: Told) -> None:
    """As nothing should."""
    raise ZeroDivisionError


def is_interrupted(library: Path, study: str, told: Told) -> None:
    """As a query is: it hears the signal and fails in its own way."""
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise RuntimeError("Query interrupted") from None


def sleeps(library: Path, study: str, told: Told) -> None:
    """For a long time."""
    told("sleeps", 0, 0)
    time.sleep(600)


def ends_in_spite(library: Path, study: str, told: Told) -> str:
    """Comes to its end though it was stopped: it had all but answered."""
    told("nearly there", 0, 0)
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        return "whole"
    return "never stopped"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., jobs.Job]]:
    """Starts work on a study that nobody else works on."""
    yield lambda work, **given: jobs.start(tmp_path, tmp_path.name, work.__name__, work, **given)
    jobs.stop_all()


def ended(job: jobs.Job) -> tuple[State, Any, str]:
    """How it ended."""
    assert job.wait(60)
    return job.state, job.answer, job.error


def stopped(job: jobs.Job) -> tuple[State, Any, str]:
    """How it ended when it was stopped in the middle."""
    until = time.monotonic() + 60
    while not job.stage and time.monotonic() < until:
        time.sleep(0.01)
    assert job.stage
    job.stop()
    return ended(job)


def test_it_answers(start: Callable[..., jobs.Job]) -> None:
    """And says how far it was; asked again by its key, the same job answers."""
    job = start(answers, key="k", what="half")
    assert ended(job) == (State.DONE, f"half of {job.study}", "")
    assert (job.stage, job.done, job.total) == ("half", 1, 2)
    assert start(answers, key="k", what="other") is job


def test_it_says_why_it_failed(start: Callable[..., jobs.Job]) -> None:
    """A refusal in its words; a fault of Makna's as one."""
    assert ended(start(refuses)) == (State.FAILED, None, "no such batch")
    state, _answer, error = ended(start(breaks))
    assert (state, error.startswith("Makna failed here")) == (State.FAILED, True)


def test_a_query_that_was_interrupted_was_stopped(start: Callable[..., jobs.Job]) -> None:
    """It is no fault of Makna's, whatever the engine calls it."""
    assert ended(start(is_interrupted))[2] == "Stopped."


def test_stopping(start: Callable[..., jobs.Job]) -> None:
    """Work that stops is stopped, work that waits never begins; what came whole before it heard is there."""
    running, waiting = start(sleeps), start(answers, what="half")
    waiting.stop()
    assert (waiting.state, waiting.over) == (State.STOPPED, True)
    assert stopped(running)[:2] == (State.STOPPED, None)
    assert stopped(start(ends_in_spite)) == (State.DONE, "whole", "")
