"""Cuts CSV into records without trusting its quotes.

A quoted field may run over lines. A quote that stands wrong would swallow the rest of the file, so a record that is
still open is given up as soon as a line comes that is a whole record by itself (right number of fields, ids and
times where they belong), or when it grows past ``MAX_LINES`` or ``MAX_BYTES``: then its first line is bad and the
others are looked at again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from makna.corpus.readers.csv_fields import Shape
from makna.corpus.readers.source import decode_line

MAX_LINES = 500
MAX_BYTES = 1 << 18
LIMIT = 1 << 20  # a longer line is no post


class State(IntEnum):
    """What the cutter knows of a record."""

    WHOLE = 0
    TAIL = (
        1  # a line that followed a bad record: perhaps a record of its own, perhaps the rest of the bad one
    )
    BAD = 2
    LAST = 3  # ends without a line end
    BROKEN_OFF = 4
    OVERLONG = 5


class Record(NamedTuple):
    """The bytes of one record and the line it begins on."""

    where: int
    data: bytes
    state: State


class _Line(NamedTuple):
    where: int
    data: bytes
    state: State


def lines(pieces: Iterable[bytes]) -> Iterator[_Line]:
    """The lines of the file, without their ends; one that is too long is named and skipped."""
    buffer, where, skipping = b"", 1, False
    for piece in pieces:
        buffer += piece
        *found, buffer = buffer.split(b"\n")
        for data in found:
            if skipping:
                skipping = False
            elif len(data) > LIMIT:
                yield _Line(where, b"", State.OVERLONG)
            else:
                yield _Line(where, data, State.WHOLE)
            where += 1
        if len(buffer) > LIMIT and not skipping:
            yield _Line(where, b"", State.OVERLONG)
            skipping = True
        if skipping:
            buffer = b""
    if buffer and not skipping:
        yield _Line(where, buffer, State.LAST)


class Cutter:
    """Joins lines to records of one shape."""

    def __init__(self, shape: Shape, encoding: str) -> None:
        self._shape, self._encoding = shape, encoding
        self._delimiter = shape.delimiter.encode()
        self._again: deque[_Line] = deque()
        self._open: list[_Line] = []
        self._size = 0

    def records(self, source: Iterator[_Line]) -> Iterator[Record]:
        """All records, in order."""
        while True:
            line = self._again.popleft() if self._again else next(source, None)
            if line is None:
                if not self._open:
                    return
                yield self._give_up(State.BROKEN_OFF if self._open[-1].state is State.LAST else State.BAD)
            elif not self._open:
                yield from self._begin(line)
            else:
                yield from self._go_on(line)

    def _begin(self, line: _Line) -> Iterator[Record]:
        if line.state is State.OVERLONG or not self._opens(line.data):
            if line.data.strip() or line.state is State.OVERLONG:
                yield Record(*line)
            return
        self._open, self._size = [line], len(line.data)

    def _opens(self, data: bytes) -> bool:
        """Whether the last field of this line goes on in the next."""
        if b'"' not in data:
            return False
        enough = data.count(self._delimiter) >= self._shape.width - 1
        if enough and data.count(b'"') % 2 == 0:
            return False
        text = self._text(data)
        return self._shape.strictly(text) is None and not (enough and self._shape.fields(text))

    def _go_on(self, line: _Line) -> Iterator[Record]:
        if line.state is State.OVERLONG or self._is_whole(line.data):
            self._again.appendleft(line)
            yield self._give_up(State.BAD)
            return
        self._open.append(line)
        self._size += len(line.data) + 1
        if b'"' in line.data:
            joined = b"\n".join(part.data for part in self._open)
            if self._shape.fields(self._text(joined)) is not None:
                yield Record(self._open[0].where, joined, State.WHOLE)
                self._open = []
                return
            if line.data.count(b'"') % 2 and self._open[0].data.count(b'"') % 2:
                yield self._give_up(State.BROKEN_OFF if line.state is State.LAST else State.BAD)
                return
        if len(self._open) > MAX_LINES or self._size > MAX_BYTES:
            yield self._give_up(State.BAD)

    def _is_whole(self, data: bytes) -> bool:
        return data.count(self._delimiter) >= self._shape.width - 1 and self._shape.whole(self._text(data))

    def _give_up(self, state: State) -> Record:
        """The first open line is bad; the others are looked at again."""
        first, *others = self._open
        self._open = []
        self._again.extendleft(line._replace(state=State.TAIL) for line in reversed(others))
        return Record(first.where, first.data, State.TAIL if first.state is State.TAIL else state)

    def _text(self, data: bytes) -> str:
        return decode_line(data, self._encoding).rstrip("\r")
