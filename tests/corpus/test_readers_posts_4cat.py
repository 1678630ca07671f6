"""The reader of 4CAT's CSV: the forty columns for X, and what its other sources share with them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from fuzz_json import check

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection

X = (
    "collected_from_url,id,thread_id,timestamp,unix_timestamp,link,body,author,author_fullname,author_id,author_avatar_url,"
    "author_banner_url,verified,source,language_guess,possibly_sensitive,retweet_count,reply_count,like_count,quote_count,"
    "impression_count,is_retweet,retweeted_user,is_quote_tweet,quote_tweet_id,quote_author,quote_body,quote_images,"
    "quote_videos,is_quote_withheld,is_reply,replied_author,is_withheld,hashtags,urls,images,videos,mentions,long_lat,place_name"
)  # fmt: skip
ROW = {
    "id": "1700000000000000003", "thread_id": "1700000000000000003", "timestamp": "2025-02-10 15:00:22",
    "unix_timestamp": "1739199622", "body": "Open jastip &amp; titip", "author": "jastip_melati", "author_fullname": "Melati",
    "author_id": "9", "language_guess": "in", "retweet_count": "1", "reply_count": "2", "like_count": "3", "quote_count": "4",
    "is_retweet": "no", "is_quote_tweet": "no", "is_reply": "no", "link": "https://x.com/jastip_melati/status/1700000000000000000",
}  # fmt: skip


def table(*rows: dict[str, Any], header: str = X) -> str:
    """A table as 4CAT writes it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header.split(","), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(folder: Path, text: str) -> list[RawRecord]:
    """The records of a table, which must be recognised."""
    path = folder / "4cat.csv"
    path.write_text(text, encoding="utf-8")
    reader, head = recognise(path)
    assert reader.name == "4cat"
    return [r for block in reader.blocks(path, head, Options()) for r in reader.parse(block, Options())]


def post(folder: Path, header: str = X, **cells: str) -> RawPost:
    """The post of one row."""
    row = {**ROW, **cells} if header == X else cells
    found = read(folder, table(row, header=header))[0]
    assert isinstance(found, RawPost), found
    return found


def test_the_forty_columns(tmp_path: Path) -> None:
    """Id, author, time, text and counts come from their columns; the address is not trusted for the id."""
    assert len(X.split(",")) == 40
    found = post(tmp_path)
    assert (found.id, found.conversation_id, found.text) == (ROW["id"], ROW["id"], "Open jastip & titip")
    assert found.account == RawAccount("9", "jastip_melati", "Melati")
    assert (found.sent, found.language, found.relation) == (1739199622.0, "id", Relation.NONE)
    assert (found.reposts, found.replies, found.likes, found.quotes) == (1, 2, 3, 4)


def test_replies_quotes_and_reposts(tmp_path: Path) -> None:
    """A reply names whom it answers; a quote brings the quoted post along as context; a repost keeps its text."""
    reply = post(
        tmp_path,
        thread_id="1700000000000000001",
        is_reply="yes",
        replied_author="mawar",
        mentions="mawar,@dahlia",
    )
    assert (reply.relation, reply.parent_id, reply.parent_handle) == (Relation.REPLY, None, "mawar")
    assert (reply.conversation_id, reply.mentions) == ("1700000000000000001", ("mawar", "dahlia"))

    cells = {
        "is_quote_tweet": "yes",
        "quote_tweet_id": "17",
        "quote_author": "mawar",
        "quote_body": "asli &lt;3",
    }
    mine, original, _dropped = read(tmp_path, table({**ROW, **cells}))
    assert isinstance(mine, RawPost)
    assert isinstance(original, RawPost)
    assert (mine.relation, mine.parent_id, mine.parent_handle) == (Relation.QUOTE, "17", "mawar")
    assert (original.id, original.text, original.context) == ("17", "asli <3", True)
    assert original.account == RawAccount(handle="mawar")

    repost = post(tmp_path, body="RT @mawar: asli", is_retweet="yes", retweeted_user="mawar", thread_id="1")
    assert (repost.relation, repost.parent_handle, repost.text) == (
        Relation.REPOST,
        "mawar",
        "RT @mawar: asli",
    )


def test_links_and_media(tmp_path: Path) -> None:
    """Short links lead where the list says, in its order; what is left over stands for pictures and videos."""
    found = post(
        tmp_path, body="cek https://t.co/aaa dan https://t.co/bbb https://t.co/ccc", urls="https://wa.me/6283,https://contoh.test",
        images="https://pbs.twimg.com/media/a.jpg,https://pbs.twimg.com/media/b.jpg", videos="https://pbs.twimg.com/x.jpg",
    )  # fmt: skip
    assert found.links == {
        "https://t.co/aaa": "https://wa.me/6283", "https://t.co/bbb": "https://contoh.test", "https://t.co/ccc": "media",
    }  # fmt: skip
    assert found.media == ("image", "image", "video")
    assert post(tmp_path, body="tanpa", urls="https://contoh.test/a,b").links == {}


def test_other_sources(tmp_path: Path) -> None:
    """Telegram, Instagram, TikTok and Bluesky by the columns that they have."""
    telegram = "id,thread_id,chat,author,author_username,author_name,author_is_bot,body,reply_to,views,timestamp,unix_timestamp"
    found = post(
        tmp_path, telegram, id="12", thread_id="pasar", chat="pasar", author="88", author_username="mawar", author_name="Mawar",
        body="siap", reply_to="11", unix_timestamp="1739199622",
    )  # fmt: skip
    assert (found.id, found.parent_id, found.conversation_id) == ("pasar-12", "pasar-11", None)
    assert (found.relation, found.account) == (Relation.REPLY, RawAccount("88", "mawar", "Mawar"))

    instagram = "id,thread_id,parent_id,body,author,author_fullname,timestamp,media_type,num_likes,num_comments,usertags"
    found = post(
        tmp_path, instagram, id="Cx", thread_id="Cx", parent_id="Cx", body="promo", author="toko.melati", author_fullname="Toko",
        timestamp="2025-02-10 15:00:22", media_type="video", num_likes="7", num_comments="1", usertags="mawar",
    )  # fmt: skip
    assert (found.relation, found.parent_id, found.media) == (Relation.NONE, None, ("video",))
    assert (found.likes, found.replies, found.mentions) == (7, 1, ("mawar",))
    assert found.account is not None
    assert (found.account.handle, found.account.name) == ("toko.melati", "Toko")

    tiktok = "id,thread_id,author,author_full,author_followers,body,timestamp,unix_timestamp,likes,shares,comments,plays"
    found = post(
        tmp_path, tiktok, id="7", thread_id="7", author="mawar", author_full="Mawar", author_followers="12", body="cek bio",
        timestamp="2025-02-10 15:00:22", unix_timestamp="1739199622", likes="5", shares="2", comments="1", plays="99",
    )  # fmt: skip
    assert (found.likes, found.reposts, found.replies) == (5, 2, 1)
    assert found.account == RawAccount(None, "mawar", "Mawar", followers=12)

    bluesky = "id,thread_id,created_at,author,author_id,body,like_count,repost_count,replied_to_user,author_display_name"
    root = "at://did:plc:a/app.bsky.feed.post/1"
    found = post(
        tmp_path, bluesky, id="at://did:plc:b/app.bsky.feed.post/2", thread_id=root, created_at="2025-02-10T15:00:22+00:00",
        author="mawar.bsky.social", author_id="did:plc:b", body="iya", like_count="1", replied_to_user="melati.bsky.social",
    )  # fmt: skip
    assert (found.relation, found.conversation_id, found.sent) == (Relation.REPLY, root, 1739199622.0)
    assert found.account == RawAccount("did:plc:b", "mawar.bsky.social")


def test_what_never_enters_is_named(tmp_path: Path) -> None:
    """4CAT's own columns are named, a column that somebody added is "other"."""
    row = {**ROW, "source": "x", "long_lat": "1,2", "urls": "https://contoh.test", "catatan": "rahasia"}
    dropped = read(tmp_path, table(row, header=f"{X},catatan"))[-1]
    assert isinstance(dropped, Dropped)
    assert dropped.fields == {"timestamp": 1, "link": 1, "source": 1, "links": 1, "long_lat": 1, "other": 1}


def test_damaged_tables(tmp_path: Path) -> None:
    """What Excel leaves of ids is none; an empty text and a broken row are rejected, their neighbours stay."""
    damaged = table(
        ROW, {**ROW, "id": "1.7E+18", "thread_id": "1.7E+18", "author_id": "1.5E+18"}, {**ROW, "body": " "}
    )
    records = read(tmp_path, damaged + 'a,"b\n' + table({**ROW, "id": "9"}).split("\n", 1)[1])
    found = [r for r in records if isinstance(r, RawPost)]
    assert [p.id for p in found] == [ROW["id"], None, "9"]
    assert found[1].account == RawAccount(None, "jastip_melati", "Melati")
    assert sum(isinstance(r, Rejection) for r in records) == 2


def test_it_bears_everything(tmp_path: Path) -> None:
    """A strange value in any column costs nothing else, and a row of nine megabytes is refused."""
    strange = (
        "",
        "x",
        "-1",
        "1e999",
        "9" * 400,
        "[]",
        "yes",
        "😀",
        "2021-13-45 99:99:99",
        "@",
        ",,,",
        "=1+1",
        "\u202e",
    )
    rows = [
        {**ROW, "id": f"{n}", column: value} for n, column in enumerate(X.split(",")) for value in strange
    ]
    records = read(tmp_path, table(ROW, *rows, {**ROW, "body": "x" * (9 << 20)}, ROW))
    for record in records:
        check(record)
    assert sum(isinstance(r, RawPost) for r in records) >= len(rows) - 3
    assert any(isinstance(r, Rejection) for r in records)
