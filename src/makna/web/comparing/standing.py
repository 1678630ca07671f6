"""The study's codings beside what the corpus says of them, kept in memory as long as neither changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import pyarrow as pa
from django.db import connections

from makna.library.crossing import coded
from makna.record.acting import Actor
from makna.record.database import current
from makna.record.queries.passages import seen
from makna.web.coded import last_event
from makna.web.here import Here
from makna.web.workbench import served

PATIENCE = 0.3  # seconds that a page waits before it says that the codings are being read
_LONGEST = 120.0
_kept: dict[tuple[str, int], tuple[Any, dict[Any, Any]]] = {}
_lock = threading.Lock()
_reading = ThreadPoolExecutor(1, thread_name_prefix="codings")


def kept(here: Here, what: Any, make: Callable[[], Any]) -> Any:
    """What *make* makes, once as long as record and corpus stand as they are; each person sees their own."""
    made = _made(here)
    if what not in made:
        made[what] = make()
    return made[what]


def _made(here: Here) -> dict[Any, Any]:
    state, who = (here.study.standing(), last_event(here.actor)), (here.study.id, here.actor.person.pk)
    with _lock:
        if who not in _kept or _kept[who][0] != state:
            _kept[who] = (state, {})
        return _kept[who][1]


def ready(here: Here) -> bool:
    """Whether the codings are in memory, or come within PATIENCE; they go on being read."""
    try:
        _codings(here).result(PATIENCE)
    except TimeoutError:
        return False
    return True


def codings(here: Here) -> pa.Table:
    """The codings that whoever looks may see (schema makna.library.crossing.CODED), codes by their ids as texts."""
    return _codings(here).result(_LONGEST)


def _codings(here: Here) -> Future[pa.Table]:
    made = _made(here)
    found: Future[pa.Table] | None = made.get("codings")
    if found is None or (found.done() and found.exception() is not None):  # what failed is tried again
        found = _reading.submit(copy_context().run, _read, here.study.name, here.actor)
        made["codings"] = found
    return found


def _read(study: str, actor: Actor) -> pa.Table:
    """In a thread of its own, with connections of its own."""
    columns = ("code", "coder__username", "source__document", "start", "end")
    try:
        rows = [(str(code), *rest) for code, *rest in seen(actor).order_by().values_list(*columns)]
        return coded(served().study(study), rows)
    finally:
        connections[current()].close()
