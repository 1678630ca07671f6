"""Makna: a workbench for qualitative research on how people in an online community make meaning together."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["Library", "Study", "__version__"]


def __getattr__(name: str) -> object:
    """``makna.Library`` without loading the whole house for ``import makna``."""
    if name in ("Library", "Study"):
        from makna import library  # noqa: PLC0415

        return getattr(library, name)
    raise AttributeError(name)
