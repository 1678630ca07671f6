"""Telegram Desktop's result.json: texts in pieces, replies, what is passed on, what the app wrote itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fuzz_json import bears, check, costs_no_neighbour, of_file

from makna.corpus.model import Relation
from makna.corpus.readers import recognise, source
from makna.corpus.readers.base import Block, Options
from makna.corpus.readers.jsonl import Lines
from makna.corpus.readers.telegram import Telegram, _Piece
from makna.corpus.records import Dropped, RawPost, RawRecord, Rejection
from makna.errors import UnknownFormat

PARTS = [
    "Halo ", {"type": "mention", "text": "@melati_jaya"}, ", lihat ", {"type": "text_link", "text": "sini", "href": "https://x.test"},
    {"type": "mention_name", "text": " Dahlia", "user_id": 77}, {"type": "phone", "text": " 083470000001"},
]  # fmt: skip
FULL: dict[str, Any] = {
    "id": 3, "type": "message", "date": "2021-03-13T11:25:00", "date_unixtime": "1615609500", "from": "Melati",
    "from_id": "user5001", "reply_to_message_id": 2, "text": PARTS, "text_entities": PARTS[1:], "photo": "photos/a.jpg",
    "reactions": [{"type": "emoji", "count": 2, "emoji": "👍", "recent": [{"from": "Kenanga", "from_id": "user5002"}]}],
    "author": "Ratna", "media_type": "sticker", "edited": "2021-03-13T11:26:00", "via_bot": "@bot_satu", "width": 800,
    "poll": {"question": "Mana?", "answers": [{"text": "Ini", "voters": 2}, {"text": "Itu", "voters": 1}]},
}  # fmt: skip
FORWARD = {**FULL, "forwarded_from": "Kanal Jual", "forwarded_from_id": "channel9"}


def export(*messages: dict[str, Any], kind: str = "private_supergroup", **more: Any) -> str:
    return json.dumps(
        {"name": "Grup", "type": kind, "id": 424242, **more, "messages": messages},
        indent=1,
        ensure_ascii=False,
    )


def read(folder: Path, *messages: dict[str, Any], **said: Any) -> list[RawRecord]:
    path = folder / "result.json"
    path.write_text(export(*messages, **said), encoding="utf-8")
    reader, head = recognise(path)
    assert reader.name == "telegram"
    return [r for block in reader.blocks(path, head, Options()) for r in reader.parse(block, Options())]


def posts(found: list[RawRecord]) -> list[RawPost]:
    return [r for r in found if isinstance(r, RawPost)]


def message(n: int, text: Any = "ya", **more: Any) -> dict[str, Any]:
    return {"id": n, "type": "message", "date": f"2021-03-13T11:2{n}:00", "date_unixtime": str(1615609200 + 60 * n),
            "from": "Melati", "from_id": "user5001", "text": text, **more}  # fmt: skip


def test_a_message_with_everything(tmp_path: Path) -> None:
    """Text in pieces is one text; who is named in it or beside it is known; links behind words never enter."""
    (post,) = posts(found := read(tmp_path, FULL))
    assert post.text == "Halo @melati_jaya, lihat sini Dahlia 083470000001\nMana?\nIni\nItu"
    assert post.account is not None
    assert (post.account.id, post.account.name, post.account.handle) == ("telegram user5001", "Melati", None)
    assert (post.id, post.parent_id, post.relation) == (
        "telegram 424242 3",
        "telegram 424242 2",
        Relation.REPLY,
    )
    assert (post.conversation_id, post.sent, post.likes, post.media) == (
        "telegram 424242",
        1615609500.0,
        2,
        ("image",),
    )
    assert post.mentions == ("melati_jaya",)
    assert {name.strip() for name in post.mention_names} == {"Ratna", "Dahlia", "Kenanga"}
    assert [r.fields for r in found if isinstance(r, Dropped)] == [
        {"edited": 1, "via_bot": 1, "width": 1, "text_link.href": 1}
    ]
    assert "x.test" not in repr(posts(found))


def test_service_messages_are_counted_and_their_people_known(tmp_path: Path) -> None:
    """Who joined and who invited are names of the batch; the line itself is no speech."""
    service = {"id": 1, "type": "service", "date": "2021-03-13T11:20:00", "actor": "Melati Putri", "actor_id": "user1",
               "action": "invite_members", "members": ["Dahlia Sekar", None], "text": ""}  # fmt: skip
    found = read(tmp_path, service, message(2))
    assert [(p.text, p.mention_names) for p in posts(found)] == [("ya", ("Melati Putri", "Dahlia Sekar"))]
    (dropped,) = [r.fields for r in found if isinstance(r, Dropped)]
    assert dropped["service message"] == 1


@pytest.mark.parametrize(
    ("origin", "name"), [("Kanal Jual", "Kanal Jual"), (None, None)], ids=["named", "hidden"]
)
def test_a_forwarded_message_is_a_repost(tmp_path: Path, origin: str | None, name: str | None) -> None:
    """It has no words of its own; what it passes on is context, once however often it is forwarded."""
    found = posts(read(tmp_path, *[message(n, "promo", forwarded_from=origin) for n in (1, 2)]))
    assert [(p.text, p.relation, p.context) for p in found] == [
        ("", Relation.REPOST, False), ("promo", Relation.NONE, True), ("", Relation.REPOST, False), ("promo", Relation.NONE, True),
    ]  # fmt: skip
    assert len({found[1].id, found[3].id, found[0].parent_id, found[2].parent_id}) == 1
    assert (found[1].account and found[1].account.name) == name


MEDIA = [
    ({"photo": "(File not included. Change data exporting settings to download.)"}, "image"), ({"media_type": "voice_message"}, "voice"),
    ({"media_type": "video_message", "file": "x"}, "video"), ({"media_type": "sticker"}, "sticker"), ({"media_type": "animation"}, "animation"),
    ({"file": "a.pdf", "mime_type": "application/pdf"}, "document"), ({"file": "a.jpg", "mime_type": "image/jpeg"}, "image"),
    ({"media_type": "new_kind"}, "media"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "sign"), MEDIA)
def test_media_become_signs(tmp_path: Path, fields: dict[str, Any], sign: str) -> None:
    """Whatever is attached is a sign, also where the file was left out."""
    assert posts(read(tmp_path, message(1, "", **fields)))[0].media == (sign,)


@pytest.mark.parametrize(
    ("kind", "closed"),
    [
        ("public_supergroup", False),
        ("public_channel", False),
        ("private_group", True),
        ("personal_chat", True),
        ("saved_messages", True),
    ],
)
def test_only_public_places_are_public(tmp_path: Path, kind: str, closed: bool) -> None:
    """Groups and channels that Telegram calls public may be added as public; nothing else."""
    path = tmp_path / "result.json"
    path.write_text(export(message(1), kind=kind), encoding="utf-8")
    assert Telegram().is_closed(source.look(path)) is closed


def test_the_export_of_an_account_is_refused(tmp_path: Path) -> None:
    """It holds contacts and every chat: the message says how to export the one."""
    path = tmp_path / "result.json"
    chat = json.loads(export(message(1)))
    account = {
        "about": "x",
        "personal_information": {"user_id": 1},
        "contacts": {"list": []},
        "chats": {"list": [chat]},
    }
    for held in (account, {"about": "x", "chats": {"about": "y", "list": [chat]}}):
        path.write_text(json.dumps(held), encoding="utf-8")
        reader, head = recognise(path)
        with pytest.raises(UnknownFormat, match=r"result\.json is the export of a whole Telegram account"):
            list(reader.blocks(path, head, Options()))


def of_messages(*values: Any) -> list[RawRecord]:
    data = "".join(json.dumps(value) + "\n" for value in values).encode()
    return list(Telegram().parse(Block(1, len(data), _Piece(Lines(data, "utf-8"), "424242")), Options()))


@pytest.mark.parametrize("sound", [FULL, FORWARD], ids=["whole", "forwarded"])
def test_a_wrong_value_costs_one_message(sound: dict[str, Any]) -> None:
    """A value of a wrong type at any place: nothing is raised, no neighbour is lost, all fields stay what they are."""
    assert costs_no_neighbour(of_messages, sound) > 300


def test_nesting_and_endless_lines(tmp_path: Path) -> None:
    """Deep and overlong messages cost themselves; a file cut short anywhere is read as far as it goes."""
    begin = '{"name": "Grup", "type": "private_group", "id": 1, "messages": ['
    bears(Telegram(), message(1), tmp_path / "result.json", begin=begin, between=",\n")
    text = export(FULL, FORWARD, FULL)
    for cut in range(120, len(text), 37):
        (tmp_path / "cut.json").write_text(text[:cut], encoding="utf-8")
        for record in of_file(Telegram(), tmp_path / "cut.json"):
            check(record)
    assert any(isinstance(r, Rejection) for r in of_file(Telegram(), tmp_path / "cut.json"))
