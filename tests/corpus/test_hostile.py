"""Hostile and broken files, through the library and the command line: refused with one clear message, or read around."""

from __future__ import annotations

import ctypes
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from test_importing import post, thread
from test_readers_posts_table import workbook
from test_readers_text_references import PAGES, pdf

from makna.cli import cli
from makna.corpus.model import SourceKind
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.errors import MaknaError
from makna.library import Library, Study

COLUMNS = "id_str,created_at,full_text,username"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library and a configuration: a study that holds a batch."""
    folder = tmp_path_factory.mktemp("sound")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAKNA_CONFIG", str(folder / "config"))
        Library(folder / "library").create("s").add(save(folder, "sound.jsonl", jsonl(thread())))
    return folder


@pytest.fixture
def study(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A copy of that study, in which the command line speaks English."""
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    for name, value in (("CONFIG", tmp_path / "config"), ("LIBRARY", tmp_path / "library")):
        monkeypatch.setenv(f"MAKNA_{name}", str(value))
    monkeypatch.setenv("MAKNA_LANG", "en")
    monkeypatch.setenv("MAKNA_WORKERS", "1")  # starting others for one large line costs more than reading it
    return Library().study("s")


def save(folder: Path, name: str, data: bytes) -> Path:
    """A file of *data*."""
    path = folder / name
    path.write_bytes(data)
    return path


def jsonl(posts: list[dict[str, Any]], *, end: str = "\n") -> bytes:
    """Posts, one a line."""
    return "".join(json.dumps(p, ensure_ascii=False) + end for p in posts).encode()


def fresh(count: int = 6) -> list[dict[str, Any]]:
    """Posts that the study does not hold yet."""
    return [post(n) for n in range(100, 100 + count)]


def table(rows: int = 6, *, text: str = "kabar baru") -> str:
    """A table of posts."""
    lines = [f"{10**18 + n},2021-03-0{1 + n % 9}T10:00:00Z,{text} {n},akun_{n % 3}" for n in range(rows)]
    return "\n".join([COLUMNS, *lines]) + "\n"


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word() -> bytes:
    """A field note in Word."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Pasar ramai sejak pagi.")
    document.save(out)
    return out.getvalue()


def sheet(folder: Path) -> bytes:
    """A workbook of posts."""
    return workbook(
        folder / "made.xlsx", {"a": [["Isi", "Akun"], *[[f"kabar {n}", "x"] for n in range(9)]]}
    ).read_bytes()


def held(study: Study) -> dict[str, bytes]:
    """Every file of the study and of the configuration, byte for byte."""
    folders = (study.folder, study.folder.parents[2] / "config")
    return {str(f): f.read_bytes() for folder in folders for f in sorted(folder.rglob("*")) if f.is_file()}


def refused(study: Study, path: Path, message: str) -> None:
    """*path* is refused by both faces with a message that matches, and the study is byte for byte as it was."""
    before = held(study)
    with pytest.raises(MaknaError, match=message) as caught:
        study.add(path)
    assert path.name in str(caught.value)
    answer = CliRunner().invoke(cli, ["add", str(path), "--json"])
    assert (answer.exit_code, answer.stdout, answer.stderr.strip()) == (1, "", str(caught.value))
    assert "\n" not in str(caught.value)
    assert held(study) == before


REFUSED: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "empty.jsonl": (lambda _f: b"", r"is empty: export it again"),
    "blank.csv": (lambda _f: b"\xef\xbb\xbf\r\n \r\n", r"is empty: export it again"),
    "nul.jsonl": (lambda _f: bytes(5000), r"is empty: export it again"),
    "zip.csv": (lambda _f: packed({"posts.csv": table().encode()}), r"is a ZIP archive.*unpack it"),
    "cut.csv": (lambda _f: packed({"posts.csv": table().encode()})[:60], r"is a damaged ZIP.*download it again"),
    "future.zip": (lambda _f: packed({"a": b"b"}).replace(b"\x14\x00", b"\xce\x00"), r"is a damaged ZIP"),
    "packed.jsonl": (lambda _f: gzip.compress(jsonl(fresh())), r"is packed with gzip: unpack it"),
    "cut.docx": (lambda _f: word()[:-300], r"is a damaged ZIP, XLSX or DOCX file: export or download it again"),
    "noise.docx": (lambda _f: packed({"word/document.xml": b"<a"}), r"is damaged or cut short: open it in Word"),
    "locked.docx": (lambda _f: OLE, r"password-protected Word file: .*save it as DOCX without a password"),
    "cut.xlsx": (lambda f: sheet(f)[:-400], r"is a damaged ZIP, XLSX or DOCX file: export or download it again"),
    "noise.xlsx": (lambda _f: packed({"xl/workbook.xml": b"<a"}), r"is damaged.*save it as XLSX or CSV"),
    "locked.xlsx": (lambda _f: OLE, r"protected by a password: .*without a password"),
    "scan.pdf": (lambda f: pdf(f / "made.pdf", PAGES).read_bytes(), r"is a PDF file.*add the exported text"),
    "picture.csv": (lambda _f: b"\x89PNG\r\n" + bytes(range(256)) * 9, r"is a PNG file"),
    "noise.jsonl": (lambda _f: bytes(range(1, 256)) * 40, r"is not a text file.*export it as JSON"),
    "page.json": (lambda _f: b"<!DOCTYPE html><html></html>", r"is a web page \(HTML\): export the posts"),
    "other.json": (lambda _f: b'{"a": [1, 2, 3]}', r"is JSON without posts.*Makna reads: X API v2"),
    "deep.json": (lambda _f: b"[" * 300_000, r"is JSON without posts"),
    "deepest.json": (lambda _f: b"[" * 9_000, r"is JSON that is damaged or breaks off"),
    "deeper.json": (lambda _f: b'{"a":' * 300_000, r"is JSON without posts"),
    "line.jsonl": (
        lambda _f: b'{"id": "1", "text": "' + b"a" * 10_000_000 + b'", "author_id": "2"}',
        r"is JSON with a value longer than any post",
    ),
    "long.jsonl": (
        lambda _f: b'{"id":"1","author_id":"2","conversation_id":"1","text":"' + b"a" * 10_000_000 + b'"}',
        r"Record 1: The record is larger than 8 MB: that is no post\. Cut it out of the file",
    ),
    "line.csv": (
        lambda _f: f"{COLUMNS}\n".encode() + b"a" * 10_000_000,
        r"Record 2: The row is larger than 1 MB: that is no post\. Look for a quote",
    ),
    "head.csv": (lambda _f: f"{COLUMNS}\n".encode(), r"holds a header and no row: export it again"),
    "wordless.csv": (lambda _f: b"a,b\n1,2\n3,4\n5,6\n", r"no column is known to hold the text.*Columns: a, b"),
    "open.csv": (lambda _f: f'{COLUMNS}\n1,2021-03-01,"never closed'.encode(), r"cut|breaks off|never closed"),
    "broken.jsonl": (lambda _f: b'{"id": "1", "text": \n{"id": \n', r"is JSON that is damaged or breaks off"),
    "error.json": (lambda _f: b'{"errors": [{"title": "Unauthorized"}]}', r"only an error that X answered with"),
    "talk.txt": (
        lambda _f: b"P: Kenapa?\nI: Bebas.\nP: Lalu?\nI: Ya.\n",
        r"holds a consent to analysis.*write a \[\[participant\]\]",
    ),
    "chat.txt": (
        lambda _f: "".join(f"[01/03/21 11.2{n}] Mawar Jingga: ya kak\n" for n in range(9)).encode(),
        r"chat\.txt is a chat, which is no public place: state --access closed",
    ),
    "line.txt": (
        lambda _f: b"[LINE] Riwayat obrolan di Grup\n2021/03/04(Kam)\n10:15\tMawar Jingga\tya kak\n",
        r"is a chat exported by LINE.*write labels such as P: and I:",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(study: Study, tmp_path: Path, name: str) -> None:
    """The message names the file, the reason and the remedy; exit code 1; nothing of the study changes."""
    make, message = REFUSED[name]
    refused(study, save(tmp_path, name, make(tmp_path)), message)


def one_bad(bad: bytes) -> bytes:
    """Ten thousand posts, of which the fourth from the start is *bad*."""
    lines = [json.dumps(post(n)).encode() for n in range(1_000, 11_000)]
    lines[3] = bad
    return b"\n".join(lines) + b"\n"


def odd(**fields: Any) -> bytes:
    """Six posts, the first with other values in some fields."""
    first, *others = fresh()
    return jsonl([{**first, **fields}, *others])


_LINE = json.dumps(post(500))
READ: dict[str, tuple[Callable[[Path], bytes], int, list[int]]] = {  # name -> (bytes, kept, positions rejected)
    "bad.jsonl": (lambda _f: one_bad(_LINE[:90].encode()), 9_999, [4]),
    "worse.jsonl": (lambda _f: one_bad(b'{"id": "1", "text": [{}]}'), 9_999, [4]),
    "noise.jsonl": (lambda _f: one_bad(bytes(range(14, 256)).replace(b"\n", b"")), 9_999, [4]),
    "long.jsonl": (lambda _f: one_bad(b'{"id": "1", "text": "' + b"a" * 10_000_000 + b'"}'), 9_999, [4]),
    "deep.jsonl": (lambda _f: one_bad(b'{"id":"1","text":"a","b":' + b"[" * 9_000 + b"]" * 9_000 + b"}"), 9_999, [4]),
    "cut.jsonl": (lambda _f: jsonl(fresh())[:-40], 5, [6]),
    "bom.jsonl": (lambda _f: b"\xef\xbb\xbf" + jsonl(fresh()), 6, []),
    "crlf.jsonl": (lambda _f: jsonl(fresh(), end="\r\n"), 6, []),
    "nul.jsonl": (lambda _f: jsonl(fresh()).replace(b"kabar", b"ka\x00bar"), 6, []),
    "wide.jsonl": (lambda _f: jsonl(fresh()).decode().encode("utf-16"), 6, []),
    "latin.csv": (lambda _f: table(text="caf\xe9 baru").encode("latin-1"), 6, []),
    "wide.csv": (lambda _f: table().encode("utf-16"), 6, []),
    "crlf.csv": (lambda _f: b"\xef\xbb\xbf" + table().replace("\n", "\r\n").encode(), 6, []),
    "mac.csv": (lambda _f: table().replace("\n", "\r").encode(), 6, []),
    "cut.csv": (lambda _f: table().encode()[:-25], 5, [7]),
    "array.jsonl": (lambda _f: json.dumps(fresh()).encode(), 6, []),
    "printed.json": (lambda _f: json.dumps(fresh(), indent=2).encode(), 6, []),
    "huge.jsonl": (lambda _f: odd(public_metrics={"like_count": 10**300}, id=10**40), 6, []),
    "digits.jsonl": (lambda _f: jsonl(fresh()) + b'{"id": ' + b"9" * 9_999 + b', "text": "a"}\n', 6, [7]),
    "nan.jsonl": (lambda _f: odd(public_metrics={"like_count": float("nan")}, created_at=float("inf")), 6, []),
    "twice.jsonl": (lambda _f: jsonl(fresh()).replace(b'{"id"', b'{"text": "lama", "id"'), 6, []),
    "lone.jsonl": (lambda _f: jsonl(fresh()).replace(b"kabar", rb"kabar \ud83d"), 6, []),
    "excel.csv": (
        lambda _f: "\n".join(
            [COLUMNS, *[f"1.36713E+18,2021-03-0{n},kabar pasar {n},akun_{n}" for n in range(1, 7)]]
        ).encode(),
        6,
        [],
    ),
    "rounded.csv": (
        lambda _f: "\n".join(
            [COLUMNS, *[f"1367130000000000000,2021-03-0{n},kabar pasar {n},akun_{n}" for n in range(1, 7)]]
        ).encode(),
        6,
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_kept(study: Study, tmp_path: Path, name: str) -> None:
    """A bad record costs itself and is named by its position; odd encodings, ends and values cost nothing."""
    make, kept, wrong = READ[name]
    answer = CliRunner().invoke(cli, ["add", str(save(tmp_path, name, make(tmp_path))), "--json"])
    assert answer.exit_code == 0, answer.stderr
    report = json.loads(answer.stdout)
    assert (report["kept"], [r["where"] for r in report["rejections"]]) == (kept, wrong)
    assert all(r["reason"][-1] == "." for r in report["rejections"])
    assert not study.damaged()
    assert study.search("pasar OR baru", limit=20_000).num_rows == 60 + kept


def test_ids_that_a_spreadsheet_rounded_are_counted(study: Study, tmp_path: Path) -> None:
    """Posts that share one rounded id stay apart, and the report counts them."""
    report = study.add(save(tmp_path, "rounded.csv", READ["rounded.csv"][0](tmp_path)))
    assert (report.kept, report.repeated, report.rounded_ids) == (6, 0, 6)


def test_a_folder_a_pipe_and_nothing(study: Study, tmp_path: Path) -> None:
    """What is no file is named and refused at once; a pipe is not waited for."""
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    refused(study, folder, r"is a folder: name a file in it")
    refused(study, tmp_path / "nothing.csv", r"cannot be opened .*check that the file is there")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        refused(study, tmp_path / "pipe.csv", r"is a pipe or a device and no file: save what it gives")


def test_a_locked_full_text_costs_no_reference(study: Study, tmp_path: Path) -> None:
    """A reference whose PDF is protected by a password stays; the report says which PDF and what to do."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only this test writes PDFs

    shelf = tmp_path / "shelf"
    shelf.mkdir()
    writer = PdfWriter(clone_from=PdfReader(pdf(tmp_path / "open.pdf", PAGES)))
    writer.encrypt("rahasia", algorithm="RC4-128")
    writer.write(shelf / "satu.pdf")
    file = save(tmp_path, "a.bib", b"@book{satu, title={Satu}, abstract={Isi.}}\n")
    report = study.add(file, pdf_folder=shelf)
    assert (report.kept, report.rejected) == (1, 1)
    assert "satu.pdf is locked by a password: save a copy" in report.rejections[0].reason


@pytest.mark.parametrize("more", [jsonl([post(300)]), b" ", b"{"])
def test_a_file_that_grows_while_it_is_read(study: Study, tmp_path: Path, more: bytes) -> None:
    """A source that somebody still writes to is refused, and imports once it rests."""
    file = save(tmp_path, "growing.jsonl", jsonl(fresh()))

    def grow(stage: str, _size: int) -> None:
        if stage == "survey":
            with file.open("ab") as out:
                out.write(more)

    with pytest.raises(MaknaError, match=r"growing\.jsonl changed while it was read: wait until nothing"):
        study.add(file, progress=grow)
    assert len(study.batches()) == 1
    assert study.add(file).kept >= 6


HOLD = """
import sys, pathlib
from makna.corpus.lock import writing
with writing(pathlib.Path(sys.argv[1]), "an import"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_writes(study: Study, tmp_path: Path) -> None:
    """While another process writes, adding is refused at once with its number and purpose, and changes nothing."""
    file = save(tmp_path, "p.jsonl", jsonl(fresh()))
    command = [sys.executable, "-c", HOLD, str(study.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        before = held(study)
        answer = CliRunner().invoke(cli, ["add", str(file), "--json"])
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert f"process {other.pid}) has been writing to the study s" in answer.stderr
        assert "an import. Try again when it has ended." in answer.stderr
        assert held(study) == before
        other.communicate()
    assert study.add(file).kept == 6


def without_override() -> None:
    """Take from a process to come what lets root read everything."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits to take away")
def test_a_file_without_read_permission(study: Study, tmp_path: Path) -> None:
    """A file, or a folder above it, that may not be read: exit code 1, one sentence, nothing changed."""
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("only Linux can take from root what lets it read everything")
    file = save(tmp_path, "closed.jsonl", jsonl(fresh()))
    inside = tmp_path / "closed"
    inside.mkdir()
    hidden = save(inside, "p.jsonl", jsonl(fresh()))
    before = held(study)
    file.chmod(0)
    inside.chmod(0)
    try:
        for path in (file, hidden):
            done = subprocess.run(
                [sys.executable, "-c", "from makna.cli import main; main()", "add", str(path), "--json"],
                capture_output=True, text=True, preexec_fn=without_override, check=False,
            )  # fmt: skip
            wanted = f"{path.name} may not be read by you: change its permissions, then try again."
            assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", wanted)
    finally:
        inside.chmod(0o700)
    assert held(study) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "talk.txt",
            "[03/03/2021 10.15] P: Kenapa di sini?\n[03/03/2021 10.16] Informan 1: Karena bebas.\n" * 3,
        ),
        (
            "times.csv",
            f"{COLUMNS}\n" + "".join(f"{n},03/03/2021 10:1{n} - a: b,halo {n},x\n" for n in range(9)),
        ),
        ("note.txt", "Catatan lapangan\n\n03/03/2021 10.15 Pasar: ramai sekali.\nLalu sepi lagi.\n" * 3),
    ],
)
def test_times_and_labels_make_no_chat(tmp_path: Path, name: str, text: str) -> None:
    """A transcript with known labels, a table that holds times and a diary are not taken for an exported chat."""
    reader, _head = recognise(save(tmp_path, name, text.encode()))
    assert reader.name in ("transcript", "table", "field-notes")


def test_a_chat_is_read_where_its_kind_is_stated(tmp_path: Path) -> None:
    """What looks like a chat and is said to be a field note is read as one."""
    text = "".join(f"03/03/2021, 10.1{n} - Pasar: ramai sekali.\n" for n in range(9))
    file = save(tmp_path, "diary.txt", text.encode())
    assert recognise(file)[0].name == "whatsapp"
    assert recognise(file, options=Options(kind=SourceKind.FIELD_NOTE))[0].name == "field-notes"
