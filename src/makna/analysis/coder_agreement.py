"""Agreement between coders, code by code: which units each gave a code, of the documents that both coded.

A unit (a turn, a paragraph, a post) carries a code where a passage so coded touches it; so two coders who mark the same
words, one a little wider, agree: Krippendorff's alpha and Cohen's kappa over the two values, coded and not coded. Where
passages begin and end is compared by Krippendorff's alpha for unitizing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from makna.analysis.agreement import Agreement, cohen_kappa, krippendorff_alpha
from makna.analysis.maths import Floats
from makna.analysis.unitizing import Continuum, unitizing_alpha

Unit = tuple[int, int, int]  # document, start, end: code points, half-open
Coding = tuple[str, int, int, int, int]  # code, coder, document, start, end


@dataclass(frozen=True)
class CodeAgreement:
    """How coders agree on one code.

    *alpha* (Krippendorff's) and *kappa* (Cohen's; None unless there are just two coders) are about units: coded or not.
    *unitizing* (Krippendorff's alpha for unitizing) is about where passages begin and end.
    """

    alpha: Agreement
    unitizing: Agreement
    kappa: Agreement | None


def by_code(
    units: Iterable[Unit], codings: Sequence[Coding], *, draws: int = 1000, seed: int = 0
) -> dict[str, CodeAgreement]:
    """Code → agreement over the documents in which at least two coders coded anything; codes in order of name.

    A coder who coded nothing in a document gives its units no value. Where not all coded in the same documents, beginnings
    and ends are compared among those who share the most text. Empty where no document was coded by two.
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
    of: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding[2] in shared:
            of[coding[0]].append(coding)
    together = _together({document: coders_of[document] for document in shared}, placed)
    found = {}
    for code in sorted(of):
        matrix = blank.copy()
        for _code, coder, document, start, end in of[code]:
            matrix[coders.index(coder), placed.touched(document, start, end)] = 1.0
        found[code] = CodeAgreement(
            krippendorff_alpha(matrix, draws=draws, seed=seed),
            unitizing_alpha(_continua(of[code], together, placed), draws=draws, seed=seed),
            cohen_kappa(*(_coded(row) for row in matrix)) if len(coders) == 2 else None,
        )
    return found


def _coded(row: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in row]


def _together(coders_of: Mapping[int, set[int]], placed: _Units) -> tuple[list[int], list[int]]:
    """(documents, coders): those who coded in the same documents and share the most text, and these documents."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for document, coders in coders_of.items():
        groups[tuple(sorted(coders))].append(document)
    best = max(groups, key=lambda group: (sum(map(placed.length, groups[group])), group))
    return sorted(groups[best]), list(best)


def _continua(
    codings: Iterable[Coding], together: tuple[list[int], list[int]], placed: _Units
) -> list[Continuum]:
    """The passages of one code by document and coder."""
    documents, coders = together
    marked: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for _code, coder, document, start, end in codings:
        marked[document, coder].append((start, end))
    return [Continuum(placed.length(d), tuple(tuple(marked[d, c]) for c in coders)) for d in documents]


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

    def length(self, document: int) -> int:
        """How many code points a document has, to the end of its last unit."""
        return max((end for _start, end in self._spans.get(document, ())), default=0)

    def touched(self, document: int, start: int, end: int) -> slice:
        """The units that a passage touches."""
        spans, first = self._spans.get(document, []), self._first.get(document, 0)
        begin = bisect_right(spans, start, key=lambda span: span[1])
        stop = bisect_left(spans, end, key=lambda span: span[0])
        return slice(first + begin, first + max(begin, stop))
