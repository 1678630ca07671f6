"""A library backed up and restored: whole or not at all, and nothing that was erased since comes back."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import zipfile
from pathlib import Path

import pytest

from makna.corpus.lock import writing
from makna.errors import DamagedBackup, StudyError, StudyLocked
from makna.library import Library, Study, archive, backing

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_erasing import ALONE, PARTICIPANTS, TOGETHER, named
from test_importing import post, write

FIRST = 1 << 32
TALK = 2 << 32


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Posts and two interviews, coded."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s", title="Judul")
    made.add(write(tmp_path / "a.jsonl", [post(n) for n in range(12)]))
    (made.folder / "participants.toml").write_text(PARTICIPANTS, encoding="utf-8")
    for name, text in (("satu.txt", ALONE), ("bersama.txt", TOGETHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        made.add(tmp_path / name, kind="interview", access="private")
    made.add_code("Ramai")
    made.add_codings("Ramai", [(FIRST + 1, 0, 5), (FIRST + 2, 0, 5), (TALK, 0, 5)])
    made.write_memo("zurelianota tentang kiriman itu", document=FIRST + 1)
    return made


def library_of(study: Study) -> Library:
    """The library that holds a study."""
    return Library(study.folder.parents[1])


def everything(folder: Path) -> dict[str, bytes]:
    """All that is kept of a library: path → bytes, the record as its rows."""
    files = {name: file.read_bytes() for name, file in archive.parts(folder)}
    with sqlite3.connect(folder / "record.sqlite") as record:
        files["record"] = "\n".join(record.iterdump()).encode()
    record.close()
    return files


def test_what_is_backed_up_comes_back_elsewhere(study: Study, tmp_path: Path) -> None:
    """The same files and rows, and the search finds them; the keys are not in it."""
    made = library_of(study).back_up(tmp_path / "keep.zip")
    assert (made.studies, made.size) == (("s",), (tmp_path / "keep.zip").stat().st_size)
    assert (tmp_path / "keep.zip").stat().st_mode & 0o077 == 0
    other = Library(tmp_path / "other")
    done = other.restore(tmp_path / "keep.zip")
    assert (done.studies, done.erased_again) == (("s",), 0)
    before, after = everything(study.folder.parents[1]), everything(other.path)
    assert before.keys() - after.keys() == set()
    same = {name for name, data in before.items() if after[name] == data}
    assert before.keys() - same <= {"record"}
    again = other.study("s")
    assert again.codings().num_rows == 3
    assert again.search("ramai").num_rows == study.search("ramai").num_rows
    assert not (other.path / ".restoring").exists()


def test_nothing_that_was_erased_since_comes_back(study: Study, tmp_path: Path) -> None:
    """An account, and a participant who withdrew: neither from batches nor from the record, in no byte."""
    library, name = library_of(study), named(study)
    library.back_up(tmp_path / "keep.zip")
    gone = sum(sum(study.erase(one).documents.values()) for one in (name, "Informan 1"))
    study.add_code("Baru")
    done = library.restore(tmp_path / "keep.zip", replace=True)
    assert done.erased_again == gone > 1
    back = library.study("s")
    assert [row["code"] for row in back.codes().to_pylist()] == ["Ramai"]
    assert [row["document_id"] for row in back.codings().to_pylist()] == [FIRST + 2]
    held = b"".join(file.read_bytes() for file in sorted(library.path.rglob("*")) if file.is_file())
    assert b"zurelianota" not in held
    assert name.encode() not in held
    assert back.brought_back() == 0
    assert back.add(write(tmp_path / "b.jsonl", [post(77)])).batch > 3


def test_a_library_that_holds_studies_is_not_replaced_unasked(study: Study, tmp_path: Path) -> None:
    """And stays as it was."""
    library = library_of(study)
    library.back_up(tmp_path / "keep.zip")
    study.add_code("Baru")
    before = everything(library.path)
    with pytest.raises(StudyError, match="--replace"):
        library.restore(tmp_path / "keep.zip")
    assert everything(library.path) == before
    library.create("lain")
    library.restore(tmp_path / "keep.zip", replace=True)
    assert library.names() == ["s"]
    assert [row["code"] for row in library.study("s").codes().to_pylist()] == ["Ramai"]


def test_a_backup_lies_outside_and_overwrites_nothing(study: Study, tmp_path: Path) -> None:
    """And is not made while somebody writes to a study."""
    library = library_of(study)
    with pytest.raises(StudyError, match="inside the library"):
        library.back_up(library.path / "keep.zip")
    (tmp_path / "keep.zip").write_text("mine")
    with pytest.raises(StudyError, match="is there already"):
        library.back_up(tmp_path / "keep.zip")
    with writing(study.folder, "import"), pytest.raises(StudyLocked):
        library.back_up(tmp_path / "other.zip")
    assert not list(tmp_path.glob("*other.zip*"))


def spoiled(source: Path, target: Path, change: str) -> None:
    """A copy of a backup with one thing wrong."""
    if change in ("cut", "no zip"):
        target.write_bytes(source.read_bytes()[: 5000 if change == "cut" else 0] + b"x")
        return
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        about = json.loads(old.read(archive.ABOUT))
        for name in about["files"]:
            data = old.read(name)
            new.writestr(
                name, data + b" " if change == "other bytes" and name.endswith("study.toml") else data
            )
        if change == "outside":
            new.writestr("studies/../../evil", b"x")
            about["files"]["studies/../../evil"] = ""
        about["version"] += change == "later"
        new.writestr(archive.ABOUT, json.dumps(about))


@pytest.mark.parametrize("change", ["cut", "no zip", "other bytes", "outside", "later"])
def test_a_damaged_backup_changes_nothing(study: Study, tmp_path: Path, change: str) -> None:
    """Whatever is wrong with it."""
    library = library_of(study)
    library.back_up(tmp_path / "keep.zip")
    spoiled(tmp_path / "keep.zip", tmp_path / "bad.zip", change)
    before = everything(library.path)
    with pytest.raises(DamagedBackup):
        library.restore(tmp_path / "bad.zip", replace=True)
    assert everything(library.path) == before
    assert not (tmp_path / "evil").exists()


def test_a_restore_that_was_broken_off_is_taken_up(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it was ready, all is as it was; after, whoever opens the library next ends it, at whatever step it stopped."""
    library = library_of(study)
    library.back_up(tmp_path / "keep.zip")
    study.add_code("Baru")
    before = everything(library.path)

    def stop(*what: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive, "unpack", stop)
        with pytest.raises(KeyboardInterrupt):
            library.restore(tmp_path / "keep.zip", replace=True)
    assert everything(Library(library.path).path) == before
    for step in (
        lambda p: p.setattr(backing, "settle", _first_only(backing.settle)),
        lambda p: p.setattr(shutil, "rmtree", _stops_at(shutil.rmtree, ".restoring")),
    ):
        with monkeypatch.context() as patch:
            step(patch)
            with pytest.raises(KeyboardInterrupt):
                library.restore(tmp_path / "keep.zip", replace=True)
        again = Library(library.path).study("s")
        assert [row["code"] for row in again.codes().to_pylist()] == ["Ramai"]
        again.add_code("Baru")


def _first_only(settle):  # type: ignore[no-untyped-def]
    """Does nothing at first, then stops the program."""
    calls = []

    def settled(library: Path) -> None:
        calls.append(library)
        if len(calls) > 1:
            raise KeyboardInterrupt
        settle(library)

    return settled


def _stops_at(rmtree, name):  # type: ignore[no-untyped-def]
    def removed(path: Path, **named: object) -> None:
        if Path(path).name == name and not named:
            raise KeyboardInterrupt
        rmtree(path, **named)

    return removed


def test_what_was_sealed_stays_sealed(study: Study, tmp_path: Path) -> None:
    """No links come back with a backup from before."""
    library = library_of(study)
    library.back_up(tmp_path / "keep.zip")
    study.seal()
    library.restore(tmp_path / "keep.zip", replace=True)
    back = library.study("s")
    assert back.sealed
    assert not list(back.folder.glob("links/*"))


def test_whoever_has_no_key_restores_all_the_same(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on another machine; what this library knows as erased goes there, too."""
    library = library_of(study)
    library.back_up(tmp_path / "keep.zip")
    gone = sum(study.erase(named(study)).documents.values())
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "elsewhere"))
    assert Library(tmp_path / "other").restore(tmp_path / "keep.zip").erased_again == 0
    assert library.restore(tmp_path / "keep.zip", replace=True).erased_again == gone
    assert not library.study("s").sealed
    assert library.study("s").codings().num_rows == 2
