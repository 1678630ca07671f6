"""The folder that holds studies."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from makna import record
from makna.corpus import keys, source_lock
from makna.corpus.files import write_atomic
from makna.corpus.source_lock import Told
from makna.errors import (
    NoSuchStudy,
    StudyError,
    StudyExists,
)
from makna.i18n import _
from makna.library.apart import apart
from makna.library.places import place
from makna.library.study import Study
from makna.record import forgetting, observing

if TYPE_CHECKING:
    from makna.library.backing import Backed, Restored


class Library:
    """A folder that holds studies. *path* defaults to ``MAKNA_LIBRARY``, else a folder in the user's documents."""

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = place(path)
        if (self.path / ".restoring" / "ready").is_file():
            from makna.library.backing import take_up  # noqa: PLC0415  (seldom needed, and slow to load)

            take_up(self.path)

    def names(self) -> list[str]:
        """The names of all studies, sorted."""
        return sorted(f.parent.name for f in self.path.glob("studies/*/study.json"))

    def studies(self) -> list[Study]:
        """All studies."""
        return [self.study(name) for name in self.names()]

    def study(self, name: str) -> Study:
        """One study; raises :class:`NoSuchStudy` with the names there are."""
        folder = self.path / "studies" / slug(name)
        if not (folder / "study.json").is_file():
            there = ", ".join(self.names()) or "–"
            raise NoSuchStudy(
                _("The library {library} holds no study named {name}. It holds: {there}.").format(
                    library=self.path, name=name, there=there
                )
            )
        return Study(folder)

    def create(self, name: str, *, title: str | None = None) -> Study:
        """Make an empty study and its key, with files to fill in; raises :class:`StudyExists`."""
        folder = self.path / "studies" / slug(name)
        if (folder / "study.json").exists():
            raise StudyExists(
                _("A study named {name} already stands in the library.").format(name=folder.name)
            )
        folder.mkdir(parents=True, exist_ok=True)
        about: dict[str, Any] = {
            "id": uuid.uuid4().hex,
            "name": folder.name,
            "title": title or name,
            "sealed": False,
        }
        keys.create(about["id"])
        for template in sorted((Path(record.__file__).parent / "templates").glob("*.toml")):
            shutil.copyfile(template, folder / template.name)
        write_atomic(folder / "study.json", json.dumps(about, ensure_ascii=False, indent=1))
        return Study(folder)

    def delete(self, name: str) -> None:
        """Delete a study for good: its key, what lies encrypted under it, its record and its folder."""
        study = self.study(name)
        study.seal()
        if forgetting.exists(self.path):
            apart(forgetting.forget_study)(self.path, study.id)
        shutil.rmtree(study.folder)

    def back_up(self, path: Path | str) -> Backed:
        """Write all studies and the record to one new file outside the library, whole or not at all; keys stay outside.

        Raises :class:`StudyLocked` while somebody writes to a study; coding may go on.
        """
        from makna.library.backing import back_up  # noqa: PLC0415  (seldom needed, and slow to load)

        return back_up(self.path, Path(path))

    def restore(self, path: Path | str, *, replace: bool = False) -> Restored:
        """Put a backup in the place of what the library holds; what was erased since is erased again before.

        Raises :class:`StudyError` where the library holds something and it is not to *replace* that, DamagedBackup
        where the file is not as it was written; then everything is as it was.
        """
        from makna.library.backing import restore  # noqa: PLC0415

        return restore(self.path, Path(path), replace=replace)

    @staticmethod
    def form(path: Path | str) -> Path:
        """Write an empty form for profiles and posts noted by hand (``.toml`` or ``.csv``) to *path*; returns it.

        Raises :class:`StudyError` where *path* is there already or lies in a study's folder.
        """
        return observing.write_form(Path(path))

    @staticmethod
    def lock_source(path: Path | str, passphrase: str, *, told: Told = lambda done: None) -> Path:
        """Put a source file under *passphrase* (``FILE.makna-locked``), check that it opens, delete the original.

        Returns where the locked file lies. *told* is called with the bytes done. Copies elsewhere remain.
        """
        return source_lock.lock(Path(path), passphrase, told=told)

    @staticmethod
    def unlock_source(path: Path | str, passphrase: str, *, told: Told = lambda done: None) -> Path:
        """Give a locked source file back beside it; returns its path."""
        return source_lock.unlock(Path(path), passphrase, told=told)

    @staticmethod
    def delete_source(path: Path | str) -> None:
        """Overwrite and delete a source file. Copies in a cloud folder or a backup remain."""
        source_lock.delete(Path(path))


def slug(name: str) -> str:
    """The folder name of a study."""
    made = re.sub(r"[^\w]+", "-", name.strip().lower()).strip("-")
    if not made:
        raise StudyError(_("A study needs a name with at least one letter or digit."))
    return made
