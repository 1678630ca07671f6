"""What waits to come in: piles of files that are alike, with what is said of them. In memory alone: file names identify."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from makna.corpus.model import SourceKind
from makna.corpus.sealed_file import SealedFile
from makna.errors import MaknaError
from makna.web import jobs
from makna.web.incoming.looking import Look, Said, look

_numbers = count(1)
_trays: dict[tuple[str, int], Tray] = {}
_lock = threading.Lock()


@dataclass
class Pile:
    """Files that are alike and come in by one import."""

    number: int
    files: list[Path]
    look: Look
    said: Said = field(default_factory=Said)
    error: str = ""  # what is said does not fit the file
    size: int = 0
    job: jobs.Job | None = None  # its import, once that has begun

    @property
    def names(self) -> list[str]:
        """The names of the files, as they were given."""
        return [file.name for file in self.files]

    @property
    def one(self) -> bool:
        """Whether it is a single file."""
        return len(self.files) == 1

    @property
    def kind(self) -> str:
        """Its kind of source, as said or guessed."""
        return self.said.kind or self.look.kind

    @property
    def access(self) -> str:
        """Its access basis, as said or guessed."""
        return self.said.access or self.look.access

    @property
    def key(self) -> tuple[str, int]:
        """What its import goes by."""
        return ("import", self.number)

    def say(self, said: Said) -> None:
        """Change what is said; a file that cannot be read so keeps its look, and says why."""
        self.said = said
        try:
            self.look, self.error = look(self.files[0], said), ""
        except MaknaError as error:
            self.error = str(error)

    def stated(self) -> dict[str, Any]:
        """What :meth:`makna.library.Study.preview` takes."""
        said = self.said
        given = {
            "mapping": dict(said.mapping) or None, "sheet": said.sheet or None, "title": said.title or None,
            "pdf_folder": Path(said.pdf_folder) if said.pdf_folder else None, "speakers": dict(said.speakers) or None,
        }  # fmt: skip
        found = {"kind": self.kind, "access": self.access, "masked_names": said.names, **given}
        return {name: value for name, value in found.items() if value}

    def put_away(self) -> None:
        """Remove what was uploaded of it."""
        for file in self.files:
            if isinstance(file, SealedFile):
                file.unlink(missing_ok=True)


class Tray:
    """The piles of one person in one study, and what nobody could read."""

    def __init__(self) -> None:
        self.piles: dict[int, Pile] = {}
        self.refused: list[tuple[str, str]] = []  # (file, why)
        self.came_in: list[tuple[str, int]] = []  # (what, the pile it was)
        self.jobs: dict[int, jobs.Job] = {}  # the imports of piles that came in, for their reports
        self._lock = threading.Lock()

    def take(self, path: Path) -> None:
        """Look at a file and put it with those like it."""
        try:
            found = look(path, Said())
        except MaknaError as error:
            self.refused.append((path.name, str(error)))
            if isinstance(path, SealedFile):
                path.unlink(missing_ok=True)
            return
        with self._lock:
            pile = next((one for one in self.piles.values() if _alike(one, found)), None)
            if pile is None:
                pile = Pile(next(_numbers), [], found)
                self.piles[pile.number] = pile
            pile.files.append(path)
            pile.size += found.size

    def put(self, path: Path, said: Said) -> Pile:
        """A file of which everything is said already, as a pile of its own. Raises what looking at it raises."""
        found = look(path, said)
        with self._lock:
            pile = Pile(next(_numbers), [path], found, said, size=found.size)
            self.piles[pile.number] = pile
        return pile

    def split(self, pile: Pile) -> None:
        """Make each file a pile of its own, of which the same is said."""
        with self._lock:
            del self.piles[pile.number]
            for file in pile.files:
                said = replace(pile.said, speakers={})
                new = Pile(next(_numbers), [file], pile.look, said, size=file.stat().st_size)
                self.piles[new.number] = new
        for new in list(self.piles.values())[-len(pile.files) :]:
            new.say(new.said)

    def drop(self, numbers: Iterable[int]) -> None:
        """Put piles away."""
        for number in list(numbers):
            pile = self.piles.pop(number, None)
            if pile is not None:
                pile.put_away()

    def waiting(self) -> list[Pile]:
        """The piles that are not in yet."""
        for number, pile in list(self.piles.items()):
            if pile.job is not None and pile.job.state is jobs.State.DONE:
                self.came_in.append((pile.job.what, number))
                self.jobs[number] = pile.job
                self.drop([number])
        return list(self.piles.values())

    def job(self, number: int) -> jobs.Job | None:
        """The import of a pile, come in or not."""
        there = self.piles.get(number)
        return there.job if there is not None else self.jobs.get(number)


def tray(study: str, person: int) -> Tray:
    """The tray of a person in a study (by its id)."""
    with _lock:
        return _trays.setdefault((study, person), Tray())


def _alike(pile: Pile, found: Look) -> bool:
    texts = found.kind != SourceKind.OBSERVATION and pile.look.kind == found.kind
    return texts and pile.look.reader == found.reader and pile.said == Said() and pile.job is None
