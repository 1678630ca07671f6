"""Where the posts of an X account archive lie: in its folder, its ZIP, or one file of it.

Only the files of posts, of the account and of its profile are ever opened. Direct messages, deleted posts, contacts
and all the rest stay shut.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from makna.corpus.readers import source
from makna.corpus.readers.base import Head
from makna.errors import UnknownFormat, UnreadableFile
from makna.i18n import _

LIMIT = 4 << 30  # bytes of the posts once unpacked
SMALL = 64 << 20  # bytes of a file that is read whole
PREFIX = re.compile(r"\s*window\.YTD\.(\w+?)\.part\d+\s*=\s*")
_POSTS = re.compile(r"tweets?(?:-part(\d+))?\.js")
_SIGNS = ("account.js", "manifest.js", "note-tweet.js")  # of an archive, where no file of posts is
_READ = ("tweets", "tweet", "note_tweet")
_NEVER = re.compile(r"direct_message|deleted|grok_chat", re.IGNORECASE)
_BARE_KEY = re.compile(r"[\[{][\s\[{]*(?:[A-Za-z_$][\w$]*\s*:|'|//|/\*)")
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)


@dataclass(frozen=True)
class Archive:
    """An archive and what of it is read. Names are those of its members, or of files beside the one that is named."""

    path: Path
    folder: str  # what stands before the names of its files: "data/"
    posts: tuple[str, ...]  # in the order of the parts
    packed: bool

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A member for reading. Raises :class:`UnreadableFile` with the file's name and a remedy."""
        if not self.packed:
            with source.opened(self._beside(name)) as stream:
                yield stream
            return
        try:
            with (
                source.opened(self.path) as stream,
                zipfile.ZipFile(stream) as archive,
                archive.open(self.folder + name) as member,
            ):
                yield member
        except _DAMAGED:
            message = _("{name} is a damaged or locked ZIP file: download the archive again, or unpack it.")
            raise UnreadableFile(message.format(name=self.path.name)) from None

    def whole(self, name: str) -> bytes:
        """All of a small member; nothing where the archive does not hold it."""
        try:
            with self.opened(name) as stream:
                return stream.read(SMALL)
        except (KeyError, UnreadableFile) as error:
            if isinstance(error, KeyError) or not self._beside(name).exists():
                return b""
            raise

    def _beside(self, name: str) -> Path:
        if name == self.path.name and not self.folder and not self.path.is_dir():
            return self.path
        return (self.path if self.path.is_dir() else self.path.parent) / self.folder / name


def at(path: Path) -> Archive | None:
    """The archive that *path* is or is a part of; None where it is none.

    Raises :class:`UnreadableFile` for an archive that unpacks to more than any account wrote.
    """
    try:
        if path.is_dir():
            return _folder(path)
        if not path.is_file():
            return None
    except PermissionError:
        return None  # opening it says so
    with source.opened(path) as stream:
        zipped = zipfile.is_zipfile(stream)
    return _packed(path) if zipped else Archive(path, "", (path.name,), packed=False)


def head(path: Path) -> Head | None:
    """The head of the posts of an archive that is a folder or a ZIP; None where *path* is no such archive."""
    archive = at(path)
    if archive is None or not (archive.packed or path.is_dir()):
        return None
    name = archive.posts[0] if archive.posts else "note-tweet.js"
    try:
        with archive.opened(name) as stream:
            data = stream.read(source.HEAD_BYTES)
            whole = len(data) < source.HEAD_BYTES or not stream.read(1)
    except (KeyError, UnreadableFile):
        if not archive.posts:
            raise UnreadableFile(_no_posts().format(name=path.name)) from None
        raise
    text = source.decode(data, source.detect(data)).removeprefix("\ufeff")
    if refused := refusal(path.name, text):
        raise UnknownFormat(refused)
    return Head(".js", data, text, source.detect(data), whole)


def holds_posts(text: str) -> bool:
    """Whether a file of an archive that begins with *text* holds posts."""
    match = PREFIX.match(text)
    return match is not None and match[1] in _READ


def refusal(name: str, text: str) -> str | None:
    """Why a file that begins with *text* is none of the files of posts, where it is one of an archive at all."""
    match = PREFIX.match(text)
    if match is None:
        return _no_posts().format(name=name) if re.match(r"\s*window\.__THAR_CONFIG", text) else None
    if _NEVER.search(match[1]):
        message = _(
            "{name} holds private messages or deleted posts of an account: these never enter a study. Add the archive's "
            "folder, its ZIP or its data/tweets.js."
        )
        return message.format(name=name)
    if match[1] not in _READ:
        return _no_posts().format(name=name)
    if _BARE_KEY.match(text, match.end()):
        message = _(
            "{name} is JavaScript, not JSON: its keys stand without double quotes, as a code formatter leaves them. Add "
            "the file as X delivered it: the archive's ZIP, or data/tweets.js out of it."
        )
        return message.format(name=name)
    return None


def _no_posts() -> str:
    return _(
        "{name} belongs to an X account archive and holds no posts: add the archive's folder, its ZIP or its "
        "data/tweets.js."
    )


def _folder(path: Path) -> Archive | None:
    for folder in ("data/", ""):
        inside = path / folder
        names = [p.name for p in inside.iterdir()] if inside.is_dir() else []
        if _is_archive(names):
            return Archive(path, folder, _in_order(names), packed=False)
    return None


def _packed(path: Path) -> Archive | None:
    try:
        with source.opened(path) as stream, zipfile.ZipFile(stream) as archive:
            entries = {entry.filename: entry.file_size for entry in archive.infolist()}
    except _DAMAGED:
        return None
    folders: dict[str, list[str]] = {}
    for name in entries:
        folder, slash, last = name.rpartition("/")
        folders.setdefault(folder + slash, []).append(last)
    found = [f for f, names in folders.items() if _is_archive(names)]
    if not found:
        return None
    folder = min(found, key=lambda f: (not f.endswith("data/"), len(f)))
    posts = _in_order(folders[folder])
    if sum(entries[folder + name] for name in posts) > LIMIT:
        message = _("{name} unpacks to more than {limit} GiB: that is no account archive.")
        raise UnreadableFile(message.format(name=path.name, limit=LIMIT >> 30))
    return Archive(path, folder, posts, packed=True)


def _is_archive(names: list[str]) -> bool:
    return bool(_in_order(names)) or sum(name in _SIGNS for name in names) > 1


def _in_order(names: list[str]) -> tuple[str, ...]:
    found = [(int(match[1] or 0), name) for name in names if (match := _POSTS.fullmatch(name))]
    return tuple(name for _part, name in sorted(found))
