"""Files that are there whole or not at all, and are known by their checksum."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def write_atomic(file: Path, text: str) -> None:
    """Replace the content of *file* whole or not at all."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    sync(aside)
    aside.replace(file)


def sync(path: Path) -> None:
    """Have a file or folder on the disk before anything else is done."""
    if os.name == "nt":
        return  # Windows opens no folder and syncs no file opened for reading; its renames are journalled
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
