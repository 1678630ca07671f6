"""Instagram's own download (JSON): messages, and the posts and comments of the account's owner.

Decisions: Instagram writes each byte of UTF-8 as a character of Latin-1, which is undone. Messages show full names, so
they are read as a chat is. Posts and comments say nowhere whose they are: they have no author. A shared post is quoted
by who shared it, and a context post by its owner. What the app wrote itself is counted and stays outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from makna.corpus.model import Relation, SourceKind
from makna.corpus.readers import chat_people, jsonl, source
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.x_common import WRONG, Tally, clean, no_post, shaped_wrong, sound
from makna.corpus.records import RawAccount, RawPost, RawRecord, Rejection

Object = dict[str, Any]

_TALK = re.compile(r'"participants"\s*:\s*\[')
_MESSAGE = re.compile(r'"sender_name"\s*:.{0,400}?"timestamp_ms"\s*:', re.DOTALL)
_COMMENT = re.compile(
    r'"string_map_data"\s*:\s*\{\s*"(?:Comment|Komentar|Media Owner|Pemilik Media|Waktu|Time)"'
)
_POST = re.compile(r'"uri"\s*:\s*"[^"]{0,500}"\s*,\s*"creation_timestamp"\s*:')
_THREAD = re.compile(r'"thread_path"\s*:\s*"([^"]{1,300})"')
_NAME = re.compile(r'"name"\s*:\s*"((?:[^"\\]|\\.){1,300})"')
_LISTS = (
    "messages", "comments_reels_comments", "comments_media_comments", "ig_reels_media", "ig_stories", "ig_igtv_media",
    "ig_archived_post_media",
)  # fmt: skip
_ENDS = 1 << 14  # bytes at a file's end that say which thread it is
_NOTICE = re.compile(
    r"(?:.{1,80} )?(?:liked a message|reacted .{1,40} to (?:your|a|their) message|sent an attachment|"
    r"started (?:a|an) (?:video|audio|voice) (?:chat|call)|(?:video|audio) (?:chat|call) ended|missed (?:a|your) .{0,12}call|"
    r"menyukai (?:sebuah )?pesan|menanggapi .{1,40} pesan(?: anda)?|mengirim(?:kan)? lampiran|"
    r"memulai (?:obrolan|panggilan) (?:video|audio|suara)|panggilan (?:video|audio|suara) (?:berakhir|tak terjawab))\.?",
    re.IGNORECASE,
)
_ATTACHED = {
    "photos": "image",
    "videos": "video",
    "audio_files": "voice",
    "gifs": "animation",
    "sticker": "sticker",
}
_ENDINGS = {"mp4": "video", "mov": "video", "gif": "animation", "m4a": "voice", "aac": "voice"}
_KEPT = (
    "sender_name timestamp_ms content photos videos audio_files gifs sticker share reactions is_unsent media title "
    "creation_timestamp uri string_map_data"
)
_NAMED = (
    "is_geoblocked_for_viewer is_unsent_image_by_messenger_kid_parent call_duration media_metadata cross_post_source "
    "backup_uri dubbing_info media_variants media_list_data"
)


@dataclass(frozen=True)
class _Piece:
    """Records as the file holds them; for messages their thread, and whom it names, in the first block."""

    inner: Any
    thread: str
    people: tuple[str, ...] = ()


class Instagram:
    """Messages, posts and comments as Instagram lets its users download them."""

    name = "instagram"
    title = "Instagram download (JSON): messages, posts, comments"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset({"account", "name", "time", "counts", "media", "text"})
    parallel = False

    def sniff(self, head: Head) -> float:
        """Sure where the field names of one of the three stand in the head."""
        if head.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        if _TALK.search(head.text) and _MESSAGE.search(head.text):
            return 0.95
        return 0.9 if _COMMENT.search(head.text) or _POST.search(head.text) else 0.0

    def is_closed(self, head: Head) -> bool:
        """Whether the file holds messages; posts and comments were seen by many."""
        return _TALK.search(head.text) is not None

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of about 2 MiB. Raises a ReadError that names the file and the remedy."""
        thread, people = "", tuple[str, ...]()
        if (talk := _TALK.search(head.text)) is not None:
            listed = head.text[talk.end() :].partition("]")[0]
            people = tuple(_repaired(_unescaped(name)) for name in _NAME.findall(listed))
            thread = _thread(path) or "|".join(sorted(people))
        for n, block in enumerate(jsonl.blocks(path, head, descend=_LISTS)):
            yield replace(block, payload=_Piece(block.payload, thread, people if n == 0 else ()))

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """Posts, each followed by what it shares; rejections; last what never enters."""
        tally = Tally(_KEPT, _NAMED)
        piece: _Piece = block.payload
        parser = _Parser(tally, piece)
        for where, value in jsonl.objects(replace(block, payload=piece.inner)):
            if isinstance(value, Rejection):
                yield value
                continue
            try:
                yield from parser.records(where, value) if isinstance(value, dict) else [no_post(where)]
            except WRONG:
                yield shaped_wrong(where)
        yield from tally.dropped()


class _Parser:
    """Turns the objects of one block into records."""

    def __init__(self, tally: Tally, piece: _Piece) -> None:
        self._fields, self._notices = tally.level(""), tally.notices
        self._thread, self._people = piece.thread, list(piece.people)

    def records(self, where: int, value: Object) -> list[RawRecord]:
        """The records of one value: a message, a comment or a post."""
        self._fields[tuple([key for key, one in value.items() if one is not None])] += 1
        if "sender_name" in value:
            return self._message(where, value)
        if isinstance(value.get("string_map_data"), dict):
            return _comment(where, value["string_map_data"])
        if "media" in value or "uri" in value:
            return _post(where, value)
        return [no_post(where)]

    def _message(self, where: int, value: Object) -> list[RawRecord]:
        text = _said(value.get("content"))
        media = tuple(sign for key, sign in _ATTACHED.items() for _each in _listed(value.get(key)))
        share = value.get("share") or {}
        if len(text) < 300 and _NOTICE.fullmatch(text):
            if not media and not share:
                self._notices["notice"] += 1
                return []
            text = ""
        reactions = value.get("reactions") or ()
        named = [*self._people, *(_said(one.get("actor")) for one in reactions)]
        self._people = []
        post = RawPost(
            where,
            text,
            account=chat_people.account(_said(value["sender_name"])),
            sent=_seconds(value.get("timestamp_ms"), 1000),
            conversation_id=f"instagram {self._thread}" if self._thread else None,
            likes=len(reactions) or None,
            media=media,
            mentions=tuple(handle for handle in map(chat_people.handle, named) if handle),
        )
        return [sound(post), *_shared(post, share)]


def _shared(post: RawPost, share: Object) -> list[RawRecord]:
    """The post of somebody else that a message shares; *post* is made to quote it."""
    text, owner = _said(share.get("share_text")), _said(share.get("original_content_owner"))
    if not text and not owner:
        return []
    key = f"instagram shared {share.get('link') or f'{owner} {text}'}"
    post.relation, post.parent_id, post.parent_handle = Relation.QUOTE, key, owner or None
    account = RawAccount(handle=owner) if owner else None
    return [RawPost(post.where, text, id=key, account=account, context=True)]


def _comment(where: int, fields: Object) -> list[RawRecord]:
    """A comment by the account's owner on a post of *Media Owner*."""
    found = {_said(name).casefold(): one for name, one in fields.items() if isinstance(one, dict)}
    text = _said((found.get("comment") or found.get("komentar") or {}).get("value"))
    owner = _said((found.get("media owner") or found.get("pemilik media") or {}).get("value")).removeprefix(
        "@"
    )
    when = (found.get("time") or found.get("waktu") or {}).get("timestamp")
    if not text:
        return [no_post(where)]
    relation = Relation.REPLY if owner else Relation.NONE
    return [RawPost(where, text, sent=_seconds(when, 1), parent_handle=owner or None, relation=relation)]


def _post(where: int, value: Object) -> list[RawRecord]:
    """A post, reel or story of the account's owner, its caption where either level states one."""
    pieces = [one for one in _listed(value.get("media")) if isinstance(one, dict)] or [value]
    text = _said(value.get("title")) or next(filter(None, (_said(one.get("title")) for one in pieces)), "")
    when = value.get("creation_timestamp") or pieces[0].get("creation_timestamp")
    media = tuple(
        _ENDINGS.get(str(one["uri"]).rpartition(".")[2].lower(), "image") for one in pieces if one.get("uri")
    )
    if not text and not media:
        return [no_post(where)]
    return [RawPost(where, text, sent=_seconds(when, 1), media=media)]


def _said(text: Any) -> str:
    """*text* repaired and clean; "" for None. Raises TypeError where it is something else."""
    return clean(_repaired(text)).strip() if text is not None else ""


def _repaired(text: str) -> str:
    """*text* with its bytes of UTF-8, each written as a character, read as what they are."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text).replace('\\"', '"')


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def _seconds(value: Any, parts: int) -> float | None:
    return value / parts if type(value) is int and 0 < value < 1e14 else None


def _thread(path: Path) -> str | None:
    """The thread a file belongs to, which it states at its end."""
    with source.opened(path) as stream:
        stream.seek(max(0, path.stat().st_size - _ENDS))
        found = _THREAD.findall(stream.read().decode("utf-8", "replace"))
    return found[-1] if found else None
