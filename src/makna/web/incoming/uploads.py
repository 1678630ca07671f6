"""Files that a browser sends touch the disk only encrypted, each under a key of its own that is in memory alone.

They lie in the user's configuration folder, never in or beside a study, in a folder of this process. What a process
that died left there nobody can read; the next one that starts removes it.
"""

from __future__ import annotations

import atexit
import secrets
import shutil
import threading
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from filelock import FileLock, Timeout

from makna.corpus import keys
from makna.corpus.sealed_file import SealedFile, SealedWriter

_lock = threading.Lock()


class SealingHandler(FileUploadHandler):
    """Seals every file of a form as it comes; nothing else of Django gets to see it."""

    writer: SealedWriter | None = None

    def new_file(self, *told: Any, **named: Any) -> None:
        """A file begins."""
        super().new_file(*told, **named)
        self.writer = SealedWriter(place())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Bytes of the file; no other handler gets them."""
        assert self.writer is not None
        self.writer.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """All of it is there."""
        assert self.writer is not None
        sealed, self.writer = self.writer.finish(self.file_name), None
        return SealedUpload(sealed, self.content_type)

    def upload_interrupted(self) -> None:
        """The browser went away."""
        if self.writer is not None:
            self.writer.abandon()
            self.writer = None


class SealedUpload(UploadedFile):
    """An uploaded file, sealed. Whoever wants to keep it calls :meth:`take`; else it goes with the request."""

    def __init__(self, sealed: SealedFile, content_type: str | None) -> None:
        super().__init__(None, sealed.name, content_type, sealed.size)
        self._sealed: SealedFile | None = sealed

    def take(self) -> SealedFile:
        """The sealed file, which is the taker's from now on."""
        assert self._sealed is not None
        sealed, self._sealed = self._sealed, None
        return sealed

    def close(self) -> None:
        """The request is over."""
        if self._sealed is not None:
            self._sealed.unlink(missing_ok=True)


def place() -> Path:
    """Where a sealed file may be written; its name says nothing."""
    with _lock:
        return _mine() / secrets.token_hex(16)


@cache
def _folders() -> dict[Path, FileLock]:
    atexit.register(_leave)
    return {}


def _mine() -> Path:
    """The folder of this process. Its lock, which ends with the process, says that somebody is using it."""
    shelf = keys.config_folder() / "uploads"
    for folder in _folders():
        if folder.parent == shelf and folder.is_dir():
            return folder
    clear(shelf)
    folder = shelf / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    held = FileLock(folder / ".lock", thread_local=False)
    held.acquire(timeout=0)
    _folders()[folder] = held
    return folder


def clear(shelf: Path | None = None) -> None:
    """Remove what processes left that are no more."""
    shelf = shelf or keys.config_folder() / "uploads"
    for folder in shelf.glob("*") if shelf.is_dir() else ():
        if folder in _folders():
            continue
        try:
            with FileLock(folder / ".lock", timeout=0):
                pass
        except Timeout:
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _leave() -> None:
    for folder, held in _folders().items():
        held.release()
        shutil.rmtree(folder, ignore_errors=True)
