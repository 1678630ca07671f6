"""The demo as a study of a library: generated files go through the same import as any researcher's own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from makna.corpus.model import AccessBasis, SourceKind
from makna.demo.phrases import load
from makna.demo.sources import HARVEST, NAMES, POSTS, STATUSES, generate

if TYPE_CHECKING:
    from makna.demo.truth import Truth
    from makna.library import Library, Study

STUDY_FILES = ("study.toml", "participants.toml", "findings.toml")
Progress = Callable[[str, int, int], None]  # (file, files done, files in all)


def sources(folder: Path) -> list[tuple[Path, SourceKind, AccessBasis]]:
    """The source files of the demo in *folder*, in the order of their import, with their kind and how they were come by."""
    observed = [
        (folder / name, SourceKind.OBSERVATION, AccessBasis.PUBLIC) for name in (POSTS, HARVEST, STATUSES)
    ]
    spoken = [(p, SourceKind.INTERVIEW, AccessBasis.PRIVATE) for p in sorted(folder.glob("wawancara-*"))]
    noted = [(p, SourceKind.FIELD_NOTE, AccessBasis.PUBLIC) for p in sorted(folder.glob("catatan-*"))]
    read = [(p, SourceKind.LITERATURE, AccessBasis.PUBLIC) for p in sorted(folder.glob("references.*"))]
    return [*observed, *spoken, *noted, *read]


def build(
    library: Library,
    *,
    posts: int = 3000,
    seed: int = 2021,
    progress: Progress | None = None,
    keep_truth: Callable[[Truth], None] | None = None,
) -> Study:
    """Make the reference study in *library* and remove its source files; raises what creating and importing raise.

    *progress* is called after every file. *keep_truth* receives the ground truth, which enters no study.
    """
    folder = Path(tempfile.mkdtemp(prefix="makna-demo-"))
    try:
        truth = generate(folder, seed=seed, posts=posts)
        if keep_truth is not None:
            keep_truth(truth)
        return _imported(library, folder, progress)
    finally:
        shutil.rmtree(folder)


def _imported(library: Library, folder: Path, progress: Progress | None) -> Study:
    stated: dict[str, Any] = load("study")
    study = library.create(stated["name"], title=stated["title"]["id"])
    for name in STUDY_FILES:
        shutil.copyfile(folder / name, study.folder / name)
    names = (folder / NAMES).read_text(encoding="utf-8").split()
    found = sources(folder)
    for done, (path, kind, access) in enumerate(found, 1):
        study.add(path, kind=kind.value, access=access.value, masked_names=names)
        if progress is not None:
            progress(path.name, done, len(found))
    return study
