"""Records gone wrong: one sound record with a value of a wrong type at each of its places, and worse."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from msgspec.structs import fields

from makna.corpus.model import Relation
from makna.corpus.readers import source
from makna.corpus.readers.base import Block, Options, Reader
from makna.corpus.readers.jsonl import Lines
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection

WRONG: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", "x", "ÿ\u0000\ud800"[:2], [], [0], ["x"], [[]], [None], {}, {"x": 1}, [{}],
    [{"x": None}], {"result": []}, "2021-13-45T99:99:99Z", "9" * 5000,
)  # fmt: skip
TEXTS = ("text", "id", "conversation_id", "parent_id", "parent_handle", "language")
NUMBERS = ("replies", "reposts", "likes", "quotes")


def lines(reader: Reader, *values: Any) -> list[RawRecord]:
    """The records that *reader* makes of *values*, one a line."""
    data = "".join(json.dumps(value) + "\n" for value in values).encode()
    return list(reader.parse(Block(1, len(data), Lines(data, "utf-8")), Options()))


def of_file(reader: Reader, path: Path) -> list[RawRecord]:
    """The records of a file."""
    head = source.look(path)
    return [r for block in reader.blocks(path, head, Options()) for r in reader.parse(block, Options())]


def broken(value: Any) -> Iterator[Any]:
    """Copies of *value*, each with one value of a wrong type in the place of one of its own, or without it."""
    for way in _places(value):
        for wrong in WRONG:
            made = copy.deepcopy(value)
            here = made
            for step in way[:-1]:
                here = here[step]
            here[way[-1]] = wrong
            yield made
        del here[way[-1]]
        yield made


def _places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inner:
        yield (*before, key)
        yield from _places(held, (*before, key))


def nested(depth: int) -> str:
    """JSON of objects in objects."""
    return '{"a":' * depth + "1" + "}" * depth


def check(record: RawRecord) -> None:
    """Every field of a record is what it is declared to be: whatever comes later may rely on it."""
    assert isinstance(record, RawPost | RawAccount | Rejection | Dropped), type(record)
    if isinstance(record, RawPost):
        for name in TEXTS:
            assert isinstance(getattr(record, name), str | None), name
        for name in NUMBERS:
            assert type(getattr(record, name)) in (int, type(None)), name
        assert isinstance(record.relation, Relation)
        assert isinstance(record.text, str)
        for held in (record.media, record.mentions, record.mention_names):
            assert isinstance(held, tuple)
            assert all(isinstance(one, str) for one in held)
        assert all(isinstance(a, str) and isinstance(b, str) for a, b in record.links.items())
        record.text.encode()
        if record.sent is not None:
            pa.array([int(record.sent // 86_400)], pa.int32())
        if record.account:
            check(record.account)
    elif isinstance(record, RawAccount):
        for field in fields(record):
            held = getattr(record, field.name)
            numeric = field.name in ("created", "followers", "where")
            assert isinstance(held, (int | float | None) if numeric else (str | None)), field.name


def costs_no_neighbour(read: Callable[..., list[RawRecord]], sound: Any) -> int:
    """How many broken records *read* has made something of: none raises, none takes a neighbour along."""
    around = [r for r in read(sound) if not isinstance(r, Dropped)]
    count = 0
    for wrong in broken(sound):
        made = [r for r in read(sound, wrong, sound) if not isinstance(r, Dropped)]
        for record in made:
            check(record)
        assert repr(made[: len(around)]) == repr(around)
        ends = repr(made[-len(around) :]).replace("where=3", "where=1")
        assert ends == repr(around)
        count += 1
    return count


def bears(reader: Reader, sound: Any, path: Path, *, begin: str = "", between: str = "\n") -> None:
    """Deep nesting and endless lines cost their own record and little time."""
    begun = time.process_time()
    good = json.dumps(sound)
    key = next(iter(sound))
    rest = {k: v for k, v in sound.items() if k != key}
    deep = json.dumps({**rest, key: "@"}).replace('"@"', nested(100_000))
    deepish = json.dumps({**rest, key: "@"}).replace('"@"', nested(900))
    long = json.dumps({**rest, "filler": "x" * (9 << 20)})
    brackets = "[" * 200_000
    records = [good, deep, good, deepish, good, long, good, *([brackets] if not begin else []), good]
    path.write_text(begin + between.join(records) + "\n", encoding="utf-8")
    made = of_file(reader, path)
    for record in made:
        check(record)
    path.write_text(begin + good, encoding="utf-8")
    expected = [r for r in of_file(reader, path) if isinstance(r, RawPost)]
    assert sum(isinstance(r, RawPost) for r in made) >= 5 * len(expected)
    assert any(isinstance(r, Rejection) for r in made)
    assert time.process_time() - begun < 20
