"""How a CSV file is laid out: its delimiter, header, width, and the columns of a telling form."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from makna.corpus.readers.base import Head
from makna.corpus.readers.csv_cut import Cutter, lines
from makna.corpus.readers.csv_fields import ONE_COLUMN, Shape, anchors
from makna.corpus.readers.mapping import guess

DELIMITERS = (",", ";", "\t", "|")
_SEP = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_BRACKET = re.compile(r" \(")
SAMPLE = 200


@dataclass(frozen=True)
class Layout:
    """A file's columns, the shape of its records, the line its header ends on, and its first records."""

    columns: tuple[str, ...]
    shape: Shape
    header_end: int
    sample: tuple[tuple[str, ...], ...]
    steady: float  # share of the sampled records that have the right number of fields


def may_be(head: Head) -> bool:
    """Whether a text begins as a table of three columns or more would: seen in a moment, since most files are none."""
    start = head.text.lstrip().replace("\r", "\n")[:4_000].split("\n", 8)[:8]
    return any("\n".join(start).count(delimiter) > 1 for delimiter in DELIMITERS) or bool(
        _SEP.match(start[0])
    )


def of(head: Head) -> Layout | None:
    """The layout of the file, seen from its head; None where it has no header line."""
    text = head.text.replace("\x00", "")
    text = text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
    rows = text.split("\n")
    if not head.whole and len(rows) > 1:
        del rows[-1]
    at = next((n for n, row in enumerate(rows) if row.strip()), None)
    if at is None:
        return None
    said = _SEP.fullmatch(rows[at])
    if said:
        rows, at = rows[at + 1 :], at + 1
    else:
        rows = rows[at:]
    found = [_with(d, rows, at) for d in ((said[1],) if said else DELIMITERS)]
    likely = [layout for layout in found if layout and len(layout.columns) > 1]
    if likely:
        best = max(likely, key=lambda layout: (layout.steady > 0.5, layout.steady * len(layout.columns)))
        if said or best.sample or best.steady == 1.0 or "text" in guess(best.columns, ()):
            return best
    return _with(ONE_COLUMN, rows, at)


def _with(delimiter: str, rows: Sequence[str], skipped: int) -> Layout | None:
    """The layout if *delimiter* parts the fields; a header may run over lines inside quotes."""
    for used in range(1, min(6, len(rows) + 1)):
        try:
            names = next(csv.reader(["\n".join(rows[:used])], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        return _sampled(Shape(delimiter, len(names)), names, rows[used:], skipped + used)
    return None


def _sampled(shape: Shape, names: Sequence[str], rows: Sequence[str], end: int) -> Layout:
    cut = Cutter(shape, "utf-8").records(lines(["\n".join(rows).encode("utf-8", "replace") + b"\n"]))
    exact: list[tuple[str, ...]] = []
    seen = 0
    for record in islice(cut, SAMPLE):
        seen += 1
        fields = shape.strictly(record.data.decode("utf-8", "replace").rstrip("\r"))
        if fields is not None and len(fields) == shape.width:
            exact.append(tuple(fields))
    shape = replace(shape, anchors=anchors(exact, shape.width)) if exact else shape
    return Layout(unique(names), shape, end, tuple(exact), len(exact) / seen if seen else 1.0)


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each once: an empty one by its number, a repeated one with a count."""
    made: list[str] = []
    met: Counter[str] = Counter()  # names, and what stands before a bracket in them
    for n, name in enumerate(names, 1):
        plain = " ".join(name.split()) or f"column {n}"
        copies = met[plain]
        made.append(f"{plain} ({copies + 1})" if copies else plain)
        met.update([made[-1], *(made[-1][: at.start()] for at in islice(_BRACKET.finditer(made[-1]), 8))])
    return tuple(made)
