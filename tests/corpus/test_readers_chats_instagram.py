"""Instagram's download: messages, posts and comments, with its broken letters mended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fuzz_json import bears, check, costs_no_neighbour, of_file

from makna.corpus.model import Relation
from makna.corpus.readers import chat_people, recognise, source
from makna.corpus.readers.base import Block, Options
from makna.corpus.readers.instagram import Instagram, _Piece
from makna.corpus.readers.jsonl import Lines
from makna.corpus.records import Dropped, RawPost, RawRecord
from makna.errors import UnknownFormat

T = 1615609500000


def broken(text: str) -> str:
    """*text* as Instagram writes it: each byte of UTF-8 a character."""
    return text.encode().decode("latin-1")


MESSAGE: dict[str, Any] = {
    "sender_name": broken("Melati 🌸"), "timestamp_ms": T, "content": broken("Halo kak 😊 é"), "photos": [{"uri": "a.jpg"}],
    "audio_files": [{"uri": "b.mp4"}], "reactions": [{"reaction": broken("❤"), "actor": "Kenanga"}],
    "share": {"link": "https://x.test/p/1", "share_text": "promo", "original_content_owner": "toko_dahlia"},
    "is_geoblocked_for_viewer": False,
}  # fmt: skip
COMMENT: dict[str, Any] = {
    "media_list_data": [{"uri": ""}],
    "string_map_data": {
        "Comment": {"value": "bagus kak"},
        "Media Owner": {"value": "toko_dahlia"},
        "Time": {"timestamp": T // 1000},
    },
}
POST: dict[str, Any] = {
    "media": [{"uri": "media/posts/1.jpg", "creation_timestamp": T // 1000, "media_metadata": {"a": 1}, "title": broken("ready 😊")},
              {"uri": "media/posts/2.mp4", "creation_timestamp": T // 1000, "title": ""}],
    "title": "", "creation_timestamp": T // 1000 + 60,
}  # fmt: skip


def talk(*messages: dict[str, Any]) -> dict[str, Any]:
    people = [{"name": broken("Melati 🌸")}, {"name": "Dahlia Sekar"}]
    return {
        "participants": people,
        "messages": list(messages),
        "title": "Grup",
        "thread_path": "inbox/grup_1",
        "magic_words": [],
    }


def read(folder: Path, held: Any, name: str = "message_1.json") -> list[RawRecord]:
    path = folder / name
    path.write_text(json.dumps(held, indent=2), encoding="utf-8")
    reader, head = recognise(path)
    assert reader.name == "instagram"
    return [r for block in reader.blocks(path, head, Options()) for r in reader.parse(block, Options())]


def posts(found: list[RawRecord]) -> list[RawPost]:
    return [r for r in found if isinstance(r, RawPost)]


def test_a_message_with_everything(tmp_path: Path) -> None:
    """Letters are mended, media are signs, and a shared post is quoted and comes along as its owner's."""
    own, shared = posts(found := read(tmp_path, talk(MESSAGE)))
    assert own.text == "Halo kak 😊 é"
    assert own.account is not None
    assert own.account.name == "Melati 🌸"
    assert (own.sent, own.likes, own.media) == (T / 1000, 1, ("image", "voice"))
    assert (own.conversation_id, own.relation, own.parent_id) == (
        "instagram inbox/grup_1",
        Relation.QUOTE,
        shared.id,
    )
    assert (shared.text, shared.context, shared.account and shared.account.handle) == (
        "promo",
        True,
        "toko_dahlia",
    )
    assert set(own.mentions) == {chat_people.handle(n) for n in ("Melati 🌸", "Dahlia Sekar", "Kenanga")}
    assert [r.fields for r in found if isinstance(r, Dropped)] == [{"is_geoblocked_for_viewer": 1}]


NOTICES = [
    "Liked a message", "Melati liked a message", broken("Reacted 😂 to your message "), "Melati sent an attachment.",
    "Menyukai pesan", "Melati mengirim lampiran.", broken("Menanggapi 😂 pesan Anda"),
]  # fmt: skip


@pytest.mark.parametrize("text", NOTICES)
def test_what_the_app_wrote_is_no_speech(tmp_path: Path, text: str) -> None:
    """Likes and attachments as the app words them are counted; beside a photo the photo stays."""
    alone = {"sender_name": "Melati", "timestamp_ms": T, "content": text}
    found = read(tmp_path, talk(alone, {**alone, "photos": [{"uri": "a"}]}, {**alone, "content": "ya"}))
    assert [(p.text, p.media) for p in posts(found)] == [("", ("image",)), ("ya", ())]
    assert {"notice": 1} in [r.fields for r in found if isinstance(r, Dropped)]


def test_parts_of_a_thread_are_one_conversation(tmp_path: Path) -> None:
    """Files of one thread say at their end which it is."""
    first, second = (posts(read(tmp_path, talk(MESSAGE), f"message_{n}.json"))[0] for n in (1, 2))
    assert first.conversation_id == second.conversation_id


@pytest.mark.parametrize("wrap", [None, "comments_reels_comments"])
def test_comments_answer_the_owner_of_a_post(tmp_path: Path, wrap: str | None) -> None:
    """A comment is a reply to whose post it stands under; its own author the file does not name."""
    indonesian = {
        "string_map_data": {
            "Komentar": {"value": "mau"},
            "Pemilik Media": {"value": "toko"},
            "Waktu": {"timestamp": 9},
        }
    }
    held = [COMMENT, indonesian]
    found = posts(read(tmp_path, {wrap: held} if wrap else held, "post_comments_1.json"))
    assert [(p.text, p.parent_handle, p.relation, p.sent, p.account) for p in found] == [
        ("bagus kak", "toko_dahlia", Relation.REPLY, T / 1000, None), ("mau", "toko", Relation.REPLY, 9.0, None),
    ]  # fmt: skip


@pytest.mark.parametrize("wrap", [None, "ig_reels_media"])
def test_posts_take_their_caption_where_it_stands(tmp_path: Path, wrap: str | None) -> None:
    """The caption of a post or of its first medium; each medium a sign."""
    held = [POST, {"uri": "s.jpg", "creation_timestamp": 9, "title": "cerita"}]
    found = posts(read(tmp_path, {wrap: held} if wrap else held, "posts_1.json"))
    assert [(p.text, p.media, p.sent) for p in found] == [
        ("ready 😊", ("image", "video"), T / 1000 + 60), ("cerita", ("image",), 9.0),
    ]  # fmt: skip


def test_messages_are_closed_and_posts_are_not(tmp_path: Path) -> None:
    """Only messages need another access basis than public."""
    for held, closed in ((talk(MESSAGE), True), ([POST], False), ([COMMENT], False)):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(held), encoding="utf-8")
        assert Instagram().is_closed(source.look(path)) is closed


def test_other_files_of_the_download_are_no_posts(tmp_path: Path) -> None:
    """Log-ins, likes and followers, which hold addresses and names of others, are not recognised."""
    login = {
        "account_history_login_history": [
            {"title": "x", "string_map_data": {"IP Address": {"value": "1.1.1.1"}}}
        ]
    }
    likes = {
        "likes_media_likes": [
            {"title": "x", "string_list_data": [{"href": "h", "value": "v", "timestamp": 1}]}
        ]
    }
    for held in (login, likes):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(held), encoding="utf-8")
        with pytest.raises(UnknownFormat):
            recognise(path)


def of_records(*values: Any) -> list[RawRecord]:
    data = "".join(json.dumps(value) + "\n" for value in values).encode()
    return list(Instagram().parse(Block(1, len(data), _Piece(Lines(data, "utf-8"), "t")), Options()))


@pytest.mark.parametrize("sound", [MESSAGE, COMMENT, POST], ids=["message", "comment", "post"])
def test_a_wrong_value_costs_one_record(sound: dict[str, Any]) -> None:
    """A value of a wrong type at any place: nothing is raised, no neighbour is lost, all fields stay what they are."""
    assert costs_no_neighbour(of_records, sound) > 100


def test_nesting_and_endless_lines(tmp_path: Path) -> None:
    """Deep and overlong messages cost themselves; a file cut short anywhere is read as far as it goes."""
    begin = '{"participants": [{"name": "a"}], "messages": ['
    bears(Instagram(), {**MESSAGE, "share": None}, tmp_path / "a.json", begin=begin, between=",\n")
    text = json.dumps(talk(MESSAGE, MESSAGE), indent=2)
    for cut in range(150, len(text), 37):
        (tmp_path / "cut.json").write_text(text[:cut], encoding="utf-8")
        for record in of_file(Instagram(), tmp_path / "cut.json"):
            check(record)
