"""Files of one JSON record a line, cut into blocks without being held.

A block names the stretch of the file it stands for, and whoever parses it reads it there: so the process that cuts
hands on a few numbers instead of the file. Where the bytes have to be worked on before they are lines (another
encoding, a mark at the beginning, NULs), a block holds them.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from makna.corpus.readers import source
from makna.corpus.readers.base import BLOCK_BYTES, Block
from makna.corpus.readers.json_scan import Slice

LIMIT = 8 << 20  # bytes of a record


@dataclass(frozen=True)
class Lines:
    """Whole lines; *last*: the file ends here without a line end."""

    data: bytes
    encoding: str
    last: bool = False


@dataclass(frozen=True)
class Stretch:
    """Whole lines that lie in the file at *path*, from byte *begin* to byte *end*."""

    path: Path
    begin: int
    end: int
    encoding: str
    last: bool = False

    def lines(self) -> Lines:
        """The lines themselves. Raises :class:`UnreadableFile` where the file no longer has them."""
        with source.opened(self.path) as stream:
            stream.seek(self.begin)
            data = stream.read(self.end - self.begin)
        if len(data) < self.end - self.begin:
            raise source.changed(self.path)
        return Lines(data, self.encoding, self.last)


@dataclass(frozen=True)
class Slices:
    """Records that do not stand one a line."""

    items: tuple[Slice, ...]
    encoding: str


def blocks(path: Path, encoding: str) -> Iterator[Block]:
    """The lines of a file in blocks of about 2 MiB."""
    if source.needs_decoding(encoding):
        yield from _held(source.pieces(path, encoding), encoding, 1)
        return
    window = bytearray(BLOCK_BYTES)
    ends = _LineEnds(window)
    begin, at, start = 0, 0, 1  # of the block that grows: first byte, bytes seen so far, first line
    with source.opened(path) as stream:
        while size := _fill(stream, window):
            if _untidy(window, size, first=not at) or at + size - begin > LIMIT + BLOCK_BYTES:
                stream.seek(begin)
                yield from _held(source.pieces_of(stream, encoding), encoding, start)
                return
            cut = window.rfind(b"\n", 0, size) + 1
            if cut and at + size - begin >= BLOCK_BYTES:
                yield Block(start, at + cut - begin, Stretch(path, begin, at + cut, encoding))
                start += ends.before(cut)
                begin = at + cut
            at += size
            last = window[size - 1] != ord("\n")
    if at > begin:
        yield Block(start, at - begin, Stretch(path, begin, at, encoding, last=last))


class _LineEnds:
    """Counts line ends in a window, several bytes at a step, which ``bytearray.count`` does not."""

    def __init__(self, window: bytearray) -> None:
        self._bytes = np.frombuffer(window, np.uint8)
        self._here = np.empty(len(window), bool)

    def before(self, cut: int) -> int:
        """How many stand before byte *cut*."""
        here = np.equal(self._bytes[:cut], ord("\n"), out=self._here[:cut])
        return int(np.count_nonzero(here))


def _fill(stream: BinaryIO, window: bytearray) -> int:
    """Read into *window* until it is full or the stream ends; how many bytes it holds."""
    size = 0
    with memoryview(window) as view:
        while size < len(window) and (read := stream.readinto(view[size:])):  # type: ignore[attr-defined]
            size += read
    return size


def _untidy(window: bytearray, size: int, *, first: bool) -> bool:
    """Whether these bytes hold what :func:`source.pieces` takes out: NULs, and a mark where they are the *first*."""
    return window.find(b"\x00", 0, size) >= 0 or (first and window.startswith(codecs.BOM_UTF8))


def _held(pieces: Iterable[bytes], encoding: str, start: int) -> Iterator[Block]:
    """Blocks that hold the lines of *pieces*, the first of which is line *start* of the file."""
    buffer, skipped = b"", 0
    for piece in pieces:
        end = 0
        if skipped:
            end = piece.find(b"\n") + 1
            skipped += end or len(piece)
            if not end:
                continue
            yield _overlong(start, skipped, encoding)
            start, skipped = start + 1, 0
        buffer += piece[end:]
        if len(buffer) < BLOCK_BYTES:
            continue
        cut = buffer.rfind(b"\n") + 1
        if cut:
            yield Block(start, cut, Lines(buffer[:cut], encoding))
            start += buffer.count(b"\n", 0, cut)
            buffer = buffer[cut:]
        if len(buffer) > LIMIT:
            skipped, buffer = len(buffer), b""
    if skipped:
        yield _overlong(start, skipped, encoding)
    elif buffer:
        yield Block(start, len(buffer), Lines(buffer, encoding, last=not buffer.endswith(b"\n")))


def _overlong(where: int, size: int, encoding: str) -> Block:
    return Block(where, size, Slices((Slice(where, b"", overlong=True),), encoding))
