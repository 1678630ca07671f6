"""The study's codings beside what the corpus says of them, kept in memory as long as neither changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from makna.library.crossing import coded
from makna.record.queries.passages import seen
from makna.web.coded import last_event
from makna.web.here import Here

_kept: dict[tuple[str, int], tuple[Any, dict[Any, Any]]] = {}
_lock = threading.Lock()


def kept(here: Here, what: Any, make: Callable[[], Any]) -> Any:
    """What *make* makes, once as long as record and corpus stand as they are; each person sees their own."""
    state, who = (here.study.standing(), last_event(here.actor)), (here.study.id, here.actor.person.pk)
    with _lock:
        if who not in _kept or _kept[who][0] != state:
            _kept[who] = (state, {})
        made = _kept[who][1]
    if what not in made:
        made[what] = make()
    return made[what]


def codings(here: Here) -> pa.Table:
    """The codings that whoever looks may see (schema makna.library.crossing.CODED), codes by their ids as texts."""
    return kept(here, "codings", lambda: coded(here.study, _rows(here)))


def _rows(here: Here) -> list[tuple[str, str, int, int, int]]:
    columns = ("code", "coder__username", "source__document", "start", "end")
    return [(str(code), *rest) for code, *rest in seen(here.actor).order_by().values_list(*columns)]
