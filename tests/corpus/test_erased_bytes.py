"""What was erased is in no file any more: raw or decoded, in the index, in journals, in what a crash left behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from canary_search import Canaries, leaks
from test_erasing import ALONE, PARTICIPANTS, named
from test_importing import post, write
from test_killed import Nursery, leftovers

from makna.library import Library, Study

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="erasures are killed in forked processes")
FINDINGS = """# what was found
[[finding]]
id = "ramai"
claim = "Pasar ramai."
final = true

[[finding.evidence]]
by = "search"
search = "{found}"
paraphrase = "kata {said}"

[[finding.evidence]]
stance = "contradicts"
by = "passage"
document = "Informan 1"
passage = "betah {spoken} di situ"
"""
ERASE = "library.study('s').erase(*{what!r}, **{named!r})"


class Planted:
    """A study with canaries in all that belongs to pagi_biru and to Informan 1, and in nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.canaries = folder, Canaries()
        self.study = Library(folder / "library").create("s")
        word = self.canaries.word
        first = [post(n) for n in range(12)]
        self.text = f"pagi ramai {word('a post')} sekali, cari @kotak_surat"
        first[1] = self._by_them(1, self.text)
        first[7] = self._by_them(7, f"lalu {word('another post')} 9912 4471 begitu")
        first[8] = post(8, parent=7)
        first[9]["text"] = "kata @pagi_biru pasar ramai"
        self.study.add(write(folder / "a.jsonl", first))
        later = [self._by_them(103, f"esok {word('a post of a later batch')}"), post(104, parent=103)]
        self.study.add(write(folder / "b.jsonl", later))
        self._interview()
        self.name = named(self.study)
        for edition in ("public", "examiners"):
            self.study.report(edition=edition)

    def _by_them(self, n: int, text: str) -> dict[str, Any]:
        made = post(n, handle="pagi_biru", text=text)
        made["author"]["description"] = f"jual {self.canaries.word('a profile')} segar"
        return made

    def _interview(self) -> None:
        word, study = self.canaries.word, self.study
        spoken = word("an interview")
        talk = ALONE.replace("betah", f"betah {spoken}")
        people = PARTICIPANTS.replace("penjual", word("an attribute"))
        (study.folder / "participants.toml").write_text(people, encoding="utf-8")
        (self.folder / "satu.txt").write_text(talk, encoding="utf-8")
        study.add(self.folder / "satu.txt", kind="interview", access="private")
        said = self.text.split()[2]
        findings = FINDINGS.format(found=said, said=word("a paraphrase"), spoken=spoken)
        (study.folder / "findings.toml").write_text(findings, encoding="utf-8")

    def places(self) -> dict[str, list[str]]:
        """Where canaries lie, and the pseudonym."""
        folders = [self.folder / "library", self.folder / "config"]
        return leaks(self.canaries, folders)

    def found(self) -> set[str]:
        """The places whose canaries are found."""
        hits = {hit for hits in self.places().values() for hit in hits}
        return {hit.rpartition(" from ")[2] for hit in hits} - {"somewhere"}  # a canary cut short

    def mentions(self) -> list[str]:
        """The files that hold the pseudonym raw."""
        held = [f for d in ("library", "config") for f in (self.folder / d).rglob("*") if f.is_file()]
        return [f.name for f in held if self.name.encode() in f.read_bytes()]


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planted:
    """The study with its canaries, which the search finds."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Planted(tmp_path)
    assert made.found() == set(made.canaries.planted.values())
    files = " ".join(made.places())
    for where in (
        "documents",
        "units",
        "authors",
        "stored",
        "terms of tokens",
        "findings",
        "participants",
        "reports",
    ):
        assert where in files or where == "documents", where
    assert made.mentions()
    return made


@pytest.mark.parametrize("way", ["names", "handle", "documents", "texts"])
def test_no_byte_stays(planted: Planted, way: str) -> None:
    """By pseudonym and code, by handle, by documents, by pasted text: the canaries of what was named are nowhere."""
    study = planted.study
    study.erase("Informan 1")
    if way == "names":
        study.erase(planted.name)
    elif way == "handle":
        study.erase(handles=["pagi_biru"])
    elif way == "documents":
        study.erase((1 << 32) + 1, (1 << 32) + 7, 2 << 32)
    else:
        study.erase(texts=[planted.text])
    left = planted.found()
    stays = {"names": set(), "handle": set(), "documents": {"a profile"}}
    texts = {"a profile", "another post", "a post of a later batch"}
    assert left == stays.get(way, texts)
    if not stays.get(way, texts):
        assert not planted.mentions()
    assert not leftovers(study)
    assert not study.damaged()


def test_the_finding_says_what_it_lost(planted: Planted) -> None:
    """The evidence is gone, the finding is marked and final no longer, comments stand."""
    report = planted.study.erase(planted.name)
    assert (report.evidence, report.findings) == (1, ("ramai",))
    planted.study.erase("Informan 1")
    kept = (planted.study.folder / "findings.toml").read_text(encoding="utf-8")
    assert "withdrawn = 2" in kept and "evidence" not in kept and "final" not in kept
    assert kept.startswith("# what was found")


@pytest.fixture
def nursery(planted: Planted) -> Iterator[Nursery]:
    """Erases the account and the participant, in one go, in processes that are killed."""
    code = ERASE.format(what=(planted.name, "Informan 1"), named={})
    made = Nursery(planted.folder / "library", code)
    yield made
    made.close()


@pytest.mark.timeout(900)
def test_killed_before_each_operation_on_files(planted: Planted, nursery: Nursery, tmp_path: Path) -> None:
    """Wherever an erasure is killed: the study reads on, says that something is unfinished, and the next writer ends it."""
    keep = tmp_path / "keep"
    for name in ("library", "config"):
        shutil.copytree(tmp_path / name, keep / name)
    begun: list[tuple[bool, bool]] = []  # (unfinished, done)
    for n in count(0, 3):  # before every third: an erasure does over a hundred
        stopped = nursery.stopped(planted.study.folder, n)
        study = Library(tmp_path / "library").study("s")
        documents = study.run(study.documents).num_rows
        begun.append((study.unfinished is not None, documents == 11))
        assert not study.damaged()
        if study.unfinished:
            assert study.status()["unfinished"] == "erasure"
            end(study, tmp_path, by_import=n % 10 == 0)
        else:
            assert documents in (11, 15)
        if documents == 11 or begun[-1][0]:
            assert planted.places() == {}, n
            assert planted.mentions() == [], n
            assert (study.unfinished, leftovers(study)) == (None, [])
            assert study.run(study.documents).num_rows == 11
        if not stopped:
            break
        for name in ("library", "config"):
            shutil.rmtree(tmp_path / name)
            shutil.copytree(keep / name, tmp_path / name)
    assert sum(unfinished for unfinished, _done in begun) > 15
    assert (begun[0], begun[-1]) == ((False, False), (False, True))


def end(study: Study, folder: Path, *, by_import: bool) -> None:
    """End what was broken off: by the next writer, whoever that is."""
    if not by_import:
        study.erase_again()
        return
    batch = study.add(write(folder / "c.jsonl", [post(500)])).batch
    assert batch is not None
    study.remove(batch)
