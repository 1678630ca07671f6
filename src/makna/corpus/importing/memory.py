"""Memory that was freed goes back to the system: an import runs for long, beside whatever else a laptop does.

Other C libraries than glibc return it by themselves.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # parameters of mallopt(3)
_LARGE = 6 << 20  # bytes


def keep_little() -> None:
    """Take large blocks from the system and give them back one by one; glibc else begins to keep them after the first."""
    mallopt = _glibc("mallopt")
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Return what was freed within the heap."""
    trim = _glibc("malloc_trim")
    if trim is not None:
        trim(0)


@contextmanager
def rare_collection() -> Iterator[None]:
    """Look rarely for objects that hold one another: records come and go by the thousand and never do."""
    usual = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


def collect_rarely() -> None:
    """The same, for a process that does nothing else. What is there already stays, and is not looked at again."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _glibc(name: str) -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
