"""WhatsApp exports, the text file or the archive in which the app shares it, of Android and iOS.

Decisions: the whole file is one conversation. A message has no id, so it goes by its chat, sender, minute and words, and
by how many like it stood there before: an export made anew repeats it, two equal words within a minute stay two.
Notices of the app and messages taken back are counted and stay outside; whom a notice names is known to the door.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import regex

from makna.corpus.model import SourceKind
from makna.corpus.readers import chat_people, chat_zip, source, whatsapp_words
from makna.corpus.readers.base import BLOCK_BYTES, Block, Head, Options
from makna.corpus.readers.speakers import base
from makna.corpus.readers.whatsapp_stamps import STAMP, Orders, day, seconds
from makna.corpus.records import Dropped, RawPost, RawRecord, Rejection, Remark
from makna.i18n import _

_LIMIT = 8 << 20  # characters without a message's beginning; WhatsApp sends 65,536 at most
_SAID = regex.compile(r"(?P<who>[^\n]{1,120}?):(?: |(?=\n|$))(?P<text>.*)", regex.DOTALL)
_NUMBER = regex.compile(r"@(\+?\d{7,16})\b")
_NAMED = regex.compile(r"@\u2068([^\u2069\n]{1,100})\u2069")
_SPARSE = 40  # lines a message at most, on average, in a file that begins with one


@dataclass(frozen=True)
class _Chat:
    """Whole messages, and what the whole file says of them."""

    text: str
    order: str
    conversation: str
    unsure: bool = False  # the first block of a file that does not tell day from month


class WhatsApp:
    """Chats exported by WhatsApp."""

    name = "whatsapp"
    title = "WhatsApp export (TXT, ZIP)"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset({"account", "name", "time", "media", "text"})
    parallel = False

    def sniff(self, head: Head) -> float:
        """Sure where messages of named people, each under its day and time, fill the file."""
        if not head.text:
            return 0.0
        found = list(_messages(head.text))
        said = [one for one in found if one]
        named = [one for one in said if not base(chat_people.plain(one["who"]))]
        if not named or 2 * len(named) < len(said):
            return 0.0
        lines = len(head.text.splitlines())
        dense = len(named) > 1 and 5 * len(named) >= lines
        begins = len(found) > 1 and STAMP.match(head.text.lstrip()) is not None
        return 0.95 if dense or (begins and _SPARSE * len(found) >= lines) else 0.0

    def is_closed(self, head: Head) -> bool:
        """Always: a chat is never a public place."""
        return True

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of whole minutes, after a first reading for the order of day and month."""
        orders, conversation = Orders(), ""
        for _line, text in _texts(path, head.encoding):
            stamps = list(STAMP.finditer(text))
            orders.see(map(day, stamps))
            if stamps and not conversation:
                conversation = f"whatsapp {text[stamps[0].start() :][:200].splitlines()[0]}"
        order, told = orders.decide()
        for line, text in _texts(path, head.encoding):
            chat = _Chat(text, order, conversation, unsure=line == 1 and not told)
            yield Block(line, len(text.encode("utf-8", "replace")), chat)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """The messages of one block; last what stayed outside."""
        chat: _Chat = block.payload
        if chat.unsure:
            yield Remark(_unsure())
        yield from _Parser(chat, block.start).records()


def _unsure() -> str:
    return _(
        "Whether 03/04/21 is 3 April or 4 March this file does not tell: the day was taken to come first. Where that is "
        "wrong, remove this batch, write the dates year first (2021/03/04) in a copy of the file and add that."
    )


def _messages(text: str) -> Iterator[regex.Match[str] | None]:
    """For each stamp who says what behind it; None for a notice."""
    starts = list(STAMP.finditer(text))
    for match, end in zip(starts, _ends(starts, len(text)), strict=True):
        said = _SAID.match(text, match.end(), end)
        yield said if said and not whatsapp_words.is_titled(said["who"]) else None


def _texts(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """(line, text) of pieces that each end where a minute ends."""
    line, text = 1, ""
    for more in _lines(path, encoding):
        text += more
        if len(text) < BLOCK_BYTES:
            continue
        cut = _cut(text)
        if cut:
            yield line, text[:cut]
            line += text.count("\n", 0, cut)
            text = text[cut:]
    if text.strip():
        yield line, text


def _cut(text: str) -> int:
    """Where the last minute of *text* begins; its end where there is none and it is longer than any message."""
    cut = 0
    for before, match in pairwise(STAMP.finditer(text)):
        if before["stamp"] != match["stamp"]:
            cut = match.start()
    return cut or (len(text) if len(text) > _LIMIT else 0)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """The file as pieces of whole lines, with line ends as ``\\n``."""
    held = b""
    with chat_zip.opened(path) as stream:
        for piece in source.pieces_of(stream, encoding):
            held += piece
            cut = held.rfind(b"\n") + 1 or (len(held) if len(held) > _LIMIT else 0)
            if cut:
                yield _decoded(held[:cut], encoding)
                held = held[cut:]
    yield _decoded(held, encoding)


def _decoded(data: bytes, encoding: str) -> str:
    single = encoding in ("cp1252", "latin-1")
    text = data.decode(encoding, "replace") if single else source.decode(data, "utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Parser:
    """Turns the text of one block into records."""

    def __init__(self, chat: _Chat, line: int) -> None:
        self._chat, self._line = chat, line
        self._dropped: Counter[str] = Counter()
        self._alike: Counter[tuple[str | None, float | None, str]] = Counter()
        self._named: list[str] = []  # whom notices name, until a message takes the names to the door

    def records(self) -> Iterator[RawRecord]:
        """Messages, the last one after what follows it was seen; what stayed outside."""
        text, counted = self._chat.text, 0
        starts = list(STAMP.finditer(text))
        if text[: starts[0].start() if starts else len(text)].strip():
            reason = _("No day and time stand before this text: look whether the export is whole.")
            yield Rejection(self._line, reason)
        last: RawPost | None = None
        for match, said, end in zip(starts, _messages(text), _ends(starts, len(text)), strict=True):
            self._line += text.count("\n", counted, match.start())
            counted = match.start()
            post = self._post(match, said) if said else self._no_post(text[match.end() : end])
            if post is not None:
                if last is not None:
                    yield last
                last = post
        if last is not None:
            last.mentions += self._taken()
            yield last
        if self._dropped:
            yield Dropped(dict(self._dropped))

    def _no_post(self, notice: str) -> RawPost | None:
        self._dropped["notice"] += 1
        self._named += whatsapp_words.people(notice)
        return None

    def _taken(self) -> tuple[str, ...]:
        """The handles of whom notices named since the last message."""
        named, self._named = self._named, []
        return tuple(handle for handle in map(chat_people.handle, named) if handle)

    def _content(self, written: str) -> tuple[str, tuple[str, ...]] | None:
        """(text, media) of a message; None where it is none, which is counted."""
        written = whatsapp_words.without_edit(written.rstrip("\n"))
        if whatsapp_words.is_deleted(written):
            self._dropped["deleted message"] += 1
            return None
        text, media = whatsapp_words.media(written)
        if not media and whatsapp_words.is_notice(text):
            self._no_post(text)
            return None
        text = text.strip(" \n\u200e")
        if not text and not media:
            self._dropped["empty message"] += 1
            return None
        return text, media

    def _post(self, match: regex.Match[str], said: regex.Match[str]) -> RawPost | None:
        content = self._content(said["text"])
        if content is None:
            return None
        text, media = content
        account = chat_people.account(said["who"])
        sent = seconds(match, self._chat.order)
        who = account.handle if account else None
        self._alike[who, sent, text] += 1
        self._named += [*_NUMBER.findall(text), *_NAMED.findall(text)]
        again = self._alike[who, sent, text]
        return RawPost(
            self._line, text, account=account, sent=sent, conversation_id=self._chat.conversation, media=media,
            id=None if sent is None else f"{self._chat.conversation}|{sent}|{who}|{again}|{text}",
            mentions=self._taken(),
        )  # fmt: skip


def _ends(starts: list[regex.Match[str]], length: int) -> list[int]:
    return [match.start() for match in starts[1:]] + [length] if starts else []
