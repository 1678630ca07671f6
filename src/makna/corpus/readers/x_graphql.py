"""X GraphQL, what the browser itself is sent: Zeeschuimer's NDJSON, 4CAT's copy of it, whole responses.

Decisions: an id is ``rest_id``, because the envelope's ``data.id`` was a number and lost digits; an edited post goes by
the id of its latest version. Quoted and reposted originals are context posts. Of a whole response every post of the
timeline is one that was collected, and every account of a list of people a profile. What X withholds or has deleted
is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from makna.corpus.readers.base import Head
from makna.corpus.readers.json_posts import JsonPosts
from makna.corpus.readers.x_common import WRONG, Tally, no_post, shaped_wrong
from makna.corpus.readers.x_status import Statuses
from makna.corpus.records import RawRecord

Object = dict[str, Any]

DEEPEST = 4  # posts within posts: a quote of a quote; X itself shows one
_KEPT = (  # fields that are read
    "id_str full_text created_at lang entities extended_entities display_text_range conversation_id_str user_id_str "
    "in_reply_to_screen_name in_reply_to_status_id_str in_reply_to_user_id_str quoted_status_id_str is_quote_status "
    "quoted_status_permalink reply_count retweet_count favorite_count quote_count extended_tweet user retweeted_status "
    "quoted_status retweeted_status_result tweet.rest_id tweet.core tweet.legacy tweet.note_tweet tweet.edit_control "
    "tweet.quoted_status_result tweet.retweeted_status_result tweet.__typename tweet.id tweet.type tweet.user "
    "user.id_str user.screen_name user.name user.description user.location user.created_at user.followers_count"
)
_NAMED = (  # fields that are known and never enter
    "bookmark_count bookmarked favorited retweeted possibly_sensitive possibly_sensitive_editable place geo coordinates "
    "limited_actions scopes withheld_scope withheld_status withheld_copyright self_thread source card contributors "
    "tweet.views tweet.source tweet.card tweet.is_translatable tweet.quick_promote_eligibility tweet.has_birdwatch_notes "
    "tweet.birdwatch_pivot tweet.unified_card tweet.promoted tweet.article tweet.community_results tweet.tombstone "
    "tweet.unmention_data tweet.grok_analysis_button tweet.ext_views tweet.previous_counts tweet.superFollowsReplyUserResult "
    "user.can_dm user.can_media_tag user.default_profile user.default_profile_image user.entities user.fast_followers_count "
    "user.favourites_count user.friends_count user.has_custom_timelines user.is_translator user.listed_count "
    "user.media_count user.normal_followers_count user.pinned_tweet_ids_str user.possibly_sensitive user.url "
    "user.profile_banner_url user.profile_image_url_https user.profile_interstitial_type user.statuses_count "
    "user.translator_type user.verified user.want_retweets user.withheld_in_countries user.protected user.following "
    "user.followed_by user.blocking user.muting user.notifications envelope.nav_index envelope.item_id "
    "envelope.timestamp_collected envelope.last_updated envelope.source_platform envelope.source_platform_url "
    "envelope.source_url envelope.user_agent envelope.id"
)
_KEYS = re.compile(r'"(\w+)"\s*:')
_GONE = ("TweetTombstone", "TweetUnavailable", "UserUnavailable")


class XGraphQL(JsonPosts):
    """Zeeschuimer NDJSON of X, and X's own GraphQL responses."""

    name = "x-graphql"
    title = "Zeeschuimer NDJSON of X (GraphQL)"
    provides = frozenset(
        {"account", "handle", "name", "bio", "location", "time", "replies", "counts", "media", "text"}
    )
    kept, named = _KEPT, _NAMED

    def sniff(self, head: Head) -> float:
        """Sure where X's GraphQL names stand in the head."""
        if head.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        keys = frozenset(_KEYS.findall(head.text))
        if "tweet_results" in keys or {"rest_id", "legacy"} <= keys:
            return 0.97
        if {"legacy", "full_text"} <= keys or {"user_results", "legacy"} <= keys:
            return 0.9
        return 0.0

    def parser(self, tally: Tally) -> _Parser:
        """The parser of one block."""
        return _Parser(tally)


class _Parser:
    """Turns the objects of one block into records."""

    def __init__(self, tally: Tally) -> None:
        self._notices = tally.notices
        self._statuses = Statuses(tally)
        self._envelope_fields = tally.level("envelope.")
        self._tweet_fields = tally.level("tweet.")

    def records(self, where: int, value: Object) -> list[RawRecord]:
        """The records of one value: a post in its envelope or bare, an account, or a whole response."""
        inner = value.get("data")
        if isinstance(inner, dict) and ("source_platform" in value or "nav_index" in value):
            self._envelope_fields[tuple(key for key in value if key != "data")] += 1
            value = inner
        if _is_post(value):
            return self._post(where, value)
        found = list(_timeline(value))
        if not found:
            return [] if _is_response(value) else [no_post(where)]
        made: list[RawRecord] = []
        for kind, item in found:
            made += self._post(where, item) if kind == "tweet_results" else self._profile(where, item)
        return made

    def _post(self, where: int, value: Object) -> list[RawRecord]:
        try:
            status = self._status(value, DEEPEST)
            return self._statuses.with_context(where, status) if status else []
        except WRONG:
            return [shaped_wrong(where)]

    def _profile(self, where: int, value: Object) -> list[RawRecord]:
        try:
            if value.get("__typename") in _GONE:
                self._notices["unavailable account"] += 1
                return []
            return [self._statuses.account(_user(value), where)]
        except WRONG:
            return [shaped_wrong(where)]

    def _status(self, value: Object, depth: int) -> Object | None:
        """The post in the shape of v1.1; None where X holds it back."""
        tweet: Object = value.get("tweet") or value  # TweetWithVisibilityResults
        legacy = tweet.get("legacy")
        if legacy is None:
            if tweet.get("__typename") in _GONE or "tombstone" in tweet:
                self._notices["unavailable post"] += 1
                return None
            raise KeyError("legacy")
        self._tweet_fields[tuple(tweet)] += 1
        status = {key: inner for key, inner in legacy.items() if key not in ("id", "retweeted_status_result")}
        status["id_str"] = _latest(tweet) or tweet.get("rest_id") or legacy.get("id_str")
        status["user"] = _writer(tweet, legacy)
        status["extended_tweet"] = _long(tweet, legacy)
        for name, held in (
            ("retweeted_status", legacy.get("retweeted_status_result")),
            ("quoted_status", None),
        ):
            status[name] = self._inside(held or tweet.get(f"{name}_result"), depth)
        return status

    def _inside(self, held: Object | None, depth: int) -> Object | None:
        """A post within the post, where X gives it whole."""
        result = held.get("result") if held else None
        return self._status(result, depth - 1) if result and depth else None


def _is_post(value: Object) -> bool:
    tweet = value.get("tweet") or value
    return isinstance(tweet, dict) and (
        "legacy" in tweet or "tombstone" in tweet or tweet.get("__typename") in _GONE
    )


def _is_response(value: Object) -> bool:
    """Whether X answered, though with no post: the end of a timeline."""
    return isinstance(value.get("data"), dict) and "errors" not in value


def _timeline(value: Object) -> Iterator[tuple[str, Object]]:
    """("tweet_results" | "user_results", what it holds) for each item of a response, in its order, each post once."""
    waiting: list[Any] = [value]
    met: set[str] = set()
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += reversed(here)
        elif isinstance(here, dict):
            kind = "tweet_results" if "tweet_results" in here else "user_results"
            result = here[kind].get("result") if isinstance(here.get(kind), dict) else None
            if not isinstance(result, dict):
                waiting += reversed([inner for inner in here.values() if isinstance(inner, dict | list)])
            elif (one := f"{kind} {_named(result)}") not in met:
                met.add(one)
                yield kind, result


def _named(result: Object) -> Any:
    tweet = result.get("tweet")
    return (tweet.get("rest_id") if isinstance(tweet, dict) else result.get("rest_id")) or id(result)


def _latest(tweet: Object) -> str | None:
    """The id of the latest version of an edited post."""
    control: Object = tweet.get("edit_control") or {}
    versions = (control.get("edit_control_initial") or control).get("edit_tweet_ids")
    return str(versions[-1]) if versions else None


def _writer(tweet: Object, legacy: Object) -> Object:
    """Who wrote the post; by the id alone where X gives no more."""
    results = (tweet.get("core") or {}).get("user_results") or {}
    user = results.get("result") or {}
    if not user or user.get("__typename") in _GONE:
        user = tweet.get("user") or {}
    made = _user(user)
    made["id_str"] = made["id_str"] or legacy.get("user_id_str")
    return made


def _user(user: Object) -> Object:
    """An account in the shape of v1.1, from any of the places in which X has kept its fields."""
    legacy, core = user.get("legacy") or user, user.get("core") or {}
    counts = user.get("relationship_counts") or {}
    place = user.get("location")
    made: Object = {**legacy} if legacy is not user else {}
    made["id_str"] = user.get("rest_id") or user.get("id_str")
    for name in ("screen_name", "name", "created_at"):
        made[name] = core.get(name) or legacy.get(name)
    made["description"] = (user.get("profile_bio") or {}).get("description") or legacy.get("description")
    made["location"] = place.get("location") if isinstance(place, dict) else legacy.get("location")
    made["followers_count"] = counts.get("followers", legacy.get("followers_count"))
    return made


def _long(tweet: Object, legacy: Object) -> Object | None:
    """The whole of a long post."""
    result = ((tweet.get("note_tweet") or {}).get("note_tweet_results") or {}).get("result")
    if not result or not result.get("text"):
        return None
    entities = result.get("entity_set") or legacy.get("entities")
    return {
        "full_text": result["text"],
        "entities": entities,
        "extended_entities": legacy.get("extended_entities"),
    }
