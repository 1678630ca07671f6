"""The demo as a study: which files go in, in which order, and that no source file is left behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from makna.demo import Truth
from makna.demo.study import STUDY_FILES, build


@dataclass
class NotedStudy:
    """Takes calls down in place of importing."""

    folder: Path
    added: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
    fail_at: str = ""

    def add(self, path: Path, **said: Any) -> None:
        assert path.is_file()
        if path.name == self.fail_at:
            raise OSError("disk full")
        self.added.append((path, said))


@dataclass
class NotedLibrary:
    """A library whose one study is a :class:`NotedStudy`."""

    study: NotedStudy
    created: list[tuple[str, str]] = field(default_factory=list)

    def create(self, name: str, *, title: str) -> NotedStudy:
        self.created.append((name, title))
        return self.study


def test_build_imports_every_file_by_its_kind(tmp_path: Path) -> None:
    """All 20 source files are added under their kind and access basis, posts first, the names to mask with them."""
    library = NotedLibrary(NotedStudy(tmp_path))
    told: list[tuple[str, int, int]] = []
    truths: list[Truth] = []
    study: Any = build(
        library,  # type: ignore[arg-type]
        posts=60,
        progress=lambda *step: told.append(step),
        keep_truth=truths.append,
    )
    assert study is library.study and library.created[0][0] == "pasar-makna"
    names = [path.name for path, _said in study.added]
    assert names[:3] == ["posts.jsonl", "tweet-harvest.csv", "statuses-v1.1.jsonl"]
    assert len(names) == len(set(names)) == 3 + 8 + 7 + 2
    assert told[-1] == (names[-1], 20, 20)
    kinds = {path.name: (said["kind"], said["access"]) for path, said in study.added}
    assert kinds["wawancara-5.srt"] == ("interview", "private")
    assert kinds["catatan-sesi-1.md"][0] == "field_note" and kinds["references.bib"][0] == "literature"
    assert all("Zurelia" in said["masked_names"] for _path, said in study.added)
    assert truths[0].posts > 60


def test_build_leaves_the_studys_own_files_and_no_source(tmp_path: Path) -> None:
    """The study folder receives its three TOML files; the temporary folder with the sources is gone."""
    library = NotedLibrary(NotedStudy(tmp_path))
    build(library, posts=60)  # type: ignore[arg-type]
    assert {p.name for p in tmp_path.iterdir()} == set(STUDY_FILES)
    assert not any(path.parent.exists() for path, _said in library.study.added)


def test_build_cleans_up_when_an_import_fails(tmp_path: Path) -> None:
    """Where an import fails the error comes through, and no source file stays on the disk."""
    library = NotedLibrary(NotedStudy(tmp_path, fail_at="tweet-harvest.csv"))
    with pytest.raises(OSError, match="disk full"):
        build(library, posts=60)  # type: ignore[arg-type]
    assert not library.study.added[0][0].parent.exists()
