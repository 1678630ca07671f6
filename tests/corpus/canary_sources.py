"""Sources of every format a reader exists for, with a canary in every field that they document and in unknown ones.

What legitimately stays is written with words that begin with ``STAYS``; nothing else of these files may be found.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from canary_papers import pdf_with, word_file, workbook_with
from canary_search import CLOCK, STAYS, Canaries

Json = Any
NAME = "Qzxkenarinama Sari"  # a name the researcher asks to mask
CITIZEN = "3273995107957319"


@dataclass(frozen=True)
class Planted:
    """A file with canaries, and what the researcher says about it."""

    path: Path
    reader: str
    said: Mapping[str, Any] = field(default_factory=dict)
    rejected: int = 0


def identifiers(c: Canaries, where: str) -> str:
    """A text with an identifier of every class the door covers, among words that stay."""
    say = {
        name: c.word(f"{where}, {name}")
        for name in [
            "mail",
            "host",
            "page",
            "path",
            "tele",
            "handle",
            "line",
            "ig",
            "michat",
            "discord",
            "bigo",
            "snap",
            "short",
        ]
    }
    return (
        f"{STAYS}awal wa 0834-7391-9739 atau +62 834 7391 9739, telp 083473919739 ya. Email {say['mail']}@{say['host']}.co.id "
        f"atau lihat https://{say['page']}.test/{say['path']}?x={say['path']} dan t.me/{say['tele']}, bit.ly/{say['short']}. "
        f"Sama @{say['handle']} juga. Line: {say['line']}. IG {say['ig']} , michat id {say['michat']} , discord: "
        f"{say['discord']}#1234 , bigo id {say['bigo']} , snap: {say['snap']} . NIK {CITIZEN} . Kata {NAME} dan "
        f"{NAME.upper()} begitu. Rek BCA 739197391234 a.n. {NAME} {STAYS}akhir"
    )


def plant(c: Canaries, template: Json, where: str) -> Json:
    """*template* with a canary for each ``W`` (word), ``N`` (id), ``L`` (link), ``T`` (time) and 0 (count), and unknown keys."""
    if isinstance(template, dict):
        made = {key: plant(c, value, f"{where}.{key}") for key, value in template.items()}
        return {**made, c.word(f"{where}, an unknown key"): c.word(f"{where}, an unknown value")}
    if isinstance(template, list):
        return [plant(c, value, f"{where}[{n}]") for n, value in enumerate(template)]
    match template:
        case "W":
            return c.word(where)
        case "N":
            return c.number(where, 19)
        case "L":
            return f"https://{c.word(where)}.test/{c.word(where)}"
        case "T":
            return f"2021-03-04T13{CLOCK}.000Z"
        case "O":
            return f"Thu Mar 04 13{CLOCK} +0000 2021"
        case 0 if template is not False:
            return int(c.number(where))
    return template


ENTITIES = {
    "annotations": [{"start": 0, "end": 0, "probability": 0, "type": "W", "normalized_text": "W"}],
    "cashtags": [{"start": 0, "tag": "W"}],
    "hashtags": [{"start": 0, "tag": "W"}],
    "mentions": [{"start": 0, "username": "W", "id": "N", "name": "W"}],
    "urls": [
        {"url": "L", "expanded_url": "L", "display_url": "W", "unwound_url": "L", "title": "W", "description": "W",
         "images": [{"url": "L", "width": 0}], "status": 0}
    ],
}  # fmt: skip
METRICS = {
    "retweet_count": 0,
    "reply_count": 0,
    "like_count": 0,
    "quote_count": 0,
    "impression_count": 0,
    "bookmark_count": 0,
}
USER = {
    "id": "N", "username": "W", "name": "W", "created_at": "T", "location": "W", "pinned_tweet_id": "N", "url": "L",
    "profile_image_url": "L", "profile_banner_url": "L", "protected": False, "verified": False, "verified_type": "W",
    "most_recent_tweet_id": "N", "withheld": {"country_codes": ["W"], "scope": "W"},
    "public_metrics": {"followers_count": 0, "following_count": 0, "tweet_count": 0, "listed_count": 0},
    "entities": {"url": {"urls": [{"url": "L", "expanded_url": "L"}]}, "description": ENTITIES},
}  # fmt: skip
MEDIUM = {
    "media_key": "W", "type": "photo", "url": "L", "preview_image_url": "L", "alt_text": "W", "height": 0, "duration_ms": 0,
    "public_metrics": {"view_count": 0}, "variants": [{"bit_rate": 0, "content_type": "W", "url": "L"}],
}  # fmt: skip
POST = {
    "id": "N", "created_at": "T", "conversation_id": "N", "lang": "W", "source": "W", "card_uri": "L", "community_id": "N",
    "reply_settings": "W", "edit_history_tweet_ids": ["N"], "display_text_range": [0, 0], "in_reply_to_user_id": "N",
    "edit_controls": {"edits_remaining": 0, "editable_until": "T"}, "withheld": {"country_codes": ["W"], "scope": "W"},
    "attachments": {"media_keys": ["W"], "poll_ids": ["N"], "media_source_tweet_id": ["N"]}, "entities": ENTITIES,
    "context_annotations": [{"domain": {"id": "N", "name": "W", "description": "W"}, "entity": {"id": "N", "name": "W"}}],
    "geo": {"place_id": "W", "coordinates": {"type": "W", "coordinates": [0, 0]}}, "possibly_sensitive": False,
    "public_metrics": METRICS, "non_public_metrics": METRICS, "organic_metrics": METRICS, "promoted_metrics": METRICS,
}  # fmt: skip
PLACE = {
    "id": "W",
    "full_name": "W",
    "name": "W",
    "country": "W",
    "country_code": "W",
    "place_type": "W",
    "geo": {"bbox": [0]},
}
POLL = {
    "id": "N",
    "options": [{"position": 0, "label": "W", "votes": 0}],
    "duration_minutes": 0,
    "end_datetime": "T",
}


def v2_post(
    c: Canaries, where: str, *, kind: str | None = None, parent: str = "N", note: bool = False
) -> Json:
    """A post of X API v2 and its author, with every documented key."""
    user = plant(c, {**USER, "description": identifiers(c, f"{where}, the bio")}, f"{where}.author")
    referenced = [{"type": kind, "id": parent}] if kind else []
    post = plant(c, {**POST, "author_id": user["id"], "referenced_tweets": referenced}, where)
    long = (
        {"note_tweet": {"text": identifiers(c, f"{where}, the long text"), "entities": post["entities"]}}
        if note
        else {}
    )
    mention, url = post["entities"]["mentions"][0], post["entities"]["urls"][0]
    loud = f"{user['username'].upper()} {user['name']} {mention['username']} {url['url']}"
    return user, {**post, **long, "text": f"{identifiers(c, f'{where}, the text')} {loud}"}


def x_v2(c: Canaries, folder: Path) -> list[Planted]:
    """A page with everything it can include, and flattened posts."""
    where = "X v2 page"
    original, answer = (
        v2_post(c, f"{where}, original"),
        v2_post(c, f"{where}, answer", kind="replied_to", note=True),
    )
    shared = v2_post(c, f"{where}, repost", kind="retweeted", parent=original[1]["id"])
    page = {
        "data": [answer[1], shared[1]],
        "includes": {
            "users": [original[0], answer[0], shared[0]], "tweets": [original[1]], "media": [plant(c, MEDIUM, where)],
            "places": [plant(c, PLACE, where)], "polls": [plant(c, POLL, where)], "topics": [plant(c, {"id": "N", "name": "W"}, where)],
        },
        "errors": [plant(c, {"value": "W", "detail": "W", "title": "W", "resource_id": "N", "parameter": "W"}, where)],
        "meta": plant(c, {"newest_id": "N", "oldest_id": "N", "next_token": "W", "result_count": 0}, where),
        "__twarc": plant(c, {"url": "L", "version": "W", "retrieved_at": "T"}, where),
        c.word(f"{where}, an unknown key"): c.word(f"{where}, an unknown value"),
    }  # fmt: skip
    flat = []
    for n, kind in enumerate((None, "quoted", "replied_to", "retweeted")):
        at = f"X v2 flat {n}"
        user, post = v2_post(c, at, kind=kind)
        writer, embedded = v2_post(c, f"{at}, embedded")
        attached = {**post["attachments"], "media": [plant(c, MEDIUM, at)], "poll": plant(c, POLL, at)}
        referenced = [{"type": kind, **embedded, "author": writer}] if kind else []
        more = {
            "in_reply_to_user": plant(c, USER, at),
            "geo": plant(c, PLACE, at),
            "__twarc": plant(c, {"url": "L"}, at),
        }
        flat.append(
            {**post, "author": user, "attachments": attached, "referenced_tweets": referenced, **more}
        )
    odd = plant(c, {**POST, "text": {"a": "W"}, "created_at": 0, "author_id": ["W"]}, "X v2, a broken post")
    return [
        saved(c, folder, "X v2 page", ".jsonl", json.dumps(page) + "\n", "x-api-v2"),
        saved(c, folder, "X v2 flat", ".jsonl", lines([*flat, odd]), "x-api-v2", rejected=1),
        saved(
            c,
            folder,
            "X v2 users",
            ".jsonl",
            lines([plant(c, USER, f"X v2 user {n}") for n in range(3)]),
            "x-api-v2",
        ),
    ]


V11_ENTITIES = {
    "hashtags": [{"text": "W", "indices": [0]}], "symbols": [{"text": "W"}], "polls": [{"options": [{"text": "W"}]}],
    "user_mentions": [{"screen_name": "W", "name": "W", "id": 0, "id_str": "N", "indices": [0]}],
    "urls": [{"url": "L", "expanded_url": "L", "display_url": "W", "unwound": {"url": "L", "title": "W"}}],
    "media": [{"id": 0, "id_str": "N", "type": "photo", "url": "L", "media_url": "L", "media_url_https": "L", "display_url": "W",
               "expanded_url": "L", "ext_alt_text": "W", "source_user_id_str": "N", "sizes": {"small": {"w": 0}},
               "video_info": {"variants": [{"url": "L"}]}, "additional_media_info": {"title": "W"}}],
}  # fmt: skip
V11_USER = {
    "id": 0, "id_str": "N", "name": "W", "screen_name": "W", "location": "W", "url": "L", "created_at": "O", "time_zone": "W",
    "followers_count": 0, "friends_count": 0, "listed_count": 0, "favourites_count": 0, "statuses_count": 0, "utc_offset": 0,
    "lang": "W", "translator_type": "W", "profile_image_url": "L", "profile_banner_url": "L", "profile_location": {"name": "W"},
    "entities": {"url": {"urls": [{"expanded_url": "L"}]}, "description": {"urls": [{"url": "L"}]}}, "derived": {"locations": ["W"]},
}  # fmt: skip
STATUS = {
    "id": 0, "id_str": "N", "created_at": "O", "source": "W", "lang": "W", "timestamp_ms": "1614866261000", "filter_level": "W",
    "in_reply_to_status_id": 0, "in_reply_to_status_id_str": "N", "in_reply_to_user_id_str": "N", "in_reply_to_screen_name": "W",
    "geo": {"type": "W", "coordinates": [0, 0]}, "coordinates": {"coordinates": [0, 0]}, "contributors": ["W"],
    "place": {"id": "W", "name": "W", "full_name": "W", "url": "L", "attributes": {"W": "W"}}, "scopes": {"place_ids": ["W"]},
    "quote_count": 0, "reply_count": 0, "retweet_count": 0, "favorite_count": 0, "entities": V11_ENTITIES,
    "matching_rules": [{"tag": "W", "id_str": "N"}], "withheld_in_countries": ["W"], "current_user_retweet": {"id_str": "N"},
    "quoted_status_permalink": {"url": "L", "expanded": "L", "display": "W"}, "card": {"name": "W", "url": "L"},
}  # fmt: skip


def status(c: Canaries, where: str, **inside: Json) -> Json:
    """A post of X API v1.1 with every documented key."""
    user = plant(c, {**V11_USER, "description": identifiers(c, f"{where}, the bio")}, f"{where}.user")
    post = plant(c, {**STATUS, "extended_entities": {"media": V11_ENTITIES["media"]}}, where)
    loud = f"{user['screen_name'].upper()} {user['name']} {post['entities']['urls'][0]['url']}"
    text = f"{identifiers(c, f'{where}, the text')} {loud}"
    key = "full_text" if "extended_tweet" not in inside else "text"
    return {**post, "user": user, key: text, "display_text_range": [0, len(text)], **inside}


def x_v11(c: Canaries, folder: Path) -> list[Planted]:
    """Extended, quoting and reposting statuses, as lines and as a search's answer."""
    where = "X v1.1"
    long = plant(
        c,
        {"full_text": "W", "entities": V11_ENTITIES, "extended_entities": {"media": V11_ENTITIES["media"]}},
        where,
    )
    long["full_text"] = identifiers(c, f"{where}, the extended text")
    free = {"in_reply_to_status_id": None, "in_reply_to_status_id_str": None, "in_reply_to_screen_name": None}
    quoted, reposted = status(c, f"{where}, quoted"), status(c, f"{where}, reposted")
    posts = [
        status(c, f"{where}, extended", extended_tweet=long),
        status(
            c,
            f"{where}, quoting",
            **free,
            is_quote_status=True,
            quoted_status=quoted,
            quoted_status_id_str=quoted["id_str"],
        ),
        status(c, f"{where}, reposting", retweeted_status=reposted),
        {
            **plant(c, V11_USER, f"{where}, a user"),
            "status": plant(c, STATUS, f"{where}, a user's status") | {"text": STAYS},
        },
        plant(c, {"delete": {"status": {"id_str": "N", "user_id_str": "N"}}}, where),
    ]
    answer = {
        "statuses": [status(c, f"{where}, found")],
        "search_metadata": plant(c, {"query": "W", "next_results": "W"}, where),
    }
    return [
        saved(c, folder, "X v1.1 lines", ".jsonl", lines(posts), "x-api-v1.1"),
        saved(c, folder, "X v1.1 search", ".json", json.dumps(answer, indent=1), "x-api-v1.1"),
    ]


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


def place(c: Canaries, folder: Path, where: str, suffix: str) -> Path:
    """A path whose folder and name are canaries."""
    inside = folder / c.word(f"{where}, its folder")
    inside.mkdir(parents=True)
    return inside / f"{c.word(f'{where}, its name')}{suffix}"


def saved(
    c: Canaries,
    folder: Path,
    where: str,
    suffix: str,
    text: str,
    reader: str,
    *,
    rejected: int = 0,
    **said: Any,
) -> Planted:
    """A text file under a name of canaries."""
    path = place(c, folder, where, suffix)
    path.write_text(text, encoding="utf-8")
    return Planted(path, reader, said, rejected)


def lines(values: Sequence[Json]) -> str:
    """JSON, one value a line."""
    return "".join(json.dumps(value) + "\n" for value in values)


def all_of(c: Canaries, folder: Path) -> list[Planted]:
    """A source of every format."""
    kinds = (x_v2, x_v11, tables, interviews, notes, literature)
    return [one for kind in kinds for one in kind(c, folder)]
