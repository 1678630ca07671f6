"""What readers yield: records as the source has them, before the door.

Nothing here is ever written in clear: the door turns records into rows of :mod:`makna.corpus.model`. A reader fills
only the fields named here; whatever else a source holds never enters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct
from msgspec import field as entry

from makna.corpus.model import Relation, SourceKind


class RawAccount(Struct, gc=False, array_like=True):
    """An account as the source names it. *id* and *handle* may each be absent, not both for a known author."""

    id: str | None = None
    handle: str | None = None  # without @
    name: str | None = None  # display name
    bio: str | None = None
    location: str | None = None
    created: float | None = None  # seconds since the epoch, UTC
    followers: int | None = None
    where: int = 0  # set when an account is a record of its own (a profile without posts)


class RawPost(Struct, gc=False, array_like=True):
    """One post. Text has its entities decoded and line ends as ``\\n``; short links are still in it."""

    where: int  # line or row in the source, from 1
    text: str
    id: str | None = None  # None where the source has none, or where it is plainly damaged (1.7E+18)
    account: RawAccount | None = None
    sent: float | None = None  # seconds since the epoch, UTC
    conversation_id: str | None = None
    parent_id: str | None = None
    parent_handle: str | None = None
    relation: Relation = Relation.NONE
    replies: int | None = None
    reposts: int | None = None
    likes: int | None = None
    quotes: int | None = None
    media: tuple[str, ...] = ()  # as makna.corpus.model names them
    mentions: tuple[str, ...] = ()  # handles without @, as the source's metadata lists them
    mention_names: tuple[str, ...] = ()  # display names that come with those mentions
    links: dict[str, str] = entry(
        default_factory=dict
    )  # short link in the text -> what it leads to, or "media"
    language: str | None = None  # the source's own claim; "in" already turned into "id"
    context: bool = False  # came along with another post (X API v2 "includes", a quoted or reposted original)
    withheld: bool = False  # by an account without recorded consent: its words do not enter


@dataclass(slots=True)
class RawTurn:
    """A piece of a document: a speaker's turn, a paragraph, a caption."""

    text: str
    speaker: str | None = None  # the label as it stands in the source: "P", "Informan 3", "Ibu Sri"


@dataclass(slots=True)
class RawDocument:
    """A transcript, a field note or a piece of literature."""

    where: int
    kind: SourceKind
    turns: list[RawTurn]
    title: str | None = None
    date: str | None = None  # ISO day, month or year, where the source states one
    session: str | None = None  # for notes: descriptive, reflexive, ... where stated
    key: str | None = None  # citation key
    csl: Mapping[str, Any] | None = None  # CSL-JSON, for literature
    roles: Mapping[str, str] = field(
        default_factory=dict
    )  # label -> researcher, participant, other: a reading of the source


@dataclass(slots=True, frozen=True)
class Rejection:
    """A record that could not be read: its position and the reason. Never its content."""

    where: int
    reason: str


@dataclass(slots=True, frozen=True)
class Dropped:
    """Fields of the source that never enter, with how many records held them. Names the format documents, else "other"."""

    fields: Mapping[str, int]


@dataclass(slots=True, frozen=True)
class Remark:
    """What the researcher should know about how the whole file was read, once a file. Never content."""

    text: str


RawRecord = RawPost | RawAccount | RawDocument | Rejection | Dropped | Remark
