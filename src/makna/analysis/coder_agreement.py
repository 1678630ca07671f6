"""Agreement between coders, code by code: which units each gave a code, of the documents that both coded.

A unit (a turn, a paragraph, a post) carries a code where a passage so coded touches it; so two coders who mark the same
words, one a little wider, agree. What is compared is Krippendorff's alpha over the two values, coded and not coded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from makna.analysis.agreement import Agreement, krippendorff_alpha

Unit = tuple[int, int, int]  # document, start, end: code points, half-open
Coding = tuple[str, int, int, int, int]  # code, coder, document, start, end


def by_code(
    units: Iterable[Unit], codings: Sequence[Coding], *, draws: int = 1000, seed: int = 0
) -> dict[str, Agreement]:
    """Code → agreement over the units of documents in which at least two coders coded anything; codes in order of name.

    A coder who coded nothing in a document gives its units no value. Empty where no document was coded by two.
    """
    coders_of: dict[int, set[int]] = defaultdict(set)
    for _code, coder, document, _start, _end in codings:
        coders_of[document].add(coder)
    shared = {document for document, coders in coders_of.items() if len(coders) > 1}
    placed = _Units(unit for unit in units if unit[0] in shared)
    if not len(placed):
        return {}
    coders = sorted({coder for document in shared for coder in coders_of[document]})
    blank = np.full((len(coders), len(placed)), np.nan)
    for n, coder in enumerate(coders):
        for document in shared:
            if coder in coders_of[document]:
                blank[n, placed.of(document)] = 0.0
    marked: dict[str, list[tuple[int, slice]]] = defaultdict(list)
    for code, coder, document, start, end in codings:
        if document in shared:
            marked[code].append((coders.index(coder), placed.touched(document, start, end)))
    found = {}
    for code in sorted(marked):
        matrix = blank.copy()
        for n, where in marked[code]:
            matrix[n, where] = 1.0
        found[code] = krippendorff_alpha(matrix, draws=draws, seed=seed)
    return found


class _Units:
    """Units in one row, document by document."""

    def __init__(self, units: Iterable[Unit]) -> None:
        rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for document, start, end in units:
            rows[document].append((start, end))
        self._spans: Mapping[int, list[tuple[int, int]]] = {d: sorted(spans) for d, spans in rows.items()}
        self._first: dict[int, int] = {}
        at = 0
        for document in sorted(self._spans):
            self._first[document] = at
            at += len(self._spans[document])
        self._length = at

    def __len__(self) -> int:
        return self._length

    def of(self, document: int) -> slice:
        """Where the units of a document stand."""
        first = self._first.get(document, 0)
        return slice(first, first + len(self._spans.get(document, ())))

    def touched(self, document: int, start: int, end: int) -> slice:
        """The units that a passage touches."""
        spans, first = self._spans.get(document, []), self._first.get(document, 0)
        begin = bisect_right(spans, start, key=lambda span: span[1])
        stop = bisect_left(spans, end, key=lambda span: span[0])
        return slice(first + begin, first + max(begin, stop))
