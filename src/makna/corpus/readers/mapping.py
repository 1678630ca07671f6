"""Which column of a table is what: given on the command line, in a small file, or guessed and offered.

A mapping names columns by role; what it does not name never enters.
"""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from makna.corpus.readers.source import decode, detect, opened
from makna.corpus.readers.times import any_time
from makna.errors import BadMapping
from makna.i18n import _

ROLES = (
    "text", "id", "author", "handle", "name", "bio", "location", "time", "conversation", "parent", "parent_handle",
    "replies", "reposts", "likes", "quotes", "language", "media",
)  # fmt: skip

# Column names as tools and students write them, folded; the first found wins.
NAMES: Mapping[str, str] = {
    "text": (
        "full_text tweet_text tweet text content rawcontent body isi_tweet isi_cuitan isi_postingan isi_komentar isi "
        "teks cuitan tweets konten komentar comment comment_text message pesan caption postingan post kalimat unggahan "
        "isi_unggahan ulasan review status description_text"
    ),
    "id": (
        "id_str tweet_id tweetid status_id post_id comment_id id_tweet id_post id_postingan id_cuitan id_komentar "
        "message_id id"
    ),
    "author": ("author_id user_id_str user_id userid id_user id_akun id_pengguna author_user_id"),
    "handle": (
        "username screen_name user_screen_name user_username author_username author_handle handle nama_pengguna "
        "nama_akun akun pengguna user_name from_user account author user penulis pengirim sender"
    ),
    "name": (
        "display_name displayname author_fullname author_name user_displayname user_display_name full_name fullname "
        "nama_lengkap nama_tampilan name nama"
    ),
    "bio": ("bio biodata author_bio user_bio user_description author_description bio_profil profil"),
    "location": ("user_location author_location location lokasi lokasi_pengguna kota"),
    "time": (
        "created_at timestamp datetime date_time time date tanggal waktu tanggal_posting tanggal_tweet tgl "
        "waktu_posting published_at publishedat created unix_timestamp posted_at sent_at"
    ),
    "conversation": ("conversation_id_str conversation_id conversationid thread_id id_percakapan percakapan"),
    "parent": (
        "in_reply_to_status_id_str in_reply_to_status_id in_reply_to_tweet_id in_reply_to_id in_reply_to "
        "reply_to_id parent_id id_induk balasan_untuk"
    ),
    "parent_handle": (
        "in_reply_to_screen_name in_reply_to_username replied_author reply_to_user reply_to membalas_akun"
    ),
    "replies": (
        "reply_count replies_count replies replycount num_comments jumlah_balasan balasan jumlah_komentar"
    ),
    "reposts": (
        "retweet_count retweets_count retweets reposts repost_count retweetcount shares share_count jumlah_retweet "
        "retweet jumlah_bagikan"
    ),
    "likes": (
        "favorite_count like_count likes_count likes likecount favorites favourites jumlah_suka suka jumlah_like "
        "like_comment"
    ),
    "quotes": ("quote_count quotes_count quotes quotecount jumlah_kutipan"),
    "language": ("lang language language_guess bahasa"),
    "media": ("image_url media_url media_type media images photos gambar foto"),
}
_HANDLE = re.compile(r"@?[A-Za-z0-9_.]{2,30}")


def fold(name: str) -> str:
    """A column's name without case, accents, spaces and signs: ``Isi Tweet`` is ``isi_tweet``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def guess(columns: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Role → column, by the names of the columns and, where those do not tell, by what the cells look like.

    A proposal for the researcher; it may lack ``text`` where nothing looks like it.
    """
    folded: dict[str, str] = {}
    for column in columns:
        folded.setdefault(fold(column), column)
    found: dict[str, str] = {}
    for role, names in NAMES.items():
        named = next((folded[name] for name in names.split() if name in folded), None)
        if named is not None and named not in found.values():
            found[role] = named
    for role, looks in _LOOKS.items():
        if role not in found:
            _by_look(role, looks, found, columns, sample_rows)
    return {role: found[role] for role in ROLES if role in found}


def _by_look(
    role: str,
    looks: Callable[[list[str]], float],
    found: dict[str, str],
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    """Add the column that looks most like *role*, if one does."""
    best: str | None = None
    most = 0.0
    for n, column in enumerate(columns):
        cells = [row[n].strip() for row in rows if n < len(row) and row[n].strip()]
        if column in found.values() or not cells:
            continue
        score = looks(cells)
        if score > most:
            best, most = column, score
    if best is not None:
        found[role] = best


def _like_text(cells: list[str]) -> float:
    spaced = sum(" " in cell for cell in cells) / len(cells)
    return sum(map(len, cells)) / len(cells) if spaced > 0.5 and len(set(cells)) > len(cells) / 3 else 0.0


def _like_id(cells: list[str]) -> float:
    long = all(cell.isdigit() and 10 <= len(cell) <= 20 for cell in cells)
    return len(set(cells)) / len(cells) if long and len(set(cells)) == len(cells) else 0.0


def _like_time(cells: list[str]) -> float:
    written = [any_time(cell) for cell in cells if len(cell) >= 8 and not cell.isdigit()]
    return 1.0 if len(written) == len(cells) and None not in written else 0.0


def _like_handle(cells: list[str]) -> float:
    return 1.0 if all(cell.startswith("@") and _HANDLE.fullmatch(cell) for cell in cells) else 0.0


_LOOKS: Mapping[str, Callable[[list[str]], float]] = {
    "text": _like_text,
    "id": _like_id,
    "time": _like_time,
    "handle": _like_handle,
}


def parse(said: str) -> dict[str, str]:
    """The mapping of ``text=Isi,author=Akun``. Raises :class:`BadMapping`."""
    found: dict[str, str] = {}
    for part in next(csv.reader([said], skipinitialspace=True)):
        role, sign, column = part.partition("=")
        if not sign or not column.strip():
            message = _(
                "The mapping needs role=column pairs with commas between, such as text=Isi,handle=Akun."
            )
            raise BadMapping(message)
        found[role.strip().lower()] = column.strip().strip('"')
    return _known_roles(found, "")


def read_file(path: Path) -> dict[str, str]:
    """The mapping in a small TOML (``text = "Isi"``) or CSV file (``text,Isi``). Raises :class:`BadMapping`."""
    with opened(path) as stream:
        data = stream.read(1 << 20)
    text = decode(data, detect(data)).removeprefix("\ufeff")
    try:
        found = _toml(text) if path.suffix.lower() == ".toml" or "=" in text else _csv(text)
    except (tomllib.TOMLDecodeError, csv.Error, ValueError):
        message = _('{name} is no mapping: write lines such as text = "Isi", or role and column as CSV.')
        raise BadMapping(message.format(name=path.name)) from None
    return _known_roles(found, path.name)


def _toml(text: str) -> dict[str, str]:
    content = tomllib.loads(text)
    for table in ("mapping", "columns"):
        if isinstance(content.get(table), dict):
            content = content[table]
    if not all(isinstance(column, str) for column in content.values()):
        raise ValueError
    return {role.lower(): column for role, column in content.items()}


def _csv(text: str) -> dict[str, str]:
    delimiter = max(",;\t", key=text.count)
    rows = [
        row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(cell.strip() for cell in row)
    ]
    found = {row[0].strip().lower(): row[1].strip() for row in rows if len(row) > 1}
    if len(found) < len(rows):
        raise ValueError
    return {role: column for role, column in found.items() if role not in ("role", "peran")}


def _known_roles(found: Mapping[str, str], name: str, allowed: Sequence[str] = ROLES) -> dict[str, str]:
    for role in found:
        if role not in allowed:
            near = difflib.get_close_matches(role, ROLES, 1)
            hint = _(" Did you mean {near}?").format(near=near[0]) if near else ""
            message = _("{where}The mapping names the role {role}, which is none.{hint} Roles: {roles}.")
            where = f"{name}: " if name else ""
            raise BadMapping(message.format(where=where, role=role, hint=hint, roles=", ".join(ROLES)))
    return dict(found)


def check(
    mapping: Mapping[str, str], columns: Sequence[str], name: str, *, allowed: Sequence[str] = ROLES
) -> dict[str, int]:
    """Role → index of its column. Raises :class:`BadMapping` that names what is missing and lists the columns."""
    listed = ", ".join(columns)
    if "text" not in mapping:
        message = _(
            "{name}: no column is known to hold the text. Say which, as in text=COLUMN. Columns: {columns}."
        )
        raise BadMapping(message.format(name=name, columns=listed))
    folded = {fold(column): n for n, column in reversed(list(enumerate(columns)))}
    exact = {column: n for n, column in reversed(list(enumerate(columns)))}
    found: dict[str, int] = {}
    for role, column in _known_roles(mapping, name, allowed).items():
        at = exact.get(column, folded.get(fold(column)) if fold(column) else None)
        if at is None:
            message = _(
                "{name} has no column {column}, which the mapping names for {role}. Columns: {columns}."
            )
            raise BadMapping(message.format(name=name, column=column, role=role, columns=listed))
        found[role] = at
    return found
