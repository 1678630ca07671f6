"""What was measured: one figure with its peer, and how a list of them is shown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One figure. *seconds* are those of one run over *posts* posts; a peer may have run over fewer of them."""

    what: str
    posts: int
    seconds: float
    peak_mib: float | None = None  # PSS of all processes
    peer: str | None = None
    peer_posts: int | None = None
    peer_seconds: float | None = None
    fixed: bool = False  # one answer, such as a page of hits: its time does not add up over posts
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long the peer takes: per post, or per answer."""
        if self.peer_seconds is None or not self.peer_posts:
            return None
        if self.fixed:
            return self.peer_seconds / self.seconds
        return (self.peer_seconds / self.peer_posts) / (self.seconds / self.posts)

    def asdict(self) -> dict[str, Any]:
        """The figure with its ratio, as plain data."""
        return {**asdict(self), "ratio": self.ratio}


def timed(call: Callable[[], Any]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def median(call: Callable[[], Any], *, times: int = 15) -> float:
    """The median seconds of *times* calls after a first one that warms caches."""
    call()
    return statistics.median(timed(call) for _ in range(times))


def table(figures: Sequence[Figure]) -> str:
    """The figures as text, a row each."""
    head = ("what", "posts", "time", "rate", "peak", "peer", "peer's time", "ratio")
    rows = [head, *(_row(figure) for figure in figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, ...]:
    rate = "" if figure.fixed else f"{figure.posts / figure.seconds:,.0f}/s"
    peak = f"{figure.peak_mib:,.0f} MiB" if figure.peak_mib else ""
    peer_time = "" if figure.peer_seconds is None else _time(figure.peer_seconds)
    if figure.peer_posts and figure.peer_posts != figure.posts:
        peer_time += f" ({figure.peer_posts:,} posts)"
    ratio = "" if figure.ratio is None else f"{figure.ratio:,.1f}×"
    note = f" ({figure.note})" if figure.note else ""
    return (
        figure.what + note, f"{figure.posts:,}", _time(figure.seconds), rate, peak, figure.peer or "", peer_time, ratio,
    )  # fmt: skip


def _time(seconds: float) -> str:
    return f"{1000 * seconds:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"
