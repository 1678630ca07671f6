"""Keyed MACs: the only trace of an identifier that may ever be stored.

A MAC tells that two identifiers are equal to whoever holds the study's key, and nothing to anyone else: without
the key no guess can be tested. ``seal`` destroys the key.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

KINDS = ("post", "account", "handle", "name", "part", "content", "conversation")

_number = int.from_bytes


class Macs:
    """MACs under one key (16 to 64 bytes). Raises ValueError for any other length of key."""

    __slots__ = ("_begin", "_key")

    def __init__(self, key: bytes) -> None:
        if not 16 <= len(key) <= 64:
            raise ValueError("A key holds 16 to 64 bytes.")
        self._key = key
        begun = (blake2b(digest_size=8, key=key, person=kind.encode()) for kind in KINDS)
        self._begin = {kind: state.copy for kind, state in zip(KINDS, begun, strict=True)}

    def mac(self, kind: str, value: str) -> int:
        """The unsigned 64-bit MAC of *value*, apart for each of KINDS; never 0, which stands for "none".

        Keyed BLAKE2b (RFC 7693). Raises KeyError for an unknown kind.
        """
        state = self._begin[kind]()  # a copy of the keyed state costs half of keying it again
        state.update(value.encode() if value.isascii() else value.encode("utf-8", "surrogatepass"))
        return _number(state.digest(), "little") or 1

    def secret(self, purpose: str) -> int:
        """A 64-bit number drawn from the key for *purpose*: a seed for cheaper keyed hashes in memory."""
        return _secret(self._key, purpose)

    def __reduce__(self) -> tuple[type[Macs], tuple[bytes]]:
        return Macs, (self._key,)


@lru_cache(maxsize=64)
def _secret(key: bytes, purpose: str) -> int:
    digest = blake2b(purpose.encode(), digest_size=8, key=key, person=b"secret").digest()
    return int.from_bytes(digest, "little")
