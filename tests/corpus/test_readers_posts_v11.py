"""The reader of X API v1.1 JSON: extended and compatible mode, hidden names, reposts, notices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Block, Options
from makna.corpus.readers.jsonl import Lines
from makna.corpus.readers.x_v11 import XApiV11
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection

SEARCH = Path(__file__).parent / "fixtures_posts" / "v11_search.json"
USER = {"id": 9, "id_str": "9", "screen_name": "melati", "name": "Melati"}


def parse(*values: Any) -> list[RawRecord]:
    """The records of *values*, one a line."""
    data = b"".join(orjson.dumps(value) + b"\n" for value in values)
    return list(XApiV11().parse(Block(1, len(data), Lines(data, "utf-8")), Options()))


def only(*values: Any) -> RawPost:
    """The first record, which is a post."""
    post = parse(*values)[0]
    assert isinstance(post, RawPost)
    return post


def tweet(text: str = "halo", **more: Any) -> dict[str, Any]:
    return {
        "id_str": "17",
        "full_text": text,
        "user": USER,
        "created_at": "Mon Feb 10 15:00:22 +0000 2025",
        **more,
    }


def test_a_search_over_many_lines() -> None:
    """A search result gives its posts at their lines, in order, with the original that came along."""
    reader, head = recognise(SEARCH)
    records = [r for b in reader.blocks(SEARCH, head, Options()) for r in reader.parse(b, Options())]
    found = [r for r in records if isinstance(r, RawPost)]
    assert reader.name == "x-api-v1.1"
    assert [(p.relation, p.context) for p in found] == [
        (Relation.NONE, False), (Relation.REPLY, False), (Relation.REPOST, False), (Relation.NONE, True),
    ]  # fmt: skip
    lines = SEARCH.read_text().splitlines()
    assert [lines[p.where - 1].strip() for p in found] == ["{"] * 4
    assert found[0].text == "Open jastip & titip"
    assert found[0].account is not None
    assert found[0].account.followers is None  # -1 stands for unknown
    assert found[1].text == "@jastip_melati ada slot?"
    assert (found[2].text, found[2].parent_id, found[2].likes) == ("", "1700000000000000011", None)


def test_only_hidden_names_leave_the_text() -> None:
    """The hidden range leaves the text only where it holds @names and nothing else."""
    assert only(tweet("@a @b halo", display_text_range=[6, 10])).text == "halo"
    assert only(tweet("@a hai halo", display_text_range=[7, 11])).text == "@a hai halo"
    assert only(tweet("halo", display_text_range=None)).text == "halo"


def test_the_extended_form_outranks() -> None:
    """In compatible mode the whole text, its mentions and its media come from ``extended_tweet``."""
    extended = {
        "full_text": "teks yang panjang &lt;3 https://t.co/gambar",
        "entities": {"user_mentions": [{"screen_name": "ayu", "name": "Ayu"}], "urls": []},
        "extended_entities": {"media": [{"type": "video", "url": "https://t.co/gambar"}]},
    }
    post = only({**tweet(), "text": "teks…", "extended_tweet": extended})
    assert post.text == "teks yang panjang <3 https://t.co/gambar"
    assert (post.mentions, post.mention_names, post.media) == (("ayu",), ("Ayu",), ("video",))
    assert post.links == {"https://t.co/gambar": "media"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"id": 1700000000000000001}, "1700000000000000001"),
        ({"id": 1.7e18}, None),
        ({"id": 1, "id_str": "2"}, "2"),
    ],
)
def test_ids(given: dict[str, Any], expected: str | None) -> None:
    """The text form of an id is preferred; an id that became a float is none."""
    post = tweet()
    del post["id_str"]
    assert only({**post, **given}).id == expected


def test_quotes_and_directed_posts() -> None:
    """A quote names its original also where that is absent; a post to a person without a post is a reply."""
    quote = only(tweet(quoted_status_id_str="5", is_quote_status=True))
    assert (quote.relation, quote.parent_id) == (Relation.QUOTE, "5")
    directed = only(tweet("@ayu hai", in_reply_to_screen_name="ayu"))
    assert (directed.relation, directed.parent_id, directed.parent_handle) == (Relation.REPLY, None, "ayu")


def test_a_repost_of_a_quote_brings_both() -> None:
    """The original and what it quotes come along as context, each once."""
    quoted = tweet(id_str="1")
    original = tweet(id_str="2", quoted_status=quoted)
    found = [
        r
        for r in parse(tweet(id_str="3", retweeted_status=original, quoted_status=quoted))
        if isinstance(r, RawPost)
    ]
    assert [(p.id, p.context) for p in found] == [("3", False), ("2", True), ("1", True)]


def test_notices_are_no_posts() -> None:
    """Notices of deletion and of limits are counted by name and give no record."""
    records = parse(
        {"delete": {"status": {"id_str": "1"}}}, {"limit": {"track": 3}}, {"limit": {"track": 4}}, tweet()
    )
    assert isinstance(records[0], RawPost)
    (dropped,) = [r.fields for r in records if isinstance(r, Dropped)]
    assert dropped["delete notice"] == 1
    assert dropped["limit notice"] == 2


def test_accounts_with_their_latest_post() -> None:
    """A user object is an account; the post inside it is context by that account."""
    account, post, *_dropped = parse({**USER, "followers_count": 5, "status": {"id_str": "4", "text": "hai"}})
    assert isinstance(account, RawAccount)
    assert isinstance(post, RawPost)
    assert (account.handle, post.context, post.account and post.account.id) == ("melati", True, "9")


@pytest.mark.parametrize(
    "bad", [{"id_str": "1", "text": 3}, {"id_str": "1", "text": "x", "user": "melati"}, {"a": 1}, 5]
)
def test_a_bad_record_costs_itself(bad: Any) -> None:
    """A record of an unexpected shape is one rejection at its line."""
    records = [r for r in parse(tweet(), bad, tweet()) if not isinstance(r, Dropped)]
    assert [type(r) for r in records] == [RawPost, Rejection, RawPost]


def test_null_fields_are_not_counted() -> None:
    """A field that is null was not held; one with a value is counted by its name."""
    (*_posts, dropped) = parse(tweet(geo=None, source="<a>"), tweet(geo={"a": 1}, hal_baru=1))
    assert isinstance(dropped, Dropped)
    assert dropped.fields == {"source": 1, "geo": 1, "other": 1}
