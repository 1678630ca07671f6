"""A source that lies encrypted reads as the file it was."""

from __future__ import annotations

import io
import os
import pickle
from pathlib import Path

import pytest
from canary_search import Canaries
from canary_sources import all_of
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus import sealed_file
from makna.corpus.model import SourceKind
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.sealed_file import SealedFile, SealedWriter
from makna.errors import MaknaError


def sealed(folder: Path, name: str, data: bytes, step: int = 65_536) -> SealedFile:
    """*data* written in steps, as an upload comes."""
    writer = SealedWriter(folder / os.urandom(8).hex())
    for at in range(0, len(data), step):
        writer.write(data[at : at + step])
    return writer.finish(name)


@given(
    data=st.binary(max_size=300), piece=st.integers(1, 64), step=st.integers(1, 100),
    moves=st.lists(st.tuples(st.integers(0, 320), st.integers(0, 90)), max_size=12),
)  # fmt: skip
def test_it_reads_like_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, piece: int, step: int, moves: list[tuple[int, int]]
) -> None:
    """Whatever is read, from wherever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_file, "PIECE", piece)
        file = sealed(tmp_path_factory.getbasetemp(), "a.txt", data, step)
        plain = io.BytesIO(data)
        with file.open("rb") as stream:
            for at, many in moves:
                assert stream.seek(at) == plain.seek(at)
                assert stream.read(many) == plain.read(many)
        assert file.read_bytes() == data
        assert file.stat().st_size == len(data)
        file.unlink()


def test_readers_read_it_as_they_read_the_file(tmp_path: Path) -> None:
    """A source of every format: the same reader, the same records, the same refusal."""
    (tmp_path / "sealed").mkdir()
    read = set()
    for one in all_of(Canaries(), tmp_path / "sources"):
        if not one.path.is_file() or one.path.parent.name == "data":
            continue  # an archive that is a folder is named by its path
        options = Options(
            kind=SourceKind(one.said["kind"]) if "kind" in one.said else None,
            mapping=one.said.get("mapping"), pdf_folder=one.said.get("pdf_folder"),
        )  # fmt: skip
        there = _read(one.path, options)
        assert _read(sealed(tmp_path / "sealed", one.path.name, one.path.read_bytes()), options) == there
        read.add(one.reader)
    assert len(read) >= 15


def _read(path: Path, options: Options) -> object:
    try:
        reader, head = recognise(path, options=options)
        blocks = reader.blocks(path, head, options)
        return reader.name, [record for block in blocks for record in reader.parse(block, options)]
    except MaknaError as error:
        return type(error), str(error)


def test_nothing_of_it_lies_there_in_clear(tmp_path: Path) -> None:
    """Neither its words nor its name; and another process can read it, being told the key."""
    words = b"Nomor saya 0834-5550-0199 " * 100_000
    file = sealed(tmp_path, "C:\\Catatan Ibu Tiruan.txt", words)
    there = [f for f in tmp_path.rglob("*") if f.is_file()]
    assert len(there) == 1
    assert b"0834" not in there[0].read_bytes()
    assert "Tiruan" not in there[0].name
    assert file.name == "Catatan Ibu Tiruan.txt"
    assert pickle.loads(pickle.dumps(file)).read_bytes() == words


def test_pieces_cannot_be_moved(tmp_path: Path) -> None:
    """A piece in another's place does not open."""
    file = sealed(tmp_path, "a.txt", os.urandom(sealed_file.PIECE * 2))
    data = file.place.read_bytes()
    half = len(data) // 2
    file.place.write_bytes(data[half:] + data[:half])
    with pytest.raises(InvalidTag):
        file.read_bytes()


def test_it_is_a_file_and_only_read(tmp_path: Path) -> None:
    """Its neighbours are paths like others; it goes when it is removed."""
    file = sealed(tmp_path, "..", b"x")
    assert (file.name, file.is_file(), file.is_dir(), type(file.parent / "b")) == (
        "file",
        True,
        False,
        type(tmp_path),
    )
    with pytest.raises(io.UnsupportedOperation):
        file.open("wb")
    file.unlink()
    assert not file.exists()
