"""Memory that was freed goes back to the system: an import runs for long, beside whatever else a laptop does."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Ask glibc to return freed heap, which it keeps otherwise; other C libraries return it by themselves."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
