"""Word lists that lenses, the door and the language guess rely on: data files with their source, extensible per study.

A list is a UTF-8 text file ``<name>.txt``. Lines that start with ``# source:`` or ``# licence:`` say where it comes
from; other ``#`` lines followed by a space are comments (a hashtag entry has no space after ``#``). An entry is a
line; an optional second field after a tab is its category. A study extends a list by a file of the same name in its
``wordlists`` folder; there, a line that starts with ``-`` and a space takes an entry out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from makna.errors import MaknaError


class NoSuchWordList(MaknaError, LookupError):
    """Makna ships no word list of this name."""


@dataclass(frozen=True)
class WordList:
    """Entries with their categories ("" where the list has none), and the source of the list."""

    name: str
    source: str
    entries: dict[str, str]

    def words(self, category: str | None = None) -> frozenset[str]:
        """The entries, or those of one *category*."""
        return frozenset(w for w, c in self.entries.items() if category is None or c == category)

    def categories(self) -> dict[str, frozenset[str]]:
        """Category -> entries."""
        return {c: self.words(c) for c in sorted(set(self.entries.values()))}


def load(name: str, *, study: Path | None = None) -> WordList:
    """The list *name*, with the additions of the study whose folder is given."""
    shipped = _shipped(name)
    extra = study / "wordlists" / f"{name}.txt" if study else None
    if extra is None or not extra.is_file():
        return shipped
    entries = dict(shipped.entries)
    for line in extra.read_text(encoding="utf-8-sig").splitlines():
        if line.startswith("- "):
            entries.pop(line[2:].strip().lower(), None)
        else:
            entries.update(_entry(line))
    return WordList(name, shipped.source, entries)


def names() -> tuple[str, ...]:
    """The names of all shipped lists, sorted."""
    folder = resources.files(__name__)
    return tuple(sorted(f.name[:-4] for f in folder.iterdir() if f.name.endswith(".txt")))


@cache
def _shipped(name: str) -> WordList:
    file = resources.files(__name__) / f"{name}.txt"
    if not file.is_file():
        raise NoSuchWordList(f"Makna ships no word list named {name}.")
    entries: dict[str, str] = {}
    source = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# source:"):
            source = line[9:].strip()
        entries.update(_entry(line))
    return WordList(name, source, entries)


def _entry(line: str) -> dict[str, str]:
    if not line.strip() or line.startswith("# "):
        return {}
    word, _, category = line.partition("\t")
    return {word.strip().lower(): category.strip()}
