"""Flat posts of X API v2 as nearly all are: decoded straight into typed objects, with what is not read skipped.

A line of any other shape, down to one field of another type, is left to the tolerant parser of
:mod:`~makna.corpus.readers.x_v2`, whose decisions hold here too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import repeat
from operator import attrgetter, is_
from typing import Any

import orjson
from msgspec import UNSET, Raw, Struct, UnsetType, field, structs
from msgspec.json import Decoder

from makna.corpus.model import Relation
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_common import Tally, clean, count, filled, language
from makna.corpus.readers.x_v2_parts import RELATIONS, in_media, signs
from makna.corpus.records import RawAccount, RawPost

Text = str | None
Ignored = Raw | UnsetType


class _Metrics(Struct, gc=False):
    reply_count: Any = None
    retweet_count: Any = None
    like_count: Any = None
    quote_count: Any = None
    followers_count: Any = None


class _Person(Struct, gc=False):
    username: Text = None


class _Mention(Struct, gc=False):
    username: str
    name: Text = None


class _Url(Struct, gc=False):
    url: str
    expanded_url: str = ""
    display_url: str = ""
    unwound_url: Text = None
    media_key: Ignored = UNSET


class _Medium(Struct, gc=False):
    media_key: str
    type: str = ""


class _Attachments(Struct, gc=False):
    media_keys: list[str] | None = None
    media: list[_Medium] | None = None


class _Entities(Struct, gc=False, forbid_unknown_fields=True):
    mentions: list[_Mention] | None = None
    urls: list[_Url] | None = None
    hashtags: Ignored = UNSET
    cashtags: Ignored = UNSET
    annotations: Ignored = UNSET


class _Long(Struct, gc=False):
    text: Text = None
    entities: _Entities | None = None


class _Author(Struct, gc=False, forbid_unknown_fields=True):
    id: str
    username: Text = None
    name: Text = None
    description: Text = None
    location: Text = None
    created_at: Text = None
    public_metrics: _Metrics | None = None
    profile_image_url: Ignored = UNSET
    profile_banner_url: Ignored = UNSET
    url: Ignored = UNSET
    verified: Ignored = UNSET
    verified_type: Ignored = UNSET
    protected: Ignored = UNSET
    pinned_tweet_id: Ignored = UNSET
    entities: Ignored = UNSET
    withheld: Ignored = UNSET
    most_recent_tweet_id: Ignored = UNSET


class _Post(Struct, gc=False, forbid_unknown_fields=True, kw_only=True):
    id: str
    text: str | UnsetType = UNSET
    type: Text = None
    author: Ignored = UNSET
    author_id: Text = None
    created_at: Text = None
    conversation_id: Text = None
    lang: Any = None
    edit_history_tweet_ids: list[str] | None = None
    referenced_tweets: list[_Referenced] | None = None
    public_metrics: _Metrics | None = None
    entities: _Entities | None = None
    note_tweet: _Long | None = None
    attachments: _Attachments | None = None
    in_reply_to_user_id: Text = None
    in_reply_to_user: _Person | None = None
    display_text_range: Ignored = UNSET
    context_annotations: Ignored = UNSET
    geo: Ignored = UNSET
    source: Ignored = UNSET
    reply_settings: Ignored = UNSET
    possibly_sensitive: Ignored = UNSET
    edit_controls: Ignored = UNSET
    withheld: Ignored = UNSET
    matching_rules: Ignored = UNSET
    community_id: Ignored = UNSET
    card_uri: Ignored = UNSET
    article: Ignored = UNSET
    errors: Ignored = UNSET
    twarc: Ignored = field(default=UNSET, name="__twarc")


class _Referenced(_Post, kw_only=True):
    type: str


_NONE, _REPLY, _REPOST = Relation.NONE, Relation.REPLY, Relation.REPOST
_TOGETHER = 64  # posts whose unread fields are counted at once
_POST, _AUTHOR = Decoder(_Post), Decoder(_Author)
_Account = tuple[
    RawAccount, Text, tuple[str, ...]
]  # with the handle as written, and the fields that never enter
_Answer = tuple[Relation, Text, Text]  # with the id and the handle of what is answered


class FlatPosts:
    """Reads lines that hold one flat post each, and remembers what in them never enters."""

    def __init__(self) -> None:
        self._posts: list[_Post] = []
        self._with_entities: list[_Entities] = []
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
            names, read = _reading(type(objects[0]))
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

    def _record(self, o: _Post, author: _Account | None, answer: _Answer) -> RawPost:
        account = RawAccount(id=o.author_id) if o.author_id else None
        if author:
            account = author[0]
            self._authors[author[2]] += 1
        versions = o.edit_history_tweet_ids
        relation, parent_id, parent_handle = answer
        post = RawPost(
            0, "", (versions[-1] if versions else o.id) or None, account, iso_time(o.created_at),
            o.conversation_id or None, parent_id, parent_handle, relation, language=language(o.lang),
            context=type(o) is _Referenced,
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


def _with_embedded(post: _Post) -> list[_Post]:
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


def _author(post: _Post) -> _Account | None:
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
    ignored = [field_name for name, field_name in _unread(_Author) if getattr(o, name) is not UNSET]
    return account, o.username or None, tuple(ignored)


def _answer(o: _Post) -> _Answer:
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


def _entities(o: _Post) -> _Entities | None:
    """Those of the long text, where there is one with some."""
    long = o.note_tweet.entities if o.note_tweet else None
    return long if long is not None and long != _Entities() else o.entities


def _own(post: RawPost, o: _Post, entities: _Entities | None) -> None:
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


def _leads_to(url: _Url) -> str:
    if url.media_key is not UNSET or in_media(url.display_url, url.expanded_url):
        return "media"
    return url.unwound_url or url.expanded_url or url.url


@cache
def _reading(kind: type[Struct]) -> tuple[tuple[str, ...], Callable[[Struct], tuple[object, ...]]]:
    """The names in the file of the fields that are not read, and what gives their values all at once."""
    fields, names = zip(*_unread(kind), strict=True)
    return names, attrgetter(*fields)


@cache
def _unread(kind: type[Struct]) -> tuple[tuple[str, str], ...]:
    """The fields of an object of *kind* that are not read: as they are called here, and in the file."""
    return tuple((f.name, f.encode_name) for f in structs.fields(kind) if f.default is UNSET)
