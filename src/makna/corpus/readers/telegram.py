"""Telegram Desktop's export of one chat, ``result.json``: groups, channels and talks of two.

Decisions: service messages are counted and stay outside. A forwarded message is a repost; what it passes on is a
context post by whom it came from. Links behind words are no words and never enter. The export of a whole account is
refused: it holds the contacts and every chat of its owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from msgspec import structs

from makna.corpus.model import Relation, SourceKind
from makna.corpus.readers import jsonl
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_common import WRONG, Tally, clean, filled, no_post, shaped_wrong, sound
from makna.corpus.records import RawAccount, RawPost, RawRecord, Rejection
from makna.errors import UnknownFormat
from makna.i18n import _

Object = dict[str, Any]

_PUBLIC = ("public_supergroup", "public_channel")
_TYPE = re.compile(
    r'"type"\s*:\s*"(personal_chat|bot_chat|saved_messages|replies|verification_codes'
    r'|private_group|private_supergroup|public_supergroup|private_channel|public_channel)"'
)
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_ID = re.compile(r'"id"\s*:\s*(-?\d{1,20})')
_ACCOUNT = re.compile(r'"(?:personal_information|chats|left_chats)"\s*:\s*\{')
_MEDIA = {
    "voice_message": "voice", "audio_file": "voice", "video_message": "video", "video_file": "video",
    "animation": "animation", "sticker": "sticker",
}  # fmt: skip
_KEPT = (
    "id type date date_unixtime from from_id text text_entities reply_to_message_id reply_to_peer_id forwarded_from "
    "forwarded_from_id photo media_type file mime_type reactions poll author"
)
_NAMED = (
    "edited edited_unixtime actor actor_id action members title inviter message_id via_bot saved_from file_name "
    "file_size photo_file_size thumbnail thumbnail_file_size duration_seconds width height performer sticker_emoji "
    "location_information contact_information contact_vcard live_location_period_seconds inline_bot_buttons game_title "
    "game_description game_link place_name address self_destruct_period_seconds media_spoiler forwarded_date "
    "text_link.href"
)


@dataclass(frozen=True)
class _Piece:
    """Messages as the file holds them, and the chat they belong to."""

    inner: Any
    chat: str


class Telegram:
    """One chat as Telegram Desktop exports it."""

    name = "telegram"
    title = "Telegram Desktop export of one chat (result.json)"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset({"account", "name", "time", "replies", "counts", "media", "text"})
    parallel = True

    def sniff(self, head: Head) -> float:
        """Sure where the file begins with a chat's name and type; an account's export is recognised to be refused."""
        if head.text.lstrip()[:1] != "{":
            return 0.0
        if _front(head):
            return 0.95
        listed = '"list"' in head.text or '"user_id"' in head.text
        return 0.9 if _ACCOUNT.search(head.text) and listed else 0.0

    def is_closed(self, head: Head) -> bool:
        """Whether the chat is none that Telegram calls public."""
        found = _TYPE.search(_front(head))
        return found is None or found[1] not in _PUBLIC

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of about 2 MiB. Raises a ReadError that names the file and the remedy."""
        front = _front(head)
        if not front:
            message = _(
                "{name} is the export of a whole Telegram account, with its contacts and every chat: export the one chat that "
                "you study (in its menu: Export chat history, JSON) and add that."
            )
            raise UnknownFormat(message.format(name=path.name))
        chat = found[1] if (found := _ID.search(front)) else front
        for block in jsonl.blocks(path, head, descend=("messages",)):
            yield replace(block, payload=_Piece(block.payload, chat))

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """Posts, each followed by what it passes on; rejections; last what never enters."""
        tally = Tally(_KEPT, _NAMED)
        piece: _Piece = block.payload
        parser = _Parser(tally, piece.chat)
        for where, value in jsonl.objects(replace(block, payload=piece.inner)):
            if isinstance(value, Rejection):
                yield value
            elif isinstance(value, dict) and value.get("type") in ("message", "service"):
                try:
                    yield from parser.records(where, value)
                except WRONG:
                    yield shaped_wrong(where)
            else:
                yield no_post(where)
        yield from tally.dropped()


def _front(head: Head) -> str:
    """What a chat's export says before its messages; "" where the file is something else."""
    found = _MESSAGES.search(head.text)
    front = head.text[: found.start()] if found else ""
    return front if _TYPE.search(front) and not _ACCOUNT.search(front) else ""


class _Parser:
    """Turns the messages of one block into records."""

    def __init__(self, tally: Tally, chat: str) -> None:
        self._fields, self._entities, self._notices = (
            tally.level(""),
            tally.level("text_link."),
            tally.notices,
        )
        self._chat = chat
        self._named: list[str] = []  # whom service messages name, until a message takes the names to the door

    def records(self, where: int, message: Object) -> list[RawRecord]:
        """A message and what it passes on; nothing for what the app wrote itself."""
        self._fields[tuple([key for key, value in message.items() if value is not None])] += 1
        if message["type"] == "service":
            self._notices["service message"] += 1
            self._named += [name for name in (message.get("actor"), *(message.get("members") or ())) if name]
            return []
        post = self._post(where, message)
        if "forwarded_from" not in message:
            return [sound(post)]
        return self._forwarded(post, message)

    def _post(self, where: int, message: Object) -> RawPost:
        mentions, names = self._called(message)
        written, self._named = tuple(map(clean, [*names, *self._named])), []
        parent = message.get("reply_to_message_id")
        peer = re.sub(r"\D", "", message.get("reply_to_peer_id") or "") or self._chat
        return RawPost(
            where,
            _text(message),
            id=f"telegram {self._chat} {message['id']}",
            account=_account(message.get("from_id"), message.get("from")),
            sent=_sent(message),
            conversation_id=f"telegram {self._chat}",
            parent_id=f"telegram {peer} {parent}" if parent else None,
            relation=Relation.REPLY if parent else Relation.NONE,
            likes=_likes(message.get("reactions")),
            media=_media(message),
            mentions=mentions,
            mention_names=written,
        )

    def _called(self, message: Object) -> tuple[tuple[str, ...], list[str]]:
        """(handles, names) that stand beside the text or are marked in it."""
        handles, names = [], [message["author"]] if message.get("author") else []
        for part in _parts(message):
            if not isinstance(part, dict):
                continue
            if part.get("href"):
                self._entities[("href",)] += 1
            if part.get("type") == "mention":
                handles.append(part["text"].removeprefix("@"))
            elif part.get("type") == "mention_name":
                names.append(part["text"])
        for reaction in message.get("reactions") or ():
            names += [one["from"] for one in reaction.get("recent") or () if one.get("from")]
        return tuple(handles), names

    def _forwarded(self, post: RawPost, message: Object) -> list[RawRecord]:
        """The repost, without words of its own, and what it passes on."""
        source = _account(message.get("forwarded_from_id"), message["forwarded_from"])
        key = f"telegram forwarded {source and (source.id or source.name)} {post.text or post.id}"
        original = RawPost(
            post.where, post.text, id=key, account=source, media=post.media, mentions=post.mentions, context=True,
            mention_names=post.mention_names,
        )  # fmt: skip
        passed = structs.replace(
            post, text="", media=(), relation=Relation.REPOST, parent_id=key,
            mention_names=(*post.mention_names, *([source.name] if source and source.name else [])),
        )  # fmt: skip
        return [sound(passed), sound(original)]


def _account(key: Any, name: Any) -> RawAccount | None:
    """Whom an id such as ``user123`` or a name stands for; None for somebody hidden."""
    shown = filled(name)
    if not key and not shown:
        return None
    return RawAccount(id=f"telegram {key}" if key else f"telegram named {shown}", name=shown)


def _parts(message: Object) -> list[Any]:
    text = message.get("text") or ()
    return [text] if isinstance(text, str) else list(text)


def _text(message: Object) -> str:
    """The words of a message, or the question and answers of a poll, which somebody wrote as well."""
    text = "".join(part if isinstance(part, str) else part["text"] for part in _parts(message))
    poll = message.get("poll")
    if poll:
        text = "\n".join(
            [*filter(None, [text]), poll["question"], *(one["text"] for one in poll.get("answers") or ())]
        )
    return clean(text)


def _sent(message: Object) -> float | None:
    stamp = str(message.get("date_unixtime") or "")
    return float(stamp) if re.fullmatch(r"\d{1,11}", stamp) else iso_time(message.get("date"))


def _likes(reactions: Any) -> int | None:
    counts = [one.get("count") for one in reactions or ()]
    return sum(n for n in counts if type(n) is int and n > 0) if counts else None


def _media(message: Object) -> tuple[str, ...]:
    """The sign of what is attached, also where the export left the file out."""
    if message.get("photo"):
        return ("image",)
    if message.get("media_type"):
        return (_MEDIA.get(message["media_type"], "media"),)
    if message.get("file"):
        kind = str(message.get("mime_type") or "").partition("/")[0]
        return ({"image": "image", "video": "video", "audio": "voice"}.get(kind, "document"),)
    return ()
