"""A source that lies on the disk encrypted and reads like the file it was.

An upload is written in pieces of 1 MiB, each under AES-256-GCM by a key that is in memory alone; nonce and associated
data hold the piece's number, so pieces can be read in any order and none can be moved. :class:`SealedFile` is a path:
readers ask it for its name and open it as they open any other, and nothing clear is written for them.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 1 << 20
_TAG, _NONCE = 16, 12


class SealedWriter:
    """Takes the bytes of a file as they come; :meth:`finish` gives the file. Whatever is on the disk is encrypted."""

    def __init__(self, place: Path) -> None:
        self._place, self._key = place, AESGCM.generate_key(256)
        self._cipher, self._buffer = AESGCM(self._key), bytearray()
        self._pieces = self._size = 0
        self._out = os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    @property
    def size(self) -> int:
        """Bytes taken so far."""
        return self._size

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self._buffer += data
        self._size += len(data)
        while len(self._buffer) >= PIECE:
            self._put(PIECE)

    def finish(self, name: str) -> SealedFile:
        """The file that was written, under the *name* it had."""
        if self._buffer:
            self._put(len(self._buffer))
        self._out.close()
        return SealedFile.at(self._place, name, self._key, self._size)

    def abandon(self) -> None:
        """Forget what was written."""
        self._out.close()
        self._place.unlink(missing_ok=True)

    def _put(self, length: int) -> None:
        number = self._pieces.to_bytes(_NONCE, "big")  # the key is this file's alone, so numbers never recur
        self._out.write(self._cipher.encrypt(number, bytes(self._buffer[:length]), number))
        del self._buffer[:length]
        self._pieces += 1


class SealedFile(type(Path())):  # type: ignore[misc]
    """The path of a sealed file: its name is the one the file had, its folder that of the sealed one.

    Picklable, key and all: for other processes of this program, never for a file.
    """

    place: Path
    size: int
    _key: bytes

    @classmethod
    def at(cls, place: Path, name: str, key: bytes, size: int) -> Self:
        """The sealed file at *place*, whose bytes once had this *name* (of which the last part counts)."""
        last = name.replace("\\", "/").rpartition("/")[2]
        made = cls(place.parent / (last if last.strip(". ") else "file"))
        made.place, made._key, made.size = place, key, size
        return made

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return type(self).at, (self.place, self.name, self._key, self.size)

    @property
    def parent(self) -> Path:
        """The folder it lies in, a path like others."""
        return self.place.parent

    def with_segments(self, *segments: str | os.PathLike[str]) -> Path:
        """What is derived from this path (its folder, its neighbours) are paths like others."""
        return Path(*segments)

    def open(self, mode: str = "r", *_args: Any, **_named: Any) -> IO[Any]:
        """The clear bytes, for reading alone."""
        if mode != "rb":
            raise io.UnsupportedOperation("a sealed file is read as bytes")
        return io.BufferedReader(_Clear(self.place, self._key, self.size), PIECE)

    def read_bytes(self) -> bytes:
        """All clear bytes."""
        with self.open("rb") as stream:
            found: bytes = stream.read()
            return found

    def stat(self, **_named: Any) -> os.stat_result:
        """Of the sealed file, with the size of the clear one."""
        about = list(self.place.stat())
        about[stat.ST_SIZE] = self.size
        return os.stat_result(about)

    def exists(self, **_named: Any) -> bool:
        """Whether it is still there."""
        return self.place.is_file()

    def is_file(self, **_named: Any) -> bool:
        """Whether it is still there."""
        return self.place.is_file()

    def is_dir(self, **_named: Any) -> bool:
        """Never."""
        return False

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove the sealed file."""
        self.place.unlink(missing_ok=missing_ok)


class _Clear(io.RawIOBase):
    """The clear bytes of a sealed file, a piece in memory at a time."""

    def __init__(self, place: Path, key: bytes, size: int) -> None:
        self._in, self._cipher, self._size = place.open("rb"), AESGCM(key), size
        self._at, self._held, self._piece = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, into: Any) -> int:
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        if number != self._held:
            self._in.seek(number * (PIECE + _TAG))
            mark = number.to_bytes(_NONCE, "big")
            self._piece, self._held = self._cipher.decrypt(mark, self._in.read(PIECE + _TAG), mark), number
        part = self._piece[start : start + len(into)]
        into[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._in.close()
        super().close()
