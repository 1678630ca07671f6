"""Batches on disk: one folder each, written aside and renamed, so that a batch is there whole or not at all.

``corpus/0001/`` holds ``documents.parquet``, ``units.parquet``, ``authors.parquet``, for literature
``references.parquet``, and where a batch completes earlier ones ``joins.parquet`` (:mod:`makna.corpus.links`).
A folder whose name starts with a dot is a write that did not end; the next writer removes it. Only ``.rewritten-0001``
is complete: a batch written anew that has not taken its place yet. It is read instead of the old one.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from makna.corpus.batch_writer import BatchWriter, rewritten, settle
from makna.corpus.files import digest, sync, write_atomic
from makna.corpus.manifest import Manifest
from makna.errors import DamagedStudy, NoSuchBatch
from makna.i18n import _


class Store:
    """The batches of one study."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifests: dict[int, tuple[int, Manifest]] = {}  # as they were last read

    def numbers(self) -> list[int]:
        """The numbers of the batches that are there, in order."""
        if not self.folder.is_dir():
            return []
        there = {int(p.name) for p in self.folder.iterdir() if p.name.isdigit() and p.is_dir()}
        return sorted(there | set(self._unsettled()))

    def _unsettled(self) -> list[int]:
        """Batches written anew that have not taken their place yet."""
        return [int(p.name.rpartition("-")[2]) for p in self.folder.glob(".rewritten-*")]

    def batch_folder(self, number: int) -> Path:
        """The folder of a batch; raises :class:`NoSuchBatch`."""
        places = (rewritten(self.folder, number), self.folder / f"{number:04d}")
        found = next((place for place in places if place.is_dir()), None)
        if found is None:
            raise NoSuchBatch(
                _("The study holds no batch {number}. It holds: {there}.").format(
                    number=number, there=", ".join(map(str, self.numbers())) or "–"
                )
            )
        return found

    def revisions(self) -> dict[int, int]:
        """Batch -> how often it was written anew."""
        return {number: self.manifest(number).revision for number in self.numbers()}

    def standing(self) -> dict[int, tuple[int, Path]]:
        """Batch -> (revision, folder): what readers may remember a batch by."""
        return {
            number: (self.manifest(number).revision, self.batch_folder(number)) for number in self.numbers()
        }

    def manifest(self, number: int) -> Manifest:
        """The manifest of a batch; raises :class:`DamagedStudy` when it cannot be read."""
        file = self.batch_folder(number) / "manifest.json"
        try:
            written = file.stat().st_mtime_ns
            if number not in self._manifests or self._manifests[number][0] != written:
                data = json.loads(file.read_text(encoding="utf-8"))
                self._manifests[number] = (written, Manifest(**{**data, "provides": tuple(data["provides"])}))
            return self._manifests[number][1]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedStudy(
                _("{file} cannot be read ({reason}). Restore it from a backup, or remove the batch.").format(
                    file=file, reason=type(error).__name__
                )
            ) from error

    def manifests(self) -> list[Manifest]:
        """All manifests, in batch order."""
        return [self.manifest(n) for n in self.numbers()]

    def files(self, table: str) -> list[Path]:
        """The Parquet files of one table over all batches, in batch order."""
        return [file for _number, file in self.numbered_files(table)]

    def numbered_files(self, table: str) -> list[tuple[int, Path]]:
        """(batch, Parquet file) of one table over all batches, in batch order."""
        found = [(n, self.batch_folder(n) / f"{table}.parquet") for n in self.numbers()]
        return [(n, file) for n, file in found if file.is_file()]

    def next_number(self) -> int:
        """A batch number never used before in this study, also not by a removed batch."""
        counter = self.folder / "next"
        used = int(counter.read_text()) if counter.is_file() else 1
        return max([used, *(n + 1 for n in self.numbers())])

    def count_from(self, number: int) -> None:
        """Give new batches no number below *number*."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self.folder / "next", str(max(number, self.next_number())))

    def writer(self, number: int) -> BatchWriter:
        """A writer for a new batch, or for one written anew. What writers that died left is tidied first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tidy()
        return BatchWriter(self.folder, number)

    def tidy(self) -> None:
        """End what a writer that died began: batches written anew take their place, all else it left goes."""
        for number in self._unsettled():
            settle(self.folder, number)
        for left in self.folder.glob(".*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def remove(self, number: int) -> None:
        """Take a batch out whole: it leaves the readers' sight in one rename, then its bytes go."""
        self.tidy()
        folder = self.batch_folder(number)
        write_atomic(self.folder / "next", str(self.next_number()))
        aside = self.folder / f".removed-{number:04d}"
        folder.rename(aside)
        sync(self.folder)
        shutil.rmtree(aside)

    def damaged(self) -> list[Path]:
        """Files whose checksum differs from their manifest's."""
        wrong = []
        for number in self.numbers():
            folder = self.batch_folder(number)
            for name, stated in self.manifest(number).checksums.items():
                file = folder / name
                if not file.is_file() or digest(file) != stated:
                    wrong.append(file)
        return wrong
