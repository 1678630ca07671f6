"""The one text file in the archive as which WhatsApp shares a chat; pictures and voices beside it stay unread."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from makna.corpus.readers import source
from makna.corpus.readers.base import Head
from makna.errors import UnreadableFile
from makna.i18n import _

_LIMIT = 1 << 30  # bytes of the chat once unpacked: a thousand times what WhatsApp exports
_WRONG = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)


def head(path: Path) -> Head | None:
    """The head of the chat in the archive *path*; None where it holds no single text file beside media.

    Raises :class:`UnreadableFile` for a damaged or locked archive that holds one.
    """
    if _member(path) is None:
        return None
    with opened(path) as stream:
        data = stream.read(source.HEAD_BYTES)
        whole = len(data) < source.HEAD_BYTES or not stream.read(1)
    encoding = source.detect(data)
    return Head(".txt", data, source.decode(data, encoding).removeprefix("\ufeff"), encoding, whole)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The chat in *path* for reading: the text file of an archive, else the file itself."""
    with source.opened(path) as stream:
        archived = stream.read(4) == source.ZIP
        stream.seek(0)
        if not archived:
            yield stream
            return
        try:
            with zipfile.ZipFile(stream) as archive, archive.open(_member(path) or "") as chat:
                yield chat
        except (*_WRONG, KeyError):
            message = _("{name} is a damaged or locked ZIP file: unpack it and add the text file inside.")
            raise UnreadableFile(message.format(name=path.name)) from None


def _member(path: Path) -> str | None:
    """The name of the only text file at the top of the archive, if it has one of a size that can be read."""
    try:
        with source.opened(path) as stream, zipfile.ZipFile(stream) as archive:
            found = [entry for entry in archive.infolist() if _is_chat(entry)]
    except _WRONG:
        return None
    if len(found) != 1:
        return None
    if found[0].file_size > _LIMIT:
        message = _("{name} unpacks to more than {limit} GiB: no chat is that long. It is refused.")
        raise UnreadableFile(message.format(name=path.name, limit=_LIMIT >> 30))
    return found[0].filename


def _is_chat(entry: zipfile.ZipInfo) -> bool:
    place = PurePosixPath(entry.filename)
    return place.suffix.lower() == ".txt" and len(place.parts) <= 2 and not place.name.startswith(".")
