"""The reader of Mastodon: statuses, contexts, conversations, accounts, outboxes; HTML becomes text."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fuzz_json import bears, costs_no_neighbour, lines, of_file

from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.html_text import to_text
from makna.corpus.readers.mastodon import Mastodon
from makna.corpus.records import Dropped, RawAccount, RawPost, Rejection
from makna.errors import ConsentMissing, NothingToRead
from makna.library import Library

READER = Mastodon()
READ = partial(lines, READER)
HOST = "https://contoh.social"
MELATI = {
    "id": "9", "username": "melati", "acct": "melati", "display_name": "Melati 🌸", "note": "<p>open <a href=\"https://contoh.test\">"
    "contoh.test</a> &amp; titip</p><p>DM</p>", "url": f"{HOST}/@melati", "created_at": "2021-06-01T10:00:00.000Z",
    "followers_count": 12, "locked": False,
}  # fmt: skip
MAWAR = {
    "id": "8",
    "username": "mawar",
    "acct": "mawar@lain.id",
    "display_name": "Mawar",
    "url": "https://lain.id/@mawar",
}


def mention(account: dict[str, Any]) -> dict[str, Any]:
    """What a status says of an account that it mentions."""
    return {name: account[name] for name in ("id", "username", "acct", "url")}


def status(number: int, content: str = "<p>halo</p>", **more: Any) -> dict[str, Any]:
    """A status as the API gives it."""
    return {
        "id": f"11700000000000000{number}", "created_at": "2025-02-10T15:00:22.000Z", "spoiler_text": "", "visibility": "public",
        "language": "id", "content": content, "account": MELATI, "media_attachments": [], "mentions": [], "reblog": None,
        "replies_count": 1, "reblogs_count": 2, "favourites_count": 3, "quotes_count": 4, "in_reply_to_id": None,
        "in_reply_to_account_id": None, "uri": f"{HOST}/users/melati/statuses/{number}", **more,
    }  # fmt: skip


def posts(*values: Any) -> list[RawPost]:
    """The posts of *values*."""
    return [r for r in READ(*values) if isinstance(r, RawPost)]


def test_a_status_and_its_account() -> None:
    """Id, time, language and counts come from their fields; a profile text is text."""
    (found,) = posts(status(1))
    assert (found.id, found.text, found.sent, found.language) == (
        "117000000000000001",
        "halo",
        1739199622.0,
        "id",
    )
    assert (found.replies, found.reposts, found.likes, found.quotes) == (1, 2, 3, 4)
    bio = "open https://contoh.test & titip\n\nDM"
    assert found.account == RawAccount(f"{HOST}/@melati", "melati", "Melati 🌸", bio, None, 1622541600.0, 12)
    (alone, dropped) = READ(MELATI)
    assert isinstance(alone, RawAccount)
    assert (alone.handle, alone.where) == ("melati", 1)
    assert isinstance(dropped, Dropped)
    assert dropped.fields == {"account.locked": 1}


def test_html_becomes_text() -> None:
    """Paragraphs, breaks, lists and entities are kept as lines; mentions are whole handles; links show where they lead."""
    content = (
        f'<p><span class="h-card"><a href="{MAWAR["url"]}" class="u-url mention">@<span>mawar</span></a></span> &lt;3 a&nbsp;b<br>baris'
        '<br />dua</p><p><a href="https://contoh.social/tags/jastip" class="mention hashtag">#<span>jastip</span></a> '
        '<a href="https://contoh.test/p/1"><span class="invisible">https://</span><span class="ellipsis">contoh.test/p</span>'
        '<span class="invisible">/1</span></a> <a href="https://wa.me/628340001">klik di sini</a></p>'
        '<ul><li>satu</li><li>dua</li></ul><p class="quote-inline">RE: <a href="https://x.id/1">x</a></p><script>1</script>'
    )
    (found,) = posts(status(1, content, mentions=[mention(MAWAR)], spoiler_text="peringatan &"))
    assert found.text == (
        "peringatan &\n\n@mawar@lain.id <3 a\xa0b\nbaris\ndua\n\n#jastip https://contoh.test/p/1 klik di sini "
        "https://wa.me/628340001\n\nsatu\ndua"
    )
    assert found.mentions == ("mawar@lain.id",)
    assert found.mention_names == ("mawar",)
    assert found.links == {"mawar@lain.id": "@mawar@lain.id"}
    (short,) = posts(status(1, '<p><a href="https://contoh.test/panjang/sekali">contoh.test/panj…</a></p>'))
    assert short.text == "https://contoh.test/panjang/sekali"
    for address in ("javascript:a", "/relatif", "tg://resolve?domain=mawar", "https://a b", ""):
        assert posts(status(1, f'<p><a href="{address}">klik</a></p>'))[0].text == "klik"
    assert (
        posts(status(1, '<p><a href="mailto:mawar@contoh.id">surel</a></p>'))[0].text
        == "surel mawar@contoh.id"
    )
    (deleted,) = posts({**status(2, text="ketik <b>"), "content": None})
    assert deleted.text == "ketik <b>"


def test_replies_boosts_and_quotes() -> None:
    """Parents by id and handle; a boost has no text of its own; originals come along as context."""
    reply, own = posts(
        status(2, in_reply_to_id="1", in_reply_to_account_id="8", mentions=[mention(MAWAR)]),
        status(3, in_reply_to_id="2", in_reply_to_account_id="9"),
    )
    assert (reply.relation, reply.parent_id, reply.parent_handle) == (Relation.REPLY, "1", "mawar@lain.id")
    assert (own.relation, own.parent_handle) == (Relation.REPLY, "melati")
    original = status(1, "<p>asli</p>", account=MAWAR)
    mine, theirs = posts(status(4, "<p>asli</p>", reblog=original))
    assert (mine.relation, mine.text, mine.parent_id, mine.likes) == (
        Relation.REPOST,
        "",
        original["id"],
        None,
    )
    assert (mine.parent_handle, theirs.context, theirs.text) == ("mawar@lain.id", True, "asli")
    for quote in ({"state": "accepted", "quoted_status": original}, original):
        mine, theirs = posts(status(5, "<p>setuju</p>", quote=quote))
        assert (mine.relation, mine.parent_id, theirs.context) == (Relation.QUOTE, original["id"], True)
    (mine,) = posts(status(6, quote={"state": "pending", "quoted_status_id": "77"}))
    assert (mine.relation, mine.parent_id) == (Relation.QUOTE, "77")


def test_media() -> None:
    """Each attachment is a sign; one of an unknown type is none."""
    kinds = [{"type": kind} for kind in ("image", "gifv", "video", "audio", "unknown")]
    (found,) = posts(status(1, media_attachments=kinds))
    assert found.media == ("image", "animation", "video", "voice")


def test_a_context_is_one_conversation() -> None:
    """What stands around a post answers one root, also where the post itself is missing."""
    after = [status(3, in_reply_to_id="2"), status(4, in_reply_to_id="3")]
    found = posts({"ancestors": [status(1)], "descendants": after})
    assert {p.conversation_id for p in found} == {found[0].id}
    assert [p.conversation_id for p in posts({"ancestors": [], "descendants": after})] == ["2", "2"]
    assert posts({"ancestors": [], "descendants": []}) == []


def test_pages_and_searches(tmp_path: Path) -> None:
    """A search gives its posts and its accounts; an array, lines and an object over many lines give the same posts."""
    found = READ({"statuses": [status(1), 7], "accounts": [MAWAR], "hashtags": []})
    assert [type(r) for r in found] == [RawPost, Rejection, RawAccount, Dropped]
    path = tmp_path / "a.json"
    ids = [f"11700000000000000{n}" for n in range(3)]
    values = [status(n) for n in range(3)]
    for text in (json.dumps(values), json.dumps(values, indent=1), "\n".join(map(json.dumps, values)), json.dumps({"statuses": values}, indent=2)):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        assert recognise(path)[0].name == "mastodon"
        assert [r.id for r in of_file(READER, path) if isinstance(r, RawPost)] == ids
    path.write_text(json.dumps({"ancestors": [], "descendants": []}), encoding="utf-8")
    assert recognise(path)[0].name == "mastodon"


def talk(number: str, *people: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A conversation as the API gives it."""
    return {
        "id": number,
        "unread": False,
        "accounts": list(people),
        "last_status": status(1, visibility="direct", **more),
    }


def test_messages_to_chosen_people_are_no_public_posts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Conversations are taken only with a basis of access; one message among public posts stays out, and its neighbours stay."""
    for name in ("CONFIG", "LIBRARY"):
        monkeypatch.setenv(f"MAKNA_{name}", str(tmp_path / name))
    study = Library().create("s")
    path = tmp_path / "percakapan.json"
    path.write_text(json.dumps([talk("15", MAWAR)]), encoding="utf-8")
    (found,) = posts(talk("15", MAWAR))
    assert (found.conversation_id, found.mentions, found.mention_names) == (
        "conversation 15",
        ("mawar@lain.id",),
        ("mawar", "Mawar"),
    )
    with pytest.raises(ConsentMissing, match="no public place"):
        study.add(path)
    study.record_consents(["melati"])
    assert study.add(path, access="private", permission="setuju").kept == 1
    assert READ({**talk("3"), "last_status": None})[0].fields == {"conversation without a message": 1}  # type: ignore[union-attr]

    mixed = [status(n, "<p>panjang " + "kata " * 3000 + "</p>") for n in range(5)]
    mixed += [
        status(6, visibility="direct"),
        status(7, visibility="private"),
        status(8, visibility="unlisted"),
    ]
    path.write_text("\n".join(map(json.dumps, mixed)), encoding="utf-8")
    records = of_file(READER, path)
    assert sum(isinstance(r, RawPost) for r in records) == 6
    reasons = {r.reason for r in records if isinstance(r, Rejection)}
    assert len(reasons) == 1
    assert "A message to chosen people among public posts" in reasons.pop()


def note(number: int, content: str = "<p>halo</p>", **more: Any) -> dict[str, Any]:
    """An activity of an outbox that makes a note."""
    me = f"{HOST}/users/melati"
    inner = {
        "id": f"{me}/statuses/{number}", "type": "Note", "summary": None, "inReplyTo": None, "published": "2025-02-10T15:00:22Z",
        "attributedTo": me, "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [f"{me}/followers"], "content": content,
        "contentMap": {"id": content}, "attachment": [], "tag": [], "conversation": "tag:contoh.social,2025:objectId=1", **more,
    }  # fmt: skip
    return {
        "id": f"{inner['id']}/activity",
        "type": "Create",
        "actor": me,
        "published": inner["published"],
        "object": inner,
    }


def outbox(*items: Any) -> str:
    """``outbox.json`` of an export."""
    about = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
    }
    return json.dumps({**about, "totalItems": len(items), "orderedItems": items})


def test_an_outbox(tmp_path: Path) -> None:
    """Notes, boosts and answers of an exported account; messages to chosen people stay out, likes are counted."""
    people = [{"type": "Mention", "href": "https://lain.id/users/mawar", "name": "@mawar@lain.id"}]
    linked = '<p><a href="https://lain.id/users/mawar" class="u-url mention">@<span>mawar</span></a> siap</p>'
    boost = {
        "id": f"{HOST}/users/melati/statuses/4/activity", "type": "Announce", "actor": f"{HOST}/users/melati",
        "published": "2025-02-10T15:00:22Z", "to": ["https://www.w3.org/ns/activitystreams#Public"], "object": "https://lain.id/users/mawar/statuses/7",
    }  # fmt: skip
    items = [
        note(1, attachment=[{"type": "Document", "mediaType": "image/jpeg"}]), note(2, linked, inReplyTo=f"{HOST}/users/melati/statuses/1", tag=people),
        note(3, inReplyTo="https://lain.id/users/mawar/statuses/9"), boost, note(5, to=["https://lain.id/users/mawar"], cc=[]),
        {"type": "Like", "actor": f"{HOST}/users/melati", "object": "https://lain.id/1"}, 7,
    ]  # fmt: skip
    path = tmp_path / "outbox.json"
    path.write_text(outbox(*items), encoding="utf-8")
    assert recognise(path)[0].name == "mastodon"
    records = of_file(READER, path)
    first, answer, remote, boosted = (r for r in records if isinstance(r, RawPost))
    assert (first.id, first.text, first.media, first.language) == ("1", "halo", ("image",), "id")
    assert first.account == RawAccount(f"{HOST}/users/melati", "melati")
    assert (answer.text, answer.parent_id, answer.relation) == ("@mawar@lain.id siap", "1", Relation.REPLY)
    assert (answer.mentions, answer.conversation_id) == (("mawar@lain.id",), first.conversation_id)
    assert remote.parent_id == "https://lain.id/users/mawar/statuses/9"
    assert (boosted.id, boosted.relation, boosted.parent_id) == (
        "4",
        Relation.REPOST,
        "https://lain.id/users/mawar/statuses/7",
    )
    assert (
        sum(isinstance(r, Rejection) for r in records) == 1
    )  # the message; a number in the list is no record at all
    dropped = records[-1]
    assert isinstance(dropped, Dropped)
    assert dropped.fields["Like activity"] == 1


def test_an_empty_context_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in which nobody wrote anything imports nothing and says so."""
    for name in ("CONFIG", "LIBRARY"):
        monkeypatch.setenv(f"MAKNA_{name}", str(tmp_path / name))
    path = tmp_path / "konteks.json"
    path.write_text(json.dumps({"ancestors": [], "descendants": []}), encoding="utf-8")
    with pytest.raises(NothingToRead, match=r"konteks\.json is the context of a post that answers nothing"):
        Library().create("s").add(path)
    with pytest.raises(NothingToRead, match="no post stands in it"):
        Library().study("s").preview(path)


def test_an_edited_post_is_one_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post collected twice, with another text after an edit, is one post that keeps its id and its answers."""
    for name in ("CONFIG", "LIBRARY"):
        monkeypatch.setenv(f"MAKNA_{name}", str(tmp_path / name))
    path = tmp_path / "a.jsonl"
    answer = status(2, in_reply_to_id=status(1)["id"])
    path.write_text(
        "\n".join(map(json.dumps, (status(1), status(1, "<p>disunting</p>"), answer))), encoding="utf-8"
    )
    report = Library().create("s").add(path)
    assert (report.kept, report.repeated, report.rounded_ids, report.conversations) == (2, 1, 0, 1)


def test_it_bears_everything(tmp_path: Path) -> None:
    """A wrong type in any field, deep nesting and endless lines cost one record at most."""
    linked = f'<p><a href="{MAWAR["url"]}" class="mention">@mawar</a> <a href="https://a.test">a</a></p>'
    whole = status(
        1, linked, mentions=[mention(MAWAR)], media_attachments=[{"type": "image"}], in_reply_to_id="5", in_reply_to_account_id="8",
        quote={"state": "accepted", "quoted_status": status(2)}, spoiler_text="awas",
    )  # fmt: skip
    assert costs_no_neighbour(READ, whole) > 1000
    assert costs_no_neighbour(READ, status(3, reblog=status(2))) > 500
    for other in (
        talk("15", MAWAR),
        {"ancestors": [status(1)], "descendants": [status(2, in_reply_to_id="1")]},
    ):
        assert costs_no_neighbour(READ, other) > 500
    tag = {"type": "Mention", "href": "https://lain.id/users/mawar", "name": "@mawar@lain.id"}
    assert (
        costs_no_neighbour(READ, note(1, linked, tag=[tag], inReplyTo=f"{HOST}/users/melati/statuses/1"))
        > 300
    )
    bears(READER, status(1), tmp_path / "a.jsonl")


BROKEN = (
    "<p>",
    "<a href='",
    "<!--",
    "<![CDATA[",
    "<",
    "&",
    "</a",
    "<a href=x>",
    "<p class='quote-inline'>",
    "&#x110000;",
    "<?",
    "<a href='>",
)
MORE = (
    "<!-->",
    "<![CDATA[>",
    "</a >",
    "<p '>",
    "<?>",
    "<a b=\"'>",
    "<script>",
    "<!x>",
    "<textarea>",
    "</p x='>",
    "<style><",
    "<a\n>",
    "<ul><li>",
)


@pytest.mark.parametrize("piece", [*BROKEN, *MORE])
def test_hostile_html_ends(piece: str) -> None:
    """Half a million characters of broken markup are read in a moment."""
    begun = time.process_time()
    for size in (49_000, 500_000):
        to_text(piece * (size // len(piece)) + "akhir", lambda shown, address, classes: shown)
    assert time.process_time() - begun < 5
