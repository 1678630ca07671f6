"""Flat posts of X API v2 as nearly all are: decoded straight into typed objects, with what is not read skipped.

A line of any other shape, down to one field of another type, is left to the tolerant parser of
:mod:`~makna.corpus.readers.x_v2_parser`, whose decisions hold here too.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import repeat
from operator import is_
from typing import Any

import orjson
from msgspec import UNSET
from msgspec.json import Decoder

from makna.corpus.model import Relation
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_common import Tally, clean, count, filled, language
from makna.corpus.readers.x_v2_parts import RELATIONS, in_media, signs
from makna.corpus.readers.x_v2_shapes import Author, Entities, Post, Referenced, Text, Url, reading, unread
from makna.corpus.records import RawAccount, RawPost

_NONE, _REPLY, _REPOST = Relation.NONE, Relation.REPLY, Relation.REPOST
_TOGETHER = 64  # posts whose unread fields are counted at once
_POST, _AUTHOR = Decoder(Post), Decoder(Author)
_Account = tuple[
    RawAccount, Text, tuple[str, ...]
]  # with the handle as written, and the fields that never enter
_Answer = tuple[Relation, Text, Text]  # with the id and the handle of what is answered


class FlatPosts:
    """Reads lines that hold one flat post each, and remembers what in them never enters."""

    def __init__(self) -> None:
        self._posts: list[Post] = []
        self._with_entities: list[Entities] = []
        self._authors: Counter[tuple[str, ...]] = Counter()
        self._unread: Counter[tuple[str, str]] = Counter()  # (where, field) -> posts that have it

    def loads(self, line: bytes) -> Any:
        """The posts of *line*, where it is a flat post; else what it holds, as JSON. Raises JSONDecodeError."""
        try:
            posts = _with_embedded(_POST.decode(line))
            known = [(post, _author(post), _answer(post)) for post in posts]
        except (ValueError, RecursionError):
            return orjson.loads(line)
        self._posts += posts
        records = [self._record(*each) for each in known]
        if len(self._posts) >= _TOGETHER:
            self._count()
        return records

    def _count(self) -> None:
        """Count what posts held that never enters, and let go of them: each keeps its whole line in memory."""
        for prefix, objects in (("", self._posts), ("entities.", self._with_entities)):
            if not objects:
                continue
            names, read = reading(type(objects[0]))
            for name, values in zip(names, zip(*map(read, objects), strict=True), strict=True):
                there = len(objects) - sum(map(is_, values, repeat(UNSET)))
                if there:
                    self._unread[prefix, name] += there
        self._posts.clear()
        self._with_entities.clear()

    def tell(self, tally: Tally) -> None:
        """Count what was there in these lines and never enters."""
        self._count()
        for (prefix, field_name), there in self._unread.items():
            tally.level(prefix)[(field_name,)] += there
        tally.level("author.").update(self._authors)

    def _record(self, o: Post, author: _Account | None, answer: _Answer) -> RawPost:
        account = RawAccount(id=o.author_id) if o.author_id else None
        if author:
            account = author[0]
            self._authors[author[2]] += 1
        versions = o.edit_history_tweet_ids
        relation, parent_id, parent_handle = answer
        post = RawPost(
            0, "", (versions[-1] if versions else o.id) or None, account, iso_time(o.created_at),
            o.conversation_id or None, parent_id, parent_handle, relation, language=language(o.lang),
            context=type(o) is Referenced,
        )  # fmt: skip
        entities = _entities(o)
        if entities is not None:
            self._with_entities.append(entities)
            if entities.mentions:
                post.mentions = tuple([mention.username for mention in entities.mentions])
                post.mention_names = tuple([clean(m.name) for m in entities.mentions if m.name])
        if relation is not _REPOST:
            _own(post, o, entities)
        return post


def _with_embedded(post: Post) -> list[Post]:
    """A post and, where twarc2 flattened it, the posts embedded in it, each once. Raises ValueError without a text."""
    if post.text is UNSET:
        raise ValueError(post.id)
    posts = [post]
    if not post.referenced_tweets:
        return posts
    waiting, met = list(post.referenced_tweets), {post.id}
    while waiting:
        other = waiting.pop(0)
        if other.text is not UNSET and other.id not in met:
            met.add(other.id)
            posts.append(other)
            waiting += other.referenced_tweets or ()
    return posts


def _author(post: Post) -> _Account | None:
    return None if post.author is UNSET else _account(bytes(post.author))


@lru_cache(maxsize=1 << 12)
def _account(written: bytes) -> _Account:
    """The account that an object describes, most of them again and again. Raises ValueError."""
    o = _AUTHOR.decode(written)
    account = RawAccount(
        id=o.id or None,
        handle=filled(o.username),
        name=filled(o.name),
        bio=filled(o.description),
        location=filled(o.location),
        created=iso_time(o.created_at),
        followers=count(o.public_metrics.followers_count) if o.public_metrics else None,
    )
    ignored = [field_name for name, field_name in unread(Author) if getattr(o, name) is not UNSET]
    return account, o.username or None, tuple(ignored)


def _answer(o: Post) -> _Answer:
    """What a post answers, quotes or reposts. Raises ValueError."""
    relation, parent, handle = _NONE, None, None
    if o.referenced_tweets:
        by_type = {other.type: other for other in o.referenced_tweets}
        for kind, meaning in RELATIONS:
            if kind in by_type:
                other = by_type[kind]
                versions, writer = other.edit_history_tweet_ids, _author(other)
                relation, parent = meaning, (versions[-1] if versions else other.id) or None
                handle = writer[1] if writer else None
                break
    if o.in_reply_to_user_id:
        if not parent:
            relation = _REPLY  # to a person: what it answered is not named
        if relation is _REPLY and not handle and o.in_reply_to_user:
            handle = o.in_reply_to_user.username or None
    return relation, parent, handle


def _entities(o: Post) -> Entities | None:
    """Those of the long text, where there is one with some."""
    long = o.note_tweet.entities if o.note_tweet else None
    return long if long is not None and long != Entities() else o.entities


def _own(post: RawPost, o: Post, entities: Entities | None) -> None:
    """What only a post has that is no pure repost: text, links, media, counts."""
    post.text = clean((o.note_tweet and o.note_tweet.text) or o.text or "")
    if entities is not None and entities.urls:
        post.links = {url.url: _leads_to(url) for url in entities.urls}
    if attached := o.attachments:
        types = {medium.media_key: medium.type for medium in attached.media or ()}
        post.media = signs(attached.media_keys or list(types), types)
    if metrics := o.public_metrics:
        post.replies = count(metrics.reply_count)
        post.reposts = count(metrics.retweet_count)
        post.likes = count(metrics.like_count)
        post.quotes = count(metrics.quote_count)


def _leads_to(url: Url) -> str:
    if url.media_key is not UNSET or in_media(url.display_url, url.expanded_url):
        return "media"
    return url.unwound_url or url.expanded_url or url.url
