"""Cutting JSON: every layout gives the same records, and damage stays where it is."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus.readers import jsonl, source
from makna.corpus.readers.base import BLOCK_BYTES
from makna.corpus.readers.json_scan import Scanner
from makna.corpus.records import Rejection
from makna.errors import UnreadableFile

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.lists(st.fixed_dictionaries({"id": st.text(), "more": VALUES}), min_size=1, max_size=6)


def cut(path: Path, *, descend: tuple[str, ...] = ()) -> list[tuple[int, Any]]:
    """(line, value or Rejection) for every record of *path*."""
    head = source.look(path)
    return [pair for block in jsonl.blocks(path, head, descend=descend) for pair in jsonl.objects(block)]


def write(folder: Path, data: str | bytes) -> Path:
    path = folder / "posts.json"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@given(RECORDS, st.sampled_from([None, 0, 2]), st.booleans(), st.booleans(), st.integers(1, 40))
def test_the_scanner_finds_every_record(
    records: list[dict[str, Any]], indent: int | None, wrapped: bool, ascii_only: bool, size: int
) -> None:
    """Arrays and wrapped lists, indented or not, in pieces of any size, give their elements and no other."""
    value = {"meta": {"n": 1}, "statuses": records} if wrapped else records
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    lists = frozenset({b"statuses"} if wrapped else ())
    found = list(Scanner(lists).scan(in_pieces(data, size)))
    assert [json.loads(one.data.decode("utf-8", "surrogatepass")) for one in found] == records
    assert not any(one.broken_off for one in found)
    for one in found:
        assert data.split(b"\n")[one.where - 1].lstrip(b" [").startswith(one.data.split(b"\n")[0][:1])


@given(RECORDS, st.integers(1, 40))
def test_objects_one_after_another(records: list[dict[str, Any]], size: int) -> None:
    """Objects over many lines that follow one another without an array are records each."""
    data = "\n".join(json.dumps(record, indent=1) for record in records).encode()
    assert [json.loads(one.data) for one in Scanner().scan(in_pieces(data, size))] == records


@pytest.mark.parametrize(
    "layout", ["lines", "crlf", "array of lines", "array", "indented", "bom", "utf-16", "wrapped"]
)
def test_layouts_agree(tmp_path: Path, layout: str) -> None:
    """However a program lays the same records out, they are the same, at lines that hold them."""
    records = [{"id": str(n), "text": f'halo {n} 🙏 {{[\\"', "in": {"a": [1, {"b": 2}]}} for n in range(50)]
    lines = [json.dumps(r, ensure_ascii=False) for r in records]
    data = {
        "lines": "\n".join(lines).encode(),
        "crlf": "\r\n".join(lines).encode() + b"\r\n\r\n",
        "array of lines": ("[\n" + ",\n".join(lines) + "\n]\n").encode(),
        "array": json.dumps(records, ensure_ascii=False).encode(),
        "indented": json.dumps(records, indent=4).encode(),
        "bom": b"\xef\xbb\xbf" + "\n".join(lines).encode(),
        "utf-16": "\n".join(lines).encode("utf-16"),
        "wrapped": json.dumps({"search_metadata": {}, "statuses": records}).encode(),
    }[layout]
    assert [value for _where, value in cut(write(tmp_path, data), descend=("statuses",))] == records


def test_blocks_are_whole_lines_and_small(tmp_path: Path) -> None:
    """A large file is cut into blocks of about 1 MiB whose lines follow on and whose sizes add up."""
    line = json.dumps({"id": "1", "text": "x" * 3500}) + "\n"
    path = write(tmp_path, line * 2000)
    blocks = list(jsonl.blocks(path, source.look(path)))
    assert sum(block.size for block in blocks) == path.stat().st_size
    assert max(block.size for block in blocks) < 3 << 20
    assert [block.start for block in blocks] == [
        1 + sum(b.size for b in blocks[:n]) // len(line) for n in range(len(blocks))
    ]


def test_blocks_of_lines_name_a_stretch_of_the_file(tmp_path: Path) -> None:
    """Blocks of lines hold no bytes; whoever parses one reads them, and hears where the file no longer has them."""
    path = write(tmp_path, (json.dumps({"id": "1", "text": "x" * 3500}) + "\n") * 2000)
    blocks = list(jsonl.blocks(path, source.look(path)))
    assert len(blocks) > 2
    assert all(len(pickle.dumps(block)) < 1000 for block in blocks)
    os.truncate(path, path.stat().st_size - 10)
    with pytest.raises(UnreadableFile, match=r"posts\.json changed while it was read"):
        list(jsonl.objects(blocks[-1]))


@pytest.mark.parametrize("at", [0, 700, 1999])
@pytest.mark.parametrize("odd", [b"\x00", b"\xef\xbb\xbf"])
def test_what_is_taken_out_of_a_large_file(tmp_path: Path, at: int, odd: bytes) -> None:
    """NULs and a mark before a record cost nothing, wherever in a large file they stand; lines keep their numbers."""
    lines = [json.dumps({"id": str(n), "text": "x" * 3500}).encode() for n in range(2000)]
    lines[at] = odd + lines[at]
    found = cut(write(tmp_path, b"\n".join(lines)))
    assert [(where, value["id"]) for where, value in found] == [(n + 1, str(n)) for n in range(2000)]


@pytest.mark.parametrize(
    "bad", [b'{"id": "5", "text": "tanpa akhir', b"\xff\xfe{", b"{]", b"tidak ada", b'{"id": "5",}']
)
def test_one_bad_line_in_ten_thousand(tmp_path: Path, bad: bytes) -> None:
    """A line that is not JSON costs itself: one rejection with its line, every other record read."""
    lines = [json.dumps({"id": str(n), "text": "halo"}).encode() for n in range(10_000)]
    lines[4999] = bad
    found = cut(write(tmp_path, b"\n".join(lines) + b"\n"))
    rejected = [value for _where, value in found if isinstance(value, Rejection)]
    assert [r.where for r in rejected] == [5000]
    assert len(found) == 10_000


def test_a_bad_record_in_an_indented_array(tmp_path: Path) -> None:
    """A record whose brackets or quotes do not close is given up where the next begins."""
    parts = [json.dumps([{"id": n, "in": {"a": 1}}], indent=2)[2:-2] for n in range(20)]
    parts[7] = parts[7].replace("}", "", 1)
    parts[12] = parts[12].replace('"id"', '"id')
    found = cut(write(tmp_path, "[\n" + ",\n".join(parts) + "\n]"))
    kept = [value["id"] for _where, value in found if not isinstance(value, Rejection)]
    assert kept == [n for n in range(20) if n not in (7, 12)]
    assert sum(isinstance(value, Rejection) for _where, value in found) == 2


@pytest.mark.parametrize("lost", ['"text": ', '"halo', "}}", ":"])
@pytest.mark.parametrize("size", [10, 10_000])
def test_a_bad_record_in_an_array_on_one_line(tmp_path: Path, lost: str, size: int) -> None:
    """A quote or bracket that is missing in one element of a long array costs that element."""
    parts = [json.dumps({"id": n, "text": f"halo {'x' * 900}", "in": {"a": 1}}) for n in range(size)]
    parts[7] = parts[7].replace(lost, lost[1:], 1)
    found = cut(write(tmp_path, "[" + ", ".join(parts) + "]"))
    kept = [value["id"] for _where, value in found if isinstance(value, dict)]
    assert kept == [n for n in range(size) if n != 7]
    assert sum(isinstance(value, Rejection) for _where, value in found) == 1


@pytest.mark.parametrize("indent", [None, 2])
def test_a_truncated_end(tmp_path: Path, indent: int | None) -> None:
    """A file that breaks off within its last record says so, at that record, and keeps the others."""
    whole = [json.dumps({"id": str(n), "text": "halo"}, indent=indent) for n in range(3)]
    found = cut(write(tmp_path, "\n".join(whole)[:-6]))
    assert [type(value) for _where, value in found] == [dict, dict, Rejection]
    assert "breaks off" in found[-1][1].reason


def test_records_glued_to_one_another(tmp_path: Path) -> None:
    """Records without a line end between them are read; one that was cut short costs itself."""
    good = [json.dumps({"id": str(n), "in": {"a": {"b": 1}}}) for n in range(4)]
    found = cut(write(tmp_path, good[0] + good[1] + "\n" + good[2][:9] + good[3] + "\n" + good[0] + "\n"))
    assert [value.get("id") if isinstance(value, dict) else "bad" for _where, value in found] == [
        "0",
        "1",
        "bad",
        "3",
        "0",
    ]
    assert [where for where, _value in found] == [1, 1, 2, 2, 3]


def test_bytes_of_other_programs(tmp_path: Path) -> None:
    """NUL bytes, a cp1252 line among UTF-8, lone surrogates, tabs in strings and a BOM within are read."""
    lines = [
        '{"id": "1", "text": "naïf"}'.encode(),
        '{"id": "2", "text": "caf\xe9"}'.encode("cp1252"),
        b'{"id": "3", "text": "x\\ud83d"}',
        b'{"id": "4", "text": "a\tb"}',
        b'\xef\xbb\xbf{"id": "5", "text": "bom"}',
        b'{"id": "6", \x00"text": "nul"}',
        '{"id": "7", "text": "\\ud83d\\ude4f naïf"}'.encode(),
    ]
    texts = [value["text"] for _where, value in cut(write(tmp_path, b"\n".join(lines)))]
    assert texts == ["naïf", "café", "x\ufffd", "a\tb", "bom", "nul", "🙏 naïf"]
    "".join(texts).encode()  # no lone surrogate is left


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_line_of_ten_megabytes(tmp_path: Path, position: int) -> None:
    """A line beyond the limit is one rejection, wherever it stands; its neighbours are read."""
    lines = ['{"id": "a", "text": "halo"}'] * 2
    lines.insert(position, json.dumps({"id": "b", "text": "x" * (10 << 20)}))
    found = cut(write(tmp_path, "\n".join(lines)))
    assert [where for where, value in found if isinstance(value, Rejection)] == [position + 1]
    assert sum(isinstance(value, dict) for _where, value in found) == 2
    assert "8 MB" in next(value.reason for _where, value in found if isinstance(value, Rejection))


def test_a_huge_array_on_one_line_is_read(tmp_path: Path) -> None:
    """An array of 10 MB on one line is no long record: its elements are read, in blocks."""
    records = [{"id": str(n), "text": "x" * 1000} for n in range(10_000)]
    path = write(tmp_path, json.dumps(records))
    assert [value for _where, value in cut(path)] == records
    assert max(block.size for block in jsonl.blocks(path, source.look(path))) < 2 * BLOCK_BYTES


def test_a_huge_element_is_refused(tmp_path: Path) -> None:
    """An element of an array beyond the limit is one rejection and is not held in memory."""
    records = [{"id": "1"}, {"id": "2", "text": "x" * (12 << 20)}, {"id": "3"}]
    found = cut(write(tmp_path, json.dumps(records, indent=1)))
    assert [type(value) for _where, value in found] == [dict, Rejection, dict]


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    """Brackets nested beyond reason are a rejection and no crash."""
    deep = '{"a":' * 100_000
    found = cut(write(tmp_path, '{"id": "1"}\n' + deep + '\n{"id": "2"}\n'))
    assert [type(value) for _where, value in found] == [dict, Rejection, dict]
