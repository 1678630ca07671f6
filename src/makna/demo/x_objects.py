"""Posts in the form of X API v2, flat, as twarc2 writes them: one JSON object of 3 to 4 kB a line.

What repeats is encoded once (accounts, topics, the note twarc2 adds), so that a line costs microseconds.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson

from makna.demo.people import Person, stamp
from makna.demo.posts import Post

_TOPICS = (
    ("29", "Events [Entity Service]", "Entity Service related Events domain", "1186637514896920576", "Malam minggu", "Akhir pekan di Indonesia"),
    ("30", "Entities [Entity Service]", "Entity Service top level domain, every item that is in Entity Service should be in this domain", "781974596752842752", "Services", "Jasa dan layanan"),
    ("46", "Business Taxonomy", "Categories within Brand Verticals that narrow down the scope of Brands", "1557696848252391426", "Travel and lodging", "Brands, companies, advertisers and every non-person handle with the profit intent related to travel, lodging and going out"),
    ("47", "Brand", "Brands and Companies", "10045225402", "Twitter", "Layanan jejaring sosial"),
    ("66", "Interests and Hobbies Category", "A grouping of interests and hobbies entities, like Novelty Food or Destinations", "839159814991167489", "Conversation", "Obrolan sehari-hari"),
    ("65", "Interests and Hobbies Vertical", "Top level interests and hobbies groupings, like Food or Travel", "1070032753834438656", "Everyday life in Indonesia", "Percakapan sehari-hari warganet Indonesia tentang kota, makanan dan cuaca"),
    ("152", "Food", "Food and drink", "852262932607926273", "Street food", "Makanan kaki lima dan warung"),
)  # fmt: skip
_SOURCES = ("Twitter for Android", "Twitter for Android", "Twitter for iPhone", "Twitter Web App")
_FIELDS = "created_at%2Cdescription%2Centities%2Cid%2Clocation%2Cname%2Cpinned_tweet_id%2Cprofile_image_url%2Cprotected%2Cpublic_metrics%2Curl%2Cusername%2Cverified%2Cwithheld"
_TWARC = {
    "url": "https://api.twitter.com/2/tweets/search/all?expansions=author_id%2Cin_reply_to_user_id%2Creferenced_tweets.id"
    "%2Creferenced_tweets.id.author_id%2Centities.mentions.username%2Cattachments.poll_ids%2Cattachments.media_keys%2Cgeo.place_id"
    f"&user.fields={_FIELDS}&tweet.fields=attachments%2Cauthor_id%2Ccontext_annotations%2Cconversation_id%2Ccreated_at"
    "%2Centities%2Cgeo%2Cid%2Cin_reply_to_user_id%2Clang%2Cpublic_metrics%2Ctext%2Cpossibly_sensitive%2Creferenced_tweets"
    "%2Creply_settings%2Csource%2Cwithheld&media.fields=duration_ms%2Cheight%2Cmedia_key%2Cpreview_image_url%2Ctype%2Curl"
    "%2Cwidth%2Cpublic_metrics&poll.fields=duration_minutes%2Cend_datetime%2Cid%2Coptions%2Cvoting_status&place.fields="
    "contained_within%2Ccountry%2Ccountry_code%2Cfull_name%2Cgeo%2Cid%2Cname%2Cplace_type&max_results=500&query=demo",
    "version": "2.0.3",
    "retrieved_at": "2021-04-02T07:00:00+00:00",
}
_TWARC_BLOB = orjson.Fragment(orjson.dumps(_TWARC))


@cache
def _topics(n: int) -> orjson.Fragment:
    """A set of context annotations, one of a few that recur."""
    chosen = [_TOPICS[(n + k) % len(_TOPICS)] for k in range(3 + n % 3)]
    return orjson.Fragment(
        orjson.dumps(
            [
                {
                    "domain": {"id": d, "name": name, "description": text},
                    "entity": {"id": e, "name": entity, "description": about},
                }
                for d, name, text, e, entity, about in chosen
            ]
        )
    )


def line(post: Post) -> bytes:
    """The post as one line of JSON, with its line end."""
    made = _object(post)
    made["__twarc"] = _TWARC_BLOB
    return orjson.dumps(made, option=orjson.OPT_APPEND_NEWLINE)


def _object(post: Post) -> dict[str, Any]:
    text = _text(post)
    chance = int(post.id) // 4_194_304 * 2_654_435_761 & 0xFFFFFFFF  # settled by the post, not drawn
    made: dict[str, Any] = {
        "id": post.id,
        "text": text,
        "author_id": post.author.id,
        "author": post.author.blob,
        "conversation_id": post.conversation,
        "created_at": stamp(post.ms / 1000),
        "lang": "in",
        "source": _SOURCES[chance & 3],
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "public_metrics": metrics(post, chance),
        "context_annotations": _topics(chance % 21),
    }  # fmt: skip
    if entities := _entities(post, text):
        made["entities"] = entities
    if post.said.media:
        made["attachments"] = _attachments(post)
    _refer(made, post)
    return made


def metrics(post: Post, chance: int) -> dict[str, int]:
    """Counts of engagement, heavy at the low end."""
    return {
        "retweet_count": (chance >> 3) % 7 if chance % 5 == 0 else 0,
        "reply_count": (chance >> 6) % 4,
        "like_count": (chance >> 9) % 60 if chance % 3 == 0 else (chance >> 9) % 5,
        "quote_count": 1 if chance % 41 == 0 else 0,
    }


def _text(post: Post) -> str:
    if post.relation == "retweeted" and post.parent is not None:
        whole = f"RT {post.parent.author.at}: {post.parent.said.text}"
        return escape(whole if len(whole) <= 140 else whole[:139] + "…")
    return escape(post.said.text)


def escape(text: str) -> str:
    """*text* as X escapes it."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _entities(post: Post, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if mentions := [m for who in post.mentions if (m := _mention(who, text))]:
        found["mentions"] = mentions
    if "#" in text:
        found["hashtags"] = _hashtags(text)
    if post.link and post.relation != "retweeted":
        found["urls"] = [_url(post, text)]
    return found


def _mention(who: Person, text: str) -> dict[str, Any] | None:
    start = text.find(who.at)
    if start < 0:
        return None
    return {"start": start, "end": start + len(who.handle) + 1, **who.mention}


def _hashtags(text: str) -> list[dict[str, Any]]:
    found, at = [], text.find("#")
    while at >= 0:
        end = at + 1
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        if end > at + 1:
            found.append({"start": at, "end": end, "tag": text[at + 1 : end]})
        at = text.find("#", end)
    return found


def _url(post: Post, text: str) -> dict[str, Any]:
    start = text.find(post.link or "")
    made = {"start": start, "end": start + len(post.link or ""), "url": post.link}
    if post.said.media:
        address = f"twitter.com/{post.author.handle}/status/{post.id}/photo/1"
        return {
            **made,
            "expanded_url": f"https://{address}",
            "display_url": "pic.twitter.com/invented",
            "media_key": _media_key(post),
        }
    return {
        **made,
        "expanded_url": "https://kuesioner.example/skripsi",
        "display_url": "kuesioner.example/skripsi",
        "status": 200,
    }


def _media_key(post: Post) -> str:
    return f"3_{int(post.id) + 1}"


def _attachments(post: Post) -> dict[str, Any]:
    key = _media_key(post)
    picture = {
        "media_key": key,
        "type": "photo",
        "width": 720,
        "height": 1280,
        "url": f"https://pbs.twimg.com/media/{key}.jpg",
    }
    return {"media_keys": [key], "media": [picture]}


def _refer(made: dict[str, Any], post: Post) -> None:
    """What the post answers; an original that only comes along is embedded whole."""
    if post.relation == "none":
        return
    parent = post.missing or (post.parent.id if post.parent else "")
    reference: dict[str, Any] = {"type": post.relation, "id": parent}
    if post.context is not None:
        reference |= _object(post.context)
    made["referenced_tweets"] = [reference]
    to = post.mentions[0] if post.mentions else post.author
    if post.relation == "replied_to":
        made["in_reply_to_user_id"] = to.id
        made["in_reply_to_user"] = to.blob
