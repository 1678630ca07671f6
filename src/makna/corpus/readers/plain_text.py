"""Whole small text files as strings, whatever saved them: BOMs, UTF-16, Windows code pages, mixed lines.

Transcripts, notes, captions and references are read whole; they are small. Files are often made of pieces that
different programs saved, so where most lines are UTF-8 the others are read as cp1252, line by line.
"""

from __future__ import annotations

import codecs
from pathlib import Path

import charset_normalizer

from makna.corpus.readers.source import opened
from makna.errors import NothingToRead, UnreadableFile
from makna.i18n import _

_BOMS = (  # UTF-32 before UTF-16: its little-endian mark begins with the other's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf")
_ELSEWHERE = ["cp1252", "gb18030", "big5", "shift_jis", "euc_kr"]  # where captions and notes come from


def read_bytes(path: Path) -> bytes:
    """The bytes of *path*. Raises :class:`UnreadableFile` where it cannot be opened, :class:`NothingToRead` when empty."""
    with opened(path) as stream:
        data = stream.read()
    if not data.strip(b" \t\r\n\x00"):
        raise NothingToRead(_("{name} is empty.").format(name=path.name))
    return data


def read_text(path: Path) -> str:
    """The text of *path*: line ends as ``\\n``, no BOM, no NUL. Raises a ReadError that names the file and the remedy."""
    data = read_bytes(path)
    if data.startswith(_BINARY):
        message = _("{name} is not a text file, whatever its suffix says: save it as TXT or DOCX.")
        raise UnreadableFile(message.format(name=path.name))
    return tidy(decode(data))


def tidy(text: str) -> str:
    """*text* with line ends as ``\\n`` and without BOM and NULs."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufeff", "")


def decode(data: bytes) -> str:
    """*data* as text: by its BOM, else UTF-8, UTF-16, mixed UTF-8 and cp1252, else as charset-normalizer guesses."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    wide = _wide(data[:4096])
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8")  # a file cut short within its last character
    lines = data.split(b"\n")
    if 2 * sum(map(_is_utf8, lines)) > sum(not line.isascii() for line in lines):
        return "\n".join(
            line.decode("utf-8" if _is_ok(line) else "cp1252", errors="replace") for line in lines
        )
    best = charset_normalizer.from_bytes(data, cp_isolation=_ELSEWHERE).best()
    return str(best) if best is not None else data.decode("cp1252", errors="replace")


def _wide(start: bytes) -> str | None:
    """UTF-16 without a BOM: every second byte of mostly Latin text is NUL."""
    half = len(start) // 2
    if half < 2:
        return None
    if start[1::2].count(0) > 0.7 * half and start[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if start[0::2].count(0) > 0.7 * half and start[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _is_ok(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(line: bytes) -> bool:
    return not line.isascii() and _is_ok(line)
