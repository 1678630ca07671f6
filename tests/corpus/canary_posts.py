"""X API v2 and v1.1 with a canary under every key that they document, and under unknown ones."""

from __future__ import annotations

import json
from pathlib import Path

from canary_plant import Json, Planted, identifiers, lines, plant, saved
from canary_search import STAYS, Canaries

ENTITIES = {
    "annotations": [{"start": 0, "end": 0, "probability": 0, "type": "W", "normalized_text": "W"}],
    "cashtags": [{"start": 0, "tag": "W"}],
    "hashtags": [{"start": 0, "tag": "W"}],
    "mentions": [{"start": 0, "username": "W", "id": "N", "name": "W"}],
    "urls": [
        {"url": "L", "expanded_url": "L", "display_url": "W", "unwound_url": "L", "title": "W", "description": "W",
         "images": [{"url": "L", "width": 0}], "status": 0}
    ],
}  # fmt: skip
METRICS = {
    "retweet_count": 0,
    "reply_count": 0,
    "like_count": 0,
    "quote_count": 0,
    "impression_count": 0,
    "bookmark_count": 0,
}
USER = {
    "id": "N", "username": "W", "name": "W", "created_at": "T", "location": "W", "pinned_tweet_id": "N", "url": "L",
    "profile_image_url": "L", "profile_banner_url": "L", "protected": False, "verified": False, "verified_type": "W",
    "most_recent_tweet_id": "N", "withheld": {"country_codes": ["W"], "scope": "W"},
    "public_metrics": {"followers_count": 0, "following_count": 0, "tweet_count": 0, "listed_count": 0},
    "entities": {"url": {"urls": [{"url": "L", "expanded_url": "L"}]}, "description": ENTITIES},
}  # fmt: skip
MEDIUM = {
    "media_key": "W", "type": "photo", "url": "L", "preview_image_url": "L", "alt_text": "W", "height": 0, "duration_ms": 0,
    "public_metrics": {"view_count": 0}, "variants": [{"bit_rate": 0, "content_type": "W", "url": "L"}],
}  # fmt: skip
POST = {
    "id": "N", "created_at": "T", "conversation_id": "N", "lang": "W", "source": "W", "card_uri": "L", "community_id": "N",
    "reply_settings": "W", "edit_history_tweet_ids": ["N"], "display_text_range": [0, 0], "in_reply_to_user_id": "N",
    "edit_controls": {"edits_remaining": 0, "editable_until": "T"}, "withheld": {"country_codes": ["W"], "scope": "W"},
    "attachments": {"media_keys": ["W"], "poll_ids": ["N"], "media_source_tweet_id": ["N"]}, "entities": ENTITIES,
    "context_annotations": [{"domain": {"id": "N", "name": "W", "description": "W"}, "entity": {"id": "N", "name": "W"}}],
    "geo": {"place_id": "W", "coordinates": {"type": "W", "coordinates": [0, 0]}}, "possibly_sensitive": False,
    "public_metrics": METRICS, "non_public_metrics": METRICS, "organic_metrics": METRICS, "promoted_metrics": METRICS,
}  # fmt: skip
PLACE = {
    "id": "W",
    "full_name": "W",
    "name": "W",
    "country": "W",
    "country_code": "W",
    "place_type": "W",
    "geo": {"bbox": [0]},
}
POLL = {
    "id": "N",
    "options": [{"position": 0, "label": "W", "votes": 0}],
    "duration_minutes": 0,
    "end_datetime": "T",
}


def v2_post(
    c: Canaries, where: str, *, kind: str | None = None, parent: str = "N", note: bool = False
) -> Json:
    """A post of X API v2 and its author, with every documented key."""
    user = plant(c, {**USER, "description": identifiers(c, f"{where}, the bio")}, f"{where}.author")
    referenced = [{"type": kind, "id": parent}] if kind else []
    post = plant(c, {**POST, "author_id": user["id"], "referenced_tweets": referenced}, where)
    long = (
        {"note_tweet": {"text": identifiers(c, f"{where}, the long text"), "entities": post["entities"]}}
        if note
        else {}
    )
    mention, url = post["entities"]["mentions"][0], post["entities"]["urls"][0]
    loud = f"{user['username'].upper()} {user['name']} {mention['username']} {url['url']}"
    return user, {**post, **long, "text": f"{identifiers(c, f'{where}, the text')} {loud}"}


def x_v2(c: Canaries, folder: Path) -> list[Planted]:
    """A page with everything it can include, and flattened posts."""
    where = "X v2 page"
    original, answer = (
        v2_post(c, f"{where}, original"),
        v2_post(c, f"{where}, answer", kind="replied_to", note=True),
    )
    shared = v2_post(c, f"{where}, repost", kind="retweeted", parent=original[1]["id"])
    page = {
        "data": [answer[1], shared[1]],
        "includes": {
            "users": [original[0], answer[0], shared[0]], "tweets": [original[1]], "media": [plant(c, MEDIUM, where)],
            "places": [plant(c, PLACE, where)], "polls": [plant(c, POLL, where)], "topics": [plant(c, {"id": "N", "name": "W"}, where)],
        },
        "errors": [plant(c, {"value": "W", "detail": "W", "title": "W", "resource_id": "N", "parameter": "W"}, where)],
        "meta": plant(c, {"newest_id": "N", "oldest_id": "N", "next_token": "W", "result_count": 0}, where),
        "__twarc": plant(c, {"url": "L", "version": "W", "retrieved_at": "T"}, where),
        c.word(f"{where}, an unknown key"): c.word(f"{where}, an unknown value"),
    }  # fmt: skip
    flat = []
    for n, kind in enumerate((None, "quoted", "replied_to", "retweeted")):
        at = f"X v2 flat {n}"
        user, post = v2_post(c, at, kind=kind)
        writer, embedded = v2_post(c, f"{at}, embedded")
        attached = {**post["attachments"], "media": [plant(c, MEDIUM, at)], "poll": plant(c, POLL, at)}
        referenced = [{"type": kind, **embedded, "author": writer}] if kind else []
        more = {
            "in_reply_to_user": plant(c, USER, at),
            "geo": plant(c, PLACE, at),
            "__twarc": plant(c, {"url": "L"}, at),
        }
        flat.append(
            {**post, "author": user, "attachments": attached, "referenced_tweets": referenced, **more}
        )
    odd = plant(c, {**POST, "text": {"a": "W"}, "created_at": 0, "author_id": ["W"]}, "X v2, a broken post")
    return [
        saved(c, folder, "X v2 page", ".jsonl", json.dumps(page) + "\n", "x-api-v2"),
        saved(c, folder, "X v2 flat", ".jsonl", lines([*flat, odd]), "x-api-v2", rejected=1),
        saved(
            c,
            folder,
            "X v2 users",
            ".jsonl",
            lines([plant(c, USER, f"X v2 user {n}") for n in range(3)]),
            "x-api-v2",
        ),
    ]


V11_ENTITIES = {
    "hashtags": [{"text": "W", "indices": [0]}], "symbols": [{"text": "W"}], "polls": [{"options": [{"text": "W"}]}],
    "user_mentions": [{"screen_name": "W", "name": "W", "id": 0, "id_str": "N", "indices": [0]}],
    "urls": [{"url": "L", "expanded_url": "L", "display_url": "W", "unwound": {"url": "L", "title": "W"}}],
    "media": [{"id": 0, "id_str": "N", "type": "photo", "url": "L", "media_url": "L", "media_url_https": "L", "display_url": "W",
               "expanded_url": "L", "ext_alt_text": "W", "source_user_id_str": "N", "sizes": {"small": {"w": 0}},
               "video_info": {"variants": [{"url": "L"}]}, "additional_media_info": {"title": "W"}}],
}  # fmt: skip
V11_USER = {
    "id": 0, "id_str": "N", "name": "W", "screen_name": "W", "location": "W", "url": "L", "created_at": "O", "time_zone": "W",
    "followers_count": 0, "friends_count": 0, "listed_count": 0, "favourites_count": 0, "statuses_count": 0, "utc_offset": 0,
    "lang": "W", "translator_type": "W", "profile_image_url": "L", "profile_banner_url": "L", "profile_location": {"name": "W"},
    "entities": {"url": {"urls": [{"expanded_url": "L"}]}, "description": {"urls": [{"url": "L"}]}}, "derived": {"locations": ["W"]},
}  # fmt: skip
STATUS = {
    "id": 0, "id_str": "N", "created_at": "O", "source": "W", "lang": "W", "timestamp_ms": "1614866261000", "filter_level": "W",
    "in_reply_to_status_id": 0, "in_reply_to_status_id_str": "N", "in_reply_to_user_id_str": "N", "in_reply_to_screen_name": "W",
    "geo": {"type": "W", "coordinates": [0, 0]}, "coordinates": {"coordinates": [0, 0]}, "contributors": ["W"],
    "place": {"id": "W", "name": "W", "full_name": "W", "url": "L", "attributes": {"W": "W"}}, "scopes": {"place_ids": ["W"]},
    "quote_count": 0, "reply_count": 0, "retweet_count": 0, "favorite_count": 0, "entities": V11_ENTITIES,
    "matching_rules": [{"tag": "W", "id_str": "N"}], "withheld_in_countries": ["W"], "current_user_retweet": {"id_str": "N"},
    "quoted_status_permalink": {"url": "L", "expanded": "L", "display": "W"}, "card": {"name": "W", "url": "L"},
}  # fmt: skip


def status(c: Canaries, where: str, **inside: Json) -> Json:
    """A post of X API v1.1 with every documented key."""
    user = plant(c, {**V11_USER, "description": identifiers(c, f"{where}, the bio")}, f"{where}.user")
    post = plant(c, {**STATUS, "extended_entities": {"media": V11_ENTITIES["media"]}}, where)
    loud = f"{user['screen_name'].upper()} {user['name']} {post['entities']['urls'][0]['url']}"
    text = f"{identifiers(c, f'{where}, the text')} {loud}"
    key = "full_text" if "extended_tweet" not in inside else "text"
    return {**post, "user": user, key: text, "display_text_range": [0, len(text)], **inside}


def x_v11(c: Canaries, folder: Path) -> list[Planted]:
    """Extended, quoting and reposting statuses, as lines and as a search's answer."""
    where = "X v1.1"
    long = plant(
        c,
        {"full_text": "W", "entities": V11_ENTITIES, "extended_entities": {"media": V11_ENTITIES["media"]}},
        where,
    )
    long["full_text"] = identifiers(c, f"{where}, the extended text")
    free = {"in_reply_to_status_id": None, "in_reply_to_status_id_str": None, "in_reply_to_screen_name": None}
    quoted, reposted = status(c, f"{where}, quoted"), status(c, f"{where}, reposted")
    posts = [
        status(c, f"{where}, extended", extended_tweet=long),
        status(
            c,
            f"{where}, quoting",
            **free,
            is_quote_status=True,
            quoted_status=quoted,
            quoted_status_id_str=quoted["id_str"],
        ),
        status(c, f"{where}, reposting", retweeted_status=reposted),
        {
            **plant(c, V11_USER, f"{where}, a user"),
            "status": plant(c, STATUS, f"{where}, a user's status") | {"text": STAYS},
        },
        plant(c, {"delete": {"status": {"id_str": "N", "user_id_str": "N"}}}, where),
    ]
    answer = {
        "statuses": [status(c, f"{where}, found")],
        "search_metadata": plant(c, {"query": "W", "next_results": "W"}, where),
    }
    return [
        saved(c, folder, "X v1.1 lines", ".jsonl", lines(posts), "x-api-v1.1"),
        saved(c, folder, "X v1.1 search", ".json", json.dumps(answer, indent=1), "x-api-v1.1"),
    ]
