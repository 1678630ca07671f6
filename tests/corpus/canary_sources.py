"""Sources of every format a reader exists for, with a canary in every field that they document and in unknown ones.

What legitimately stays is written with words that begin with ``STAYS``; nothing else of these files may be found.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from canary_chats import chats
from canary_networks import networks
from canary_papers import pdf_with, word_file, workbook_with
from canary_plant import Planted, identifiers, place, plant, saved
from canary_posts import x_v2, x_v11
from canary_search import CLOCK, STAYS, Canaries

HARVEST = {  # shape -> (columns, delimiter, quoting, how a time is written)
    "2.5": ("conversation_id_str created_at favorite_count full_text id_str image_url in_reply_to_screen_name lang location "
            "quote_count reply_count retweet_count tweet_url user_id_str username", ",", csv.QUOTE_MINIMAL, "O"),
    "2.6": ("conversation_id_str created_at favorite_count full_text id_str image_url in_reply_to_screen_name lang location "
            "quote_count reply_count retweet_count tweet_url user_id_str username", ",", csv.QUOTE_ALL, "O"),
    "2.2": ("created_at id_str full_text quote_count reply_count retweet_count favorite_count lang user_id_str "
            "conversation_id_str username tweet_url", ";", csv.QUOTE_MINIMAL, "O"),
    "Excel": ("id date tweet", ",", csv.QUOTE_MINIMAL, "E"),
}  # fmt: skip
IDS = frozenset(["conversation_id_str", "id_str", "user_id_str", "Nomor"])


def cell(c: Canaries, column: str, where: str, time: str) -> str:
    """A canary in the form of its column."""
    if column.endswith("_count") or column == "Suka":
        return c.number(where)
    if column in IDS:
        return c.number(where, 19)
    if column in ("full_text", "tweet", "Isi", "Bio"):
        return identifiers(c, where)
    if column in ("created_at", "date", "Waktu"):
        return f"04-Mar-2021 (13{CLOCK})" if time == "E" else str(plant(c, time, where))
    if column == "tweet_url":
        return f"https://x.com/{c.word(where)}/status/{c.number(where, 19)}"
    return str(plant(c, "L" if column == "image_url" else "W", where)) if column != "id" else "1.7E+18"


def rows(c: Canaries, columns: Sequence[str], where: str, time: str) -> list[list[str]]:
    """A header with an unknown column, and rows."""
    unknown = c.word(f"{where}, an unknown column")
    body = [
        [*[cell(c, name, f"{where}.{name}", time) for name in columns], c.word(where)] for _each in range(3)
    ]
    return [[*columns, unknown], *body]


def tables(c: Canaries, folder: Path) -> list[Planted]:
    """tweet-harvest in its four shapes; CSV and a workbook by a mapping."""
    made = []
    for shape, (columns, delimiter, quoting, time) in HARVEST.items():
        where = f"tweet-harvest {shape}"
        out = io.StringIO()
        table = rows(c, columns.split(), where, time)
        csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(table)
        made.append(saved(c, folder, where, ".csv", out.getvalue(), "tweet-harvest"))
    mapping = {
        "text": "Isi",
        "handle": "Akun",
        "name": "Nama",
        "id": "Nomor",
        "time": "Waktu",
        "likes": "Suka",
        "bio": "Bio",
    }
    columns = [*mapping.values(), "Kota", "Catatan"]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows(c, columns, "a mapped CSV", "T"))
    made.append(saved(c, folder, "a mapped CSV", ".csv", out.getvalue(), "table", mapping=mapping))
    book = place(c, folder, "a workbook", ".xlsx")
    workbook_with(c, book, rows(c, columns, "a workbook", "T"))
    return [*made, Planted(book, "table", {"mapping": mapping})]


def talk(c: Canaries, where: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The head and the turns of an interview; who gave no consent says nothing that stays."""
    head = [
        f"Transkrip wawancara {c.word(where)}", "Tanggal: 4 Maret 2021", f"Nama: {c.word(where)}", f"Tempat: {c.word(where)}",
        f"Pewawancara: {c.word(where)}", f"Telepon: {c.number(where)}", f"Waktu: 13{CLOCK}", f"Usia: {c.number(where)}", "",
    ]  # fmt: skip
    turns = [
        ("P", f"{STAYS}tanya kenapa di sini?"), ("I", identifiers(c, where)), ("Teman", f"Aku {c.word(where)} juga begitu."),
        ("P", f"Lalu {STAYS}bagaimana?"), ("I", f"Ya [13{CLOCK}] {STAYS}begitu."), ("Teman", f"Namaku {c.word(where)} tadi."),
    ]  # fmt: skip
    return head, turns


def interviews(c: Canaries, folder: Path) -> list[Planted]:
    """Transcripts in text, Markdown, Word (running, and as a table), SubRip and WebVTT."""
    made = []
    for suffix in (".txt", ".md"):
        where = f"a transcript in {suffix}"
        head, turns = talk(c, where)
        front = (
            ["---", f"penulis: {c.word(where)}", f"{c.word(where)}: {c.word(where)}", "---"]
            if suffix == ".md"
            else []
        )
        text = "\n".join([*front, *head, *[f"{who}: {said}" for who, said in turns]])
        made.append(saved(c, folder, where, suffix, text, "transcript"))
    for table in (False, True):
        where = f"a transcript in Word{', as a table' * table}"
        head, turns = talk(c, where)
        path = place(c, folder, where, ".docx")
        word_file(c, path, where, head, turns, table=table)
        made.append(Planted(path, "transcript"))
    for suffix in (".srt", ".vtt"):
        where = f"captions {suffix}"
        _head, turns = talk(c, where)
        made.append(saved(c, folder, where, suffix, captions(c, where, suffix, turns), "captions"))
    return made


def captions(c: Canaries, where: str, suffix: str, turns: Sequence[tuple[str, str]]) -> str:
    """The turns as cues, with what WebVTT keeps beside them."""
    vtt = suffix == ".vtt"
    blocks = [f"WEBVTT - {c.word(where)}\nKind: {c.word(where)}\nLanguage: {c.word(where)}"] if vtt else []
    blocks += (
        [f"NOTE {c.word(where)}\n{c.word(where)}", f"STYLE\n::cue({c.word(where)}) {{ }}"] if vtt else []
    )
    for n, (who, said) in enumerate(turns, 1):
        number = c.word(where) if vtt else str(n)
        times = f"13:57:{41 + n}.000 --> 13:57:{42 + n}.000".replace(".", "." if vtt else ",")
        spoken = f"<v {who}><c.{c.word(where)}>{said}</c>" if vtt else f"{who}: {said}"
        blocks.append(f"{number}\n{times}\n{spoken}")
    return "\n\n".join(blocks) + "\n"


def notes(c: Canaries, folder: Path) -> list[Planted]:
    """Field notes in text, Markdown and Word."""
    made = []
    for suffix in (".txt", ".md", ".docx"):
        where = f"a field note in {suffix}"
        head = [
            "Catatan lapangan",
            "Tanggal: 4 Maret 2021",
            f"Lokasi: {c.word(where)}",
            f"Pengamat: {c.word(where)}",
        ]
        head += [f"Waktu: 13{CLOCK}", f"Kontak: {c.word(where)}", ""]
        body = [f"Pasar {STAYS}ramai sejak pagi.", "", identifiers(c, where)]
        path = place(c, folder, where, suffix)
        if suffix == ".docx":
            word_file(c, path, where, [*head, *body], [])
        else:
            path.write_text("\n".join([*head, *body]), encoding="utf-8")
        made.append(Planted(path, "field-notes"))
    return made


def literature(c: Canaries, folder: Path) -> list[Planted]:
    """References with a full text; what was published about a work stays, what its owner added does not."""
    shelf = place(c, folder, "the folder of full texts", "")
    shelf.mkdir()
    where = "a BibTeX entry"
    full = shelf / f"{c.word('a full text, its name')}.pdf"
    pdf_with(
        c,
        full,
        f"{STAYS}penuh naskah yang panjang sekali. Surel {c.word(where)}@{c.word(where)}.co.id atau 0834 7391 9739.",
    )
    private = [
        "note",
        "annote",
        "annotation",
        "owner",
        "timestamp",
        "mendeley-groups",
        "keywords-private",
        "userc",
        "x-custom",
        "groups",
    ]
    fields = [f"{name} = {{{c.word(f'{where}.{name}')}}}" for name in private]
    bib = (
        f"@comment{{{c.word(where)}}}\n@preamble{{\"{c.word(where)}\"}}\n% {c.word(where)}\n@string{{x = \"{c.word(where)}\"}}\n"
        f"@article{{Kunci2020, title = {{{STAYS}judul}}, author = {{{STAYS}nama, Ada}}, year = 2020, journal = {{{STAYS}jurnal}},\n"
        f"abstract = {{{identifiers(c, f'{where}, the abstract')}}}, file = {{{c.word(where)}:{full.name}:application/pdf}},\n"
        + ",\n".join(fields) + "}\n"
    )  # fmt: skip
    where = "a RIS entry"
    tags = [
        "N1",
        "RN",
        "AD",
        "L1",
        "L2",
        "L4",
        "LK",
        "AN",
        "CN",
        "CA",
        "C1",
        "C2",
        "C3",
        "C4",
        "C5",
        "C6",
        "C7",
        "C8",
        "U1",
        "U2",
        "U3",
        "U4",
        "U5",
        "M1",
        "M2",
        "DB",
        "DP",
        "ZZ",
    ]
    ris = "\n".join(
        ["TY  - JOUR", f"TI  - {STAYS}tajuk", f"AU  - {STAYS}penulis, Ada", "PY  - 2020", f"JO  - {STAYS}jurnal",
         f"AB  - {identifiers(c, f'{where}, the abstract')}", *[f"{tag}  - {c.word(f'{where}.{tag}')}" for tag in tags], "ER  - ", ""]
    )  # fmt: skip
    return [
        saved(c, folder, "BibTeX", ".bib", bib, "references", pdf_folder=shelf),
        saved(c, folder, "RIS", ".ris", ris, "references"),
    ]


def all_of(c: Canaries, folder: Path) -> list[Planted]:
    """A source of every format."""
    kinds = (x_v2, x_v11, networks, tables, chats, interviews, notes, literature)
    return [one for kind in kinds for one in kind(c, folder)]
