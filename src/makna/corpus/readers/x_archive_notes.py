"""The small files of an X account archive: the account, its profile, and the long texts of its posts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

import orjson

from makna.corpus.readers import source
from makna.corpus.readers.json_scan import Slice
from makna.corpus.readers.times import iso_time, x_time
from makna.corpus.readers.x_archive_files import PREFIX
from makna.corpus.readers.x_common import WRONG, clean

Object = dict[str, Any]

NEAR = 2  # seconds between a long text and its post
_ALIKE = 40  # characters in which the two begin alike
_CREATED = re.compile(rb'"created_at"\s*:\s*"([^"]{8,40})"')
_ADDRESSED = re.compile(r"^(?:@\w+\s+)*")


def first(data: bytes, name: str) -> Object:
    """The object called *name* in the first element of a small file."""
    values = _values(data)
    found = values[0].get(name) if values and isinstance(values[0], dict) else None
    return found if isinstance(found, dict) else {}


def _values(data: bytes) -> list[Any]:
    text = source.decode(data, source.detect(data)).removeprefix("\ufeff") if data else ""
    match = PREFIX.match(text)
    try:
        values = orjson.loads(text[match.end() :].strip().rstrip(";")) if match else []
    except orjson.JSONDecodeError:
        return []
    return values if isinstance(values, list) else []


def text_of(note: Object) -> str:
    """The text of a long text."""
    text = note["core"]["text"]
    return text if isinstance(text, str) else ""


class Waiting:
    """Long texts that wait for their posts, by the second they were written in."""

    def __init__(self, notes: Iterable[tuple[float, Object]]) -> None:
        ordered = sorted(notes, key=lambda pair: pair[0])
        self._times, self.left = [when for when, _note in ordered], [note for _when, note in ordered]

    @classmethod
    def of(cls, data: bytes) -> Waiting:
        """The long texts of a file; what has no text or no time is none."""
        found: list[tuple[float, Object]] = []
        for value in _values(data):
            note: Any = value.get("noteTweet") if isinstance(value, dict) else None
            core = note.get("core") if isinstance(note, dict) else None
            when = iso_time(note.get("createdAt")) if isinstance(note, dict) else None
            if (
                isinstance(core, dict)
                and isinstance(core.get("text"), str)
                and core["text"]
                and when is not None
            ):
                found.append((when, note))
        return cls(found)

    def take(self, slice_: Slice) -> Object | None:
        """The long text of the post in *slice_*, which then waits no longer."""
        created = _CREATED.search(slice_.data) if self.left else None
        when = x_time(created[1].decode("ascii", "replace")) if created else None
        if when is None:
            return None
        at = bisect_left(self._times, when - NEAR)
        while at < len(self._times) and self._times[at] <= when + NEAR:
            if _begins_like(slice_.data, self.left[at]):
                del self._times[at]
                return self.left.pop(at)
            at += 1
        return None


def _begins_like(data: bytes, note: Object) -> bool:
    """Whether the post begins as the long text does, the names before a reply apart."""
    try:
        value = orjson.loads(data)
        text = clean((value.get("tweet") or value)["full_text"])
    except (orjson.JSONDecodeError, *WRONG):
        return False
    short, long = (" ".join(_ADDRESSED.sub("", one).split()) for one in (text, clean(text_of(note))))
    return bool(short) and short[:_ALIKE].rstrip("… ") == long[: len(short[:_ALIKE].rstrip("… "))]
