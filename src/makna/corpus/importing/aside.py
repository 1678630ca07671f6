"""Records kept aside between the survey and the door, sealed under a key that lives in memory alone.

The door needs to know the whole batch before it takes the first text, and reading a source twice costs more than
anything the door does. What is kept is encrypted before it leaves the worker that read it; the file has no name
where the system allows that, and goes with this process everywhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import msgpack

from makna.corpus.records import RawAccount, RawPost

_NONCE = 12  # bytes
_IN_MEMORY = 16 << 20  # bytes kept before a file is begun
Records = tuple[list[RawPost], list[RawAccount]]

_ENCODER = msgpack.Encoder()
_DECODER = msgpack.Decoder(Records)


class Seal:
    """Seals and opens records under one key. Picklable, for the workers of one import."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)

    @classmethod
    def fresh(cls) -> Seal:
        """A seal under a key that nobody else knows."""
        return cls(AESGCM.generate_key(256))

    def close(self, posts: Sequence[RawPost], accounts: Sequence[RawAccount]) -> bytes:
        """The records of a block, sealed."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, _ENCODER.encode((posts, accounts)), None)

    def open(self, sealed: bytes) -> Records:
        """The records that *sealed* holds."""
        return _DECODER.decode(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None))

    def __reduce__(self) -> tuple[type[Seal], tuple[bytes]]:
        return Seal, (self._key,)


class Aside:
    """Sealed blocks in the order they came, in memory while they are few, else in a file in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed on leaving
        self._sizes: list[int] = []

    def __enter__(self) -> Aside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, where: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, sealed: bytes) -> None:
        """Keep one more block."""
        self._file.write(sealed)
        self._sizes.append(len(sealed))

    def blocks(self) -> Iterator[bytes]:
        """All blocks, once."""
        self._file.seek(0)
        for size in self._sizes:
            yield self._file.read(size)
