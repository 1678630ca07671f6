"""A whole library backed up to one file, and put back from one: whole or not at all, and without what was erased since."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

import makna
from makna.corpus import keys
from makna.corpus.erasure.plan import ErasedIds
from makna.corpus.files import sync, write_atomic
from makna.corpus.store import Store
from makna.errors import StudyError, StudyLocked
from makna.i18n import _
from makna.library import archive
from makna.library.apart import apart
from makna.library.places import shelved
from makna.library.study import Study
from makna.record import carrying, forgetting
from makna.record.database import FILE, in_files

_STAGING, _READY, _LOCK = ".restoring", "ready", ".restore.lock"


@dataclass(frozen=True)
class Backed:
    """A backup: its file, the names of the studies in it, when it was made, its size in bytes."""

    path: Path
    studies: tuple[str, ...]
    made: str
    size: int


@dataclass(frozen=True)
class Restored:
    """What came back: the studies, and how many documents were erased again because they had been since."""

    studies: tuple[str, ...]
    made: str
    erased_again: int


def back_up(library: Path, target: Path) -> Backed:
    """Write studies and record of *library* to the new file *target*. Raises :class:`StudyError` where it may not lie there.

    Nobody may be writing to a study (raises :class:`StudyLocked`); people may go on coding.
    """
    target = target.resolve()
    if target.is_relative_to(library.resolve()):
        raise StudyError(
            _(
                "A backup inside the library would be lost with it, and erasing would not reach it: choose another place."
            )
        )
    if target.exists():
        raise StudyError(_("{name} is there already, and is not written over.").format(name=target.name))
    said = shelved(library)
    made = datetime.now().astimezone().isoformat(timespec="seconds")
    with ExitStack() as held, tempfile.TemporaryDirectory(prefix="makna-") as aside:
        for one in said:
            study = held.enter_context(_held(library / "studies" / one.name))
            Store(study.folder / "corpus").tidy()
        files = dict(archive.parts(library))
        if forgetting.exists(library):
            record = Path(aside) / FILE
            apart(carrying.keep)(library, record)
            files[FILE] = record
        stated = [{"id": one.id, "name": one.name, "title": one.title} for one in said]
        about = {"makna": makna.__version__, "made": made, "studies": stated}
        size = archive.write(target, iter(files.items()), about)
    return Backed(target, tuple(one.name for one in said), made, size)


def restore(library: Path, file: Path, *, replace: bool = False) -> Restored:
    """Put a backup in the place of what *library* holds. What was erased since is erased again before anybody sees it.

    Raises :class:`StudyError` where the library holds something and it is not to *replace* that, DamagedBackup where the
    file is not as it was written; then everything is as it was.
    """
    said = archive.about(file)
    library.mkdir(parents=True, exist_ok=True)
    with _alone(library):
        settle(library)
        there = shelved(library)
        if (there or (library / FILE).exists()) and not replace:
            raise StudyError(
                _(
                    "The library {library} holds studies already. To put the backup in their place: --replace"
                ).format(library=library)
            )
        staging = library / _STAGING
        shutil.rmtree(staging, ignore_errors=True)
        with ExitStack() as held:
            for one in there:
                held.enter_context(_held(library / "studies" / one.name))
            new = staging / "new"
            (new / "studies").mkdir(parents=True)
            archive.unpack(file, new, said)
            erased = _erased_again(library, new)
            write_atomic(staging / _READY, said.made)
            sync(staging)
            if os.name == "nt":
                held.close()  # Windows moves no folder in which a file is open
            settle(library)
    return Restored(tuple(one["name"] for one in said.studies), said.made, erased)


def settle(library: Path) -> None:
    """Bring a restore that was ready to its end; what it replaces is gone then. May be broken off, and called again."""
    staging = library / _STAGING
    if not (staging / _READY).is_file():
        return
    new, old = staging / "new", staging / "old"
    if (new / FILE).is_file():
        apart(carrying.bring_back)(new / FILE, library)
        (new / FILE).unlink()
    if (new / "studies").is_dir():
        old.mkdir(exist_ok=True)
        if (library / "studies").is_dir():
            (library / "studies").replace(old / uuid4().hex)
        (new / "studies").replace(library / "studies")
        sync(library)
    (staging / _READY).unlink()
    shutil.rmtree(staging)


def take_up(library: Path) -> None:
    """The same for whoever opens the library next; waits for a restore that is under way."""
    with FileLock(library / _LOCK):
        settle(library)


def _erased_again(library: Path, new: Path) -> int:
    """Erase from the studies unpacked in *new* what the library, or this user's configuration, knows as erased."""
    before = {one.id: one for one in shelved(library)}
    count = 0
    for one in shelved(new):
        folder = new / "studies" / one.name
        was = before.get(one.id)
        if was is not None:
            ErasedIds(folder).add(ErasedIds(library / "studies" / was.name).read())
            Store(folder / "corpus").count_from(
                Store(library / "studies" / was.name / "corpus").next_number()
            )
            if was.sealed and not one.sealed:
                _sealed(folder)
        with in_files():
            study = Study(folder)
            study = study if keys.exists(study.id) else study._as_if_sealed()
            count += study.brought_back()
            study.erase_again()
            known = ErasedIds(folder).read()
            if forgetting.exists(new):
                apart(forgetting.forget)(
                    new,
                    one.id,
                    mark=uuid4().hex,
                    documents=known.documents,
                    codes=known.codes,
                    authors=known.authors,
                )
    return count


def _sealed(folder: Path) -> None:
    """What was sealed stays so: no links come back, and no new key is asked for."""
    shutil.rmtree(folder / "links", ignore_errors=True)
    about = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    write_atomic(folder / "study.json", json.dumps({**about, "sealed": True}, ensure_ascii=False, indent=1))


@contextmanager
def _held(folder: Path) -> Iterator[Study]:
    """A study that nobody else writes to, with everything brought to its end."""
    study = Study(folder)
    with study._writing(_("backup")):
        yield study


@contextmanager
def _alone(library: Path) -> Iterator[None]:
    """One restore at a time."""
    try:
        with FileLock(library / _LOCK, timeout=0):
            yield
    except Timeout:
        raise StudyLocked(_("This library is being restored by another program.")) from None
