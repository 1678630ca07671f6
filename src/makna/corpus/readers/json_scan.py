"""Cuts JSON that does not stand one record a line: arrays, objects over many lines, ``{"statuses": [...]}``.

A scanner over brackets and strings that never builds a value: a record is a slice of bytes, parsed later and
elsewhere. A record whose brackets do not close is given up where the next begins at the same indentation, so it
takes no neighbour along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(rb'"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|[{}\[\]]|\n([ \t]*)(?=\{)')
_INSIDE = re.compile(rb"\{[ \r]*\n([ \t]*)")
_KEY = re.compile(rb'\{\s*"[^"\\]*"\s*:')  # how a record begins
_OPENS = {b"}": b"{", b"]": b"["}
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
    """Feeds on pieces, yields slices.

    *descend*: the file is one object, and these are its lists that hold the records. Without it every object at the
    top, and every element of a list at the top, is a record.
    """

    descend: frozenset[bytes] = frozenset()
    limit: int = 8 << 20
    _buffer: bytes = b""
    _line: int = 1  # line of the place up to which lines were counted
    _counted: int = 0
    _stack: list[bytes] = field(default_factory=list)
    _at: int = 0  # where scanning goes on
    _start: int | None = None  # where the record under way begins
    _depth: int = 0  # brackets around a record
    _indent: bytes | None = None  # of the record under way, where it begins a line
    _last_indent: tuple[int, bytes] | None = None  # (position after it, indentation)
    _key: bytes = b""  # the last string outside a record
    _listed: bool = False  # within one of the lists that hold the records
    _skipping: bool = False

    def scan(self, pieces: Iterable[bytes]) -> Iterator[Slice]:
        """All records of the file."""
        for piece in pieces:
            self._buffer += piece
            yield from self._scan(last=False)
        yield from self._scan(last=True)
        yield from self._rest()

    def _scan(self, *, last: bool) -> Iterator[Slice]:
        more = True
        while more:
            wrong = None
            for token in _TOKEN.finditer(self._buffer, self._at):
                if token.end() >= len(self._buffer) - 1 and not last:
                    break  # it may go on in the next piece, also behind a backslash
                if self._start is not None and _OPENS.get(token[0], self._stack[-1]) != self._stack[-1]:
                    wrong = token.start()
                    break
                self._at = token.end()
                found = self._take(token)
                if found is not None:
                    yield found
            lost = self._lost(wrong, last=last)
            more = lost is not None
            if lost is not None:
                yield lost
        yield from self._trim()

    def _lost(self, wrong: int | None, *, last: bool) -> Slice | None:
        """The record under way where it is seen to be damaged: a bracket that fits none, no end, or no end so far."""
        if self._start is None or self._skipping:
            return None
        if wrong is None and not last and self._at - self._start <= self.limit:
            return None
        swallowed = self._swallowed(self._start)
        if swallowed is not None or wrong is None:
            return swallowed
        self._at = wrong
        return self._give_up(wrong)

    def _swallowed(self, start: int) -> Slice | None:
        """The record under way, where another one that begins like it stands inside: scanning goes on from that."""
        key = _KEY.match(self._buffer, start)
        after = key and re.compile(rb"\}\s*,?\s*(?=%s)" % re.escape(key[0])).search(self._buffer, start + 1)
        if not after:
            return None
        self._at = after.end()
        return self._give_up(after.start() + 1)

    def _take(self, token: re.Match[bytes]) -> Slice | None:
        text = token[0]
        first = text[:1]
        if first == b'"':
            if self._start is None:
                self._key = text[1:-1]
        elif first == b"\n":
            self._last_indent = (token.end(), token[1])
            if self._start is not None and self._indent == token[1] and self._is_indented(self._start):
                return self._give_up(token.start())
        elif first in b"{[":
            self._open(first, token.start())
        elif self._stack:
            self._stack.pop()
            if self._start is not None and len(self._stack) <= self._depth:
                return self._emit(token.end())
        return None

    def _open(self, bracket: bytes, at: int) -> None:
        if self._start is None and self._begins(bracket):
            self._start, self._depth = at, len(self._stack)
            here = self._last_indent
            self._indent = here[1] if here and here[0] == at else None
        self._stack.append(bracket)

    def _begins(self, bracket: bytes) -> bool:
        """Whether *bracket* opens a record: an object at the top, or in a list that holds the records."""
        around = b"".join(self._stack[:3])  # enough to tell
        if self.descend:
            if bracket == b"[" and around == b"{":
                self._listed = self._key in self.descend
            return bracket == b"{" and around == b"{[" and self._listed
        return bracket == b"{" and around in (b"", b"[")

    def _emit(self, end: int) -> Slice | None:
        start, self._start = self._start or 0, None
        if self._skipping:
            self._skipping = False
            return None
        return Slice(self._line_of(start), self._buffer[start:end])

    def _is_indented(self, start: int) -> bool:
        """Whether what is inside the record under way stands further right than the record."""
        inside = _INSIDE.match(self._buffer, start)
        return inside is not None and len(inside[1]) > len(self._indent or b"")

    def _give_up(self, at: int) -> Slice | None:
        """The record under way never closed: what there is of it, and the stack as it was before it."""
        del self._stack[self._depth :]
        return self._emit(at)

    def _line_of(self, at: int) -> int:
        """The line of a place that is not before the last one asked for."""
        self._line += self._buffer.count(b"\n", self._counted, at)
        self._counted = at
        return self._line

    def _trim(self) -> Iterator[Slice]:
        """Forget what has been read; a record beyond the limit is refused and skipped to its end."""
        if self._start is not None and self._at - self._start > self.limit and not self._skipping:
            yield Slice(self._line_of(self._start), b"", overlong=True)
            self._skipping = True
        keep = self._at if self._start is None or self._skipping else self._start
        keep = max(0, keep - 1)  # the scanner looks back by one
        if keep > self._counted:
            self._line_of(keep)
        self._counted -= keep
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
