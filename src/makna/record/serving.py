"""What a file gives to the lenses: which of them it cannot serve, and which sources would."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path

from makna.analysis.lenses import NEEDS
from makna.corpus.importing.outcome import Unserved
from makna.corpus.model import SourceKind
from makna.corpus.readers import mapping, readers
from makna.corpus.readers.base import Head, Options, Reader
from makna.corpus.readers.table import Table
from makna.errors import BadMapping

_OF_ROLES = {  # what a mapped column provides, where it is not called the same
    "author": ("account",),
    "handle": ("account", "handle"),
    "name": ("account", "name"),
    "conversation": ("replies",),
    "parent": ("replies",),
    "parent_handle": ("replies",),
    "replies": ("counts",),
    "likes": ("counts",),
    "reposts": ("counts",),
    "quotes": ("counts",),
}
_INTERVIEWS = frozenset({"motives"})  # lenses on what people say when asked


def narrowed(reader: Reader, path: Path, head: Head, options: Options) -> Reader:
    """A reader of tables provides what the columns of this table hold; every other what its format holds."""
    if type(reader) is not Table:
        return reader
    try:
        names, sample = reader.columns(path, head, options)
        roles = options.mapping or mapping.guess(names, sample)
    except BadMapping:
        return reader  # reading it says what is wrong with it
    held = {part for role in roles for part in _OF_ROLES.get(role, (role,))}
    here = copy.copy(reader)
    here.provides = reader.provides & held
    return here


def unserved(kind: SourceKind, provides: Iterable[str]) -> tuple[Unserved, ...]:
    """The lenses that a source of this *kind* which *provides* these parts cannot serve, in their order.

    Literature supports a reading and is no field evidence: no lens waits for it.
    """
    held = frozenset(provides)
    found: list[Unserved] = []
    if kind is SourceKind.LITERATURE:
        return ()
    for lens, needs in NEEDS.items():
        if kind is SourceKind.OBSERVATION and lens in _INTERVIEWS:
            found.append(Unserved(lens, (SourceKind.INTERVIEW.value,), _titles(SourceKind.INTERVIEW, needs)))
        elif kind is SourceKind.OBSERVATION and needs - held:
            found.append(Unserved(lens, tuple(sorted(needs - held)), _titles(kind, needs)))
        elif kind is not SourceKind.OBSERVATION and needs - {"text"}:
            posts = _titles(SourceKind.OBSERVATION, needs)
            found.append(Unserved(lens, (SourceKind.OBSERVATION.value,), posts))
        elif kind is SourceKind.FIELD_NOTE and lens in _INTERVIEWS:
            found.append(Unserved(lens, (SourceKind.INTERVIEW.value,), _titles(SourceKind.INTERVIEW, needs)))
    return tuple(found)


def _titles(kind: SourceKind, needs: frozenset[str]) -> tuple[str, ...]:
    return tuple(r.title for r in readers() if kind in r.kinds and needs <= r.provides)
