"""The reader of X API v2 JSON: what enters, what comes along, what a damaged record costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Block, Options
from makna.corpus.readers.jsonl import Lines
from makna.corpus.readers.x_v2 import XApiV2
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection

FIXTURES = Path(__file__).parent / "fixtures_posts"


def read(name: str) -> list[RawRecord]:
    """All records of a fixture."""
    reader, head = recognise(FIXTURES / name)
    assert isinstance(reader, XApiV2)
    return [r for b in reader.blocks(FIXTURES / name, head, Options()) for r in reader.parse(b, Options())]


def parse(*values: Any) -> list[RawRecord]:
    """The records of *values*, one a line, without what was dropped."""
    data = b"".join(orjson.dumps(value) + b"\n" for value in values)
    found = XApiV2().parse(Block(1, len(data), Lines(data, "utf-8")), Options())
    return [r for r in found if not isinstance(r, Dropped)]


def posts(records: list[RawRecord]) -> list[RawPost]:
    return [r for r in records if isinstance(r, RawPost)]


def tweet(**more: Any) -> dict[str, Any]:
    """A small flat post."""
    return {"id": "17", "text": "halo", "author_id": "9", "created_at": "2025-02-10T15:00:22.000Z", **more}


def test_a_flat_post_is_read_whole() -> None:
    """Text, author, time, counts, media and links of a post with a long note; entities decoded, geo left out."""
    post = posts(read("v2_flat.jsonl"))[0]
    assert post.text.startswith(
        "Open jastip & titip\nslot terbatas sampai Jumat, DM ya https://t.co/pendek001"
    )
    assert (post.id, post.where, post.sent, post.language) == ("1700000000000000001", 1, 1739200882.0, "id")
    assert (post.replies, post.reposts, post.likes, post.quotes) == (2, 1, 3, 0)
    assert post.media == ("image", "video")
    assert post.links == {
        "https://t.co/pendek001": "https://example.org/katalog",
        "https://t.co/gambar001": "media",
    }
    assert post.account == RawAccount(
        "9001", "jastip_melati", "Melati & Co", "open jastip <mingguan>", "Kota Contoh", 1551427200.0, 1500
    )


def test_flat_and_page_agree() -> None:
    """The posts of one harvest are the same flattened and as a page."""
    flat = [p for p in posts(read("v2_flat.jsonl")) if not p.context]
    paged = [p for p in posts(read("v2_page.jsonl")) if not p.context]
    for post in [*flat, *paged]:
        post.where = 0
    assert flat == paged
    assert [p.relation for p in flat] == [Relation.NONE, Relation.REPLY, Relation.REPOST, Relation.QUOTE]
    assert [p.parent_handle for p in flat] == [None, "jastip_melati", "jastip_melati", "jastip_melati"]


def test_what_came_along_is_context() -> None:
    """A page gives each included post once as context, and none that it already holds as its own."""
    context = [p.id for p in posts(read("v2_page.jsonl")) if p.context]
    assert context == ["1699999999999999999"]
    flat = [p.id for p in posts(read("v2_flat.jsonl")) if p.context]
    assert flat == ["1700000000000000001", "1700000000000000001", "1699999999999999999"]


def test_a_repost_has_nothing_of_its_own() -> None:
    """A repost carries no text, media, links or counts, and the id of its original."""
    repost = posts(read("v2_page.jsonl"))[2]
    assert (repost.text, repost.media, dict(repost.links), repost.likes, repost.reposts) == (
        "",
        (),
        {},
        None,
        None,
    )
    assert repost.parent_id == "1700000000000000001"
    assert repost.mention_names == ("Melati & Co",)


def test_empty_and_error_pages() -> None:
    """A page without results says nothing; a page with only an error is one rejection."""
    rejected = [r for r in read("v2_page.jsonl") if isinstance(r, Rejection)]
    assert [r.where for r in rejected] == [3]
    assert "error" in rejected[0].reason


def test_what_never_enters_is_counted() -> None:
    """Known fields that never enter are counted by name, unknown ones as other, values nowhere."""
    (dropped,) = [r.fields for r in read("v2_flat.jsonl") if isinstance(r, Dropped)]
    assert dropped["geo"] == 3  # the post, and twice as context
    assert dropped["entities.annotations"] == 1
    assert "other" not in dropped
    reader = XApiV2()
    line = orjson.dumps(tweet(nomor_rahasia="0834"))
    (*_posts, last) = reader.parse(Block(1, 1, Lines(line, "utf-8")), Options())
    assert isinstance(last, Dropped)
    assert last.fields == {"other": 1}


def test_a_reply_that_quotes_is_a_reply() -> None:
    """Where a post answers and quotes, the parent is what it answers."""
    (post,) = parse(
        tweet(referenced_tweets=[{"type": "quoted", "id": "1"}, {"type": "replied_to", "id": "2"}])
    )
    assert isinstance(post, RawPost)
    assert (post.relation, post.parent_id) == (Relation.REPLY, "2")


def test_an_edit_goes_by_its_latest_version() -> None:
    """The id of an edited post is that of its latest version, also for those who quote an early one."""
    early, late = (
        tweet(id="1", edit_history_tweet_ids=["1", "2"]),
        tweet(id="2", edit_history_tweet_ids=["1", "2"]),
    )
    quoting = tweet(id="3", referenced_tweets=[{"type": "quoted", "id": "1"}], conversation_id="1")
    late["text"] = "diedit"
    quote, original = posts(parse({"data": [quoting], "includes": {"tweets": [early, late]}}))
    assert (quote.parent_id, quote.conversation_id, original.id, original.text) == ("2", "2", "2", "diedit")


def test_users_alone_are_accounts() -> None:
    """A list of users gives accounts that know their line; their pinned posts are context."""
    user = {"id": "9", "username": "melati", "name": "Melati"}
    records = parse({"data": [user], "includes": {"tweets": [tweet()]}}, user)
    assert [type(r) for r in records] == [RawAccount, RawPost, RawAccount]
    assert [r.where for r in records if isinstance(r, RawAccount)] == [1, 2]
    assert posts(records)[0].account == records[0]


def test_one_object_as_data() -> None:
    """``data`` may be one object in place of a list."""
    (post,) = parse({"data": tweet(), "includes": {"users": [{"id": "9", "username": "melati"}]}})
    assert isinstance(post, RawPost)
    assert post.account is not None
    assert post.account.handle == "melati"


@pytest.mark.parametrize(
    "bad",
    [
        {"id": "1", "text": 5},
        {"id": "1", "text": "x", "entities": [1]},
        {"text": "x"},
        7,
        {"id": "1", "text": None},
    ],
)
def test_a_bad_post_costs_itself(bad: Any) -> None:
    """On a page, as on lines of its own, a post of an unexpected shape is one rejection."""
    paged = parse({"data": [tweet(id="1"), bad, tweet(id="2")]})
    assert [type(r) for r in paged] == [RawPost, Rejection, RawPost]
    lines = parse(tweet(id="1"), bad, tweet(id="2"))
    assert [type(r) for r in lines] == [RawPost, Rejection, RawPost]
    assert isinstance(lines[1], Rejection)
    assert lines[1].where == 2


def test_a_damaged_account_keeps_its_posts() -> None:
    """A user without an id on a page leaves the posts their author's id."""
    (post,) = parse({"data": [tweet()], "includes": {"users": [{"username": "melati"}]}})
    assert isinstance(post, RawPost)
    assert post.account == RawAccount(id="9")


def test_unresolved_media_are_told_by_their_key() -> None:
    """Media that X did not describe are known by what their key begins with."""
    (post,) = parse(tweet(attachments={"media_keys": ["3_1", "7_2", "16_3", "99_4"]}))
    assert isinstance(post, RawPost)
    assert post.media == ("image", "video", "animation")


@pytest.mark.parametrize(
    ("code", "language"), [("in", "id"), ("en", "en"), ("und", None), ("qht", None), (None, None)]
)
def test_languages(code: str | None, language: str | None) -> None:
    """X's ``in`` is Indonesian; its codes for no language are none."""
    (post,) = parse(tweet(lang=code))
    assert isinstance(post, RawPost)
    assert post.language == language
