"""Which report files Makna wrote, so that nobody's own work is replaced: a report may have been edited since."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from makna.errors import ReportError
from makna.i18n import _

_KEPT = 200  # the latest reports


class Written:
    """Checksums of what was written, in the study's *folder* of reports."""

    def __init__(self, folder: Path) -> None:
        self._note = folder / ".written.json"

    def refuse(self, target: Path, *, force: bool) -> None:
        """Raise :class:`ReportError` where *target* is a file that was not written so by Makna, unless *force*."""
        if force or not target.exists() or _sum(target) in self._sums():
            return
        raise ReportError(
            _(
                "{file} stands already, and Makna did not write it so: it may hold your own changes. Name another file,"
                " or say --force to replace it."
            ).format(file=target)
        )

    def remember(self, target: Path) -> None:
        """Note that *target* is as Makna wrote it."""
        self._note.parent.mkdir(exist_ok=True)
        sums = [*self._sums(), _sum(target)][-_KEPT:]
        self._note.write_text(json.dumps(sums), encoding="utf-8")

    def withdraw(self, *, write: bool = True) -> tuple[list[Path], list[Path]]:
        """Delete what Makna wrote; returns (those files, files of the folder that were changed since and stay).

        Without *write* nothing is deleted.
        """
        sums = set(self._sums())
        files = [f for f in sorted(self._note.parent.glob("*")) if f.is_file() and not f.name.startswith(".")]
        ours = [file for file in files if _sum(file) in sums]
        for file in ours if write else ():
            file.unlink()
        return ours, [file for file in files if file not in ours]

    def _sums(self) -> list[str]:
        return list(json.loads(self._note.read_text(encoding="utf-8"))) if self._note.is_file() else []


def _sum(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
