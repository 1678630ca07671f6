"""Things that stand under one another (codes, concepts): the tree of them with counts, and where a key moves one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Branch:
    """A row with those below it. *own* is what is counted of it, *all* of those below too."""

    row: Any
    depth: int
    own: int
    all: int
    children: tuple[Branch, ...] = ()

    def __iter__(self) -> Iterator[Branch]:
        """The branch and all below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child

    @property
    def ids(self) -> list[int]:
        """The keys of the branch."""
        return [branch.row.pk for branch in self]


class Place(NamedTuple):
    """Under which row, and before which sibling; the top and the last where it is None."""

    parent: int | None
    before: int | None


def branches(rows: Iterable[Any], counted: Mapping[int, int]) -> list[Branch]:
    """The tree of *rows*, which come each with its siblings in their order."""
    children: dict[int | None, list[Any]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    return _branches(children, counted, None, 0)


def _branches(
    children: Mapping[int | None, list[Any]], counted: Mapping[int, int], parent: int | None, depth: int
) -> list[Branch]:
    found = []
    for row in children.get(parent, ()):
        below = _branches(children, counted, row.pk, depth + 1)
        own = counted.get(row.pk, 0)
        found.append(Branch(row, depth, own, own + sum(b.all for b in below), tuple(below)))
    return found


def flat(tops: Iterable[Branch]) -> list[Branch]:
    """All branches, in the order of the tree."""
    return [one for top in tops for one in top]


def stepped(rows: Iterable[Any], key: int, step: str) -> Place | None:
    """Where one goes one step ``up``, ``down``, ``in`` (below the sibling before it) or ``out``; None: nowhere."""
    by_key = {row.pk: row for row in rows}
    row = by_key[key]
    siblings = _siblings(by_key, row.parent_id)
    at = siblings.index(key)
    if step == "up" and at > 0:
        return Place(row.parent_id, siblings[at - 1])
    if step == "down" and at + 1 < len(siblings):
        return Place(row.parent_id, next(iter(siblings[at + 2 :]), None))
    if step == "in" and at > 0:
        return Place(siblings[at - 1], None)
    if step == "out" and row.parent_id is not None:
        above = by_key[row.parent_id]
        uncles = _siblings(by_key, above.parent_id)
        return Place(above.parent_id, next(iter(uncles[uncles.index(above.pk) + 1 :]), None))
    return None


def _siblings(rows: Mapping[int, Any], parent: int | None) -> list[int]:
    return [row.pk for row in rows.values() if row.parent_id == parent]
