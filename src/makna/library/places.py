"""Where libraries lie and which studies are in them, read without anything that opens one."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shelved:
    """A study by its name in the library, its id and its title."""

    name: str
    id: str
    title: str
    sealed: bool


def place(path: Path | str | None = None) -> Path:
    """The folder of a library: *path*, else ``MAKNA_LIBRARY``, else a folder in the user's documents."""
    chosen = path or os.environ.get("MAKNA_LIBRARY")
    if chosen:
        return Path(chosen)
    from platformdirs import user_documents_path  # noqa: PLC0415  (only here, and it reads the system's settings)

    return user_documents_path() / "Makna"


def shelved(library: Path) -> list[Shelved]:
    """The studies of a library, by name."""
    found = []
    for file in sorted(library.glob("studies/*/study.json")):
        about = json.loads(file.read_text(encoding="utf-8"))
        found.append(Shelved(file.parent.name, about["id"], about["title"], about["sealed"]))
    return found
