"""Real files of X's two interfaces and of tweet-harvest: each reads as its format means, to exact counts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection
from makna.errors import NothingToRead, UnreadableFile

FORMATS = Path(__file__).parents[3] / "shared" / "data" / "formats"
pytestmark = pytest.mark.skipif(not FORMATS.is_dir(), reason="the shared data are not here")

# file -> (posts, replies, quotes, reposts, context posts, accounts)
V2 = {
    "brexit.jsonl": (100, 10, 11, 67, 55, 0),
    "cotweet.jsonl": (1, 0, 0, 0, 0, 0),
    "edited.jsonl": (1, 0, 0, 0, 0, 0),
    "flat.jsonl": (100, 32, 8, 47, 94, 0),
    "geo_tweets.jsonl": (2, 1, 0, 0, 1, 0),
    "many_urls.jsonl": (1, 1, 0, 0, 1, 0),
    "mentions_tweet.jsonl": (1, 0, 0, 1, 1, 0),
    "noflat.jsonl": (100, 32, 8, 47, 64, 0),
    "quoted_edit.jsonl": (1, 1, 0, 0, 1, 0),
    "two_tweets.jsonl": (1, 0, 0, 1, 1, 0),
    "users.jsonl": (0, 0, 0, 0, 52, 96),
}
LONG, SHORT = "original__140_characters__hidden_+_extended__", "original___140_characters__hidden__"
V11 = {
    "initial_compatibility_classic_13995": (2, 0, 0, 0, 0),
    "initial_compatibility_classic_hidden_13797": (1, 1, 0, 0, 1),
    "initial_compatibility_extended_13996": (1, 1, 0, 0, 1),
    "initial_compatibilityplus_classic_13994": (1, 1, 0, 0, 1),
    "initial_compatibilityplus_classic_hidden_13797": (1, 1, 0, 0, 1),
    "initial_compatibilityplus_extended_13997": (1, 1, 0, 0, 1),
    "initial_extended_classic_14002": (1, 0, 0, 0, 0),
    "initial_extended_classic_hidden_13761": (1, 1, 0, 0, 0),
    "initial_extended_extended_14001": (1, 1, 0, 0, 0),
    f"{LONG}attachment": (1, 0, 0, 0, 0),
    f"{LONG}quoted_w_attachment": (1, 0, 1, 0, 1),
    f"{LONG}quoted_w_replies+attachment": (1, 0, 1, 0, 1),
    f"{LONG}replies+attachment": (1, 1, 0, 0, 0),
    f"{LONG}replies": (1, 1, 0, 0, 0),
    f"{LONG}retweet_w_replies+attachment": (1, 0, 0, 1, 1),
    f"{SHORT}attachment": (1, 0, 0, 0, 0),
    f"{SHORT}quoted_w_attachment": (1, 0, 1, 0, 1),
    f"{SHORT}quoted_w_replies": (1, 0, 1, 0, 1),
    f"{SHORT}quoted_w_reply+attachment+mention": (1, 0, 1, 0, 1),
    f"{SHORT}quoted_w_reply+attachment": (1, 0, 1, 0, 1),
    f"{SHORT}reply+attachment+mention": (1, 1, 0, 0, 0),
    f"{SHORT}reply+attachment": (1, 1, 0, 0, 0),
    f"{SHORT}reply": (1, 1, 0, 0, 0),
    f"{SHORT}retweet_w_attachment": (1, 0, 0, 1, 1),
    f"{SHORT}retweet_w_reply+attachment+mention": (1, 0, 0, 1, 1),
    f"{SHORT}retweet_w_reply+attachment": (1, 0, 0, 1, 1),
    f"{SHORT}retweet_w_reply": (1, 0, 0, 1, 1),
    "original_classic__no_hidden__mention": (1, 0, 0, 0, 0),
    "original_classic__no_hidden__quote": (1, 0, 1, 0, 1),
    "original_classic__no_hidden__retweet": (1, 0, 0, 1, 1),
    "original_classic__no_hidden__tweet": (2, 0, 0, 0, 0),
}
HARVEST = {
    "v2.5_comma": (5, 2),
    "v2.6_undefined_username": (5, 2),
    "v2.2_semicolon": (6, 2),
    "excel_damaged_ids": (3, 1),
}


def read(path: Path, reader: str) -> list[RawRecord]:
    """All records of *path*, which must be recognised as *reader*."""
    found, head = recognise(path)
    assert found.name == reader
    return [r for block in found.blocks(path, head, Options()) for r in found.parse(block, Options())]


def posts(records: list[RawRecord], *, context: bool = False) -> list[RawPost]:
    return [r for r in records if isinstance(r, RawPost) and r.context is context]


def counted(records: list[RawRecord]) -> tuple[int, ...]:
    own = posts(records)
    relations = Counter(post.relation for post in own)
    kinds = (Relation.REPLY, Relation.QUOTE, Relation.REPOST)
    return (len(own), *(relations[kind] for kind in kinds), len(posts(records, context=True)))


def test_no_file_is_left_out() -> None:
    """Every file of the three folders stands in a table of this module."""
    assert {p.name for p in (FORMATS / "x-api-v2").iterdir()} == {*V2, "empty.jsonl"}
    assert {p.stem for p in (FORMATS / "x-api-v1.1").iterdir()} == set(V11)
    assert {p.stem for p in (FORMATS / "tweet-harvest").iterdir()} == set(HARVEST)


@pytest.mark.parametrize("name", V2)
def test_v2_counts(name: str) -> None:
    """A twarc2 file gives its posts, what came along with them and its accounts, and rejects nothing."""
    records = read(FORMATS / "x-api-v2" / name, "x-api-v2")
    accounts = sum(isinstance(r, RawAccount) for r in records)
    assert (*counted(records), accounts) == V2[name]
    assert not [r for r in records if isinstance(r, Rejection)]


@pytest.mark.parametrize("name", V11)
def test_v11_counts(name: str) -> None:
    """A v1.1 sample gives its posts and the posts inside them, also where it holds two objects."""
    records = read(FORMATS / "x-api-v1.1" / f"{name}.json", "x-api-v1.1")
    assert counted(records) == V11[name]
    assert not [r for r in records if isinstance(r, Rejection)]


@pytest.mark.parametrize("name", HARVEST)
def test_harvest_counts(name: str) -> None:
    """Each of the four shapes gives every row as a post and rejects none."""
    records = read(FORMATS / "tweet-harvest" / f"{name}.csv", "tweet-harvest")
    assert counted(records) == (HARVEST[name][0], HARVEST[name][1], 0, 0, 0)
    assert not [r for r in records if isinstance(r, Rejection)]


def test_an_empty_file_is_named() -> None:
    """The empty twarc2 file is refused by name, with what to do."""
    with pytest.raises(NothingToRead, match=r"empty\.jsonl is empty: export"):
        recognise(FORMATS / "x-api-v2" / "empty.jsonl")


def test_flat_and_not_flat_say_the_same() -> None:
    """The same harvest flattened and not gives the same posts, with the same authors, parents and texts."""
    flat = posts(read(FORMATS / "x-api-v2" / "flat.jsonl", "x-api-v2"))
    paged = {p.id: p for p in posts(read(FORMATS / "x-api-v2" / "noflat.jsonl", "x-api-v2"))}
    for post in flat:
        other = paged[post.id]
        for field in (
            "text",
            "account",
            "sent",
            "relation",
            "parent_id",
            "parent_handle",
            "media",
            "links",
            "mentions",
        ):
            assert getattr(post, field) == getattr(other, field), field
        assert set(post.mention_names) == set(other.mention_names)


def test_an_edit_goes_by_its_latest_id() -> None:
    """A quote of an early version and a reply to the late one lead to one post, whose text is the latest."""
    records = read(FORMATS / "x-api-v2" / "quoted_edit.jsonl", "x-api-v2")
    (reply,), (original,) = posts(records), posts(records, context=True)
    assert reply.parent_id == original.id == "1576994789110992896"
    assert original.text.startswith("hey :)")
    (edited,) = posts(read(FORMATS / "x-api-v2" / "edited.jsonl", "x-api-v2"))
    assert edited.id == original.id


def test_places_never_enter() -> None:
    """Coordinates and places are counted as dropped and stand in no record."""
    records = read(FORMATS / "x-api-v2" / "geo_tweets.jsonl", "x-api-v2")
    (dropped,) = [r.fields for r in records if isinstance(r, Dropped)]
    assert dropped["geo"] == 2
    assert dropped["includes.places"] == 1
    assert "42.778" not in repr(posts(records))


def test_links_are_resolved() -> None:
    """Every short link of a text is listed with what it leads to, links to own pictures as media."""
    records = read(FORMATS / "x-api-v2" / "brexit.jsonl", "x-api-v2")
    found = posts(records) + posts(records, context=True)
    links = {short: where for post in found for short, where in post.links.items()}
    assert len(links) > 40
    assert "media" in links.values()
    assert not [where for where in links.values() if "//t.co/" in where]
    assert all(short in links for post in found for short in re.findall(r"https://t\.co/\w{10}", post.text))


def test_hidden_names_leave_the_text() -> None:
    """Names that X set before a reply are mentions and no text; a name that the author typed stays."""
    folder = FORMATS / "x-api-v1.1"
    (many,) = posts(read(folder / f"{LONG}replies.json", "x-api-v1.1"))
    assert many.text.startswith("this is a reply to 25 people")
    assert len(many.mentions) == 26
    (typed,) = posts(read(folder / "initial_extended_extended_14001.json", "x-api-v1.1"))
    assert typed.text.startswith("@twitterdev has more")
    assert typed.media == ("animation",)


def test_the_shapes_of_one_harvest_agree() -> None:
    """The comma, quoted and semicolon shapes give the same ids, times, texts and authors' ids."""
    seen = []
    for name in ("v2.5_comma", "v2.6_undefined_username", "v2.2_semicolon"):
        found = posts(read(FORMATS / "tweet-harvest" / f"{name}.csv", "tweet-harvest"))[:5]
        seen.append(
            [(p.id, p.sent, " ".join(p.text.split()), p.account and p.account.id, p.likes) for p in found]
        )
    assert seen[0] == seen[1] == seen[2]


def test_undoubled_quotes_are_repaired() -> None:
    """Inner quotes that were not doubled stay in the text, and the cells after them are right."""
    post = posts(read(FORMATS / "tweet-harvest" / "v2.2_semicolon.csv", "tweet-harvest"))[5]
    assert post.text == 'Kata kakaknya  "aman"  ya 😭'
    assert post.account is not None
    assert post.account.handle == "pembeli_tiga"


def test_what_excel_destroyed_is_missing() -> None:
    """Ids such as 1.7E+18 are none; Excel's dates still are times."""
    found = posts(read(FORMATS / "tweet-harvest" / "excel_damaged_ids.csv", "tweet-harvest"))
    assert [p.id for p in found] == [None, None, None]
    assert found[0].sent == 1739199622.0


def test_an_empty_username_is_nobody() -> None:
    """Where the username is empty and the address says "undefined", the account has an id and no handle."""
    found = posts(read(FORMATS / "tweet-harvest" / "v2.6_undefined_username.csv", "tweet-harvest"))
    assert {p.account.handle for p in found if p.account} == {None}
    assert all(p.account and p.account.id for p in found)


def test_archives_are_called_archives() -> None:
    """A project archive is refused as a ZIP archive."""
    for path in (FORMATS.parent / "refi-qda").glob("*.qdpx"):
        with pytest.raises(UnreadableFile, match="is a ZIP archive"):
            recognise(path)
