"""What may leave: rows on enough accounts, informants nobody can single out (DESIGN, *What leaves*).

Rows about observed accounts stand on at least :data:`ENOUGH` of them or are merged, never one row alone: a single hidden
row is what a total minus the shown rows gives away. Informants' attributes are coarsened until every shown combination
belongs to two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ENOUGH = 5
PUBLIC, EXAMINERS = "public", "examiners"
EDITIONS = (PUBLIC, EXAMINERS)


@dataclass(frozen=True)
class Group:
    """The accounts behind a row: how many, and which of them are known."""

    size: int
    known: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hidden:
    """*merged*: rows that become one. *withheld*: not even merged do they stand on enough, so they go."""

    merged: tuple[int, ...] = ()
    withheld: bool = False


def merge(groups: Sequence[Group], *, enough: int = ENOUGH) -> Hidden:
    """Which rows must be merged into "other" so that it stands on *enough* accounts and hides two rows or more.

    Small rows first; where they are too few, the smallest of the others join them. Rows that stand on nobody stay.
    """
    hidden = {i for i, g in enumerate(groups) if 0 < g.size < enough}
    rest = sorted((g.size, i) for i, g in enumerate(groups) if g.size >= enough)
    while hidden and rest and not _holds([groups[i] for i in hidden], enough):
        hidden.add(rest.pop(0)[1])
    merged = [groups[i] for i in sorted(hidden)]
    return Hidden(tuple(sorted(hidden)), bool(hidden) and not _holds(merged, enough))


def together(groups: Sequence[Group]) -> int:
    """How many accounts stand at least behind several rows: one account may stand behind more than one."""
    known = frozenset[int]().union(*(g.known for g in groups))
    return max([len(known), *(g.size for g in groups)], default=0)


def _holds(groups: Sequence[Group], enough: int) -> bool:
    return len(groups) >= 2 and together(groups) >= enough


@dataclass(frozen=True)
class Coarsened:
    """Attributes as they may be shown, and the names of those that were coarsened."""

    rows: tuple[dict[str, str], ...]
    coarsened: tuple[str, ...]


def coarsen(rows: Sequence[Mapping[str, str]], *, shared: int = 2) -> Coarsened:
    """Attributes of informants, coarsened until every combination is shown for at least *shared* of them.

    Informants alone in their combination join the nearest others; where these differ, all show the values together
    ("25-29 / 30-34"). With fewer than *shared* informants nothing is shown.
    """
    columns = list(dict.fromkeys(key for row in rows for key in row))
    full = [{c: row.get(c, "–") for c in columns} for row in rows]
    if len(full) < shared:
        return Coarsened(tuple({} for _ in full), tuple(columns) if full else ())
    out: list[dict[str, str]] = [{} for _ in full]
    for cluster in _clusters(full, columns, shared):
        values = {c: " / ".join(sorted({full[i][c] for i in cluster})) for c in columns}
        for i in cluster:
            out[i] = dict(values)
    changed = [c for c in columns if any(out[i][c] != full[i][c] for i in range(len(full)))]
    return Coarsened(tuple(out), tuple(changed))


def _clusters(rows: Sequence[Mapping[str, str]], columns: Sequence[str], shared: int) -> list[list[int]]:
    """Groups of at least *shared* rows: equal ones together, then the smallest group joins its nearest."""
    equal: dict[tuple[str, ...], list[int]] = {}
    for i, row in enumerate(rows):
        equal.setdefault(tuple(row[c] for c in columns), []).append(i)
    clusters = list(equal.values())
    while len(clusters) > 1 and len(smallest := min(clusters, key=lambda c: (len(c), c))) < shared:
        clusters.remove(smallest)
        nearest = min(clusters, key=lambda c: (_apart(rows, columns, smallest, c), len(c), c))
        clusters[clusters.index(nearest)] = sorted([*nearest, *smallest])
    # Two groups that came to show the same values are one group to a reader, which only helps.
    return clusters


def _apart(
    rows: Sequence[Mapping[str, str]], columns: Sequence[str], one: list[int], other: list[int]
) -> int:
    """In how many attributes the two groups would have to be shown together."""
    return sum(len({rows[i][c] for i in (*one, *other)}) - 1 for c in columns)
