"""Records kept aside between the survey and the door, sealed under a key that lives in memory alone.

The door needs to know the whole batch before it takes the first text, and reading a source twice costs more than
anything the door does. What is kept is encrypted before it leaves the worker that read it; the file has no name
where the system allows that, and goes with this process everywhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Raw, Struct, msgpack

from makna.corpus.records import RawAccount, RawPost

_NONCE = 12  # bytes
_IN_MEMORY = 16 << 20  # bytes kept before a file is begun


class Waiting(Struct, gc=False, array_like=True):
    """What the door and the tables need of a post; its ids, and whom it names, ended as MACs in the survey."""

    text: str
    links: dict[str, str]
    written_by: Raw  # see :attr:`account`
    sent: float | None
    relation: str
    replies: int | None
    reposts: int | None
    likes: int | None
    quotes: int | None
    media: list[str]
    context: bool
    withheld: bool

    @property
    def account(self) -> RawAccount | None:
        """Who wrote it; read when asked for, since one post of an account tells it all."""
        return _ACCOUNT.decode(self.written_by)


_ENCODER = msgpack.Encoder()
_ACCOUNT = msgpack.Decoder(RawAccount | None)
_DECODER = msgpack.Decoder(tuple[list[Waiting], list[RawAccount]])
_PAIR, _ARRAY = (
    b"\x92",
    b"\xdd",
)  # how MessagePack begins an array of two, and one whose length follows in four bytes


class Packed:
    """The records of one block on their way to be sealed, written one by one: none has to be held until the last."""

    def __init__(self) -> None:
        self._posts, self._accounts = bytearray(), bytearray()
        self._counts = [0, 0]

    def post(self, post: RawPost) -> None:
        """Take a post."""
        self._counts[0] += 1
        _ENCODER.encode_into(
            (
                post.text, post.links, post.account, post.sent, post.relation, post.replies, post.reposts, post.likes,
                post.quotes, post.media, post.context, post.withheld,
            ), self._posts, -1,
        )  # fmt: skip

    def account(self, account: RawAccount) -> None:
        """Take an account that is a record of its own."""
        self._counts[1] += 1
        _ENCODER.encode_into(account, self._accounts, -1)

    def data(self) -> bytes:
        """All that was taken."""
        posts, accounts = (_ARRAY + count.to_bytes(4, "big") for count in self._counts)
        return b"".join((_PAIR, posts, self._posts, accounts, self._accounts))


class Seal:
    """Seals and opens records under one key. Picklable, for the workers of one import."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)

    @classmethod
    def fresh(cls) -> Seal:
        """A seal under a key that nobody else knows."""
        return cls(AESGCM.generate_key(256))

    def close(self, records: Packed) -> bytes:
        """The records of a block, sealed."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, records.data(), None)

    def open(self, sealed: bytes) -> tuple[list[Waiting], list[RawAccount]]:
        """The posts and the accounts that *sealed* holds, each in their order."""
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
