"""Makna: a workbench for qualitative research on how people in an online community make meaning together."""

from __future__ import annotations

import os

# Lenses multiply small matrices, many times: threads wait for each other longer than they work. And one thread adds up in
# the same order on every machine. Read by OpenBLAS when numpy is first loaded; whoever sets it otherwise is obeyed.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
__all__ = ["Library", "Study", "__version__"]


def __getattr__(name: str) -> object:
    """``makna.Library`` without loading the whole house for ``import makna``."""
    if name in ("Library", "Study"):
        from makna import library  # noqa: PLC0415

        return getattr(library, name)
    raise AttributeError(name)
