"""Django waits where an event loop runs, as in a notebook: then work on the record is done in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import wraps
from typing import ParamSpec, TypeVar

Told = ParamSpec("Told")
Answer = TypeVar("Answer")


def apart(work: Callable[Told, Answer]) -> Callable[Told, Answer]:
    """*work*, done in a thread of its own where an event loop runs."""

    @wraps(work)
    def anywhere(*told: Told.args, **named: Told.kwargs) -> Answer:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return work(*told, **named)
        with ThreadPoolExecutor(1) as thread:
            context = copy_context()
            return thread.submit(lambda: context.run(work, *told, **named)).result()

    return anywhere
