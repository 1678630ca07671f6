"""Files of the browser, of 4CAT, of account archives, Mastodon and Bluesky: each imports as its format means, to exact counts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.records import RawAccount, RawPost, RawRecord, Rejection
from makna.errors import ConsentMissing, MaknaError
from makna.library import Library, Study

FORMATS = Path(__file__).parents[3] / "shared" / "data" / "formats"
pytestmark = pytest.mark.skipif(not FORMATS.is_dir(), reason="the shared data are not here")

FOLDERS = ("zeeschuimer-x", "4cat-csv", "x-archive", "mastodon", "bluesky")
# file -> reader, (posts, replies, quotes, reposts, context posts, profiles), (authors, conversations)
READ = {
    "zeeschuimer-x/derived_from_tweet-detail.ndjson": ("x-graphql", (10, 10, 0, 0, 0, 0), (10, 1)),
    "zeeschuimer-x/tweet-detail.graphql.json": ("x-graphql", (10, 10, 0, 0, 0, 0), (10, 1)),
    "4cat-csv/twitter-import_derived.csv": ("4cat", (10, 10, 0, 0, 0, 0), (10, 1)),
    "x-archive/synthetic_legacy": ("x-archive", (2, 1, 0, 0, 0, 0), (1, 2)),
    "x-archive/synthetic_legacy/data/tweet.js": ("x-archive", (2, 1, 0, 0, 0, 0), (1, 2)),
    "x-archive/synthetic_modern": ("x-archive", (1, 0, 0, 0, 0, 0), (1, 1)),
    "x-archive/synthetic_modern/data/note-tweet.js": ("x-archive", (1, 0, 0, 0, 0, 0), (1, 1)),
    "mastodon/test_account_lookup.get.json": ("mastodon", (0, 0, 0, 0, 0, 1), (1, 0)),
    "mastodon/test_conversations.get.json": ("mastodon", (2, 1, 0, 0, 0, 0), (1, 2)),
    "mastodon/test_conversations.post.json": ("mastodon", (1, 0, 0, 0, 0, 0), (1, 1)),
    "mastodon/test_hashtag_tl.get.json": ("mastodon", (1, 0, 0, 0, 0, 0), (1, 1)),
    "mastodon/test_status.delete.json": ("mastodon", (1, 0, 0, 0, 0, 0), (1, 1)),
    "mastodon/test_status.get.json": ("mastodon", (1, 0, 0, 0, 0, 0), (1, 1)),
    "mastodon/test_status_reply.delete.json": ("mastodon", (1, 0, 0, 0, 0, 0), (1, 1)),
    "mastodon/test_status_reply.post.json": ("mastodon", (1, 1, 0, 0, 0, 0), (1, 1)),
    "bluesky/actor.bsky.json": ("bluesky", (0, 0, 0, 0, 0, 1), (1, 0)),
    "bluesky/actor_with_featured.bsky.json": ("bluesky", (0, 0, 0, 0, 0, 1), (1, 0)),
    "bluesky/comment_inreplyto_id.bsky.json": ("bluesky", (1, 1, 0, 0, 0, 0), (1, 1)),
    "bluesky/note.bsky.json": ("bluesky", (1, 0, 0, 0, 0, 0), (1, 1)),
    "bluesky/note_with_article_tag_indices.bsky.json": ("bluesky", (1, 0, 0, 0, 0, 0), (0, 1)),
    "bluesky/note_with_custom_feed.bsky.json": ("bluesky", (1, 0, 0, 0, 0, 0), (1, 1)),
    "bluesky/note_with_mention_linked_text.bsky.json": ("bluesky", (1, 0, 0, 0, 0, 0), (0, 1)),
    "bluesky/quote.bsky.json": ("bluesky", (1, 0, 1, 0, 1, 0), (2, 1)),
    "bluesky/quote_and_attachment.bsky.json": ("bluesky", (1, 0, 1, 0, 1, 0), (1, 1)),
    "bluesky/quote_and_image.bsky.json": ("bluesky", (1, 0, 1, 0, 1, 0), (1, 1)),
    "bluesky/quote_with_image.bsky.json": ("bluesky", (1, 0, 1, 0, 1, 0), (1, 1)),
    "bluesky/repost.bsky.json": ("bluesky", (1, 0, 0, 1, 1, 0), (2, 1)),
}
NO_POSTS = "belongs to an X account archive and holds no posts: add the archive's folder, its ZIP"
BRIDGED = "is JSON of another program \\(ActivityStreams 1"
BRIDGED_FILES = "actor actor_with_featured comment_inreplyto_id note note_with_article_tag_indices note_with_custom_feed quote repost"
REFUSED = {
    **{f"bluesky/{name}.as-from-bsky.json": BRIDGED for name in BRIDGED_FILES.split()},
    "mastodon/test_status_context.get.json": "is the context of a post that answers nothing and that nobody has answered",
    "x-archive/sergeyk_sample_tweets.js": "is JavaScript, not JSON: its keys stand without double quotes.*as X delivered it",
    **{f"x-archive/synthetic_modern/data/{name}.js": NO_POSTS for name in ("account", "manifest", "profile")},
}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """An empty study."""
    for name, value in (("CONFIG", tmp_path / "config"), ("LIBRARY", tmp_path / "library"), ("LANG", "en")):
        monkeypatch.setenv(f"MAKNA_{name}", str(value))
    return Library().create("s")


def read(name: str) -> list[RawRecord]:
    """All records of a file."""
    reader, head = recognise(FORMATS / name)
    blocks = reader.blocks(FORMATS / name, head, Options())
    return [r for block in blocks for r in reader.parse(block, Options())]


def posts(name: str) -> list[RawPost]:
    """The posts of a file."""
    return [r for r in read(name) if isinstance(r, RawPost)]


def test_no_file_is_left_out() -> None:
    """Every file of these folders stands in one of the tables."""
    there = {
        p.relative_to(FORMATS).as_posix() for f in FOLDERS for p in (FORMATS / f).rglob("*") if p.is_file()
    }
    assert there == {name for name in {**READ, **REFUSED} if (FORMATS / name).is_file()}


@pytest.mark.parametrize("name", READ)
def test_counts(study: Study, name: str) -> None:
    """A file gives its posts by relation, what came along, its profiles, and after the import authors and conversations."""
    reader, expected, after = READ[name]
    assert recognise(FORMATS / name)[0].name == reader
    records = read(name)
    assert not [r for r in records if isinstance(r, Rejection)]
    found = [r for r in records if isinstance(r, RawPost)]
    own = Counter(p.relation for p in found if not p.context)
    profiles = sum(isinstance(r, RawAccount) for r in records)
    kinds = (Relation.REPLY, Relation.QUOTE, Relation.REPOST)
    context = sum(p.context for p in found)
    assert (own.total(), *(own[kind] for kind in kinds), context, profiles) == expected
    closed = {"access": "private", "permission": "in writing"} if "conversations" in name else {}
    if closed:
        with pytest.raises(ConsentMissing, match="no public place"):
            study.add(FORMATS / name)
    report = study.add(FORMATS / name, **closed)
    assert (report.authors, report.conversations) == after
    assert report.read == report.kept + report.repeated + profiles


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(study: Study, name: str) -> None:
    """A file that cannot be read is refused by its name, with the reason and the remedy."""
    with pytest.raises(MaknaError, match=REFUSED[name]) as refused:
        study.add(FORMATS / name)
    assert str(refused.value).startswith(re.sub(r".*/", "", name))
    assert study.batches() == []


def test_the_envelope_and_the_response_say_the_same() -> None:
    """Zeeschuimer's lines, whose own ids are rounded, give the posts of the response they were made from."""
    lines, response = (
        posts(f"zeeschuimer-x/{n}") for n in ("derived_from_tweet-detail.ndjson", "tweet-detail.graphql.json")
    )
    for one, other in zip(lines, response, strict=True):
        one.where = other.where
        assert one == other
    assert len({p.id for p in lines}) == 10
    assert {p.parent_id for p in lines} == {"1690590234009112576"}
    assert all(p.account and p.account.bio and p.account.followers for p in lines)
    assert not [p for p in lines if p.text.startswith("@")]


def test_4cat_says_the_same_of_its_posts() -> None:
    """4CAT's table of the same replies gives the same posts, conversations, times and people, with the names before a reply."""
    lines = posts("zeeschuimer-x/derived_from_tweet-detail.ndjson")
    for one, row in zip(lines, posts("4cat-csv/twitter-import_derived.csv"), strict=True):
        assert (row.id, row.conversation_id, row.sent) == (one.id, one.conversation_id, one.sent)
        assert row.account and one.account
        assert (row.account.id, row.account.handle) == (one.account.id, one.account.handle)
        assert row.text == f"@pangeransiahaan {one.text}"
        assert (row.parent_handle, row.replies, row.likes) == (one.parent_handle, one.replies, one.likes)


def test_a_toot_is_one_in_every_answer() -> None:
    """A status and what its deletion gives back are the same post, and a reply names the post and the person it answers."""
    whole, deleted, first, reply = (
        posts(f"mastodon/test_status{part}.json")[0]
        for part in (".get", ".delete", "_reply.delete", "_reply.post")
    )
    assert (whole.id, whole.text, whole.sent) == (deleted.id, deleted.text, deleted.sent)
    assert (reply.parent_id, reply.text) == (first.id, "@mastodonpy_test_2 same!")
    assert first.account
    assert (reply.parent_handle, reply.mentions) == (first.account.handle, (first.account.handle,))
    (profile,) = (r for r in read("mastodon/test_account_lookup.get.json") if isinstance(r, RawAccount))
    assert (profile.name, profile.bio) == ("John Lennon", "I walk funny")


def test_links_and_pictures_of_bluesky() -> None:
    """Facets point by bytes, links of words and cards stand in the text, and pictures are signs."""
    (note,), (indices,) = (
        posts(f"bluesky/note{part}.bsky.json") for part in ("", "_with_article_tag_indices")
    )
    assert (note.text, note.media) == ("too cool to http://my/link summarize", ("image",))
    assert indices.text == "hello 👩\u200d👩\u200d👦\u200d👦✋🏽 foo http://xyz/foo"
    attached, original = posts("bluesky/quote_and_attachment.bsky.json")
    assert attached.text == "I hereby quote https://youtu.be/6rgStv12dwA"
    assert attached.parent_id == original.id
    assert posts("bluesky/quote_with_image.bsky.json")[1].media == ("image",)
