"""Closed and private observation: what an account without recorded consent wrote or says of itself does not enter.

Its posts stand as ``⟦turn withheld⟧`` at their place, so that a conversation keeps its shape; its names are still
known to the door, which masks them in the words of others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from makna.corpus.disguise.door import Disguised
from makna.corpus.disguise.minors import under_18_cue
from makna.corpus.readers import chat_people
from makna.corpus.readers.base import Block, Head, Options, Reader
from makna.corpus.records import RawAccount, RawPost, RawRecord

WITHHELD = "⟦turn withheld⟧"


def withheld() -> Disguised:
    """What stands for the words of somebody without recorded consent."""
    return Disguised(WITHHELD, {"turn withheld": 1}, ())


class Consenting:
    """The *inner* reader, whose posts are marked as withheld unless their account stands in *handles* (folded)."""

    def __init__(self, inner: Reader, handles: frozenset[str]) -> None:
        self.inner, self.handles = inner, handles
        self.name, self.title, self.kinds = inner.name, inner.title, inner.kinds
        self.provides, self.parallel = inner.provides, inner.parallel

    def sniff(self, head: Head) -> float:
        return self.inner.sniff(head)

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """The blocks of the inner reader."""
        return self.inner.blocks(path, head, options)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """The records of the inner reader; a pure repost by somebody who consents stays."""
        for record in self.inner.parse(block, options):
            if isinstance(record, RawPost) and not self._consents(record.account):
                yield structs.replace(
                    record, withheld=True, media=(), account=record.account and _bare(record.account)
                )
            elif isinstance(record, RawAccount) and not self._consents(record):
                yield _bare(record)
            else:
                yield record

    def _consents(self, account: RawAccount | None) -> bool:
        names = (account.handle, account.name, account.id) if account else ()
        return any(name and fold(name) in self.handles for name in names)


def fold(name: str) -> str:
    """*name* as two spellings of a handle, of a display name or of a telephone number compare."""
    shown = chat_people.plain(name)
    return chat_people.phone(shown) or shown.casefold().removeprefix("@")


def _bare(account: RawAccount) -> RawAccount:
    """Who it is, for the door, and a cue that keeps a minor's records out; nothing else it says of itself."""
    bio = account.bio if under_18_cue(account.bio or "") else None
    return RawAccount(account.id, account.handle, account.name, bio, where=account.where)
