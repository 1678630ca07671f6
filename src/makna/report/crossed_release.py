"""What a matrix of codes may show outside the study.

In the public edition what stands on observed accounts is counted in accounts, never in passages: a cell is shown from five
accounts on, rounded to the nearest five, and without sums. So one export less another (an earlier one, one of other codes,
of other or wider groups) says 0, 5, 10 …, never that one account came or went, nor how much one account wrote. A group
that a single informant stands for is withheld. The examiners' edition is complete, with what is small marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from makna.corpus.model import SourceKind
from makna.report.release import ENOUGH, EXAMINERS

ACCOUNTS, OTHERS = "observed accounts", "interviews, notes and literature"
_ALONE = 1  # informants behind a group who would be recognised by it
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Standing:
    """One row that a cell stands on: the passage, the kind of its source, whose words it is (None: nobody's known)."""

    code: str
    group: str
    place: Place
    kind: str
    case: int | None


@dataclass(frozen=True)
class Cell:
    """A cell as it leaves. *source* is one of both halves; *counted* what its *value* counts; None is held back."""

    code: str
    group: str
    source: str
    counted: str
    value: int | None
    few: bool = False


@dataclass
class _Seen:
    """What stands in one half of a cell."""

    places: set[Place] = field(default_factory=set)
    cases: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Left:
    """The cells of an edition, and how many were held back."""

    cells: tuple[Cell, ...]
    held: int


def release(
    rows: Iterable[Standing],
    edition: str,
    *,
    codes: Sequence[str],
    groups: Sequence[str],
    named: Mapping[str, str] | None = None,
    by_person: bool = False,
) -> Left:
    """The cells of *codes* × *groups* as *edition* may show them, in this order; cells that stand on nothing are 0.

    *named* says what a code or a group is called there. *by_person*: groups divide persons, so that one with a single
    informant would single that one out.
    """
    seen: dict[tuple[str, str, str], _Seen] = defaultdict(_Seen)
    informants: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        what = seen[row.code, row.group, ACCOUNTS if row.kind == SourceKind.OBSERVATION else OTHERS]
        what.places.add(row.place)
        if row.case is not None:
            what.cases.add(row.case)
        if row.case is not None and row.kind == SourceKind.INTERVIEW:
            informants[row.group].add(row.case)
    alone = {group for group, who in informants.items() if by_person and len(who) <= _ALONE}
    said = named or {}
    there = {(group, side) for _code, group, side in seen}
    cells = []
    for code in codes:
        for group in groups:
            for half in (half for half in (ACCOUNTS, OTHERS) if (group, half) in there):
                what = seen.get((code, group, half), _Seen())
                value = len(what.places) if edition == EXAMINERS else _public(what, half, group in alone)
                counted = "accounts" if half == ACCOUNTS and edition != EXAMINERS else "passages"
                few = half == ACCOUNTS and len(what.places) > 0 and len(what.cases) < ENOUGH
                cells.append(Cell(said.get(code, code), said.get(group, group), half, counted, value, few))
    return Left(tuple(cells), sum(cell.value is None for cell in cells))


def _public(what: _Seen, half: str, alone: bool) -> int | None:
    if not what.places:
        return 0
    if half == OTHERS:
        return None if alone else len(what.places)
    return None if len(what.cases) < ENOUGH else rounded(len(what.cases))


def rounded(accounts: int) -> int:
    """To the nearest five, so that no difference of two figures is one account."""
    return ENOUGH * ((2 * accounts + ENOUGH) // (2 * ENOUGH))
