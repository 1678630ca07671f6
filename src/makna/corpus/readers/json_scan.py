"""Cuts JSON that does not stand one record a line: arrays, objects over many lines, ``{"statuses": [...]}``.

A scanner over brackets and strings that never builds a value: a record is a slice of bytes, parsed later and
elsewhere. A record whose brackets do not close is given up where the next begins at the same indentation, so it
takes no neighbour along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*("?)|[{}\[\]]|\n([ \t]*)(?=\{)')
_SPACE = b" \t\r\n,"


@dataclass(frozen=True)
class Slice:
    """One record: the line it begins on, its bytes, and whether the file ended before it did."""

    where: int
    data: bytes
    broken_off: bool = False
    overlong: bool = False


@dataclass
class Scanner:
    """Feeds on pieces, yields slices. *descend* names the lists of a wrapping object that hold the records."""

    descend: frozenset[bytes] = frozenset()
    limit: int = 8 << 20
    _buffer: bytes = b""
    _line: int = 1  # line of the first byte of the buffer
    _stack: list[bytes] = field(default_factory=list)
    _at: int = 0  # where scanning goes on
    _start: int | None = None  # where the record under way begins
    _depth: int = 0  # brackets around a record
    _indent: bytes | None = None  # of the record under way, where it begins a line
    _last_indent: tuple[int, bytes] | None = None  # (position after it, indentation)
    _key: bytes = b""
    _skipping: bool = False

    def scan(self, pieces: Iterable[bytes]) -> Iterator[Slice]:
        """All records of the file."""
        for piece in pieces:
            self._buffer += piece
            yield from self._scan(last=False)
        yield from self._scan(last=True)
        yield from self._rest()

    def _scan(self, *, last: bool) -> Iterator[Slice]:
        for token in _TOKEN.finditer(self._buffer, self._at):
            if token.end() >= len(self._buffer) - 1 and not last:
                break  # it may go on in the next piece, also behind a backslash
            self._at = token.end()
            found = self._take(token)
            if found is not None:
                yield found
        yield from self._trim()

    def _take(self, token: re.Match[bytes]) -> Slice | None:
        text = token[0]
        first = text[:1]
        if first == b'"':
            if self._start is None:
                self._key = text[1:-1]
        elif first == b"\n":
            self._last_indent = (token.end(), token[2])
            if self._start is not None and self._indent == token[2]:
                return self._give_up(token.start())
        elif first in b"{[":
            self._open(first, token.start())
        elif self._stack:
            self._stack.pop()
            if self._start is not None and len(self._stack) <= self._depth:
                return self._emit(token.end())
        return None

    def _open(self, bracket: bytes, at: int) -> None:
        if self._start is None:
            if self._wraps(bracket):
                self._stack.append(bracket)
                return
            if bracket == b"{" or not self._stack:
                self._start, self._depth = at, len(self._stack)
                here = self._last_indent
                self._indent = here[1] if here and here[0] == at else None
        self._stack.append(bracket)

    def _wraps(self, bracket: bytes) -> bool:
        """Whether *bracket* opens the list that holds the records, or the object around that list."""
        if bracket == b"[":
            return not self._stack or (self._stack == [b"{"] and self._key in self.descend)
        return not self._stack and bool(self.descend) and self._is_wrapper()

    def _is_wrapper(self) -> bool:
        """Whether the object that opens here is the whole file, holding one of the lists."""
        head = self._buffer[self._at - 1 : self._at + (1 << 16)]
        return any(re.search(rb'"%s"\s*:\s*\[' % re.escape(key), head) for key in self.descend)

    def _emit(self, end: int) -> Slice | None:
        start, self._start = self._start or 0, None
        if self._skipping:
            self._skipping = False
            return None
        return Slice(self._line_of(start), self._buffer[start:end])

    def _give_up(self, at: int) -> Slice | None:
        """The record under way never closed: what there is of it, and the stack as it was before it."""
        del self._stack[self._depth :]
        return self._emit(at)

    def _line_of(self, at: int) -> int:
        return self._line + self._buffer.count(b"\n", 0, at)

    def _trim(self) -> Iterator[Slice]:
        """Forget what has been read; a record beyond the limit is refused and skipped to its end."""
        if self._start is not None and self._at - self._start > self.limit and not self._skipping:
            yield Slice(self._line_of(self._start), b"", overlong=True)
            self._skipping = True
        keep = self._at if self._start is None or self._skipping else self._start
        keep = max(0, keep - 1)  # the scanner looks back by one
        self._line = self._line_of(keep)
        self._buffer = self._buffer[keep:]
        self._at -= keep
        if self._start is not None:
            self._start = max(0, self._start - keep)
        if self._last_indent:
            self._last_indent = (self._last_indent[0] - keep, self._last_indent[1])

    def _rest(self) -> Iterator[Slice]:
        if self._start is not None and not self._skipping:
            yield Slice(self._line_of(self._start), self._buffer[self._start :], broken_off=True)
        elif self._buffer[self._at :].strip(_SPACE + b"]}"):
            yield Slice(self._line_of(self._at), self._buffer[self._at :], broken_off=True)
