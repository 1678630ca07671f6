"""What a file seems to be, before anything of it is written: format, kind, access basis, rows, columns, sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import python_calamine

from makna.corpus import source_lock
from makna.corpus.model import AccessBasis, SourceKind
from makna.corpus.readers import mapping, recognise, sheets
from makna.corpus.readers.base import ClosedPlace, Head, Options, Reader
from makna.corpus.readers.source import opened
from makna.corpus.readers.table import Table
from makna.i18n import N_
from makna.record import serving

_MANY = 32 << 20  # bytes of a workbook of which the rows are not counted


@dataclass(frozen=True)
class Said:
    """What the researcher says of a file, or leaves to the guess where it is empty."""

    kind: str = ""
    access: str = ""
    permission: str = ""
    title: str = ""
    date: str = ""
    sheet: str = ""
    pdf_folder: str = ""
    minors: str = ""
    names: tuple[str, ...] = field(default=(), repr=False)  # to mask
    mapping: Mapping[str, str] = field(default_factory=dict)  # role -> column
    speakers: Mapping[str, str] = field(default_factory=dict, repr=False)  # label -> whom it means
    informants: Mapping[str, str] = field(default_factory=dict, repr=False)  # file -> its participant
    harvest: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What a file seems to be, given what was said of it."""

    format: str
    reader: str
    kind: str
    access: str
    size: int
    rows: int | None = None
    exact: bool = True  # else rows are an estimate
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    lacks: tuple[serving.Unserved, ...] = ()

    @property
    def posts(self) -> bool:
        """Whether it is a file of posts: each is a batch of its own."""
        return self.kind == SourceKind.OBSERVATION


ROLES = {
    "text": N_("text of the post"), "id": N_("number of the post"), "author": N_("number of the account"),
    "handle": N_("account name"), "name": N_("display name"), "bio": N_("profile text"), "location": N_("place"),
    "time": N_("time"), "conversation": N_("number of the conversation"), "parent": N_("number of the post it answers"),
    "parent_handle": N_("account it answers"), "replies": N_("count of replies"), "reposts": N_("count of reposts"),
    "likes": N_("count of likes"), "quotes": N_("count of quotes"), "language": N_("language"), "media": N_("media"),
}  # fmt: skip
"""What a column of a table may be."""


def look(path: Path, said: Said) -> Look:
    """Look at a file; raises what recognising it raises."""
    options = Options(
        kind=SourceKind(said.kind) if said.kind else None,
        mapping=said.mapping or None,
        sheet=said.sheet or None,
    )
    source_lock.refuse_locked(path)
    reader, head = recognise(path, options=options)
    reader = serving.narrowed(reader, path, head, options)
    kind = options.kind or reader.kinds[0]
    size = path.stat().st_size
    found = Look(
        format=reader.title, reader=reader.name, kind=kind.value, access=said.access or _access(reader, head, kind),
        size=size, lacks=serving.unserved(kind, reader.provides),
    )  # fmt: skip
    rows, exact = _rows(path, head, said, size)
    found = replace(found, rows=rows, exact=exact, sheets=_sheets(path, head))
    if type(reader) is Table:
        names, sample = reader.columns(path, head, options)
        found = replace(found, columns=names, mapping=said.mapping or mapping.guess(names, sample))
    return found


def _access(reader: Reader, head: Head, kind: SourceKind) -> str:
    if isinstance(reader, ClosedPlace) and reader.is_closed(head):
        return AccessBasis.CLOSED.value
    return AccessBasis.PRIVATE.value if kind is SourceKind.INTERVIEW else AccessBasis.PUBLIC.value


def _rows(path: Path, head: Head, said: Said, size: int) -> tuple[int | None, bool]:
    """About how many records; None where nobody can tell at a glance."""
    if head.encoding == "binary":
        if not _sheets(path, head) or size > _MANY:
            return None, True
        return max(0, sheets.read(path, said.sheet or None).height - 1), True
    if head.suffix not in (".csv", ".tsv", ".tab", ".jsonl", ".ndjson") or not head.data:
        return None, True
    lines = sum(1 for line in head.data.split(b"\n") if line.strip())
    lines -= head.suffix not in (".jsonl", ".ndjson")
    return (lines, True) if head.whole else (int(lines * size / len(head.data)), False)


def _sheets(path: Path, head: Head) -> tuple[str, ...]:
    """The visible sheets of a workbook."""
    if head.encoding != "binary" or b"word/" in head.data or head.suffix in (".docx", ".zip"):
        return ()
    with opened(path) as stream:
        try:
            about = python_calamine.CalamineWorkbook.from_object(stream).sheets_metadata
        except python_calamine.CalamineError:
            return ()  # reading it says what is wrong with it
    return tuple(one.name for one in about if one.visible == python_calamine.SheetVisibleEnum.Visible)


def of_columns(chosen: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Role -> column, of what was chosen for each column; the first column of a role counts."""
    found: dict[str, str] = {}
    for column, role in chosen:
        if role in ROLES:
            found.setdefault(role, column)
    return found
