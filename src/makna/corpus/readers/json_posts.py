"""What readers of posts in JSON share: how the file is cut, and how its values become records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from makna.corpus.model import SourceKind
from makna.corpus.readers import jsonl
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.x_common import Tally, no_post
from makna.corpus.records import RawPost, RawRecord, Rejection


class Parser(Protocol):
    """Turns the objects of one block into records."""

    def records(self, where: int, value: dict[str, Any]) -> Iterable[RawRecord]:
        """The records of one object; never raises for what a file may hold."""
        ...


def records_of(objects: Iterable[tuple[int, Any]], tally: Tally, parser: Parser) -> Iterator[RawRecord]:
    """Objects may be posts already. Posts, each followed by what it quotes or reposts; accounts; rejections; last what never enters."""
    for where, value in objects:
        if isinstance(value, Rejection):
            yield value
        elif isinstance(value, RawPost):
            value.where = where
            yield value
        elif isinstance(value, dict):
            yield from parser.records(where, value)
        else:
            yield no_post(where)
    yield from tally.dropped()


class JsonPosts(ABC):
    """A reader whose parser needs to know nothing but what it counts: the fields *kept*, and those *named* that never enter."""

    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    parallel = True
    lists: Sequence[str] = ()  # of a wrapping object, that hold the records
    kept: str  # paths of fields with spaces between, as Tally takes them
    named: str

    @abstractmethod
    def parser(self, tally: Tally) -> Parser:
        """The parser of one block."""

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of about 2 MiB. Raises a ReadError that names the file and the remedy."""
        yield from jsonl.blocks(path, head, descend=self.lists)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """The records of one block, as :func:`records_of` gives them."""
        tally = Tally(self.kept, self.named)
        yield from records_of(jsonl.objects(block), tally, self.parser(tally))
