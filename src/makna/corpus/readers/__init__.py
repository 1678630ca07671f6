"""Readers of every source format, and which of them a file is for: seen from its content, never only its suffix."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

import orjson

from makna.corpus.model import SourceKind
from makna.corpus.readers import chat_zip, source, x_archive_files
from makna.corpus.readers.base import Head, Options, Reader
from makna.errors import NothingToRead, UnknownFormat
from makna.i18n import _

READERS = (  # module and class, the more particular first
    ("x_v2", "XApiV2"),
    ("x_v11", "XApiV11"),
    ("x_graphql", "XGraphQL"),
    ("mastodon", "Mastodon"),
    ("bluesky", "Bluesky"),
    ("x_archive", "XArchive"),
    ("tweet_harvest", "TweetHarvest"),
    ("four_cat", "FourCat"),
    ("whatsapp", "WhatsApp"),
    ("telegram", "Telegram"),
    ("instagram", "Instagram"),
    ("observed", "Observed"),
    ("captions", "Captions"),
    ("references", "References"),
    ("notes", "FieldNotes"),
    ("transcript", "Transcript"),
    ("table", "Table"),
)
ENOUGH = 0.2  # a reader less sure than this does not recognise the file
_NOTHING_SAID = Options()
_ASSIGNED = re.compile(
    r"\s*(?:(?:var|let|const|export|module\.exports)\b|[\w$.]+(?:\[[^\]]*\])?\s*=\s*[\[{(\"'])"
)
_BARE_KEY = re.compile(r"\s*[\[{][\s\[{]*(?:[A-Za-z_$][\w$]*\s*:|'[^'\n]*'\s*:|//|/\*)")
_ENDLESS = re.compile(r'"[^"]{30000}')
_FOREIGN = (  # words in the head of JSON that other programs write
    (re.compile(r'"source_platform"'), "Zeeschuimer (TikTok, Instagram, …)"),
    (re.compile(r'"(?:rest_id|tweet_results|__typename)"'), "X GraphQL (Zeeschuimer, browser)"),
    (re.compile(r'"objectType"\s*:'), "ActivityStreams 1 (granary, Bridgy)"),
)


@cache
def readers() -> tuple[Reader, ...]:
    """One instance of every reader, in the order in which equals are asked."""
    made = []
    for module, name in READERS:
        made.append(getattr(import_module(f"{__name__}.{module}"), name)())
    return tuple(made)


def by_name(name: str) -> Reader:
    """The reader called *name*, such as ``x-api-v2``. Raises :class:`UnknownFormat` that lists the names."""
    for reader in readers():
        if reader.name == name:
            return reader
    message = _("There is no reader called {name}. Readers: {names}.")
    raise UnknownFormat(message.format(name=name, names=", ".join(r.name for r in readers())))


def recognise(path: Path, *, options: Options = _NOTHING_SAID) -> tuple[Reader, Head]:
    """The reader for the file at *path*, and the file's head.

    A reader of the source kind that *options* name goes before the others; a mapping asks for the table reader.
    Raises :class:`UnknownFormat`, :class:`UnreadableFile` or :class:`NothingToRead`, each with the file's name, what
    was seen and what helps.
    """
    if archive := x_archive_files.head(path):
        return by_name("x-archive"), archive
    head = source.look(path)
    if head.data.startswith(source.ZIP) and options.kind in (None, SourceKind.OBSERVATION):
        chat = chat_zip.head(path)
        if chat is not None and by_name("whatsapp").sniff(chat) >= ENOUGH:
            return by_name("whatsapp"), chat
    sheets = head.encoding == "binary" and source.is_sheets(path)
    if head.encoding != "binary":
        _refuse(path.name, head)
        if options.kind is None and not options.mapping and head.text.startswith("[LINE]"):
            raise UnknownFormat(_chat(path.name))
    if sheets or (options.mapping and head.encoding != "binary"):
        return by_name("table"), head
    found = options.kind and _surest(head, [one for one in readers() if options.kind in one.kinds])
    found = found or _surest(head, readers())
    if found is None:
        raise UnknownFormat(_unknown(path.name, head))
    return found, head


def _surest(head: Head, asked: Sequence[Reader]) -> Reader | None:
    """The reader among those *asked* that is surest; of equals the first. None where none is sure enough."""
    score, reader = max(
        ((one.sniff(head), one) for one in asked), key=lambda pair: pair[0], default=(0.0, None)
    )
    return reader if score >= ENOUGH else None


def _refuse(name: str, head: Head) -> None:
    """Raise for text that no reader can be for, with the reason that the general message would not tell."""
    if head.text.startswith("{\\rtf"):
        raise UnknownFormat(_("{name} is a rich text file (RTF): save it as DOCX or TXT.").format(name=name))
    if re.match(r"\s*<(?:!doctype\s+html|html|head|body)\b", head.text, re.IGNORECASE):
        raise UnknownFormat(
            _("{name} is a web page (HTML): export the posts as JSON or CSV.").format(name=name)
        )
    if refused := x_archive_files.refusal(name, head.text):
        raise UnknownFormat(refused)
    if _ASSIGNED.match(head.text) and not x_archive_files.holds_posts(head.text):
        message = _(
            "{name} is JavaScript, not JSON (it begins with an assignment): export the posts as JSON or CSV."
        )
        raise UnknownFormat(message.format(name=name))
    if _BARE_KEY.match(head.text):
        message = _(
            "{name} is JavaScript, not JSON (keys without double quotes): export the posts as JSON or CSV."
        )
        raise UnknownFormat(message.format(name=name))
    if _only_errors(head):
        message = _("{name} holds only an error that X answered with, and no post: collect the posts again.")
        raise NothingToRead(message.format(name=name))


def _chat(name: str) -> str:
    message = _(
        "{name} is a chat exported by LINE, for which Makna has no reader: the names in it would enter as text. Make a "
        "table of it (CSV) with columns for time, sender and message, and add that with --map time=…,handle=…,text=… and "
        "its access basis. Where it is an interview held by chat, write labels such as P: and I: in place of the names and "
        "times."
    )
    return message.format(name=name)


def _only_errors(head: Head) -> bool:
    """Whether every value of a whole file is X's answer that something went wrong."""
    if not head.whole or not head.text.lstrip().startswith("{"):
        return False
    values = []
    for part in [head.text] if _parsed(head.text) is not None else head.text.splitlines():
        if part.strip():
            values.append(_parsed(part))
    return bool(values) and all(map(_is_error, values))


def _parsed(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _is_error(value: object) -> bool:
    if not isinstance(value, dict) or "data" in value or "includes" in value:
        return False
    return "errors" in value or ("title" in value and ("detail" in value or "status" in value))


def _unknown(name: str, head: Head) -> str:
    seen = _seen(head)
    known = "; ".join(reader.title for reader in readers())
    message = _("{name} is {seen}, which no reader recognises. Makna reads: {known}.")
    return message.format(name=name, seen=seen, known=known)


def _seen(head: Head) -> str:
    """What the file looks like, in words."""
    if head.encoding == "binary":
        return _("an Office or ZIP file")
    start = head.text.lstrip()
    if start[:1] in ("{", "["):
        if _ENDLESS.search(head.text):
            return _("JSON with a value longer than any post")
        if head.whole and not any(_parsed(part) for part in (head.text, *head.text.splitlines())):
            return _("JSON that is damaged or breaks off")
        foreign = next((name for pattern, name in _FOREIGN if pattern.search(head.text)), None)
        return (
            _("JSON of another program ({program})").format(program=foreign)
            if foreign
            else _("JSON without posts")
        )
    return _("XML") if start.startswith("<") else _("text without a form that is known")
