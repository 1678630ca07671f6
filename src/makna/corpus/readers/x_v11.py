"""X API v1.1 JSON: streams and searches, one post a line or over many, arrays, ``{"statuses": [...]}``.

Decisions: the @names that X sets before a reply and hides (``display_text_range``) were not written by its author;
they stay in ``mentions`` and leave the text. What X hides at the end (links to pictures and quoted posts) stays: the
door makes signs of it. ``extended_tweet`` outranks the compatible fields around it. A repost has no text of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from makna.corpus.model import Relation, SourceKind
from makna.corpus.readers import jsonl
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.times import x_time
from makna.corpus.readers.x_common import (
    MEDIA,
    WRONG,
    Tally,
    clean,
    count,
    filled,
    language,
    no_post,
    shaped_wrong,
    sound,
    text_id,
)
from makna.corpus.records import RawAccount, RawPost, RawRecord, Rejection

Object = dict[str, Any]

LISTS = ("statuses", "users")  # of a wrapping object
NOTICES = (
    "delete",
    "limit",
    "scrub_geo",
    "status_withheld",
    "user_withheld",
    "disconnect",
    "warning",
    "event",
)
_HIDDEN = re.compile(r"(?:\s*@\w+)+\s*")
_KEPT = (  # fields that are read
    "id id_str text full_text extended_tweet user created_at lang entities extended_entities display_text_range "
    "in_reply_to_status_id in_reply_to_status_id_str in_reply_to_user_id in_reply_to_user_id_str "
    "in_reply_to_screen_name retweeted_status quoted_status quoted_status_id quoted_status_id_str is_quote_status "
    "quoted_status_permalink truncated reply_count retweet_count favorite_count quote_count conversation_id "
    "conversation_id_str user.id user.id_str user.name user.screen_name user.description user.location "
    "user.created_at user.followers_count user.status"
)
_NAMED = (  # fields that are known and never enter
    "source geo coordinates place contributors possibly_sensitive possibly_sensitive_appealable filter_level "
    "favorited retweeted timestamp_ms scopes withheld_copyright withheld_in_countries withheld_scope "
    "current_user_retweet matching_rules user.url user.entities user.verified user.protected user.profile_image_url "
    "user.profile_image_url_https user.profile_banner_url user.friends_count user.listed_count user.favourites_count "
    "user.statuses_count user.time_zone user.utc_offset user.geo_enabled user.lang user.profile_location"
)
_KEYS = re.compile(r'"(\w+)"\s*:')
_OTHERS = frozenset({"rest_id", "legacy", "__typename", "author_id", "tweet_results"})


class XApiV11:
    """X API v1.1 JSON and JSONL, in compatible and extended mode."""

    name = "x-api-v1.1"
    title = "X API v1.1 JSON"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset(
        {"account", "handle", "name", "bio", "location", "time", "replies", "counts", "media", "text"}
    )
    parallel = True

    def sniff(self, head: Head) -> float:
        """Sure where the field names of v1.1 stand in the head."""
        if head.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        keys = frozenset(_KEYS.findall(head.text))
        if keys & _OTHERS:
            return 0.0
        if keys & {"text", "full_text"} and keys & {"id", "id_str"} and {"user", "screen_name"} <= keys:
            return 0.95
        if keys & {"text", "full_text"} and "id_str" in keys and keys & {"created_at", "favorite_count"}:
            return 0.8
        if {"screen_name", "followers_count"} <= keys or ({"statuses", "search_metadata"} <= keys):
            return 0.7
        return 0.6 if keys & frozenset(NOTICES) and keys & {"status", "track", "id_str"} else 0.0

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of about 2 MiB. Raises a ReadError that names the file and the remedy."""
        yield from jsonl.blocks(path, head, descend=LISTS)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """Posts, each followed by what it quotes or reposts; accounts; rejections; last what never enters."""
        tally = Tally(_KEPT, _NAMED)
        parser = _Parser(tally)
        for where, value in jsonl.objects(block):
            if isinstance(value, Rejection):
                yield value
            elif isinstance(value, dict):
                yield from parser.records(where, value)
            else:
                yield no_post(where)
        yield from tally.dropped()


class _Parser:
    """Turns the objects of one block into records."""

    def __init__(self, tally: Tally) -> None:
        self._notices = tally.notices
        self._post_fields: Counter[tuple[str, ...]] = tally.level("")
        self._user_fields: Counter[tuple[str, ...]] = tally.level("user.")

    def records(self, where: int, value: Object) -> list[RawRecord]:
        """The records of one value: a post, an account, a notice, or a page of them."""
        made: list[RawRecord] = []
        for name in LISTS:
            if isinstance(value.get(name), list):
                for item in value[name]:
                    made += self._one(where, item)
                return made
        return self._one(where, value)

    def _one(self, where: int, value: Object) -> list[RawRecord]:
        try:
            if "text" in value or "full_text" in value or "extended_tweet" in value:
                return self._with_context(where, value)
            if "screen_name" in value:
                return self._profile(where, value)
            notice = next((name for name in NOTICES if name in value), None)
        except WRONG:
            return [shaped_wrong(where)]
        if notice is None:
            return [no_post(where)]
        self._notices[f"{notice} notice"] += 1
        return []

    def _profile(self, where: int, user: Object) -> list[RawRecord]:
        """An account, and the latest post that X puts into it."""
        account = self._account(user, where)
        status = user.get("status")
        if not isinstance(status, dict):
            return [account]
        return [account, *self._with_context(where, {**status, "user": user}, context=True)]

    def _with_context(self, where: int, post: Object, *, context: bool = False) -> list[RawRecord]:
        """A post, and the posts it reposts and quotes, each once."""
        made: list[RawRecord] = [self._post(where, post, context=context)]
        met = {_id(post)}
        waiting = [post.get("retweeted_status"), post.get("quoted_status")]
        while waiting:
            other = waiting.pop(0)
            if not other or _id(other) in met:
                continue
            met.add(_id(other))
            try:
                made.append(self._post(where, other, context=True))
            except WRONG:
                made.append(shaped_wrong(where))
            waiting += [other.get("retweeted_status"), other.get("quoted_status")]
        return made

    def _post(self, where: int, o: Object, *, context: bool) -> RawPost:
        self._post_fields[tuple([key for key, value in o.items() if value is not None])] += 1
        user = o.get("user")
        long = o.get("extended_tweet") or o
        entities = long.get("entities") or {}
        mentioned = entities.get("user_mentions") or ()
        post = RawPost(
            where,
            "",
            id=_id(o),
            account=self._account(user) if user else None,
            sent=x_time(o.get("created_at")),
            conversation_id=text_id(o.get("conversation_id_str") or o.get("conversation_id")),
            language=language(o.get("lang")),
            mentions=tuple(m["screen_name"] for m in mentioned),
            mention_names=tuple(clean(m["name"]) for m in mentioned if m.get("name")),
            context=context,
        )
        self._relate(post, o)
        if post.relation is not Relation.REPOST:
            self._own(post, o, long, entities)
        return sound(post)

    def _own(self, post: RawPost, o: Object, long: Object, entities: Object) -> None:
        """What only a post has that is no pure repost: text, links, media, counts."""
        post.text = clean(_written(long))
        attached = (long.get("extended_entities") or {}).get("media") or entities.get("media") or ()
        post.links = {
            u["url"]: str(u.get("expanded_url") or u["url"])
            for u in entities.get("urls") or ()
            if u.get("url")
        }
        post.links.update({m["url"]: "media" for m in attached if m.get("url")})
        post.media = tuple(sign for m in attached if (sign := MEDIA.get(m.get("type"))))
        post.replies = count(o.get("reply_count"))
        post.reposts = count(o.get("retweet_count"))
        post.likes = count(o.get("favorite_count"))
        post.quotes = count(o.get("quote_count"))

    def _relate(self, post: RawPost, o: Object) -> None:
        original, quoted = o.get("retweeted_status"), o.get("quoted_status")
        quoted_id = text_id(o.get("quoted_status_id_str") or o.get("quoted_status_id"))
        if original:
            post.relation, post.parent_id = Relation.REPOST, _id(original)
            post.parent_handle = (original.get("user") or {}).get("screen_name")
        elif (
            o.get("in_reply_to_status_id_str")
            or o.get("in_reply_to_status_id")
            or o.get("in_reply_to_screen_name")
        ):
            post.relation = Relation.REPLY
            post.parent_id = text_id(o.get("in_reply_to_status_id_str") or o.get("in_reply_to_status_id"))
            post.parent_handle = o.get("in_reply_to_screen_name")
        elif quoted or quoted_id:
            post.relation, post.parent_id = Relation.QUOTE, quoted_id or _id(quoted)
            post.parent_handle = ((quoted or {}).get("user") or {}).get("screen_name")

    def _account(self, user: Object, where: int = 0) -> RawAccount:
        self._user_fields[tuple([key for key, value in user.items() if value is not None])] += 1
        return RawAccount(
            id=_id(user),
            handle=filled(user.get("screen_name")),
            name=filled(user.get("name")),
            bio=filled(user.get("description")),
            location=filled(user.get("location")),
            created=x_time(user.get("created_at")),
            followers=count(user.get("followers_count")),
            where=where,
        )


def _id(o: Object | None) -> str | None:
    """The id, from its text form where there is one: numbers lose digits in many programs."""
    return text_id(o.get("id_str") or o.get("id")) if o else None


def _written(o: Object) -> str:
    """The text without the hidden @names that X sets before a reply."""
    text: str = o.get("full_text") or o.get("text") or ""
    shown = o.get("display_text_range")
    if shown and shown[0] and _HIDDEN.fullmatch(text, 0, shown[0]):
        return text[shown[0] :]
    return text
