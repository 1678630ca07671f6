"""Any CSV, TSV or workbook of posts, by a mapping of columns to roles.

Decisions: a row whose text is empty is rejected. A row that answers somebody, or whose conversation is not its own
id, is a reply. ``RT @name:`` makes a repost that keeps its text, because the original seldom stands in such a file.
A column that the mapping does not name never enters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from makna.corpus.model import Relation, SourceKind
from makna.corpus.readers import cells, layout, mapping, sheets, source
from makna.corpus.readers.base import BLOCK_BYTES, Block, Head, Options
from makna.corpus.readers.csv_cut import LIMIT, Cutter, Record, State, lines
from makna.corpus.readers.csv_fields import Shape
from makna.corpus.readers.hidden_cells import NOTHING, Hidden
from makna.corpus.readers.jsonl import broken_off
from makna.corpus.readers.times import any_time
from makna.corpus.readers.x_common import clean, filled, language
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection, Remark
from makna.errors import NothingToRead, UnknownFormat
from makna.i18n import _

ROWS = 2000  # of a workbook in one block
_REPOST = re.compile(r"RT @(\w{1,30}):")


@dataclass(frozen=True)
class Columns:
    """Where each role stands, and the names of the other columns as they are reported."""

    roles: Mapping[str, int]
    others: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CsvRows:
    """Records still to be parsed."""

    columns: Columns
    shape: Shape
    encoding: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class SheetRows:
    """Rows of a workbook, and what is hidden in it where they are the first."""

    columns: Columns
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    hidden: Hidden = NOTHING


class Table:
    """CSV, TSV and XLSX by a mapping of columns."""

    name = "table"
    title = "Table (CSV, TSV, XLSX) by a mapping of columns"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset(
        {"account", "handle", "name", "bio", "location", "time", "replies", "counts", "media", "text"}
    )
    parallel = True
    reported: Mapping[str, str] = {
        "media": "other"
    }  # roles whose cells are looked at and never enter themselves
    extra: tuple[str, ...] = ()  # roles that only a reader of one program's tables knows

    def sniff(self, head: Head) -> float:
        """Sure of workbooks and of steady delimiters under a header that names a text."""
        if head.encoding == "binary":
            return 0.7 if head.suffix in (".xlsx", ".xls", ".ods", ".xlsm") or b"xl/" in head.data else 0.3
        if head.text.lstrip()[:1] in ("{", "[", "<", "@"):
            return 0.0
        sheet = head.suffix in (".csv", ".tsv", ".tab")
        found = layout.of(head) if sheet or layout.may_be(head) else None
        if found is None:
            return 0.0
        named = "text" in mapping.guess(found.columns, ())
        if sheet:
            return 0.8 if named else 0.6
        return 0.65 if named and len(found.columns) > 2 and found.steady > 0.9 else 0.0

    def columns(
        self, path: Path, head: Head, options: Options
    ) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """The file's column names and its first rows, to guess a mapping from or to show."""
        if head.encoding == "binary":
            rows = sheets.read(path, options.sheet).rows
            names = _header(rows, path)
            return names, [row for _n, row in islice(rows, layout.SAMPLE)]
        found = _layout(head, path)
        return found.columns, list(found.sample)

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of about 2 MiB. Raises a ReadError that names the file, what is missing and the remedy."""
        if head.encoding == "binary":
            yield from self._sheet_blocks(path, options)
            return
        found = _layout(head, path)
        columns = self._columns(found.columns, found.sample, options, path.name)
        pieces: Iterable[bytes] = source.pieces(path, head.encoding)
        if "\n" not in head.text and "\r" in head.text:
            pieces = (piece.replace(b"\r", b"\n") for piece in pieces)
        body = islice(lines(pieces), found.header_end, None)
        taken: list[Record] = []
        size = 0
        for record in Cutter(found.shape, head.encoding).records(body):
            taken.append(record)
            size += len(record.data) + 1
            if size >= BLOCK_BYTES:
                yield Block(taken[0].where, size, CsvRows(columns, found.shape, head.encoding, tuple(taken)))
                taken, size = [], 0
        if taken:
            yield Block(taken[0].where, size, CsvRows(columns, found.shape, head.encoding, tuple(taken)))

    def _sheet_blocks(self, path: Path, options: Options) -> Iterator[Block]:
        sheet = sheets.read(path, options.sheet)
        names = _header(sheet.rows, path)
        sample = list(islice(sheet.rows, layout.SAMPLE))
        columns = self._columns(names, [row for _n, row in sample], options, path.name)
        size = path.stat().st_size / max(1, sheet.height)
        left, hidden = chain(sample, sheet.rows), sheet.hidden
        while taken := tuple(islice(left, ROWS)):
            yield Block(taken[0][0], round(size * len(taken)), SheetRows(columns, taken, hidden))
            hidden = NOTHING

    def _columns(
        self, names: Sequence[str], sample: Sequence[Sequence[str]], options: Options, name: str
    ) -> Columns:
        """Where each role stands: as the researcher said, else as proposed."""
        proposed = {} if options.mapping else self.propose(names, sample)
        own = (*self.reported, *self.extra) if proposed else ()
        roles = mapping.check(options.mapping or proposed, names, name, allowed=(*mapping.ROLES, *own))
        taken = {at for role, at in roles.items() if role not in self.reported}
        kept_out = {at: self.reported[role] for role, at in roles.items() if role in self.reported}
        others = [n for n in range(len(names)) if n not in taken]
        return Columns(roles, tuple((n, kept_out.get(n) or self._known(names[n])) for n in others))

    def _known(self, name: str) -> str:
        """What a column that never enters is called in the report: names that are somebody's own stay unsaid."""
        return "other"

    def propose(self, names: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, str]:
        """The mapping used where the researcher gave none."""
        return mapping.guess(names, sample)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """Posts and rejections in the order of the rows; last what never enters."""
        payload: CsvRows | SheetRows = block.payload
        dropped: Counter[str] = Counter()
        if isinstance(payload, SheetRows):
            dropped.update(payload.hidden.counts())
            if not payload.hidden.told:
                yield Remark(_untold())
        rows = _csv_rows(payload) if isinstance(payload, CsvRows) else payload.rows
        for where, row in rows:
            if isinstance(row, Rejection):
                yield row
                continue
            if not any(map(str.strip, row)):
                continue
            dropped.update(name for n, name in payload.columns.others if n < len(row) and row[n].strip())
            yield from self._records(where, Row(row, payload.columns.roles))
        if dropped:
            yield Dropped(dict(dropped))

    def _records(self, where: int, row: Row) -> Iterable[RawRecord]:
        """The records of one row."""
        return (self._post(where, row),)

    def _post(self, where: int, row: Row) -> RawPost | Rejection:
        text = clean(row.get("text"))
        if not text.strip():
            return Rejection(where, _("The column of the text is empty in this row."))
        post = RawPost(
            where,
            text,
            id=cells.post_id(row.get("id")),
            account=_account(row),
            sent=any_time(row.get("time")),
            conversation_id=cells.post_id(row.get("conversation")),
            parent_id=cells.post_id(row.get("parent")),
            parent_handle=cells.handle(row.get("parent_handle")),
            replies=cells.number(row.get("replies")),
            reposts=cells.number(row.get("reposts")),
            likes=cells.number(row.get("likes")),
            quotes=cells.number(row.get("quotes")),
            language=language(cells.language(row.get("language"))),
            media=cells.media(row.get("media")),
        )
        self._relate(post, row)
        return post

    def _relate(self, post: RawPost, row: Row) -> None:
        repost = _REPOST.match(post.text)
        if repost:
            post.relation, post.parent_handle = Relation.REPOST, post.parent_handle or repost[1]
        elif post.parent_id or post.parent_handle or in_thread(post):
            post.relation = Relation.REPLY


class Row:
    """The cells of one row by role; "" for what is absent."""

    __slots__ = ("_cells", "_roles")

    def __init__(self, cells_: Sequence[str], roles: Mapping[str, int]) -> None:
        self._cells, self._roles = cells_, roles

    def has(self, role: str) -> bool:
        """Whether the table has a column for *role*."""
        return role in self._roles

    def get(self, role: str) -> str:
        """The cell of *role*."""
        at = self._roles.get(role)
        return self._cells[at] if at is not None and at < len(self._cells) else ""


def in_thread(post: RawPost) -> bool:
    """Whether the post's conversation began with another one."""
    return bool(post.id and post.conversation_id and post.id != post.conversation_id)


def _account(row: Row) -> RawAccount | None:
    """Who wrote the row. A name with spaces stands for the account where nothing better does."""
    said, named = cells.value(row.get("handle")), filled(row.get("name"))
    account = RawAccount(
        id=cells.post_id(row.get("author")),
        handle=cells.handle(row.get("handle")),
        name=named if cells.value(named or "") else None,
        bio=filled(row.get("bio")),
        location=filled(row.get("location")),
    )
    if said and not account.handle:
        account.id, account.name = account.id or said, account.name or said
    if account.id and not account.id.isdigit() and not account.handle:
        account.handle = cells.handle(account.id)  # an "author" column often holds handles
        account.name = account.name or (None if account.handle else account.id)
        account.id = None if account.handle else account.id
    if not account.id and not account.handle and account.name:
        account.id = account.name
    return account if account.id or account.handle else None


def _csv_rows(payload: CsvRows) -> Iterator[tuple[int, list[str] | Rejection]]:
    shape, encoding = payload.shape, payload.encoding
    for where, data, state in payload.records:
        if state is State.OVERLONG:
            reason = _(
                "The row is larger than {limit} MB: that is no post. Look for a quote that is never closed."
            )
            yield where, Rejection(where, reason.format(limit=LIMIT >> 20))
            continue
        if state is State.BAD or state is State.BROKEN_OFF:
            yield where, Rejection(where, broken_off() if state is State.BROKEN_OFF else _open_quote())
            continue
        fields = shape.fields(source.decode_line(data, encoding).rstrip("\r"), pad=state is not State.LAST)
        if fields is not None:
            yield where, fields
        elif state is not State.TAIL:
            yield where, Rejection(where, broken_off() if state is State.LAST else _wrong_width(shape.width))


def _untold() -> str:
    return _(
        "Whether rows and columns are hidden a workbook of this kind does not tell: all were read. Save it as XLSX and add"
        " that where some are hidden."
    )


def _open_quote() -> str:
    return _("A quote in this row is never closed: mend the row, or export the table again.")


def _wrong_width(width: int) -> str:
    return _("The row does not have {width} fields: mend the row, or export the table again.").format(
        width=width
    )


def _layout(head: Head, path: Path) -> layout.Layout:
    found = layout.of(head)
    if found is None:
        message = _("{name} has no header row: write the names of the columns into its first row.")
        raise UnknownFormat(message.format(name=path.name))
    if head.whole and not found.sample and len(head.text.strip().splitlines()) <= found.header_end:
        message = _("{name} holds a header and no row: export it again.")
        raise NothingToRead(message.format(name=path.name))
    return found


def _header(rows: Iterator[tuple[int, tuple[str, ...]]], path: Path) -> tuple[str, ...]:
    """The first row that is not empty, as names of columns."""
    for _where, row in rows:
        if any(map(str.strip, row)):
            return layout.unique(row)
    raise NothingToRead(_("{name} holds no row: check that the right sheet is named.").format(name=path.name))
