"""``makna.Library``: the face of Makna for scripts and notebooks. The command line says the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from makna.library.folder import Library, slug
    from makna.library.queries import refuse_identifiers
    from makna.library.study import Study

__all__ = ["Library", "Study", "refuse_identifiers", "slug"]
_HOMES = {"Library": "folder", "Study": "study", "refuse_identifiers": "queries", "slug": "folder"}


def __getattr__(name: str) -> object:
    """What the library is made of is read when it is first asked for: a first page, or ``--help``, needs none of it."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
