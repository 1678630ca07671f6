"""Posts in two further forms that students hold: tweet-harvest CSV (2.5, comma) and X API v1.1 JSONL."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from makna.demo.people import Person
from makna.demo.posts import Post
from makna.demo.x_objects import escape, metrics

COLUMNS = (
    "conversation_id_str", "created_at", "favorite_count", "full_text", "id_str", "image_url", "in_reply_to_screen_name",
    "lang", "location", "quote_count", "reply_count", "retweet_count", "tweet_url", "user_id_str", "username",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def old_stamp(seconds: float) -> str:
    """*seconds* since the epoch as X API v1.1 writes them, whatever the locale."""
    t = datetime.fromtimestamp(int(seconds), UTC)
    return f"{_DAYS[t.weekday()]} {_MONTHS[t.month - 1]} {t.day:02d} {t:%H:%M:%S} +0000 {t.year}"


def tweet_harvest(posts: Sequence[Post]) -> bytes:
    """The posts as tweet-harvest writes them; reposts are left out, as it does."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for post in posts:
        table.writerow(_row(post))
    return out.getvalue().encode()


def _row(post: Post) -> list[object]:
    counts = metrics(post, _chance(post))
    to = post.mentions[0].handle if post.relation == "replied_to" and post.mentions else ""
    picture = f"https://pbs.twimg.com/media/{post.id}.jpg" if post.said.media else ""
    return [
        post.conversation, old_stamp(post.ms / 1000), counts["like_count"], escape(post.said.text), post.id, picture, to, "in",
        post.author.location, counts["quote_count"], counts["reply_count"], counts["retweet_count"],
        f"https://x.com/{post.author.handle}/status/{post.id}", post.author.id, post.author.handle,
    ]  # fmt: skip


def v11(posts: Sequence[Post]) -> bytes:
    """The posts as X API v1.1 gives them in extended mode, one a line."""
    return b"".join(orjson.dumps(_status(post), option=orjson.OPT_APPEND_NEWLINE) for post in posts)


def _status(post: Post) -> dict[str, Any]:
    counts = metrics(post, _chance(post))
    text = escape(post.said.text)
    reply = post.relation == "replied_to"
    parent = post.missing or (post.parent.id if post.parent else None)
    to = post.mentions[0] if reply and post.mentions else None
    return {
        "created_at": old_stamp(post.ms / 1000),
        "id": int(post.id),
        "id_str": post.id,
        "full_text": text,
        "truncated": False,
        "display_text_range": [len(to.at) + 1 if to else 0, len(text)],
        "entities": {
            "hashtags": [],
            "symbols": [],
            "user_mentions": [_mention(m, text) for m in post.mentions if m.at in text],
            "urls": _urls(post, text),
        },
        **_media(post, text),
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
        "in_reply_to_status_id_str": parent if reply else None,
        "in_reply_to_user_id_str": to.id if to else None,
        "in_reply_to_screen_name": to.handle if to else None,
        "user": _user(post.author),
        "is_quote_status": False,
        "retweet_count": counts["retweet_count"],
        "favorite_count": counts["like_count"],
        "favorited": False,
        "retweeted": False,
        "lang": "in",
    }


def _mention(who: Person, text: str) -> dict[str, Any]:
    start = text.find(who.at)
    return {
        "screen_name": who.handle,
        "name": who.name,
        "id": int(who.id),
        "id_str": who.id,
        "indices": [start, start + len(who.at)],
    }


def _urls(post: Post, text: str) -> list[dict[str, Any]]:
    """The link of the post, where it leads to a page."""
    if not post.link or post.said.media:
        return []
    start = text.find(post.link)
    page = "https://kuesioner.example/skripsi"
    return [{"url": post.link, "expanded_url": page, "indices": [start, start + len(post.link)]}]


def _media(post: Post, text: str) -> dict[str, Any]:
    """The picture of the post, as extended entities."""
    if not post.link or not post.said.media:
        return {}
    start = text.find(post.link)
    picture = {
        "id_str": post.id,
        "type": "photo",
        "url": post.link,
        "media_url_https": f"https://pbs.twimg.com/media/{post.id}.jpg",
        "indices": [start, start + len(post.link)],
    }
    return {"extended_entities": {"media": [picture]}}


def _user(who: Person) -> dict[str, Any]:
    return {
        "id": int(who.id), "id_str": who.id, "name": who.name, "screen_name": who.handle, "location": who.location,
        "description": who.bio, "url": None, "protected": False, "followers_count": who.followers, "friends_count": 210,
        "listed_count": 0, "created_at": old_stamp(who.created), "favourites_count": 80, "verified": False,
        "statuses_count": 900, "lang": None,
    }  # fmt: skip


def _chance(post: Post) -> int:
    return int(post.id) // 4_194_304 * 2_654_435_761 & 0xFFFFFFFF
