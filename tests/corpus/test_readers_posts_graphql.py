"""The reader of X's GraphQL: Zeeschuimer's lines, bare posts, whole responses."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fuzz_json import bears, costs_no_neighbour, lines, of_file

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.x_graphql import XGraphQL
from makna.corpus.records import Dropped, RawAccount, RawPost, Rejection
from makna.errors import UnknownFormat

READER = XGraphQL()
READ = partial(lines, READER)
MADE = "Mon Feb 10 15:00:22 +0000 2025"
WRITER: dict[str, Any] = {
    "__typename": "User",
    "id": "VXNlcjo5",
    "rest_id": "9000000000000000009",
    "legacy": {
        "screen_name": "jastip_melati", "name": "Melati 🌸", "description": "open jastip &amp; titip", "location": "Bandung",
        "created_at": MADE, "followers_count": 12, "verified": False,
    },
}  # fmt: skip


def post(
    number: int, text: str = "halo kak", *, user: dict[str, Any] = WRITER, **legacy: Any
) -> dict[str, Any]:
    """A post as X sends it."""
    one = f"17000000000000000{number:02}"
    return {
        "__typename": "Tweet",
        "rest_id": one,
        "core": {"user_results": {"result": user}},
        "views": {"count": "3"},
        "legacy": {
            "id_str": one, "full_text": text, "created_at": MADE, "conversation_id_str": "1700000000000000001", "lang": "in",
            "entities": {"user_mentions": [], "urls": []}, "favorite_count": 4, "reply_count": 1, "retweet_count": 0,
            "quote_count": 0, "user_id_str": "9000000000000000009", **legacy,
        },
    }  # fmt: skip


def envelope(tweet: dict[str, Any], platform: str = "twitter.com") -> dict[str, Any]:
    """A line of Zeeschuimer, whose own id has lost its last digits."""
    return {
        "nav_index": "1:1:0",
        "item_id": tweet.get("rest_id"),
        "source_platform": platform,
        "user_agent": "Mozilla",
        "data": {**tweet, "id": 1700000000000000000},
    }


def only(value: dict[str, Any]) -> RawPost:
    """The first record of *value*, a post."""
    found = lines(READER, value)[0]
    assert isinstance(found, RawPost), found
    return found


def test_an_envelope_and_a_bare_post_say_the_same() -> None:
    """The post is read from ``data``; its id is ``rest_id`` and never the rounded number."""
    found = only(envelope(post(3, "Open jastip &amp; titip")))
    assert found == only(post(3, "Open jastip &amp; titip"))
    assert (found.id, found.text, found.language) == ("1700000000000000003", "Open jastip & titip", "id")
    assert (found.replies, found.likes, found.sent) == (1, 4, 1739199622.0)
    assert found.account == RawAccount(
        "9000000000000000009",
        "jastip_melati",
        "Melati 🌸",
        "open jastip & titip",
        "Bandung",
        1739199622.0,
        12,
    )


def test_the_newer_places_of_an_account() -> None:
    """Name, place, profile text and followers are found where X keeps them since 2025."""
    newer = {
        "rest_id": "9",
        "core": {"screen_name": "mawar", "name": "Mawar", "created_at": MADE},
        "legacy": {"description": ""},
        "location": {"location": "Solo"},
        "profile_bio": {"description": "titip beli"},
        "relationship_counts": {"followers": 7},
    }
    account = only(post(1, user=newer)).account
    assert account == RawAccount("9", "mawar", "Mawar", "titip beli", "Solo", 1739199622.0, 7)


def test_replies_quotes_reposts_and_long_posts() -> None:
    """Parents, hidden names, whole texts and originals are kept, and each original is context."""
    reply = post(
        2, "@mawar siap", in_reply_to_status_id_str="1700000000000000001", in_reply_to_screen_name="mawar",
        display_text_range=[7, 11], entities={"user_mentions": [{"screen_name": "mawar", "name": "Mawar"}]},
    )  # fmt: skip
    found = only(reply)
    assert (found.relation, found.parent_id, found.text) == (Relation.REPLY, "1700000000000000001", "siap")
    assert (found.mentions, found.mention_names, found.parent_handle) == (("mawar",), ("Mawar",), "mawar")

    quote = {
        **post(4, quoted_status_id_str="1700000000000000003"),
        "quoted_status_result": {
            "result": {"tweet": post(3, "asli"), "__typename": "TweetWithVisibilityResults"}
        },
    }
    mine, original = [r for r in lines(READER, quote) if isinstance(r, RawPost)]
    assert (mine.relation, mine.parent_id, mine.parent_handle) == (
        Relation.QUOTE,
        "1700000000000000003",
        "jastip_melati",
    )
    assert (original.context, original.text) == (True, "asli")

    repost = post(5, "RT @jastip_melati: asli", retweeted_status_result={"result": post(3, "asli")})
    mine, original = [r for r in lines(READER, repost) if isinstance(r, RawPost)]
    assert (mine.relation, mine.text, mine.parent_id, original.context) == (
        Relation.REPOST,
        "",
        "1700000000000000003",
        True,
    )
    note = {
        "text": "panjang " * 60,
        "entity_set": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://wa.me/x"}]},
    }
    long = {**post(6, "panjang …"), "note_tweet": {"note_tweet_results": {"result": note}}}
    assert only(long).text == note["text"]
    assert only(long).links == {"https://t.co/a": "https://wa.me/x"}


def test_an_edited_post_goes_by_its_latest_id() -> None:
    """Every version of a post is one post."""
    versions = ["1700000000000000003", "1700000000000000009"]
    first = {**post(3), "edit_control": {"edit_tweet_ids": versions}}
    last = {**post(9), "edit_control": {"edit_control_initial": {"edit_tweet_ids": versions}}}
    assert only(first).id == only(last).id == "1700000000000000009"


def test_what_x_holds_back_is_counted() -> None:
    """Tombstones are no posts and no mistakes; they are counted, and the quoting post stays."""
    gone = {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "unavailable"}}}
    (dropped,) = lines(READER, gone)
    assert isinstance(dropped, Dropped)
    assert dropped.fields["unavailable post"] == 1
    quoting = {**post(4, quoted_status_id_str="8"), "quoted_status_result": {"result": gone}}
    found, dropped = lines(READER, quoting)
    assert isinstance(found, RawPost)
    assert (found.relation, found.parent_id) == (Relation.QUOTE, "8")


def test_whole_responses(tmp_path: Path) -> None:
    """A response gives every post of its timeline once and in order, with the modules of replies; lists of people are profiles."""
    item = {"itemContent": {"itemType": "TimelineTweet", "tweet_results": {"result": post(1)}}}
    thread = [
        {"item": {"itemContent": {"itemType": "TimelineTweet", "tweet_results": {"result": post(n)}}}}
        for n in (2, 3, 1)
    ]
    person = {"itemContent": {"itemType": "TimelineUser", "user_results": {"result": WRITER}}}
    cursor = {"itemContent": {"itemType": "TimelineTimelineCursor", "value": "x"}}
    entries = [{"content": item}, {"content": {"items": thread}}, {"content": person}, {"content": cursor}]
    response = {"data": {"threaded": {"instructions": [{"type": "TimelineAddEntries", "entries": entries}]}}}
    path = tmp_path / "respons.json"
    for indent in (None, 2):
        path.write_text(json.dumps(response, indent=indent), encoding="utf-8")
        assert recognise(path)[0].name == "x-graphql"
        records = of_file(READER, path)
        ids = [r.id[-1] for r in records if isinstance(r, RawPost) and r.id]
        assert ids == ["1", "2", "3"]
        assert [r.handle for r in records if isinstance(r, RawAccount)] == ["jastip_melati"]
    assert lines(READER, {"data": {"threaded": {"instructions": []}}}) == []


def test_the_older_form_of_zeeschuimer() -> None:
    """Posts of 2022, whose account stands beside them in the shape of v1.1."""
    legacy = {**post(3)["legacy"]}
    found = only(
        envelope(
            {
                "type": "adaptive",
                "legacy": legacy,
                "user": {"id_str": "9", "screen_name": "mawar", "name": "M"},
            }
        )
    )
    assert (found.id, found.account) == ("1700000000000000003", RawAccount("9", "mawar", "M"))


def test_lines_of_zeeschuimer_are_recognised(tmp_path: Path) -> None:
    """Zeeschuimer's file is recognised by its content; one from another platform is refused by name."""
    path = tmp_path / "zeeschuimer-export.ndjson"
    path.write_text("".join(json.dumps(envelope(post(n))) + "\n" for n in range(3)), encoding="utf-8")
    assert recognise(path)[0].name == "x-graphql"
    path.write_text(json.dumps(envelope({"id": "7", "desc": "video"}, "tiktok.com")) + "\n", encoding="utf-8")
    with pytest.raises(UnknownFormat, match=r"JSON of another program \(Zeeschuimer \(TikTok"):
        recognise(path)


def test_what_never_enters_is_named() -> None:
    """Fields that are read are not named as dropped, known ones are, unknown ones are "other"."""
    dropped = lines(READER, envelope({**post(3), "rahasia": 1}))[-1]
    assert isinstance(dropped, Dropped)
    assert dropped.fields == {
        "tweet.views": 1, "user.verified": 1, "envelope.nav_index": 1, "envelope.item_id": 1, "other": 1,
        "envelope.source_platform": 1, "envelope.user_agent": 1,
    }  # fmt: skip


def test_it_bears_everything(tmp_path: Path) -> None:
    """A wrong type in any field, deep nesting and endless lines cost one record at most."""
    whole = envelope(
        {
            **post(
                4, "@mawar lihat https://t.co/a", display_text_range=[7, 27],
                extended_entities={"media": [{"type": "photo", "url": "https://t.co/b"}]},
                entities={
                    "user_mentions": [{"screen_name": "mawar", "name": "Mawar"}],
                    "urls": [{"url": "https://t.co/a", "expanded_url": "https://contoh.test"}],
                },
            ),
            "quoted_status_result": {"result": post(3)},
            "note_tweet": {"note_tweet_results": {"result": {"text": "panjang", "entity_set": {"urls": []}}}},
            "edit_control": {"edit_tweet_ids": ["1700000000000000004"]},
        }
    )  # fmt: skip
    short = {**whole, "data": {k: v for k, v in whole["data"].items() if k != "note_tweet"}}
    assert costs_no_neighbour(READ, whole) > 1000
    assert costs_no_neighbour(READ, short) > 1000
    assert costs_no_neighbour(READ, post(5, retweeted_status_result={"result": post(3)})) > 500
    bears(READER, whole, tmp_path / "a.ndjson")
    rejected = [r for r in lines(READER, 7, {"a": 1}, {"data": 3}) if isinstance(r, Rejection)]
    assert [r.where for r in rejected] == [1, 2, 3]
