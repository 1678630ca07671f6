"""A library in one file: its studies and its record, each part known by its checksum. Keys and indexes stay outside."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from makna.corpus.files import sync
from makna.errors import DamagedBackup
from makna.i18n import _

ABOUT = "makna-backup.json"
VERSION = 1
_BLOCK = 1 << 20
_OUTSIDE = ("index",)  # made anew from the batches
_PACKED = (".parquet", ".png", ".docx")  # not worth another packing


@dataclass(frozen=True)
class About:
    """What a backup says of itself: when it was made, the studies in it (id, name, title), checksums by path."""

    made: str
    studies: tuple[Mapping[str, str], ...]
    files: Mapping[str, str]


def parts(library: Path) -> Iterator[tuple[str, Path]]:
    """(path in the backup, file) of all files of studies that a backup holds."""
    for folder in sorted(library.glob("studies/*")):
        for file in sorted(folder.rglob("*")):
            within = file.relative_to(folder).parts
            hidden = any(part.startswith(".") for part in within)
            if within[0] not in _OUTSIDE and not hidden and file.is_file() and not file.is_symlink():
                yield f"studies/{folder.name}/{PurePosixPath(*within)}", file


def write(target: Path, files: Iterator[tuple[str, Path]], about: Mapping[str, Any]) -> int:
    """Write *files* into *target*, whole or not at all, readable to its owner alone; returns its size in bytes."""
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
            sums = {name: _pack(pack, name, file) for name, file in files}
            pack.writestr(ABOUT, json.dumps({"version": VERSION, **about, "files": sums}, ensure_ascii=False))
        sync(aside)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    sync(target.parent)
    return target.stat().st_size


def _pack(pack: zipfile.ZipFile, name: str, file: Path) -> str:
    made, found = hashlib.sha256(), zipfile.ZipInfo(name)
    found.compress_type = zipfile.ZIP_STORED if file.suffix in _PACKED else zipfile.ZIP_DEFLATED
    with file.open("rb") as source, pack.open(found, "w", force_zip64=True) as to:
        while block := source.read(_BLOCK):
            made.update(block)
            to.write(block)
    return made.hexdigest()


def about(archive: Path) -> About:
    """What a backup says of itself. Raises :class:`DamagedBackup` where it is none, or was made by a later Makna."""
    try:
        with zipfile.ZipFile(archive) as pack:
            said = json.loads(pack.read(ABOUT))
            version = said["version"]
            found = About(said["made"], tuple(said["studies"]), said["files"])
            names = {one.filename for one in pack.infolist()} - {ABOUT}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
        raise _damaged() from None
    if version > VERSION:
        raise DamagedBackup(_("This backup was made by a later Makna: use that."))
    if names != set(found.files) or not all(map(_inside, names)):
        raise _damaged()
    return found


def unpack(archive: Path, folder: Path, said: About) -> None:
    """Unpack a backup into *folder*; raises :class:`DamagedBackup` where a file is not as it was written."""
    try:
        with zipfile.ZipFile(archive) as pack:
            for name, told in said.files.items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                made = hashlib.sha256()
                with pack.open(name) as source, target.open("wb") as to:
                    while block := source.read(_BLOCK):
                        made.update(block)
                        to.write(block)
                if made.hexdigest() != told:
                    raise _damaged()
                sync(target)
    except (zipfile.BadZipFile, EOFError):
        raise _damaged() from None


def _damaged() -> DamagedBackup:
    return DamagedBackup(_("This is no backup that Makna wrote, or it is not whole any more."))


def _inside(name: str) -> bool:
    """Whether a path is one that a backup has: the record, or a file in a study's folder."""
    path = PurePosixPath(name)
    plain = str(path) == name and not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return (
        plain
        and ":" not in name
        and (name == "record.sqlite" or (path.parts[0] == "studies" and len(path.parts) > 2))
    )
