"""X's GraphQL with a canary under every key that it is known to hold, and under unknown ones."""

from __future__ import annotations

import json
from pathlib import Path

from canary_plant import Json, Planted, identifiers, lines, plant, saved
from canary_posts import STATUS, V11_ENTITIES, V11_USER
from canary_search import Canaries

USER = {
    "__typename": "W", "id": "W", "rest_id": "N", "is_blue_verified": True, "profile_image_shape": "W",
    "avatar": {"image_url": "L"}, "verification": {"verified_type": "W"}, "professional": {"rest_id": "N", "category": ["W"]},
    "affiliates_highlighted_label": {"label": {"description": "W", "url": {"url": "L"}}}, "dm_permissions": {"can_dm": True},
    "tipjar_settings": {"is_enabled": True, "patreon_handle": "W", "cash_app_handle": "W"}, "privacy": {"protected": False},
    "verified_phone_status": False, "relationship_counts": {"following": 0}, "tweet_counts": {"media_tweets": 0},
}  # fmt: skip
LEGACY = {
    **V11_USER, "pinned_tweet_ids_str": ["N"], "profile_interstitial_type": "W", "translator_type": "W", "media_count": 0,
    "withheld_in_countries": ["W"],
}  # fmt: skip
TWEET = {
    "__typename": "Tweet", "rest_id": "N", "source": "W", "views": {"count": "N", "state": "W"}, "unmention_data": {"users": ["N"]},
    "edit_control": {"edit_tweet_ids": ["N"], "editable_until_msecs": "1614866261000", "edits_remaining": "0"},
    "card": {"rest_id": "L", "legacy": {"binding_values": [{"key": "W", "value": {"string_value": "L"}}], "name": "W", "url": "L"}},
    "birdwatch_pivot": {"note": {"rest_id": "N"}, "subtitle": {"text": "W"}, "title": "W", "destinationUrl": "L"},
    "community_results": {"result": {"id_str": "N", "name": "W", "description": "W"}}, "grok_analysis_followups": ["W"],
    "article": {"article_results": {"result": {"rest_id": "N", "title": "W", "preview_text": "W"}}}, "promoted": False,
    "previous_counts": {"favorite_count": 0}, "tombstone_info": {"text": "W"},
}  # fmt: skip
ENVELOPE = {
    "nav_index": "W", "item_id": "N", "timestamp_collected": 1614866261000, "last_updated": 1614866261000,
    "source_platform_url": "L", "source_url": "L", "user_agent": "W",
}  # fmt: skip


def tweet(c: Canaries, where: str, *, long: bool = False, newer: bool = False, **inside: Json) -> Json:
    """A post with every key that X is known to send."""
    person = plant(c, {**LEGACY, "description": identifiers(c, f"{where}, the bio")}, f"{where}.user")
    user = {**plant(c, USER, f"{where}.user"), "legacy": person}
    if newer:
        core = {key: person.pop(key) for key in ("screen_name", "name", "created_at")}
        user |= {"core": core, "location": {"location": person.pop("location")}}
        user["profile_bio"] = {"description": person.pop("description")}
    legacy = plant(c, {**STATUS, "extended_entities": {"media": V11_ENTITIES["media"]}}, where)
    name = user.get("core", person)
    loud = f"{name['screen_name'].upper()} {name['name']} {legacy['entities']['urls'][0]['url']}"
    legacy["full_text"] = f"{identifiers(c, f'{where}, the text')} {loud}"
    made = {**plant(c, TWEET, where), "core": {"user_results": {"result": user}}, "legacy": legacy}
    if long:
        note = {
            "id": "W",
            "entity_set": V11_ENTITIES,
            "richtext": {"richtext_tags": [{"richtext_types": ["W"]}]},
        }
        result = {**plant(c, note, where), "text": identifiers(c, f"{where}, the long text")}
        made["note_tweet"] = {"is_expandable": True, "note_tweet_results": {"result": result}}
    return {**made, **inside}


def x_graphql(c: Canaries, folder: Path) -> list[Planted]:
    """Zeeschuimer's lines, and a response with posts, replies, people, cursors and what X holds back."""
    where = "X GraphQL"
    quoted, reposted = tweet(c, f"{where}, quoted"), tweet(c, f"{where}, reposted")
    reposting = tweet(c, f"{where}, reposting")
    reposting["legacy"]["retweeted_status_result"] = {"result": reposted}
    older = tweet(c, f"{where}, older")
    gone = plant(c, {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "W"}}}, where)
    posts = [
        tweet(c, f"{where}, long", long=True),
        tweet(c, f"{where}, newer", newer=True),
        tweet(c, f"{where}, quoting", quoted_status_result={"result": {"tweet": quoted}}),
        reposting,
        {
            "type": "adaptive",
            "legacy": older["legacy"],
            "user": older["core"]["user_results"]["result"]["legacy"],
        },
        gone,
    ]
    wrapped = [
        {**plant(c, ENVELOPE, where), "source_platform": "twitter.com", "data": {**p, "id": 1}} for p in posts
    ]
    where = "an X response"
    items = [
        {"entryId": c.word(where), "sortIndex": c.number(where, 19), "content": {"itemContent": item}}
        for item in (
            {"itemType": "TimelineTweet", "tweet_results": {"result": tweet(c, where)}, **plant(c, {"socialContext": "W"}, where)},
            {"itemType": "TimelineUser", "user_results": {"result": tweet(c, where)["core"]["user_results"]["result"]}},
            plant(c, {"itemType": "TimelineTimelineCursor", "value": "W"}, where),
        )
    ]  # fmt: skip
    response = {
        "data": {"search_by_raw_query": {"instructions": [{"type": "TimelineAddEntries", "entries": items}]}}
    }
    return [
        saved(c, folder, "Zeeschuimer", ".ndjson", lines(wrapped), "x-graphql"),
        saved(c, folder, "an X response", ".json", json.dumps(response), "x-graphql"),
    ]
