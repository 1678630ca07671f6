"""A file as it lies there: its head, its encoding, its bytes in pieces.

Readers recognise a file by its head and cut it from pieces of UTF-8, so that BOMs, UTF-16 and NUL bytes are dealt
with once, here. Bytes of a single-byte code page pass through: workers decode them line by line, because files are
often made of pieces that different programs saved.
"""

from __future__ import annotations

import codecs
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

import charset_normalizer

from makna.corpus.readers.base import BLOCK_BYTES, Head
from makna.errors import NothingToRead, UnreadableFile
from makna.i18n import _

HEAD_BYTES = 1 << 16
SHEETS_LIMIT = 2 << 30  # bytes of a spreadsheet once unpacked
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
_BOMS = (  # UTF-32 before UTF-16: its little-endian mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PACKED = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
)
_NOT_TEXT = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format", "SQLite"),
)
_ODD = re.compile("[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffd]")
_WIDE = ("gb18030", "big5", "shift_jis", "euc_kr")  # two bytes a character: decoded before a file is cut


def look(path: Path) -> Head:
    """The head of *path*. Raises :class:`UnreadableFile` or :class:`NothingToRead` with the file's name and a remedy."""
    with opened(path) as stream:
        data = stream.read(HEAD_BYTES)
        whole = len(data) < HEAD_BYTES or not stream.read(1)
    suffix = path.suffix.lower()
    if whole and not data.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n\x00"):
        message = _("{name} is empty: export it again, and check that the export ended.")
        raise NothingToRead(message.format(name=path.name))
    _refuse_binary(path, data)
    if data.startswith((ZIP, OLE)):
        return Head(suffix, data, "", "binary", whole)
    encoding = detect(data)
    text = decode(data, encoding).removeprefix("\ufeff")
    if _mostly_control(text):
        raise UnreadableFile(
            _(
                "{name} is not a text file, whatever its suffix says: export it as JSON, CSV, TXT or XLSX."
            ).format(name=path.name)
        )
    return Head(suffix, data, text, encoding, whole)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """*path* opened for reading. Raises :class:`UnreadableFile` with its name and a remedy."""
    try:
        refuse_unordinary(path)
        with path.open("rb") as stream:
            yield stream
    except IsADirectoryError:
        raise UnreadableFile(_("{name} is a folder: name a file in it.").format(name=path.name)) from None
    except PermissionError:
        if os.name == "nt" and path.is_dir():  # how Windows says it
            raise UnreadableFile(_("{name} is a folder: name a file in it.").format(name=path.name)) from None
        message = _("{name} may not be read by you: change its permissions, then try again.")
        raise UnreadableFile(message.format(name=path.name)) from None
    except OSError as error:
        message = _("{name} cannot be opened ({reason}): check that the file is there.")
        raise UnreadableFile(message.format(name=path.name, reason=error.strerror)) from None


def refuse_unordinary(path: Path) -> None:
    """Raise :class:`UnreadableFile` for a pipe or a device: a source is read twice, and a pipe may never answer."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        message = _("{name} is a pipe or a device and no file: save what it gives as a file and add that.")
        raise UnreadableFile(message.format(name=path.name))


def pieces(path: Path, encoding: str) -> Iterator[bytes]:
    """The file in pieces of about 2 MiB: UTF-8 or a single-byte code page, without BOM and NULs."""
    with opened(path) as stream:
        yield from pieces_of(stream, encoding)


def pieces_of(stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    """What *stream* holds, as :func:`pieces` gives it."""
    decoder = codecs.getincrementaldecoder(encoding)("replace") if needs_decoding(encoding) else None
    first = True
    while data := stream.read(BLOCK_BYTES):
        piece = decoder.decode(data).encode() if decoder else data
        if first:
            piece, first = piece.removeprefix(codecs.BOM_UTF8), False
        yield piece.replace(b"\x00", b"") if b"\x00" in piece else piece


def changed(path: Path) -> UnreadableFile:
    """What to raise where a file is no longer what it was before it was read."""
    message = _("{name} changed while it was read: wait until nothing writes to it, then add it again.")
    return UnreadableFile(message.format(name=path.name))


def detect(data: bytes) -> str:
    """The encoding of a file that begins with *data*; ``utf-8`` also where only some lines are not."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if wide := _utf16(data[:4096]):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return _legacy(data)
    return "utf-8"


def decode(data: bytes, encoding: str) -> str:
    """*data* as text; where it claims UTF-8 and is not, line by line as UTF-8 or cp1252."""
    if encoding != "utf-8":
        return codecs.getincrementaldecoder(encoding)("replace").decode(data)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return "\n".join(decode_line(line, "cp1252") for line in data.split(b"\n"))


def decode_line(line: bytes, otherwise: str) -> str:
    """One line or record as text: UTF-8, *otherwise* the file's code page."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252" if otherwise == "utf-8" else otherwise, errors="replace")


def is_sheets(path: Path) -> bool:
    """Whether *path* is a workbook (XLSX, ODS, XLS). Raises :class:`UnreadableFile` where it is another archive."""
    with opened(path) as stream:
        if stream.read(4) == OLE:
            rest = stream.read()
            return b"W\0o\0r\0k\0b\0o\0o\0k\0" in rest or b"B\0o\0o\0k\0" in rest
    names = _members(path)
    if any(name.startswith("word/") for name in names):
        return False
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names:
        return True
    message = _("{name} is a ZIP archive, whatever its suffix says: unpack it and add the files inside.")
    raise UnreadableFile(message.format(name=path.name))


def _members(path: Path) -> frozenset[str]:
    try:
        with opened(path) as stream, zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError):
        message = _("{name} is a damaged ZIP, XLSX or DOCX file: export or download it again.")
        raise UnreadableFile(message.format(name=path.name)) from None
    if sum(entry.file_size for entry in entries) > SHEETS_LIMIT:
        message = _("{name} unpacks to more than {limit} GiB: save the sheet as CSV and add that.")
        raise UnreadableFile(message.format(name=path.name, limit=SHEETS_LIMIT >> 30))
    return frozenset(entry.filename for entry in entries)


def _refuse_binary(path: Path, data: bytes) -> None:
    for mark, kind in _PACKED:
        if data.startswith(mark):
            message = _("{name} is packed with {kind}: unpack it and add the unpacked file.")
            raise UnreadableFile(message.format(name=path.name, kind=kind))
    for mark, kind in _NOT_TEXT:
        if data.startswith(mark):
            message = _("{name} is a {kind} file, whatever its suffix says: add the exported text or table.")
            raise UnreadableFile(message.format(name=path.name, kind=kind))


def _mostly_control(text: str) -> bool:
    """Whether *text* is no text: many control characters or undecodable bytes."""
    sample = text[:8192].replace("\x00", "")
    return not sample or len(_ODD.findall(sample)) > 0.1 * len(sample)


def _utf16(start: bytes) -> str | None:
    """UTF-16 without a BOM: every second byte of mostly Latin text is NUL."""
    half = len(start) // 2
    if half >= 2 and start[1::2].count(0) > 0.7 * half and start[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if half >= 2 and start[0::2].count(0) > 0.7 * half and start[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> str:
    """The encoding of bytes that are not all UTF-8: mixed, an East Asian one, or cp1252."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    valid = sum(_valid(line) for line in lines)
    if 2 * valid >= len(lines):
        return "utf-8"
    best = charset_normalizer.from_bytes(data, cp_isolation=["cp1252", *_WIDE]).best()
    return best.encoding if best is not None and best.encoding in _WIDE else "cp1252"


def _valid(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def needs_decoding(encoding: str) -> bool:
    """Whether bytes in *encoding* are decoded before a file is cut."""
    return encoding.startswith(("utf-16", "utf-32")) or encoding in _WIDE
