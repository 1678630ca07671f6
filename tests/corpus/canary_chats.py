"""Chats and messages with a canary in every name, notice and file name; who gave no consent says nothing that stays."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from canary_plant import NAME, Json, Planted, identifiers, place, plant, saved
from canary_search import CLOCK, STAYS, Canaries

ALLOWED = {"access": "private", "permission": "all members, in writing, 3 March 2021"}
PHONE = "+62 834-7391-9739"


def chat(c: Canaries, where: str, *, ios: bool) -> tuple[str, tuple[str, ...]]:
    """A WhatsApp export in the form of iOS or Android, and the senders whose consent is on record."""
    mark = "\u200e" if ios else ""
    sender, other, guest = (c.word(f"{where}, a sender") for _each in range(3))
    minute = 13

    def line(who: str, text: str) -> str:
        return (
            f"[04/{minute}/21 13{CLOCK}] {who}{text}\n" if ios else f"{minute}/03/21, 13.57 - {who}{text}\n"
        )

    name = f"{sender} Sari"
    kept, gone = ("<attached: {}>", "image omitted") if ios else ("{} (file attached)", "<Media omitted>")
    lines = [
        line(
            "", f'{mark}{name} created group "{c.word(f"{where}, a title")}: {c.word(f"{where}, a title")}"'
        ),
        line("", f"{name} added {guest} and {NAME}"),
        line(
            f"{name}: ",
            f"{identifiers(c, f'{where}, a message')} {guest.upper()} {other} @\u2068{other}\u2069",
        ),
        line(
            f"{PHONE}: ",
            f"{STAYS}nomor @6283473919739 {name} ya\nhttps://{c.word(f'{where}, x')}.test/{c.word(f'{where}, y')}",
        ),
        line(
            f"{other}: ",
            f"Aku {c.word(f'{where}, withheld')} tidak setuju {identifiers(c, f'{where}, withheld')}",
        ),
        line(
            f"{name}: ",
            mark + kept.format(f"{c.word(f'{where}, a file')}-{c.number(f'{where}, a file')}.jpg"),
        ),
        line(f"{name}: ", mark + gone),
        line(f"{other}: ", f"{mark}{kept.format(c.word(f'{where}, a file') + '.vcf')}"),
        line(f"{name}: ", f"{mark}This message was deleted by admin {c.word(f'{where}, an admin')}"),
    ]
    return "".join(lines), (name, PHONE)


def whatsapp(c: Canaries, folder: Path) -> list[Planted]:
    """The text file of Android, and the archive that iOS shares, with a picture beside the chat."""
    text, consents = chat(c, "a WhatsApp text", ios=False)
    plain = saved(c, folder, "a WhatsApp text", ".txt", text, "whatsapp", **ALLOWED)
    where = "a WhatsApp archive"
    text, more = chat(c, where, ios=True)
    path = place(c, folder, where, ".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", text)
        archive.writestr(f"{c.word(f'{where}, a picture')}.jpg", c.word(f"{where}, a picture"))
        archive.comment = c.word(f"{where}, its comment").encode()
    return [
        Planted(plain.path, "whatsapp", ALLOWED, consents=consents),
        Planted(path, "whatsapp", ALLOWED, consents=more),
    ]


TELEGRAM = {
    "type": "message", "date": "T", "date_unixtime": "1614866261", "edited": "T", "edited_unixtime": "1614866261", "from_id": "W",
    "reply_to_message_id": 0, "reply_to_peer_id": "W", "forwarded_from_id": "W", "photo": "W", "file": "W", "file_name": "W",
    "mime_type": "W", "thumbnail": "W", "performer": "W", "title": "W", "author": "W", "via_bot": "W", "saved_from": "W",
    "location_information": {"latitude": 0, "longitude": 0}, "place_name": "W", "address": "W", "contact_vcard": "W",
    "contact_information": {"first_name": "W", "last_name": "W", "phone_number": "N"}, "inline_bot_buttons": [[{"text": "W"}]],
    "reactions": [{"type": "emoji", "count": 0, "emoji": "W", "recent": [{"from": "W", "from_id": "W", "date": "T"}]}],
}  # fmt: skip
INSTAGRAM = {
    "timestamp_ms": 1614866261000, "photos": [{"uri": "W", "creation_timestamp": 1614866261}], "call_duration": 0,
    "share": {"link": "L", "original_content_owner": "W"}, "reactions": [{"reaction": "W", "actor": "W", "timestamp": 1614866261}],
}  # fmt: skip


def telegram(c: Canaries, folder: Path) -> list[Planted]:
    """A private group: somebody who agreed, somebody who did not, a forwarded message, a service message."""
    where = "a Telegram export"
    name, other = c.word(f"{where}, a name"), c.word(f"{where}, a name")

    def one(who: str, text: str, **more: Json) -> Json:
        said = identifiers(c, f"{where}, {text}")
        parts = [f"{said} {other.upper()} ", {"type": "mention", "text": f"@{c.word(where)}"},
                 {"type": "mention_name", "text": c.word(where), "user_id": int(c.number(where))},
                 {"type": "text_link", "text": " ya", "href": f"https://{c.word(where)}.test"}]  # fmt: skip
        return {
            **plant(c, TELEGRAM, where),
            "id": int(c.number(where)),
            "from": who,
            "text": parts,
            "text_entities": parts,
            **more,
        }

    service = {
        "type": "service",
        "action": "W",
        "actor": "W",
        "members": ["W"],
        "title": "W",
        "date": "T",
        "id": 0,
    }
    messages = [
        plant(c, service, where), one(name, "agreed"), one(other, "withheld"),
        one(name, "forwarded", forwarded_from=c.word(f"{where}, from whom")),
    ]  # fmt: skip
    held = {
        "name": c.word(f"{where}, the chat"),
        "type": "private_group",
        "id": int(c.number(where)),
        "messages": messages,
    }
    file = saved(c, folder, where, ".json", json.dumps(held), "telegram", **ALLOWED)
    return [Planted(file.path, "telegram", ALLOWED, consents=(name,))]


def instagram(c: Canaries, folder: Path) -> list[Planted]:
    """A thread of two, of whom one agreed, with a shared post; comments and posts of an account."""
    where = "Instagram messages"
    name, other = f"{c.word(f'{where}, a name')} Sari", c.word(f"{where}, a name")
    messages = []
    for who in (name, other):
        one = plant(c, INSTAGRAM, where)
        one["share"]["share_text"] = identifiers(c, f"{where}, shared")
        messages.append(
            {"sender_name": who, **one, "content": f"{identifiers(c, f'{where}, said')} {other.upper()}"}
        )
    messages.append(
        {"sender_name": name, "timestamp_ms": 1614866261000, "content": f"{c.word(where)} liked a message"}
    )
    held = {"participants": [{"name": name}, {"name": other}], "messages": messages, "title": c.word(where),
            "thread_path": f"inbox/{c.word(where)}", "image": {"uri": c.word(where)}}  # fmt: skip
    talk = saved(c, folder, where, ".json", json.dumps(held), "instagram", **ALLOWED)
    where = "Instagram comments"
    fields = {
        "Comment": {"value": identifiers(c, where)},
        "Media Owner": {"value": c.word(where)},
        "Time": {"timestamp": 1614866261},
    }
    comment = {
        "string_map_data": fields,
        **plant(c, {"media_list_data": [{"uri": "W"}], "title": "W"}, where),
    }
    comments = saved(c, folder, where, ".json", json.dumps([comment]), "instagram")
    where = "Instagram posts"
    medium = plant(
        c,
        {"uri": "W", "creation_timestamp": 1614866261, "media_metadata": {"W": "W"}, "backup_uri": "W"},
        where,
    )
    post = {
        "media": [{**medium, "title": identifiers(c, where)}],
        "title": "",
        "creation_timestamp": 1614866261,
        **plant(c, {"a": "W"}, where),
    }
    posts = saved(c, folder, where, ".json", json.dumps([post]), "instagram")
    return [Planted(talk.path, "instagram", ALLOWED, consents=(name,)), comments, posts]


def observed(c: Canaries, folder: Path) -> list[Planted]:
    """A form filled in by hand, as TOML and as CSV, with keys that it does not have."""
    made = []
    for suffix in (".toml", ".csv"):
        where = f"a form in {suffix}"
        handle, label = c.word(f"{where}, a handle"), c.word(f"{where}, a label")
        profile = {
            "observed": "profile", "handle": f"@{handle}", "name": f"{c.word(f'{where}, a name')} Sari", "location": c.word(where),
            "bio": identifiers(c, f"{where}, a bio"), "followers": c.number(where), c.word(where): c.word(where),
        }  # fmt: skip
        post = {
            "observed": "post", "handle": handle, "text": f"{identifiers(c, f'{where}, a post')} {handle.upper()}", "label": label,
            "date": f"2021-03-04T13{CLOCK}", "media": c.word(where), "likes_count": c.number(where), c.word(where): c.word(where),
        }  # fmt: skip
        answer = {
            "observed": "post", "name": c.word(f"{where}, a name"), "text": f"{STAYS}jawab {handle}", "reply_to": label,
            "quotes": c.word(where), "observer": c.word(where),
        }  # fmt: skip
        text = _as_toml([profile, post, answer]) if suffix == ".toml" else _as_csv([profile, post, answer])
        made.append(saved(c, folder, where, suffix, text, "observed"))
    return made


def _as_toml(entries: list[dict[str, str]]) -> str:
    tables = [
        f"[[{one['observed']}]]\n"
        + "".join(f"{key} = {json.dumps(said)}\n" for key, said in one.items() if key != "observed")
        for one in entries
    ]
    return "\n".join(tables)


def _as_csv(entries: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, list(dict.fromkeys(key for one in entries for key in one)), lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(entries)
    return out.getvalue()


def chats(c: Canaries, folder: Path) -> list[Planted]:
    """A source of every format that holds talk among people, and the form for what is noted by hand."""
    return [one for kind in (whatsapp, telegram, instagram, observed) for one in kind(c, folder)]
