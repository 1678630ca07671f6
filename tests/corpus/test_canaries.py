"""Canaries in every field of every format: none is found in anything the program writes, raw or decoded."""

from __future__ import annotations

import base64
import io
import json
import logging
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import tantivy
from canary_plant import CITIZEN, NAME, Planted
from canary_search import CLOCK, STAYS, Canaries, contents, leaks
from canary_sources import all_of
from click.testing import CliRunner

from makna.cli import cli
from makna.corpus.readers import readers
from makna.errors import ConsentMissing, MaknaError
from makna.library import Library

MOMENT = 1_614_866_261  # 4 March 2021, 13:57:41, in seconds
PEOPLE = """
[[participant]]
code = "Informan 1"
labels = ["I"]
attributes = { role = "customer" }
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-01
scopes = ["analysis", "verbatim"]
"""


class Watched:
    """A study whose every place to write is known: library, configuration, temporary folder, working folder, reports."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.canaries = Canaries()
        self.sources = all_of(self.canaries, root / "sources")
        self.root = root
        self.canaries.planted |= {CLOCK: "an exact time"}
        self.canaries.moments.append(MOMENT)
        self.folders = [root / name for name in ("library", "config", "temporary", "working", "reports")]
        for folder in self.folders:
            folder.mkdir()
        for name, folder in zip(("MAKNA_LIBRARY", "MAKNA_CONFIG", "TMPDIR"), self.folders, strict=False):
            patch.setenv(name, str(folder))
        patch.setattr(tempfile, "tempdir", None)
        patch.chdir(root / "working")
        patch.setenv("MAKNA_LANG", "en")
        self.said: list[tuple[str, bytes]] = []
        self.study = Library().create("kajian")
        (self.study.folder / "participants.toml").write_text(PEOPLE, encoding="utf-8")
        self.study.record_consents(name for one in self.sources for name in one.consents)

    def command(self, *words: str, typed: str = "") -> str:
        """What a command of the command line says; it must succeed."""
        answer = CliRunner().invoke(cli, list(words), input=typed)
        assert answer.exit_code == 0, (words, answer.output, answer.exception)
        self.said.append((" ".join(w for w in words if "/" not in w), answer.output.encode()))
        return answer.stdout

    def take(self, one: Planted) -> None:
        """Preview *one* and import it, by both faces."""
        self.said.append(
            (
                f"preview of {one.reader}",
                repr(self.study.preview(one.path, **one.said, masked_names=[NAME])).encode(),
            )
        )
        report = self.study.add(one.path, **one.said, masked_names=[NAME])
        self.said.append((f"report of {one.reader}", repr(report).encode()))
        if not one.said:
            self.command("add", str(one.path), "--preview", "--json")

    def leaks(self) -> dict[str, list[str]]:
        """Where canaries are found, in files and in what was said."""
        return leaks(self.canaries, self.folders, self.said)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Every source previewed and imported, everything logged; each must be read by its reader and be kept."""
    with pytest.MonkeyPatch.context() as patch:
        place = Watched(tmp_path_factory.mktemp("watched"), patch)
        log = io.StringIO()
        handler = logging.StreamHandler(log)
        logging.getLogger().addHandler(handler)
        level = logging.getLogger().level
        logging.getLogger().setLevel(logging.DEBUG)
        try:
            for one in place.sources:
                place.take(one)
            yield place
        finally:
            logging.getLogger().removeHandler(handler)
            logging.getLogger().setLevel(level)
        assert not place.canaries.found(log.getvalue().encode())


def test_sources_are_read_by_their_readers(watched: Watched) -> None:
    """Every source became a batch of its own, every reader has a source, and the words that stay are found."""
    batches = watched.study.batches()
    assert [m.reader for m in batches] == [one.reader for one in watched.sources]
    assert {m.reader for m in batches} == {reader.name for reader in readers()}
    assert [m.counts["rejected"] for m in batches] == [one.rejected for one in watched.sources]
    for manifest in batches:
        file = watched.study.folder / "corpus" / f"{manifest.number:04d}" / "units.parquet"
        found = repr(pq.read_table(file).to_pylist()).lower()
        assert STAYS in found or manifest.counts["kept"] == 0, manifest


def test_the_internals_of_office_files_hold_their_canaries(watched: Watched) -> None:
    """Each canary of Word files, workbooks and PDFs is in its file and found there: the search can see into all of them."""
    seen = repr(leaks(watched.canaries, [watched.root / "sources"]))
    inside = {
        canary: place
        for canary, place in watched.canaries.planted.items()
        if re.match(
            r"a (?:workbook|full text|transcript in Word(?:, as a table)?|field note in \.docx), (?!as a table$)",
            place,
        )
    }
    assert len(inside) > 200
    assert {canary: place for canary, place in inside.items() if canary not in seen} == {}


def test_no_canary_is_found(watched: Watched) -> None:
    """Nothing planted is found after the imports, in any file, name, term or value, on screen or in a preview."""
    assert watched.leaks() == {}
    for name, content in [*(c for f in watched.folders for c in contents(f)), *watched.said]:
        low = content.lower()
        assert CITIZEN.encode() not in low, name
        assert NAME.lower().encode() not in low, name


def test_no_canary_comes_out(watched: Watched) -> None:
    """Nor after search, measures, lenses and reports, on paper or as JSON, nor once a batch is gone and the study sealed."""
    watched.command("search", f"{STAYS}akhir", "--limit", "200", "--json")
    watched.command("status", "--json")
    watched.command("words", "--json")
    watched.command("doctor", "--json")
    watched.command("lens", "presentation", "--json")
    for name, edition in (("report.html", "examiners"), ("report.docx", "public")):
        watched.command("report", str(watched.folders[4] / name), "--edition", edition, "--json")
    assert watched.leaks() == {}
    watched.command("remove", "1")
    watched.command("search", f"{STAYS}akhir", "--json")
    watched.command("seal", "--yes")
    watched.command("search", f"{STAYS}akhir", "--json")
    assert watched.leaks() == {}


def test_a_refused_import_leaves_no_canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused, rejected or stopped half-way leaves nothing raw either, and no message tells what a record holds."""
    place = Watched(tmp_path, monkeypatch)
    (place.study.folder / "participants.toml").unlink()
    for one in place.sources:
        if one.reader in ("transcript", "captions"):
            with pytest.raises(ConsentMissing) as refused:
                place.study.add(one.path)
            place.said.append((str(one.reader), str(refused.value).replace(one.path.name, "").encode()))
    broken = tmp_path / "broken.jsonl"
    broken.write_text(place.sources[1].path.read_text().replace('"text"', '"text" "'), encoding="utf-8")
    with pytest.raises(MaknaError) as refused:
        place.study.add(broken)
    place.said.append(("broken", str(refused.value).encode()))

    def stop(_stage: str, _size: int) -> None:
        if _stage == "disguise":
            place.said += [c for folder in place.folders for c in contents(folder)]
            raise KeyboardInterrupt

    for one in place.sources:
        if one.reader not in ("transcript", "captions"):
            with pytest.raises(KeyboardInterrupt):
                place.study.add(one.path, **one.said, masked_names=[NAME], progress=stop)
    assert place.leaks() == {}
    assert place.study.batches() == []


def _parquet(folder: Path, word: str) -> None:
    value = pa.array([[{"token": word}]])
    pq.write_table(pa.table({"a": value}), folder / "nested.parquet", compression="zstd")


def _about(folder: Path, word: str) -> None:
    pq.write_table(pa.table({"a": [1]}).replace_schema_metadata({"k": word}), folder / "about.parquet")


def _index(folder: Path, word: str, *, stored: bool) -> None:
    builder = tantivy.SchemaBuilder().add_text_field("tokens", tokenizer_name="whitespace")
    schema = builder.add_bytes_field("shown", stored=True).build()
    (folder / "index").mkdir()
    writer = tantivy.Index(schema, path=str(folder / "index")).writer(15_000_000, 1)
    entry = tantivy.Document()
    entry.add_bytes("shown", word.encode() if stored else b"x")
    entry.add_text("tokens", "x" if stored else f"awalan {word}")
    writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()


def _archive(folder: Path, word: str) -> None:
    with zipfile.ZipFile(folder / "report.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<a>{word}</a>")


def _text(encode: Callable[[str], bytes]) -> Callable[[Path, str], None]:
    return lambda folder, word: (folder / "a").write_bytes(b"awal " + encode(word) + b" akhir") and None


PLACES: dict[str, Callable[[Path, str], None]] = {
    "raw": _text(str.encode),
    "in capitals": _text(lambda w: w.upper().encode()),
    "in UTF-16": _text(lambda w: w.encode("utf-16-be")),
    "quoted": _text(lambda w: "".join(f"%{ord(c):02X}" for c in w).encode()),
    "as entities": _text(lambda w: "".join(f"&#{ord(c)};" for c in w).encode()),
    "as base64": _text(lambda w: base64.b64encode(b"{}".replace(b"}", w.encode()) + b" x")),
    "in hexadecimal": _text(lambda w: w.encode().hex().upper().encode()),
    "in JSON": _text(lambda w: json.dumps({w: 1}).encode()),
    "in escaped JSON": _text(lambda w: "".join(f"\\u{ord(c):04x}" for c in w).encode()),
    "backwards": _text(lambda w: w[::-1].encode()),
    "in a Parquet value": _parquet,
    "in Parquet metadata": _about,
    "in an array": lambda folder, word: np.save(folder / "a.npy", np.array([word])),
    "as an index term": lambda folder, word: _index(folder, word, stored=False),
    "stored in an index": lambda folder, word: _index(folder, word, stored=True),
    "in an archive": _archive,
    "as a file's name": lambda folder, word: (folder / f"{word}.tmp").touch(),
    "as a folder's name": lambda folder, word: (folder / word).mkdir(),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_search_finds_what_is_planted(tmp_path: Path, place: str) -> None:
    """A canary planted on purpose is found in each of these places, and nothing is found before."""
    canaries = Canaries()
    word = canaries.word("on purpose")
    assert leaks(canaries, [tmp_path]) == {}
    PLACES[place](tmp_path, word)
    assert "qzxkenari" in repr(leaks(canaries, [tmp_path]))


def test_the_search_finds_numbers_and_times(tmp_path: Path) -> None:
    """Exact counts, ids and times are found in text, grouped, in Parquet, in arrays and on screen."""
    canaries = Canaries()
    number = canaries.number("a count")
    canaries.moments.append(MOMENT)
    pq.write_table(pa.table({"a": [int(number)], "b": [1000 * MOMENT]}), tmp_path / "a.parquet")
    np.save(tmp_path / "a.npy", np.array([int(number)], np.uint64))
    found = repr(leaks(canaries, [tmp_path], [("screen", f"7391 9739 0000 pukul 13{CLOCK}".encode())]))
    assert all(
        f"{name}" in found for name in ("a.parquet (values)", "a.npy (values)", "screen", str(MOMENT), CLOCK)
    )
    assert found.count("from a count") >= 3


def test_the_places_watched_are_searched(watched: Watched) -> None:
    """A canary put into each watched folder, or said on screen, is found there."""
    word = watched.canaries.word("on purpose")
    for folder in watched.folders:
        (folder / "planted").write_text(word)
    watched.said.append(("planted", word.encode()))
    found = watched.leaks()
    for folder in watched.folders:
        (folder / "planted").unlink()
    watched.said.pop()
    assert sorted(found) == sorted(["planted", *[f"{f.name}/planted" for f in watched.folders]])
