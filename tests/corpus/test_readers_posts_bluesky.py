"""The reader of Bluesky: views, feeds, threads, quotes, reposts, profiles, records and events."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fuzz_json import bears, costs_no_neighbour, lines, of_file

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.bluesky import Bluesky
from makna.corpus.records import Dropped, RawAccount, RawPost, Rejection
from makna.errors import UnknownFormat
from makna.library import Library

READER = Bluesky()
READ = partial(lines, READER)
MELATI = {
    "did": "did:plc:melati",
    "handle": "melati.bsky.social",
    "displayName": "Melati 🌸",
    "createdAt": "2021-06-01T10:00:00.000Z",
}
MAWAR = {"did": "did:plc:mawar", "handle": "mawar.contoh.id", "displayName": "Mawar"}


def address(number: int, who: dict[str, Any] = MELATI) -> str:
    """Where a post lies."""
    return f"at://{who['did']}/app.bsky.feed.post/3k{number}"


def view(
    number: int, text: str = "halo", *, who: dict[str, Any] = MELATI, embed: Any = None, **record: Any
) -> dict[str, Any]:
    """A post as the API shows it."""
    made = {
        "uri": address(number, who), "cid": "b", "author": who, "indexedAt": "2025-02-10T16:00:00.000Z", "replyCount": 1,
        "repostCount": 2, "likeCount": 3, "quoteCount": 4,
        "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2025-02-10T15:00:22.000Z", "langs": ["id-ID"], **record},
    }  # fmt: skip
    return {**made, "embed": embed} if embed else made


def reply(to: int, root: int) -> dict[str, Any]:
    """What a record says of the post it answers."""
    return {"parent": {"uri": address(to), "cid": "b"}, "root": {"uri": address(root), "cid": "b"}}


def facet(text: str, part: str, **feature: Any) -> dict[str, Any]:
    """A facet over *part* of *text*, by its bytes."""
    start = len(text[: text.index(part)].encode())
    return {"index": {"byteStart": start, "byteEnd": start + len(part.encode())}, "features": [feature]}


def posts(*values: Any) -> list[RawPost]:
    """The posts of *values*."""
    return [r for r in READ(*values) if isinstance(r, RawPost)]


def test_a_post_and_its_account() -> None:
    """Address, author, time, language and counts come from their places."""
    (found,) = posts(view(1))
    assert (found.id, found.text, found.sent, found.language) == (address(1), "halo", 1739199622.0, "id")
    assert (found.replies, found.reposts, found.likes, found.quotes) == (1, 2, 3, 4)
    assert found.account == RawAccount(
        "did:plc:melati", "melati.bsky.social", "Melati 🌸", created=1622541600.0
    )
    assert found.mention_names == ("melati",)  # what a text may call the account
    bare = {k: v for k, v in view(1).items() if k != "author"}
    assert posts(bare)[0].account == RawAccount("did:plc:melati")
    assert posts({**bare, "uri": "at://mawar.contoh.id/app.bsky.feed.post/1"})[0].account == RawAccount(
        handle="mawar.contoh.id"
    )
    assert posts(view(1, who={**MAWAR, "handle": "handle.invalid"}))[0].account == RawAccount(
        "did:plc:mawar", None, "Mawar"
    )
    assert posts(view(1, createdAt=""))[0].sent == 1739203200.0


def test_facets() -> None:
    """Bytes, not characters, say where links and mentions stand; words keep their link; what is wrong is left as it is."""
    text = "😀 hai @mawar.contoh.id, klik di sini ya: contoh.test/panj… #jastip"
    facets = [
        facet(text, "@mawar.contoh.id", **{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:mawar"}),
        facet(text, "klik di sini", **{"$type": "app.bsky.richtext.facet#link", "uri": "https://wa.me/628340001"}),
        facet(text, "contoh.test/panj…", uri="https://contoh.test/panjang"),
        facet(text, "#jastip", tag="jastip"),
        {"index": {"byteStart": 1, "byteEnd": 2}, "features": [{"uri": "https://a.test"}]},
        {"index": {"byteStart": 900, "byteEnd": 905}, "features": [{"uri": "https://a.test"}]},
        {"index": {"byteStart": "0"}, "features": []}, 7,
    ]  # fmt: skip
    (found,) = posts(view(1, text, facets=facets))
    assert (
        found.text
        == "😀 hai @mawar.contoh.id, klik di sini https://wa.me/628340001 ya: https://contoh.test/panjang #jastip"
    )
    assert found.mentions == ("mawar.contoh.id",)
    assert found.links["mawar.contoh.id"] == "@mawar.contoh.id"
    joined = "satudua"
    (found,) = posts(view(1, joined, facets=[facet(joined, "satu", uri="https://a.test/")]))
    assert found.text == "satu https://a.test/ dua"
    (found,) = posts(view(1, "a &lt; b\r\nc"))
    assert found.text == "a &lt; b\nc"  # plain text, not HTML


def test_media_and_cards() -> None:
    """Pictures, videos and moving pictures are signs; the link of a card is a link of the post."""
    images = {"$type": "app.bsky.embed.images#view", "images": [{"thumb": "a"}, {"thumb": "b"}]}
    card = {"external": {"uri": "https://t.me/melati", "title": "t", "description": "d"}}
    assert posts(view(1, embed=images))[0].media == ("image", "image")
    assert posts(view(1, embed={"playlist": "a.m3u8", "cid": "b"}))[0].media == ("video",)
    assert posts(view(1, embed={"external": {"uri": "https://media.tenor.com/a.gif"}}))[0].media == (
        "animation",
    )
    assert posts(view(1, "lihat", embed=card))[0].text == "lihat https://t.me/melati"
    assert posts(view(1, "lihat https://t.me/melati", embed=card))[0].text == "lihat https://t.me/melati"
    assert posts(view(1, "", embed=card))[0].text == "https://t.me/melati"
    both = {"record": {"record": {"uri": address(9)}}, "media": images}
    assert posts(view(1, embed=both))[0].media == ("image", "image")


def test_replies_quotes_and_reposts() -> None:
    """Parents and roots by address; originals and what a feed shows above come along as context."""
    item = {
        "post": view(3, reply=reply(2, 1)),
        "reply": {"root": view(1), "parent": view(2, who=MAWAR), "grandparentAuthor": MELATI},
    }
    mine, root, parent = posts(item)
    assert (mine.relation, mine.parent_id, mine.conversation_id) == (Relation.REPLY, address(2), address(1))
    assert (mine.parent_handle, root.context, parent.context, mine.context) == (
        "mawar.contoh.id",
        True,
        True,
        False,
    )

    original = view(7, "asli", who=MAWAR)
    held = {
        "uri": original["uri"],
        "author": MAWAR,
        "value": original["record"],
        "embeds": [{"images": [{}]}],
        "likeCount": 9,
    }
    embed, record = {"record": held}, {"record": {"uri": original["uri"], "cid": "b"}}
    for shown, stored in ((embed, record), ({"record": embed, "media": {}}, {"record": record, "media": {}})):
        mine, theirs = posts(
            {**view(5, "setuju"), "embed": shown, "record": {**view(5)["record"], "embed": stored}}
        )
        assert (mine.relation, mine.parent_id) == (Relation.QUOTE, original["uri"])
        assert (theirs.context, theirs.text, theirs.media, theirs.likes) == (True, "asli", ("image",), 9)
    feed = {"uri": "at://did:plc:a/app.bsky.feed.generator/b"}
    assert posts(view(5, embed={"record": feed}))[0].relation is Relation.NONE

    by = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": MAWAR,
        "indexedAt": "2025-02-11T00:00:00Z",
        "uri": "at://did:plc:mawar/r/1",
    }
    mine, theirs = posts({"post": view(1, "asli"), "reason": by})
    assert (mine.relation, mine.text, mine.parent_id, mine.id) == (
        Relation.REPOST,
        "",
        address(1),
        "at://did:plc:mawar/r/1",
    )
    assert (mine.account and mine.account.handle, theirs.context, theirs.text) == (
        "mawar.contoh.id",
        True,
        "asli",
    )
    (pinned,) = posts({"post": view(1), "reason": {"$type": "app.bsky.feed.defs#reasonPin"}})
    assert (pinned.context, pinned.relation) == (False, Relation.NONE)


def test_threads() -> None:
    """All posts of a thread in its order, those above first; what is gone is counted."""
    gone = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": address(8), "notFound": True}
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": address(9), "blocked": True}
    above = {
        "post": view(2, reply=reply(1, 1)),
        "parent": {"post": view(1), "parent": gone, "replies": [{"post": view(99)}]},
    }
    answers = [
        {"post": view(4, reply=reply(3, 1)), "replies": [{"post": view(5, reply=reply(4, 1))}]},
        blocked,
        {"post": view(6)},
    ]
    found = READ({"thread": {"post": view(3, reply=reply(2, 1)), "parent": above, "replies": answers}})
    assert [int(r.id[-1]) for r in found if isinstance(r, RawPost) and r.id] == [1, 2, 3, 4, 5, 6]
    assert isinstance(found[-1], Dropped)
    assert found[-1].fields["unavailable post"] == 2
    deep: dict[str, Any] = {"post": view(0)}
    for n in range(1, 150):
        deep = {"post": view(n), "replies": [deep]}
    assert len(posts({"thread": deep})) == 150


def test_pages_records_and_events(tmp_path: Path) -> None:
    """Feeds, searches, lists of people, repositories and Jetstream; likes and deletions are counted."""
    assert len(posts({"feed": [{"post": view(1)}, {"post": view(2)}], "cursor": "a"})) == 2
    assert len(posts({"posts": [view(1), 7], "hitsTotal": 2})) == 1
    people = READ({"actors": [{**MELATI, "description": "titip"}], "cursor": "a"})
    assert isinstance(people[0], RawAccount)
    assert (people[0].bio, people[0].where) == ("titip", 1)
    record, when = view(1)["record"], "2025-02-10T15:00:22.000Z"
    repost = {"$type": "app.bsky.feed.repost", "subject": {"uri": address(1), "cid": "b"}, "createdAt": when}
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Melati", "description": "titip"}
    like = {"$type": "app.bsky.feed.like", "subject": {"uri": address(1)}}
    kept = [
        {"uri": f"at://did:plc:melati/{v['$type']}/{n}", "cid": "b", "value": v}
        for n, v in enumerate((record, repost, profile, like))
    ]
    first, boost, account, dropped = READ({"records": kept})
    assert isinstance(first, RawPost)
    assert isinstance(boost, RawPost)
    assert (first.account, boost.relation, boost.parent_id) == (
        RawAccount("did:plc:melati"),
        Relation.REPOST,
        address(1),
    )
    assert account == RawAccount("did:plc:melati", None, "Melati", "titip", where=1)
    assert isinstance(dropped, Dropped)
    assert dropped.fields["other record"] == 1
    event = {"did": "did:plc:melati", "time_us": 1, "kind": "commit"}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "3k1", "record": record}
    (found,) = posts(
        {**event, "commit": commit},
        {**event, "commit": {"operation": "delete"}},
        {**event, "kind": "identity"},
    )
    assert (found.id, found.account) == (address(1), RawAccount("did:plc:melati"))
    path = tmp_path / "a.json"
    for text in (json.dumps({"feed": [{"post": view(n)} for n in range(3)]}, indent=1), "\n".join(json.dumps(view(n)) for n in range(3)), json.dumps([view(n) for n in range(3)])):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        assert recognise(path)[0].name == "bluesky"
        assert [r.id for r in of_file(READER, path) if isinstance(r, RawPost)] == [
            address(n) for n in range(3)
        ]


def test_profiles_without_an_account_are_told_apart() -> None:
    """A profile record alone is one account by what it says of itself, the same each time; an empty one is rejected."""
    record = {"$type": "app.bsky.actor.profile", "displayName": "Sari", "description": "titip"}
    found = list(
        READ(record, record, {**record, "description": "jastip"}, {"$type": "app.bsky.actor.profile"})
    )[:4]
    assert [isinstance(r, RawAccount) for r in found] == [True, True, True, False]
    ids = [r.id for r in found if isinstance(r, RawAccount)]
    assert ids[0] == ids[1] != ids[2]
    assert isinstance(found[3], Rejection)


def test_what_a_python_program_wrote() -> None:
    """4CAT and others write the fields in snake case; the same post is read."""

    def snake(value: Any) -> Any:
        if isinstance(value, list):
            return [snake(one) for one in value]
        if not isinstance(value, dict):
            return value
        names = {"$type": "py_type"}
        plain = {
            names.get(k) or "".join(f"_{c.lower()}" if c.isupper() else c for c in k): snake(v)
            for k, v in value.items()
        }
        return plain

    text = "hai @mawar.contoh.id"
    whole = view(1, text, facets=[facet(text, "@mawar.contoh.id", did="did:plc:mawar")], reply=reply(2, 1))
    assert posts(snake(whole)) == posts(whole)


def test_mentions_keep_their_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the door a mention is the pseudonym of the account that wrote elsewhere, and no link."""
    for name in ("CONFIG", "LIBRARY"):
        monkeypatch.setenv(f"MAKNA_{name}", str(tmp_path / name))
    text = "halo @kinariwulan.contoh.id, kinariwulan apa kabar"
    mention = facet(text, "@kinariwulan.contoh.id", did="did:plc:mawar")
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join(
            map(
                json.dumps,
                (
                    view(1, text, facets=[mention]),
                    view(2, "baik", who={**MAWAR, "handle": "kinariwulan.contoh.id"}),
                ),
            )
        ),
        encoding="utf-8",
    )
    study = Library().create("s")
    report = study.add(path)
    assert (report.authors, report.kept) == (2, 2)
    rows = study.run(study.authors.select("author_id", "pseudonym")).to_pylist()
    second = study.run(study.documents).to_pylist()[1]["author_id"]
    name = next(r["pseudonym"] for r in rows if r["author_id"] == second)
    first = study.run(study.units).to_pylist()[0]["text"]
    assert first.startswith(f"halo ⟦@{name}⟧, ")
    assert "kinari" not in first


def test_what_others_made_of_it_is_refused(tmp_path: Path) -> None:
    """ActivityStreams that a bridge made of Bluesky is named as what it is."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"objectType": "note", "id": address(1), "content": "halo"}), encoding="utf-8")
    with pytest.raises(UnknownFormat, match="ActivityStreams"):
        recognise(path)


def test_it_bears_everything(tmp_path: Path) -> None:
    """A wrong type in any field, deep nesting and endless lines cost one record at most."""
    text = "hai @mawar.contoh.id klik"
    facets = [facet(text, "@mawar.contoh.id", did="did:plc:mawar"), facet(text, "klik", uri="https://a.test")]
    held = {"uri": address(7), "author": MAWAR, "value": view(7)["record"], "embeds": [{"images": [{}]}]}
    whole = view(1, text, facets=facets, reply=reply(2, 1), embed={"record": held})
    item = {
        "post": whole,
        "reply": {"root": view(1), "parent": view(2)},
        "reason": {"by": MAWAR, "indexedAt": "2025-02-11T00:00:00Z"},
    }
    assert costs_no_neighbour(READ, item) > 1000
    external = {"record": {"record": held}, "media": {"external": {"uri": "https://a.test"}}}
    assert costs_no_neighbour(READ, view(3, embed=external)) > 500
    thread = {"thread": {"post": view(3), "parent": {"post": view(2)}, "replies": [{"post": view(4)}]}}
    assert costs_no_neighbour(READ, thread) > 500
    commit = {"collection": "app.bsky.feed.post", "rkey": "1", "record": view(1)["record"]}
    others: list[Any] = [
        {"did": "did:plc:a", "kind": "commit", "commit": commit}, {"posts": [view(1)]},
        {"uri": "at://did:plc:a/app.bsky.actor.profile/self", "value": {"$type": "app.bsky.actor.profile", "displayName": "a"}},
        {"uri": "at://did:plc:a/r/1", "value": {"$type": "app.bsky.feed.repost", "subject": {"uri": address(1)}}},
    ]  # fmt: skip
    for other in others:
        assert costs_no_neighbour(READ, other) > 50
    bears(READER, view(1), tmp_path / "a.jsonl")
