"""The imports themselves, in processes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from makna.corpus.importing.outcome import ImportReport
from makna.i18n import N_
from makna.library import Library, Study
from makna.web.jobs import Told

STAGES = {"survey": N_("looks through it"), "disguise": N_("disguises and writes"), "": N_("reads")}


class Progress:
    """Bytes of a source as it is read, told as bytes of all that is read: posts are read twice."""

    def __init__(self, told: Told, size: int, times: int) -> None:
        self._told, self._of, self._done = told, size * times, 0

    def __call__(self, stage: str, size: int) -> None:
        self._done += size
        self._told(STAGES.get(stage, stage), min(self._done, self._of), self._of)


def add_file(
    library: Path, study: str, told: Told, *, file: Path, posts: bool, said: dict[str, Any]
) -> ImportReport:
    """Import one file; all or nothing."""
    opened = Library(library).study(study)
    progress = Progress(told, file.stat().st_size, 2 if posts else 1)
    with _nothing_where_stopped(opened):
        return opened.add(file, progress=progress, **said)


def add_texts(
    library: Path, study: str, told: Told, *, files: Sequence[Path], said: dict[str, Any]
) -> ImportReport:
    """Import many texts as one batch; each whole or not at all."""
    opened = Library(library).study(study)
    progress = Progress(told, sum(file.stat().st_size for file in files), 1)
    with _nothing_where_stopped(opened):
        return opened.add_texts(files, progress=progress, **said)


@contextmanager
def _nothing_where_stopped(study: Study) -> Iterator[None]:
    """A batch that had just come in when the import was cancelled is taken out: the page says that nothing was kept."""
    before = {batch.number for batch in study.batches()}
    try:
        yield
    except KeyboardInterrupt:
        for number in {batch.number for batch in study.batches()} - before:
            study.remove(number)
        raise


def carry_out(library: Path, study: str, told: Told) -> Any:
    """Carry out what was decided about doubtful spans."""
    opened = Library(library).study(study)
    of = sum(batch.counts["units"] for batch in opened.batches())
    done = 0

    def progress(_stage: str, rows: int) -> None:
        nonlocal done
        done += rows
        told(N_("writes anew"), min(done, of), of)

    return opened.carry_out(progress=progress)


def withdraw(library: Path, study: str, told: Told, *, code: str) -> Any:
    """Erase what a participant said, for good."""
    opened = Library(library).study(study)
    told(N_("erases"), 0, 0)
    return opened.erase(code)
