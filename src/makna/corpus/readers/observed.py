"""Profiles and posts that a person noted by hand, in a form: TOML with ``[[profile]]`` and ``[[post]]``, or CSV.

Decisions: labels serve within one form, so two forms may both have a post ``u1``; what a post goes by is its label and
words. A post takes its account's profile from the same form. A key that the form does not have never enters.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from msgspec import structs

from makna.corpus.model import Relation, SourceKind
from makna.corpus.readers import cells, chat_people, plain_text
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.times import any_time
from makna.corpus.readers.x_common import clean, shaped_wrong
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection
from makna.errors import NothingToRead, UnreadableFile
from makna.i18n import _

Fields = Mapping[str, str]

PROFILE, POST = "profile", "post"
_PROFILE_KEYS = ("handle", "name", "bio", "location", "followers", "joined")
_RELATIONS = {"reply_to": Relation.REPLY, "quotes": Relation.QUOTE, "reposts_of": Relation.REPOST}
_POST_KEYS = (
    "handle", "name", "date", "text", "media", "label", *_RELATIONS, "replies_count", "reposts_count", "likes_count",
)  # fmt: skip
_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*(profile|post)[ \t]*\]\]", re.MULTILINE)
_COLUMNS = re.compile(r'\s*"?observed"?\s*[,;\t]\s*"?handle"?\s*(?:[,;\t]|$)', re.IGNORECASE | re.MULTILINE)
_MEDIA = frozenset({"image", "video", "voice", "animation", "sticker", "document"})
_LIMIT = 4 << 20  # bytes of a form; a person writes no more
_LABOUR = 5_000_000  # steps


@dataclass(frozen=True)
class _Entry:
    """One profile or post as it stands in the form; *fields* is None where a value has no form that one can have."""

    where: int
    what: str
    fields: Fields | None
    other: int = 0  # keys that the form does not have


class Observed:
    """A form of profiles and posts noted by hand."""

    name = "observed"
    title = "Form of profiles and posts noted by hand (TOML, CSV)"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset(
        {"account", "handle", "name", "bio", "location", "time", "replies", "counts", "media", "text"}
    )
    parallel = False

    def sniff(self, head: Head) -> float:
        """Sure where the form's tables or its first columns stand in the head."""
        if _COLUMNS.match(head.text):
            return 0.98
        if _TABLE.search(head.text) and head.text.lstrip()[:1] in ("#", "["):
            return 0.98
        return (
            0.9
            if head.suffix == ".toml" and re.search(r"^#\s*\[\[profile\]\]", head.text, re.MULTILINE)
            else 0.0
        )

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """The whole form as one block. Raises a ReadError that names the file, the line and the remedy."""
        size = path.stat().st_size
        if size > _LIMIT:
            message = _(
                "{name} is larger than {limit} MB: no form noted by hand is. Add it as a table with --map."
            )
            raise UnreadableFile(message.format(name=path.name, limit=_LIMIT >> 20))
        text = plain_text.read_text(path)
        entries = tuple(_of_csv(text) if _COLUMNS.match(text) else _of_toml(text, path.name))
        if not entries:
            message = _(
                "{name} is a form that nobody filled in yet: write a row for each profile and post, or in TOML remove the #"
                " before what you fill in."
            )
            raise NothingToRead(message.format(name=path.name))
        yield Block(1, size, entries)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """Accounts and posts in the order of the form; last what never enters."""
        entries: tuple[_Entry, ...] = block.payload
        profiles = {}
        for entry in entries:
            account = _account(entry.fields) if entry.fields and entry.what == PROFILE else None
            if account is not None:
                profiles[account.handle] = account
        labels = {
            f["label"]: _id(f) for e in entries if (f := e.fields) and e.what == POST and f.get("label")
        }
        for entry in entries:
            yield _record(entry, profiles, labels)
        other = sum(entry.other for entry in entries)
        if other:
            yield Dropped({"other": other})


def _record(entry: _Entry, profiles: Mapping[str | None, RawAccount], labels: Mapping[str, str]) -> RawRecord:
    fields, where = entry.fields, entry.where
    if fields is None:
        return shaped_wrong(where)
    account = _account(fields)
    if entry.what == PROFILE:
        if account is None:
            return Rejection(where, _("This profile names no account: fill in its handle or its name."))
        return structs.replace(account, where=where)
    if entry.what != POST:
        return Rejection(where, _("The column observed says neither profile nor post in this row."))
    relation, parent = next(
        ((kind, fields[key]) for key, kind in _RELATIONS.items() if fields.get(key)), (Relation.NONE, None)
    )
    text = "" if relation is Relation.REPOST else clean(fields.get("text", "")).strip("\n")
    media = _media(fields.get("media", ""))
    if not text.strip() and not media and relation is not Relation.REPOST:
        return Rejection(where, _("This post holds no text and no medium: fill in its text."))
    return RawPost(
        where,
        text,
        id=_id(fields) if fields.get("label") else None,
        account=profiles.get(account.handle, account) if account else None,
        sent=any_time(fields.get("date", "")),
        parent_id=(labels.get(parent) or f"observed {parent}") if parent else None,
        relation=relation,
        replies=cells.number(fields.get("replies_count", "")),
        reposts=cells.number(fields.get("reposts_count", "")),
        likes=cells.number(fields.get("likes_count", "")),
        media=media,
    )


def _id(fields: Fields) -> str:
    """What a labelled post goes by: its label, author and words, so that labels of two forms do not meet."""
    return "|".join(
        ("observed", *(fields.get(key, "") for key in ("label", "handle", "name", "date", "text")))
    )


def _account(fields: Fields) -> RawAccount | None:
    """The account of an entry; a display name stands for it where no handle is given."""
    name = chat_people.plain(fields.get("name", "")) or None
    written = fields.get("handle", "").strip().removeprefix("@")
    handle = chat_people.phone(written) or cells.handle(written)
    handle = handle or chat_people.handle(written) or chat_people.handle(name or "")
    if not handle:
        return None
    return RawAccount(
        handle=handle,
        name=name,
        bio=clean(fields.get("bio", "")).strip() or None,
        location=clean(fields.get("location", "")).strip() or None,
        created=any_time(fields.get("joined", "")),
        followers=cells.number(fields.get("followers", "")),
    )


def _media(said: str) -> tuple[str, ...]:
    words = [word for word in re.split(r"[\s,;|]+", said.lower()) if word]
    return tuple(word if word in _MEDIA else "media" for word in words[:20])


def _of_csv(text: str) -> Iterator[_Entry]:
    """The rows of the CSV form, whichever sign parts its columns."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield _Entry(rows.line_num, "", None)
            continue
        if not columns:
            columns = [name.strip().lower() for name in row] if any(map(str.strip, row)) else []
        elif any(map(str.strip, row)):
            what = row[0].strip().lower()
            named = dict(zip(columns[1:], row[1:], strict=False))
            yield _entry(rows.line_num, what, {**named, "": "".join(row[len(columns) :]).strip()})


def _of_toml(text: str, name: str) -> Iterator[_Entry]:
    """The tables of the TOML form, in their order."""
    if _is_laborious(text):
        message = _(
            "{name} holds keys of hundreds of parts, which no form has: look what the file was made by."
        )
        raise UnreadableFile(message.format(name=name))
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        told = re.search(r"at line (\d+)", str(error))
        message = _("{name} is no TOML from line {line} on: look for a quote that is missing there.")
        raise UnreadableFile(message.format(name=name, line=told[1] if told else "?")) from None
    places: dict[str, list[int]] = {PROFILE: [], POST: []}
    line, counted = 1, 0
    for match in _TABLE.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        places[match[1]].append(line)
    made = [(what, n, one) for what in places for n, one in enumerate(_tables(held.get(what)))]
    entries = [
        _entry(places[what][n] if n < len(places[what]) else n + 1, what, one) for what, n, one in made
    ]
    yield from sorted(entries, key=lambda entry: entry.where)


def _is_laborious(text: str) -> bool:
    """Whether keys of very many parts would keep the parser busy for minutes; nobody writes such."""
    dots = (line.partition("=")[0].count(".") for line in text.split("\n"))
    return sum(n * n for n in dots if n > 10) > _LABOUR


def _tables(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _entry(where: int, what: str, values: Any) -> _Entry:
    """One entry with its values as text; what the form does not have is counted."""
    if not isinstance(values, dict):
        return _Entry(where, what, None)
    known = _PROFILE_KEYS if what == PROFILE else _POST_KEYS
    mine = {key: value for key, value in values.items() if key in known}
    other = sum(value not in ("", None) for key, value in values.items() if key not in known)
    fields = {key: _text(value) for key, value in mine.items()}
    if any(text is None for text in fields.values()):
        return _Entry(where, what, None, other)
    return _Entry(where, what, {key: text for key, text in fields.items() if text is not None}, other)


def _text(value: Any) -> str | None:
    """A value as text: numbers, days and lists of words as they are written; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, time) else None
