"""Mastodon: statuses, contexts, conversations, searches and accounts of its API, and the outbox of an account's export.

Decisions: an account goes by ``acct`` and its page. A content warning is the first paragraph of its post. A boost has
no text of its own. All posts of a context are one conversation, also where the post it was asked for is not in it. What
is sent to chosen people (``private``, ``direct``, and every conversation) comes from a closed place; one such post among
public ones stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from makna.corpus.model import SourceKind
from makna.corpus.readers import jsonl
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.json_posts import records_of
from makna.corpus.readers.linked import Linked
from makna.corpus.readers.mastodon_outbox import Outbox
from makna.corpus.readers.mastodon_posts import MastodonPosts
from makna.corpus.readers.x_common import (
    WRONG,
    Tally,
    no_post,
    shaped_wrong,
    sound,
    text_id,
)
from makna.corpus.records import RawPost, RawRecord, Rejection
from makna.errors import NothingToRead
from makna.i18n import _

Object = dict[str, Any]

LISTS = ("orderedItems", "statuses")  # of a wrapping object
DEEPEST = 4  # posts within posts
_KEPT = (  # fields that are read
    "id created_at in_reply_to_id in_reply_to_account_id spoiler_text visibility language content text account reblog quote "
    "media_attachments mentions replies_count reblogs_count favourites_count quotes_count account.id account.acct "
    "account.username account.display_name account.note account.created_at account.followers_count account.url "
    "object.id object.type object.summary object.inReplyTo object.published object.attributedTo object.to object.cc "
    "object.content object.contentMap object.attachment object.tag object.conversation object.context object.quote"
)
_NAMED = (  # fields that are known and never enter
    "sensitive uri url edited_at favourited reblogged muted bookmarked pinned filtered application tags emojis "
    "tagged_collections card poll quote_approval pleroma account.locked account.bot account.discoverable account.indexable "
    "account.group account.uri account.avatar account.avatar_static account.avatar_description account.header "
    "account.header_static account.header_description account.following_count account.statuses_count "
    "account.last_status_at account.hide_collections account.show_media account.show_media_replies account.show_featured "
    "account.noindex account.feature_approval account.emojis account.roles account.fields account.moved "
    "object.url object.sensitive object.atomUri object.inReplyToAtomUri object.replies object.likes object.shares "
    "object.updated object.endTime object.closed object.votersCount object.oneOf object.anyOf object.interactionPolicy"
)
_CLOSED = re.compile(r'"visibility"\s*:\s*"(?:direct|private)"|"last_status"\s*:\s*[{n]')
_EMPTY = re.compile(r'\s*\{\s*"ancestors"\s*:\s*\[\s*\]\s*,\s*"descendants"\s*:\s*\[\s*\]\s*\}\s*')
_KEYS = re.compile(r'"(\w+)"\s*:')


@dataclass(frozen=True)
class Public:
    """Records of a file whose head shows no message to chosen people: one further on stays out."""

    inner: jsonl.Payload


class Mastodon:
    """Mastodon JSON."""

    name = "mastodon"
    title = "Mastodon JSON (API, outbox.json)"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset({"account", "handle", "name", "bio", "time", "replies", "counts", "media", "text"})
    parallel = True

    def sniff(self, head: Head) -> float:
        """Sure where the field names of Mastodon's API, or of an outbox, stand in the head."""
        if head.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        keys = frozenset(_KEYS.findall(head.text))
        if "orderedItems" in keys and "activitystreams" in head.text:
            return 0.95
        if {"spoiler_text", "visibility"} <= keys or {"ancestors", "descendants"} <= keys:
            return 0.95
        return 0.9 if {"acct", "username", "display_name"} <= keys else 0.0

    def is_closed(self, head: Head) -> bool:
        """Whether messages to chosen people stand in the head."""
        return _CLOSED.search(head.text) is not None

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of about 2 MiB. Raises a ReadError that names the file and the remedy."""
        if head.whole and _EMPTY.fullmatch(head.text):
            message = _(
                "{name} is the context of a post that answers nothing and that nobody has answered: no post stands in it."
            )
            raise NothingToRead(message.format(name=path.name))
        closed = self.is_closed(head)
        for block in jsonl.blocks(path, head, descend=LISTS):
            yield block if closed else replace(block, payload=Public(block.payload))

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """Posts, each followed by what it boosts or quotes; accounts; rejections; last what never enters."""
        tally = Tally(_KEPT, _NAMED)
        public = isinstance(block.payload, Public)
        objects = jsonl.objects(replace(block, payload=block.payload.inner) if public else block)
        yield from records_of(objects, tally, _Parser(tally, public=public))


class _Parser:
    """Turns the objects of one block into records."""

    def __init__(self, tally: Tally, *, public: bool) -> None:
        self._public = public
        self._notices = tally.notices
        self._outbox = Outbox(tally)
        self._posts = MastodonPosts(tally)

    def records(self, where: int, value: Object) -> list[RawRecord]:
        """The records of one value: a status, an account, a context, a conversation, a page or an activity."""
        try:
            return self._records(where, value)
        except WRONG:
            return [shaped_wrong(where)]

    def _records(self, where: int, value: Object) -> list[RawRecord]:
        if ("content" in value and "account" in value) or "spoiler_text" in value:
            return self._status(where, value)
        if "acct" in value:
            return [self._posts.account(value, where)]
        if "ancestors" in value or "descendants" in value:
            return self._context(where, value)
        if "last_status" in value:
            return self._conversation(where, value)
        if isinstance(value.get("type"), str) and ("object" in value or "attributedTo" in value):
            return self._activity(where, value)
        lists = [name for name in (*LISTS, "accounts") if isinstance(value.get(name), list)]
        if isinstance(value.get("status"), dict):
            return self._status(where, value["status"])
        if not lists:
            return [no_post(where)]
        return [r for name in lists for item in value[name] for r in self._item(where, item)]

    def _item(self, where: int, item: Any) -> list[RawRecord]:
        return self.records(where, item) if isinstance(item, dict) else [no_post(where)]

    def _context(self, where: int, value: Object) -> list[RawRecord]:
        """The posts around a post, which are one conversation."""
        before, after = value.get("ancestors") or [], value.get("descendants") or []
        root = text_id(before[0]["id"] if before else after[0]["in_reply_to_id"]) if before or after else None
        made = [r for item in (*before, *after) for r in self._item(where, item)]
        for record in made:
            if isinstance(record, RawPost) and not record.context:
                record.conversation_id = record.conversation_id or root
        return made

    def _conversation(self, where: int, value: Object) -> list[RawRecord]:
        """The last message of a conversation; who else takes part in it is named for the door."""
        status = value["last_status"]
        if status is None:
            self._notices["conversation without a message"] += 1
            return []
        made = self._status(where, status)
        others = [self._posts.account(account) for account in value.get("accounts") or ()]
        linked = Linked([a.handle for a in others if a.handle])
        for handle in linked.mentions:
            linked.note(handle)
        for record in made:
            if isinstance(record, RawPost):
                record.conversation_id = f"conversation {text_id(value['id'])}"
                record.mentions += tuple(h for h in linked.mentions if h not in record.mentions)
                record.mention_names += (*linked.names, *[a.name for a in others if a.name])
        return made

    def _activity(self, where: int, value: Object) -> list[RawRecord]:
        post, private = self._outbox.post(where, value)
        if private and self._public:
            return [_not_public(where)]
        return [sound(post)] if post else []

    def _status(self, where: int, o: Object) -> list[RawRecord]:
        """A post, and the posts it boosts and quotes."""
        if self._public and o.get("visibility") in ("direct", "private"):
            return [_not_public(where)]
        made: list[RawRecord] = [self._posts.post(where, o, context=False)]
        inside, depth = _inside(o), 0
        while inside and depth < DEEPEST:
            depth += 1
            try:
                made.append(self._posts.post(where, inside, context=True))
                inside = _inside(inside)
            except WRONG:
                made.append(shaped_wrong(where))
                break
        return made


def _inside(o: Object) -> Object | None:
    """The post that a post boosts or quotes, where it comes along."""
    quote = o.get("quote") or {}
    return o.get("reblog") or quote.get("quoted_status") or (quote if "content" in quote else None)


def _not_public(where: int) -> Rejection:
    reason = _(
        "A message to chosen people among public posts: it stays out. Put such messages into a file of their own and add "
        "that with --access private."
    )
    return Rejection(where, reason)
