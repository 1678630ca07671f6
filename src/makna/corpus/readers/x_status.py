"""Posts in the shape of X API v1.1, which its streams, its web pages and its account archives share.

Decisions: the @names that X sets before a reply and hides (``display_text_range``) were not written by its author;
they stay in ``mentions`` and leave the text. What X hides at the end (links to pictures and quoted posts) stays: the
door makes signs of it. ``extended_tweet`` outranks the compatible fields around it. A repost has no text of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from makna.corpus.model import Relation
from makna.corpus.readers.times import x_time
from makna.corpus.readers.x_common import (
    MEDIA,
    WRONG,
    Tally,
    clean,
    count,
    filled,
    language,
    shaped_wrong,
    sound,
    text_id,
)
from makna.corpus.records import RawAccount, RawPost, RawRecord

Object = dict[str, Any]

_HIDDEN = re.compile(r"(?:\s*@\w+)+\s*")


class Statuses:
    """Turns objects of this shape into records. Raises what a value of an unexpected shape raises (``WRONG``)."""

    def __init__(self, tally: Tally) -> None:
        self._post_fields: Counter[tuple[str, ...]] = tally.level("")
        self._user_fields: Counter[tuple[str, ...]] = tally.level("user.")

    def with_context(self, where: int, post: Object, *, context: bool = False) -> list[RawRecord]:
        """A post, and the posts it reposts and quotes, each once."""
        made: list[RawRecord] = [self._post(where, post, context=context)]
        met = {status_id(post)}
        waiting = [post.get("retweeted_status"), post.get("quoted_status")]
        while waiting:
            other = waiting.pop(0)
            if not other or status_id(other) in met:
                continue
            met.add(status_id(other))
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
            id=status_id(o),
            account=self.account(user) if user else None,
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
            post.relation, post.parent_id = Relation.REPOST, status_id(original)
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
            post.relation, post.parent_id = Relation.QUOTE, quoted_id or status_id(quoted)
            post.parent_handle = ((quoted or {}).get("user") or {}).get("screen_name")

    def account(self, user: Object, where: int = 0) -> RawAccount:
        """An account; a record of its own where *where* is its position."""
        self._user_fields[tuple([key for key, value in user.items() if value is not None])] += 1
        return RawAccount(
            id=status_id(user),
            handle=filled(user.get("screen_name")),
            name=filled(user.get("name")),
            bio=filled(user.get("description")),
            location=filled(user.get("location")),
            created=x_time(user.get("created_at")),
            followers=count(user.get("followers_count")),
            where=where,
        )


def status_id(o: Object | None) -> str | None:
    """The id, from its text form where there is one: numbers lose digits in many programs."""
    return text_id(o.get("id_str") or o.get("id")) if o else None


def _written(o: Object) -> str:
    """The text without the hidden @names that X sets before a reply."""
    text: str = o.get("full_text") or o.get("text") or ""
    shown = o.get("display_text_range")
    first = shown[0] if shown else 0
    if type(first) is int and 0 < first <= len(text) and _HIDDEN.fullmatch(text, 0, first):
        return text[first:]
    return text
