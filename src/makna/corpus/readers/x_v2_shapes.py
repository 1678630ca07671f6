"""The shape of a flat post of X API v2, typed: what is read, and by name whatever else X is known to write.

A field of any other name or type fails to decode, so that no field goes by unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import UNSET, Raw, Struct, UnsetType, field, structs

Text = str | None
Ignored = Raw | UnsetType


class Metrics(Struct, gc=False):
    """Counts of a post or an account."""

    reply_count: Any = None
    retweet_count: Any = None
    like_count: Any = None
    quote_count: Any = None
    followers_count: Any = None


class Person(Struct, gc=False):
    """Who is answered."""

    username: Text = None


class Mention(Struct, gc=False):
    """Somebody whom a post mentions."""

    username: str
    name: Text = None


class Url(Struct, gc=False):
    """A short link of a text."""

    url: str
    expanded_url: str = ""
    display_url: str = ""
    unwound_url: Text = None
    media_key: Ignored = UNSET


class Medium(Struct, gc=False):
    """A picture or video, where it is told whole."""

    media_key: str
    type: str = ""


class Attachments(Struct, gc=False):
    """What is attached, by keys or whole."""

    media_keys: list[str] | None = None
    media: list[Medium] | None = None


class Entities(Struct, gc=False, forbid_unknown_fields=True):
    """What stands in a text."""

    mentions: list[Mention] | None = None
    urls: list[Url] | None = None
    hashtags: Ignored = UNSET
    cashtags: Ignored = UNSET
    annotations: Ignored = UNSET


class Long(Struct, gc=False):
    """The text of a long post."""

    text: Text = None
    entities: Entities | None = None


class Author(Struct, gc=False, forbid_unknown_fields=True):
    """Who wrote a post."""

    id: str
    username: Text = None
    name: Text = None
    description: Text = None
    location: Text = None
    created_at: Text = None
    public_metrics: Metrics | None = None
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


class Post(Struct, gc=False, forbid_unknown_fields=True, kw_only=True):
    """A flat post."""

    id: str
    text: str | UnsetType = UNSET
    type: Text = None
    author: Ignored = UNSET
    author_id: Text = None
    created_at: Text = None
    conversation_id: Text = None
    lang: Any = None
    edit_history_tweet_ids: list[str] | None = None
    referenced_tweets: list[Referenced] | None = None
    public_metrics: Metrics | None = None
    entities: Entities | None = None
    note_tweet: Long | None = None
    attachments: Attachments | None = None
    in_reply_to_user_id: Text = None
    in_reply_to_user: Person | None = None
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


class Referenced(Post, kw_only=True):
    """A post that another one answers, quotes or reposts: named, or embedded."""

    type: str


@cache
def reading(kind: type[Struct]) -> tuple[tuple[str, ...], Callable[[Struct], tuple[object, ...]]]:
    """The names in the file of the fields that are not read, and what gives their values all at once."""
    fields, names = zip(*unread(kind), strict=True)
    return names, attrgetter(*fields)


@cache
def unread(kind: type[Struct]) -> tuple[tuple[str, str], ...]:
    """The fields of an object of *kind* that are not read: as they are called here, and in the file."""
    return tuple((f.name, f.encode_name) for f in structs.fields(kind) if f.default is UNSET)
