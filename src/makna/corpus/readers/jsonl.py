"""Files of JSON records, cut into blocks and read back record by record.

One record a line is the rule, and lines are cut without being looked into; also when they are the elements of an
array. Everything else goes through :mod:`~makna.corpus.readers.json_scan`. A record larger than ``LIMIT`` is
refused: a page of 500 posts with everything that X adds stays well below it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from makna.corpus.readers import json_lines, source
from makna.corpus.readers.base import BLOCK_BYTES, Block, Head
from makna.corpus.readers.json_lines import LIMIT, Lines, Slices, Stretch
from makna.corpus.readers.json_scan import Scanner, Slice
from makna.corpus.records import Rejection
from makna.i18n import _

_LONE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_BEGIN = re.compile(r'(?<![:,\[\s])\{(?=\s*")')  # not an object inside another
_DECODER = json.JSONDecoder(strict=False)
_GLUED = 50  # places in a line where another record may begin

Payload = Lines | Stretch | Slices


def blocks(path: Path, head: Head, *, descend: Sequence[str] = ()) -> Iterator[Block]:
    """Cut the file. *descend* names the lists of a wrapping object that hold the records."""
    wrapped = is_wrapped(head, descend)
    if not wrapped and one_a_line(head):
        return json_lines.blocks(path, head.encoding)
    lists = frozenset(name.encode() for name in descend) if wrapped else frozenset()
    slices = Scanner(lists, LIMIT).scan(source.pieces(path, head.encoding))
    return _slice_blocks(slices, head.encoding)


def is_wrapped(head: Head, lists: Sequence[str]) -> bool:
    """Whether the file is one object around one of *lists*, and not one such object a line."""
    lines = [line for line in head.text.split("\n") if line.strip()]
    if not lines or not lines[0].lstrip().startswith("{") or (len(lines) > 1 and _parses(lines[0])):
        return False
    return any(re.search(rf'"{re.escape(name)}"\s*:\s*\[\s*[{{\]]', head.text) for name in lists)


def one_a_line(head: Head) -> bool:
    """Whether the records stand one a line, seen from the head of the file."""
    lines = [line.strip() for line in head.text.replace("\r", "\n").split("\n") if line.strip()]
    if not head.whole and len(lines) == 1:
        return lines[0].startswith("{")
    whole = lines if head.whole else lines[:-1]
    first = [line.removesuffix(",") for line in whole if line not in ("[", "]")][:3]
    return any(line.startswith(("{", "[{")) and _parses(line) for line in first)


def _parses(line: str) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _slice_blocks(slices: Iterable[Slice], encoding: str) -> Iterator[Block]:
    taken: list[Slice] = []
    size = 0
    for one in slices:
        taken.append(one)
        size += len(one.data)
        if size >= BLOCK_BYTES:
            yield Block(taken[0].where, size, Slices(tuple(taken), encoding))
            taken, size = [], 0
    if taken:
        yield Block(taken[0].where, size, Slices(tuple(taken), encoding))


def objects(block: Block, loads: Callable[[bytes], Any] = orjson.loads) -> Iterator[tuple[int, Any]]:
    """(position, object) for each record of a block; in the object's place a Rejection where it cannot be read.

    *loads* gives the value of a line, or a list of several. It raises JSONDecodeError.
    """
    payload: Payload = block.payload
    if isinstance(payload, Slices):
        yield from _sliced(payload)
        return
    if isinstance(payload, Stretch):
        payload = payload.lines()
    for where, line, final in _lines(payload.data, block.start):
        if len(line) < 3 and not line.strip(b" \r\t[],"):
            continue
        try:
            value = loads(line) if len(line) <= LIMIT else _too_long(where)
        except orjson.JSONDecodeError:
            yield from _mended(where, line, payload.encoding, cut_off=final and payload.last)
        else:
            if not isinstance(value, list):
                yield where, value
            elif len(value) == 1:
                yield where, value[0]
            else:
                yield from _several(where, value)


def _lines(data: bytes, start: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number, line, whether it is the last) for each line, one at a time: a list of all would be held twice."""
    at = 0
    while (end := data.find(b"\n", at)) >= 0:
        yield start, data[at:end], False
        start, at = start + 1, end + 1
    yield start, data[at:], True


def _sliced(payload: Slices) -> Iterator[tuple[int, Any]]:
    for one in payload.items:
        if one.overlong or len(one.data) > LIMIT:
            yield one.where, _too_long(one.where)
            continue
        try:
            value = orjson.loads(one.data)
        except orjson.JSONDecodeError:
            yield from _mended(one.where, one.data, payload.encoding, cut_off=one.broken_off)
        else:
            yield from _several(one.where, value) if isinstance(value, list) else ((one.where, value),)


def _several(where: int, values: list[Any]) -> Iterator[tuple[int, Any]]:
    for value in values:
        yield where, value


def _mended(where: int, line: bytes, encoding: str, *, cut_off: bool) -> Iterator[tuple[int, Any]]:
    """What can be saved of a line that is not JSON: marks and commas around it, bad bytes, records glued together."""
    plain = line.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n,\x1e")
    if plain.startswith(b"[") and not plain.endswith(b"]"):
        plain = plain[1:].strip()
    elif plain.endswith(b"]") and not plain.startswith(b"["):
        plain = plain[:-1].strip(b" ,")
    if not plain.strip(b"[] \t"):
        return
    value = _lenient(plain, encoding)
    if value is not None:
        yield from _several(where, value) if isinstance(value, list) else ((where, value),)
        return
    yield from _glued(where, source.decode_line(plain, encoding), cut_off=cut_off)


def _lenient(line: bytes, encoding: str) -> Any:
    """The value of *line* read leniently; None where it is no JSON."""
    text = _LONE.sub(rb"\\ufffd", source.decode_line(line, encoding).encode())
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            return None


def _glued(where: int, text: str, *, cut_off: bool) -> Iterator[tuple[int, Any]]:
    """Records that follow one another on one line, some perhaps cut short: one Rejection for each stretch lost."""
    at, tries, good = 0, 0, True
    while at < len(text) and tries < _GLUED:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            tries += 1
            following = _BEGIN.search(text, at + 1)
            if good or not following:
                yield where, Rejection(where, broken_off() if cut_off and not following else not_json())
            if not following:
                return
            good, at = False, following.end() - 1
        else:
            yield where, value
            good, at = True, at + len(text[at:]) - len(text[at:].lstrip(" \t,"))


def _too_long(where: int) -> Rejection:
    reason = _(
        "The record is larger than {limit} MB: that is no post. Cut it out of the file, or collect it again."
    )
    return Rejection(where, reason.format(limit=LIMIT >> 20))


def not_json() -> str:
    """The reason for a record that is not JSON."""
    return _("The record is not valid JSON: look whether the harvest broke off here, and collect it again.")


def broken_off() -> str:
    """The reason for a last record that is cut short."""
    return _(
        "The file breaks off within its last record: look whether the harvest or the download ended early."
    )
