"""The reader of X account archives: folder, ZIP and single file; posts and their author, and nothing else of it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fuzz_json import bears, broken, check, costs_no_neighbour

from makna.cli import cli
from makna.corpus.model import Relation
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.readers.x_archive import XArchive
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection
from makna.errors import MaknaError, UnknownFormat, UnreadableFile
from makna.library import Library

ACCOUNT = {
    "email": "melati@contoh.invalid", "username": "jastip_melati", "accountId": "9", "accountDisplayName": "Melati 🌸",
    "createdAt": "2021-06-01T10:00:00.000Z",
}  # fmt: skip
PROFILE = {"description": {"bio": "open jastip &amp; titip", "website": "", "location": "Bandung"}}
OWNER = RawAccount("9", "jastip_melati", "Melati 🌸", "open jastip & titip", "Bandung", 1622541600.0)


def tweet(number: int, text: str = "halo kak", **more: Any) -> dict[str, Any]:
    """A post as an archive holds it."""
    return {
        "tweet": {
            "id_str": f"17000000000000000{number:02}", "full_text": text, "created_at": "Mon Feb 10 15:00:22 +0000 2025",
            "favorite_count": "16", "retweet_count": "1", "lang": "in", "entities": {"urls": [], "user_mentions": []},
            "display_text_range": ["0", "8"], "source": "<a>x</a>", **more,
        }
    }  # fmt: skip


def ytd(name: str, values: list[Any], *, part: int = 0, indent: int | None = 2, end: str = "") -> str:
    """A file as X writes it."""
    return f"window.YTD.{name}.part{part} = {json.dumps(values, indent=indent, ensure_ascii=False)}{end}"


def archive(folder: Path, *tweets: dict[str, Any], **more: str) -> Path:
    """The folder of an archive; *more* are files of ``data`` by name, ``_`` for what stands between words."""
    data = folder / "twitter-2025-02-10" / "data"
    data.mkdir(parents=True)
    files = {
        "tweets": ytd("tweets", list(tweets)),
        "account": ytd("account", [{"account": ACCOUNT}]),
        "profile": ytd("profile", [{"profile": PROFILE}]),
        "direct-messages": ytd("direct_messages", [{"dmConversation": {"messages": [{"text": "rahasia"}]}}]),
        "deleted-tweets": ytd("deleted_tweets", [tweet(99, "sudah dihapus")]),
        **{name.replace("_", "-"): content for name, content in more.items()},
    }
    for name, content in files.items():
        if content:
            (data / f"{name}.js").write_text(content, encoding="utf-8")
    return data.parent


def packed(folder: Path, target: Path) -> Path:
    """The ZIP of a folder."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*.js")):
            out.write(path, path.relative_to(folder.parent))
    return target


def read(path: Path) -> list[RawRecord]:
    """The records of *path*, which must be recognised."""
    reader, head = recognise(path)
    assert reader.name == "x-archive"
    return [r for block in reader.blocks(path, head, Options()) for r in reader.parse(block, Options())]


def posts(path: Path) -> list[RawPost]:
    """The posts of *path*."""
    return [r for r in read(path) if isinstance(r, RawPost)]


def test_folder_zip_and_file_say_the_same(tmp_path: Path) -> None:
    """The folder, its data folder, its ZIP and its file of posts give the same posts by the same person, and nothing else."""
    folder = archive(tmp_path, tweet(1, "Open jastip &amp; titip"), tweet(2))
    found = read(folder)
    ways = (folder / "data", packed(folder, tmp_path / "arsip.zip"), folder / "data" / "tweets.js")
    assert all(read(way) == found for way in ways)
    first, second = (r for r in found if isinstance(r, RawPost))
    assert (first.id, first.text, first.account) == ("1700000000000000001", "Open jastip & titip", OWNER)
    assert (first.likes, first.reposts, first.language, first.sent) == (16, 1, "id", 1739199622.0)
    assert second.account == OWNER
    assert "rahasia" not in repr(found)
    assert "dihapus" not in repr(found)
    assert isinstance(found[-1], Dropped)
    assert found[-1].fields == {"source": 2}


def test_parts_and_older_names(tmp_path: Path) -> None:
    """Further parts follow in their order; ``tweet.js`` of older archives is read, wrapped or not, on one line or many."""
    more = {f"tweets-part{n}": ytd("tweets", [tweet(n)], part=n) for n in (1, 2, 10)}
    folder = archive(tmp_path / "a", tweet(0), **more)
    assert [p.id and int(p.id[-2:]) for p in posts(folder)] == [0, 1, 2, 10]
    older = ytd("tweet", [tweet(3), tweet(4)["tweet"]], indent=None, end=";\n")
    folder = archive(tmp_path / "b", tweets="", tweet=older)
    assert [p.id and p.id[-1] for p in posts(folder)] == ["3", "4"]
    assert not [r for r in read(folder) if isinstance(r, Rejection)]
    plain = tmp_path / "tweets.json"
    plain.write_text(json.dumps([tweet(5)]), encoding="utf-8")
    assert [p.id for p in posts(plain)] == ["1700000000000000005"]


def test_replies_reposts_quotes_and_edits(tmp_path: Path) -> None:
    """What answers, repeats or quotes what is read from the fields that an archive has; an edit goes by its latest id."""
    reply = tweet(
        1, "@mawar siap", in_reply_to_status_id_str="17", in_reply_to_screen_name="mawar", display_text_range=["7", "11"],
        entities={"user_mentions": [{"screen_name": "mawar", "name": "Mawar"}], "urls": []},
    )  # fmt: skip
    repost = tweet(
        2, "RT @mawar: asli", extended_entities={"media": [{"type": "photo", "source_status_id_str": "18"}]}
    )
    link = {"url": "https://t.co/q", "expanded_url": "https://twitter.com/mawar/status/19?s=20"}
    quote = tweet(3, "setuju https://t.co/q", entities={"urls": [link], "user_mentions": []})
    photo = {"url": "https://t.co/p", "expanded_url": "https://twitter.com/a/status/3/photo/1"}
    picture = tweet(4, "foto https://t.co/p", entities={"urls": [photo], "user_mentions": []})
    edit = tweet(
        5, edit_info={"edit": {"editControlInitial": {"editTweetIds": ["5", "1700000000000000007"]}}}
    )
    found = posts(archive(tmp_path, reply, repost, quote, picture, edit))
    assert [(p.relation, p.parent_id, p.parent_handle) for p in found] == [
        (Relation.REPLY, "17", "mawar"), (Relation.REPOST, "18", "mawar"), (Relation.QUOTE, "19", "mawar"),
        (Relation.NONE, None, None), (Relation.NONE, None, None),
    ]  # fmt: skip
    assert (found[0].text, found[1].text, found[4].id) == ("siap", "RT @mawar: asli", "1700000000000000007")


def test_long_texts_go_to_their_posts(tmp_path: Path) -> None:
    """The whole text stands in the place of the shortened one, with its links; one without a post is a post of its own."""
    text = "Daftar harga lengkap " + "panjang " * 60
    note = {
        "core": {"text": text, "urls": [{"shortUrl": "https://t.co/n", "expandedUrl": "https://contoh.test"}]}
    }
    notes = [
        {"noteTweet": {"noteTweetId": "1", "createdAt": "2025-02-10T15:00:23.000Z", **note}},
        {"noteTweet": {"noteTweetId": "2", "createdAt": "2025-02-10T15:00:22.000Z", "core": {"text": "Lain sekali"}}},
        {"noteTweet": {"noteTweetId": "3", "core": {"text": "tanpa waktu"}}}, {"noteTweet": 7}, 7,
    ]  # fmt: skip
    folder = archive(
        tmp_path,
        tweet(1, f"@mawar {text[:90]}… https://t.co/x"),
        tweet(2),
        note_tweet=ytd("note_tweet", notes),
    )
    first, second, alone = posts(folder)
    assert first.text == text
    assert first.links["https://t.co/n"] == "https://contoh.test"
    assert second.text == "halo kak"
    assert (alone.text, alone.id, alone.account, alone.sent) == ("Lain sekali", None, OWNER, 1739199622.0)
    assert [p.text for p in posts(folder / "data" / "note-tweet.js")] == ["Lain sekali", text]


def test_posts_without_an_account_have_one_author(tmp_path: Path) -> None:
    """Without ``account.js`` all posts still are one account's."""
    folder = archive(tmp_path, tweet(1), tweet(2), account="")
    first, second = posts(folder)
    assert first.account == second.account
    assert first.account is not None
    assert first.account.handle is None
    for damaged in (
        "",
        "window.YTD.account.part0 = [{",
        ytd("account", [{"account": {"accountId": [9]}}]),
        ytd("account", [7]),
    ):
        (folder / "data" / "account.js").write_text(damaged, encoding="utf-8")
        assert len(posts(folder)) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("direct-messages.js", ytd("direct_messages", []), "private messages or deleted posts.*never enter"),
        ("deleted-tweets.js", ytd("deleted_tweets", [tweet(1)]), "private messages or deleted posts.*never enter"),
        ("like.js", ytd("like", [{"like": {"fullText": "a"}}]), "belongs to an X account archive and holds no posts"),
        ("manifest.js", "window.__THAR_CONFIG = {}", "holds no posts: add the archive's folder"),
        ("tweets.js", "window.YTD.tweets.part0 = [\n {\n tweet: {id: 1,},", "JavaScript, not JSON: its keys stand without"),
        ("posts.js", 'var posts = [{"tweet": {}}]', r"JavaScript, not JSON \(it begins with an assignment\)"),
    ],
)  # fmt: skip
def test_other_files_are_refused(tmp_path: Path, name: str, content: str, said: str) -> None:
    """Every other file of an archive is refused by its name, with what to add instead."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnknownFormat, match=said) as refused:
        recognise(path)
    assert str(refused.value).startswith(name)


def test_damaged_archives_are_refused(tmp_path: Path) -> None:
    """A ZIP that breaks off, one under a password and one without posts are refused; another folder is a folder."""
    whole = packed(
        archive(tmp_path / "a", *[tweet(n, f"halo {n} " * 99) for n in range(99)]), tmp_path / "arsip.zip"
    )
    data = bytearray(whole.read_bytes())
    at = data.index(b"data/tweets.js") + 400
    data[at : at + 200] = bytes(200)
    whole.write_bytes(data)
    with pytest.raises(
        UnreadableFile, match=r"arsip\.zip is a damaged or locked ZIP file: download the archive again"
    ):
        posts(whole)
    with pytest.raises(UnreadableFile, match=r"holds no posts"):
        recognise(archive(tmp_path / "b", tweets="", manifest="window.__THAR_CONFIG = {}"))
    with pytest.raises(UnreadableFile, match="is a folder: name a file in it"):
        recognise(tmp_path)
    broken = archive(tmp_path / "c", tweets=ytd("tweets", [tweet(1), tweet(2)])[:-300])
    assert [type(r) for r in read(broken) if not isinstance(r, Dropped)] == [RawPost, Rejection]


def test_an_archive_is_imported_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder becomes a batch by one author, whose posts answer each other; what becomes of a folder is left to its owner."""
    for name in ("CONFIG", "LIBRARY"):
        monkeypatch.setenv(f"MAKNA_{name}", str(tmp_path / name))
    monkeypatch.setenv("MAKNA_LANG", "en")
    study = Library().create("s")
    answer = tweet(
        2, "lanjut", in_reply_to_status_id_str="1700000000000000001", in_reply_to_screen_name="jastip_melati"
    )
    folder = archive(tmp_path, tweet(1), answer, tweet(3, "sendiri"))
    for later in ("encrypt", "delete"):
        answered = CliRunner().invoke(cli, ["add", str(folder), "--source", later], input="sandi\nsandi\n")
        assert answered.exit_code == 1
        assert "is a folder, which Makna neither encrypts nor deletes" in answered.stderr
    assert study.batches() == []
    answered = CliRunner().invoke(cli, ["add", str(folder), "--json"])
    assert answered.exit_code == 0, answered.stderr
    report = json.loads(answered.stdout)
    assert (report["kept"], report["authors"], report["conversations"]) == (3, 1, 2)
    answered = CliRunner().invoke(cli, ["add", str(folder)])
    assert "The folder still lies there, undisguised" in answered.stdout
    again = study.add(packed(folder, tmp_path / "arsip.zip"))
    assert (again.batch, again.repeated) == (None, 3)


def test_it_bears_everything(tmp_path: Path) -> None:
    """A wrong type in any field, deep nesting and endless records cost one record at most."""
    path = tmp_path / "tweets.js"

    def written(*values: Any) -> list[RawRecord]:
        path.write_text(ytd("tweets", list(values), indent=None), encoding="utf-8")
        reader = XArchive()
        return [r for b in reader.blocks(path, head, Options()) for r in reader.parse(b, Options())]

    whole = tweet(
        1, "@mawar cek https://t.co/a https://t.co/p", in_reply_to_status_id_str="17", in_reply_to_screen_name="mawar",
        display_text_range=["7", "40"], edit_info={"initial": {"editTweetIds": ["1"]}},
        extended_entities={"media": [{"type": "photo", "url": "https://t.co/p", "source_status_id_str": "18"}]},
        entities={
            "user_mentions": [{"screen_name": "mawar", "name": "Mawar"}],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://x.com/a/status/1"}],
        },
    )  # fmt: skip
    path.write_text(ytd("tweets", [whole]), encoding="utf-8")
    head = recognise(path)[1]
    assert costs_no_neighbour(written, whole) > 500
    repost = {"tweet": {**whole["tweet"], "full_text": "RT @mawar: a", "display_text_range": ["0", "9"]}}
    assert costs_no_neighbour(written, repost) > 500
    begin = "window.YTD.tweets.part0 = [\n"
    bears(XArchive(), tweet(1)["tweet"], path, begin=begin, between=",\n")


def test_wrong_long_texts_cost_nothing(tmp_path: Path) -> None:
    """A wrong type in any field of a long text leaves the posts as they are."""
    note = {
        "noteTweet": {
            "createdAt": "2025-02-10T15:00:22.000Z",
            "core": {"text": "halo kak, panjang", "urls": [{"shortUrl": "a"}]},
        }
    }
    folder = archive(tmp_path, tweet(1), note_tweet="x")

    def written(*values: Any) -> list[RawRecord]:
        (folder / "data" / "note-tweet.js").write_text(ytd("note_tweet", list(values)), encoding="utf-8")
        found = read(folder)
        assert any(isinstance(r, RawPost) and r.id == "1700000000000000001" for r in found) or any(
            isinstance(r, Rejection) for r in found
        )
        return found

    for wrong in broken(note):
        for record in written(wrong):
            check(record)
    with pytest.raises(MaknaError):
        recognise(folder / "data" / "direct-messages.js")
