"""X API v1.1 JSON: streams and searches, one post a line or over many, arrays, ``{"statuses": [...]}``.

The posts themselves are read by :mod:`~makna.corpus.readers.x_status`.
"""

from __future__ import annotations

import re
from typing import Any

from makna.corpus.readers.base import Head
from makna.corpus.readers.json_posts import JsonPosts
from makna.corpus.readers.x_common import WRONG, Tally, no_post, shaped_wrong
from makna.corpus.readers.x_status import Statuses
from makna.corpus.records import RawRecord

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


class XApiV11(JsonPosts):
    """X API v1.1 JSON and JSONL, in compatible and extended mode."""

    name = "x-api-v1.1"
    title = "X API v1.1 JSON"
    provides = frozenset(
        {"account", "handle", "name", "bio", "location", "time", "replies", "counts", "media", "text"}
    )
    lists = LISTS
    kept, named = _KEPT, _NAMED

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

    def parser(self, tally: Tally) -> _Parser:
        """The parser of one block."""
        return _Parser(tally)


class _Parser:
    """Turns the objects of one block into records."""

    def __init__(self, tally: Tally) -> None:
        self._notices = tally.notices
        self._statuses = Statuses(tally)

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
                return self._statuses.with_context(where, value)
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
        account = self._statuses.account(user, where)
        status = user.get("status")
        if not isinstance(status, dict):
            return [account]
        return [account, *self._statuses.with_context(where, {**status, "user": user}, context=True)]
