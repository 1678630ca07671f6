"""Chats and messages with a canary in every name, notice and file name; who gave no consent says nothing that stays."""

from __future__ import annotations

import zipfile
from pathlib import Path

from canary_plant import NAME, Planted, identifiers, place, saved
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


def chats(c: Canaries, folder: Path) -> list[Planted]:
    """A source of every format that holds talk among people."""
    return [one for kind in (whatsapp,) for one in kind(c, folder)]
