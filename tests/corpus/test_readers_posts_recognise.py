"""Which reader a file is for: by its content, with a reason where there is none."""

from __future__ import annotations

import gzip
import pickle
import zipfile
from pathlib import Path

import pytest

from makna.corpus import readers
from makna.corpus.model import SourceKind
from makna.corpus.readers import by_name, recognise
from makna.corpus.readers.base import Options, Reader
from makna.errors import NothingToRead, ReadError, UnknownFormat, UnreadableFile

FIXTURES = Path(__file__).parent / "fixtures_posts"
FLAT = '{"id": "1", "text": "halo", "author_id": "9", "public_metrics": {"like_count": 1}}\n'
OLD = '{"id_str": "1", "full_text": "halo", "user": {"screen_name": "melati"}}\n'
HARVEST = "id_str,created_at,full_text,favorite_count\n1,Mon Feb 10 15:00:22 +0000 2025,halo,3\n"
INTERVIEW = "P: Apa kabar?\nI: Baik.\nP: Kenapa di sini?\nI: Karena bebas.\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (FLAT, "x-api-v2"), (OLD, "x-api-v1.1"), (HARVEST, "tweet-harvest"), ("isi;akun\nhalo kak;melati\n", "table"),
        (INTERVIEW, "transcript"), ("WEBVTT\n\n00:01.000 --> 00:02.000\nhalo\n", "captions"),
        ("1\n00:00:01,000 --> 00:00:02,000\nhalo\n", "captions"), ("TY  - JOUR\nTI  - Judul\nER  - \n", "references"),
        ("@book{blumer, title={Symbolic}}\n", "references"), ("Catatan lapangan\n\nHari ini ramai.\n", "field-notes"),
    ],
)  # fmt: skip
def test_by_content_whatever_the_suffix(tmp_path: Path, content: str, name: str) -> None:
    """A file is known without a suffix that tells, also with a BOM and as UTF-16."""
    for suffix in ("", ".txt"):
        for data in (content.encode(), b"\xef\xbb\xbf" + content.encode(), content.encode("utf-16")):
            path = tmp_path / f"berkas{suffix}"
            path.write_bytes(data)
            if name == "table":
                path = path.rename(tmp_path / "berkas.csv")  # two columns of words need the suffix
            assert recognise(path)[0].name == name


def test_wrong_suffixes(tmp_path: Path) -> None:
    """JSON called CSV is JSON, and a table called JSON is a table."""
    for suffix, content, name in ((".csv", FLAT, "x-api-v2"), (".json", HARVEST, "tweet-harvest")):
        path = tmp_path / f"salah{suffix}"
        path.write_text(content)
        assert recognise(path)[0].name == name


@pytest.mark.parametrize(
    ("name", "data", "error", "said"),
    [
        ("a.jsonl", b"", NothingToRead, "is empty"),
        ("a.jsonl", b" \n\x00\r\n", NothingToRead, "is empty"),
        ("a.jsonl", gzip.compress(FLAT.encode()), UnreadableFile, "packed with gzip: unpack"),
        ("a.json", b'var posts = [ {"tweet": {}} ]', UnknownFormat, "JavaScript, not JSON"),
        ("a.json", b"[{id: 1, text: 'halo'}]", UnknownFormat, "JavaScript, not JSON .keys without double quotes"),
        ("a.json", b'{"errors": [{"title": "Not Found"}]}\n', NothingToRead, "only an error"),
        ("a.jsonl", b'{"title": "Unauthorized", "status": 401}\n' * 3, NothingToRead, "only an error"),
        ("a.json", b'{"kucing": 1}', UnknownFormat, "JSON without posts"),
        ("a.csv", b"\x89PNG\r\n\x1a\n", UnreadableFile, "PNG"),
        ("a.csv", bytes(range(1, 32)) * 40, UnreadableFile, "not a text file"),
        ("a.csv", b"PK\x03\x04 broken", UnreadableFile, "damaged ZIP, XLSX or DOCX"),
        ("a.csv", b"<!DOCTYPE html><html></html>", UnknownFormat, "web page"),
        ("a.txt", rb"{\rtf1 halo}", UnknownFormat, "rich text"),
    ],
)  # fmt: skip
def test_refusals(tmp_path: Path, name: str, data: bytes, error: type[ReadError], said: str) -> None:
    """What cannot be read is refused with the file's name, what was seen and what helps; nothing of its content."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error, match=said) as refused:
        recognise(path)
    assert name in str(refused.value)
    assert "Unauthorized" not in str(refused.value)
    assert "kucing" not in str(refused.value)


def test_a_zip_called_csv(tmp_path: Path) -> None:
    """A ZIP archive called .csv is refused as an archive, with what to do."""
    path = tmp_path / "data.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tweets.csv", HARVEST)
    with pytest.raises(
        UnreadableFile, match=r"data\.csv is a ZIP archive, whatever its suffix says: unpack it"
    ):
        recognise(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    """A folder and a file that is not there are named as such."""
    with pytest.raises(UnreadableFile, match="is a folder: name a file in it"):
        recognise(tmp_path)
    with pytest.raises(UnreadableFile, match=r"tiada\.csv cannot be opened"):
        recognise(tmp_path / "tiada.csv")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the user may not read is named, with the remedy."""
    path = tmp_path / "a.csv"
    path.write_text(HARVEST)

    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match=r"a\.csv may not be read by you: change its permissions"):
        recognise(path)


def test_the_kind_decides_between_readers(tmp_path: Path) -> None:
    """The source kind that the researcher names outranks the guess between readers that could read the file."""
    path = tmp_path / "catatan.txt"
    path.write_text(INTERVIEW)
    assert recognise(path, options=Options(kind=SourceKind.FIELD_NOTE))[0].name == "field-notes"
    assert recognise(path, options=Options(kind=SourceKind.INTERVIEW))[0].name == "transcript"


def test_every_reader_keeps_the_protocol() -> None:
    """Every reader of the list is one, has a name of its own, and can be pickled for workers."""
    made = readers.readers()
    assert len({reader.name for reader in made}) == len(readers.READERS)
    for reader in made:
        assert isinstance(reader, Reader)
        assert by_name(reader.name) is reader
        assert type(pickle.loads(pickle.dumps(reader))) is type(reader)
    with pytest.raises(UnknownFormat, match=r"no reader called x-api-v9.*x-api-v2"):
        by_name("x-api-v9")


@pytest.mark.parametrize("name", ["v2_flat.jsonl", "v2_page.jsonl", "v11_search.json", "komentar.csv"])
def test_blocks_are_picklable_and_parse_twice(name: str) -> None:
    """A block goes to a worker and parses there as here, as often as asked."""
    reader, head = recognise(FIXTURES / name)
    for block in reader.blocks(FIXTURES / name, head, Options()):
        copy = pickle.loads(pickle.dumps(block))
        assert list(reader.parse(copy, Options())) == list(reader.parse(block, Options()))
