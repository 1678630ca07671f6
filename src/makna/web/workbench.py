"""What the pages stand on: the one library that is served, and its studies, opened once a thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from makna.library import Library, Study
    from makna.library.texts_of_record import TextsOfRecord


@dataclass
class Workbench:
    """A served library by its folder. *token* lets the first browser in that brings it; it is used up by that."""

    folder: Path
    token: str | None = None
    local: bool = True
    greeted: threading.Event = field(default_factory=threading.Event)  # the first page is out
    _threads: threading.local = field(default_factory=threading.local)

    @cached_property
    def library(self) -> Library:
        """The library; read when it is first asked for, since that takes a while."""
        from makna.library import Library  # noqa: PLC0415

        return Library(self.folder)

    def study(self, name: str) -> Study:
        """A study, as this thread opened it; opened anew where its name, title or seal changed."""
        there: dict[str, tuple[int, Study]] = self._threads.__dict__.setdefault("studies", {})
        held = there.get(name)
        if held is not None and held[0] == _written(held[1].folder):
            return held[1]
        study = self.library.study(name)
        there[study.name] = (_written(study.folder), study)
        return study

    def texts(self, study: Study) -> TextsOfRecord:
        """What the record asks of the corpus, kept as long as the corpus and the participants stand as they are."""
        from makna.library.texts_of_record import TextsOfRecord  # noqa: PLC0415

        there: dict[str, tuple[Any, TextsOfRecord]] = self._threads.__dict__.setdefault("texts", {})
        state = (study.standing(), _written_of(study.folder / "participants.toml"))
        if study.name not in there or there[study.name][0] != state:
            there[study.name] = (state, TextsOfRecord(study))
        return there[study.name][1]


_served: list[Workbench] = []


def serve(workbench: Workbench) -> None:
    """Make *workbench* the one that the pages of this process show."""
    _served[:] = [workbench]


def served() -> Workbench:
    """The workbench of this process."""
    return _served[0]


def _written(folder: Path) -> int:
    """When a study's own words were written last; 0 where the study is gone."""
    return _written_of(folder / "study.json")


def _written_of(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
