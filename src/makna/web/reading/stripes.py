"""Margin stripes: each coding as a line beside its text, in a lane of its own where codings overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from makna.web.reading.segments import Passage


class Stripe(NamedTuple):
    """A coding and the lane it stands in, 0 being next to the text."""

    passage: Passage
    lane: int


def stripes(passages: Iterable[Passage]) -> list[Stripe]:
    """Every passage in the nearest lane that is free where it begins, in the order of the text.

    Greedy colouring of intervals by their beginnings: as few lanes as codings overlap at the densest place
    (Kleinberg & Tardos 2006, 4.1), in O(n log n). The longer of two that begin together stands nearer to the text.
    """
    laid: list[Stripe] = []
    ends: list[tuple[int, int]] = []  # (end, lane) of the stripes not yet over
    free: list[int] = []
    lanes = 0
    for passage in sorted(passages, key=lambda p: (p.start, -p.end, p.coding)):
        while ends and ends[0][0] <= passage.start:
            heappush(free, heappop(ends)[1])
        lane = heappop(free) if free else lanes
        lanes = max(lanes, lane + 1)
        heappush(ends, (passage.end, lane))
        laid.append(Stripe(passage, lane))
    return laid


def clusters(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Passages in groups that overlap with no other group: a change in one moves no lane of another."""
    group: list[Passage] = []
    reach = -1
    for passage in sorted(passages):
        if group and passage.start >= reach:
            yield group
            group = []
        group.append(passage)
        reach = max(reach, passage.end)
    if group:
        yield group
