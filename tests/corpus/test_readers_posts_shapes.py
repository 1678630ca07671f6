"""Whatever stands in the place of a field, the readers of JSON neither crash nor hand on what is no text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from makna.corpus.readers.base import Block, Options, Reader
from makna.corpus.readers.json_posts import JsonPosts
from makna.corpus.readers.jsonl import Lines
from makna.corpus.readers.x_v2 import XApiV2
from makna.corpus.readers.x_v11 import XApiV11
from makna.corpus.records import Dropped, RawAccount, RawPost, Rejection

FIXTURES = Path(__file__).parent / "fixtures_posts"
LINES = [
    line for name in ("v2_flat", "v2_page") for line in (FIXTURES / f"{name}.jsonl").read_bytes().splitlines()
]
V2 = [orjson.loads(line) for line in LINES]
V11 = [*orjson.loads((FIXTURES / "v11_search.json").read_bytes())["statuses"]]
ODD = st.sampled_from([None, 5, 1.5, True, "x", "", [], {}, [1], [None], {"a": 1}, ["a", {"b": 2}]])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values inside *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, one in inner for found in ((*path, key), *places(one, (*path, key)))]


def put(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """A copy of *value* with *odd* at *path*."""
    if not path:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(copy[path[0]], path[1:], odd)
    return copy


def check(reader: Reader, value: Any) -> None:
    """What *reader* makes of *value* holds texts where texts belong."""
    data = orjson.dumps(value)
    for record in reader.parse(Block(1, len(data), Lines(data, "utf-8")), Options()):
        assert isinstance(record, RawPost | RawAccount | Rejection | Dropped)
        if isinstance(record, RawPost):
            texts = [record.text, *record.mentions, *record.mention_names, *record.media]
            texts += [*record.links, *record.links.values()]
            maybe = [
                record.id,
                record.parent_id,
                record.conversation_id,
                record.parent_handle,
                record.language,
            ]
            assert all(isinstance(one, str) for one in texts)
            assert all(one is None or (isinstance(one, str) and one) for one in maybe)
        account = record.account if isinstance(record, RawPost) else record
        if isinstance(account, RawAccount):
            maybe = [account.id, account.handle, account.name, account.bio, account.location]
            assert all(one is None or isinstance(one, str) for one in maybe)


@settings(max_examples=300)
@given(st.data())
def test_odd_values_in_v2(data: st.DataObject) -> None:
    """Any value at any place of a v2 record gives sound records or a rejection."""
    value = data.draw(st.sampled_from(V2))
    check(XApiV2(), put(value, data.draw(st.sampled_from(places(value))), data.draw(ODD)))


@settings(max_examples=300)
@given(st.data())
def test_odd_values_in_v11(data: st.DataObject) -> None:
    """Any value at any place of a v1.1 record gives sound records or a rejection."""
    value = data.draw(st.sampled_from(V11))
    check(XApiV11(), put(value, data.draw(st.sampled_from(places(value))), data.draw(ODD)))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_fast_way_reads_as_the_tolerant_one_does(data: st.DataObject) -> None:
    """Whatever stands in up to two of its places, a line of X API v2 gives the same records either way."""
    value = data.draw(st.sampled_from(V2))
    for _time in range(data.draw(st.integers(0, 2))):
        value = put(value, data.draw(st.sampled_from(places(value))), data.draw(ODD))
    line = orjson.dumps(value)
    block = Block(1, len(line), Lines(line, "utf-8"))
    fast, tolerant = XApiV2().parse(block, Options()), JsonPosts.parse(XApiV2(), block, Options())
    assert list(fast) == list(tolerant)


def test_a_damaged_byte_in_what_never_enters_costs_no_text() -> None:
    """A byte that is no UTF-8, in a field that is not read, leaves the emoji of the text as they are."""
    line = b'{"id":"1","text":"halo \xf0\x9f\x92\x95","source":"\xff"}\n'
    (post, dropped) = XApiV2().parse(Block(1, len(line), Lines(line, "utf-8")), Options())
    assert isinstance(post, RawPost)
    assert post.text == "halo 💕"
    assert dropped == Dropped({"source": 1})
