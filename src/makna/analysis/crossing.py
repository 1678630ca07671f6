"""Codes against what divides the sources: kinds, attributes of cases, coders, months.

A passage is counted once for a code, however many coders coded it. A cell is the passages of one code in one group; its
share is of all coded passages in that group, so that groups of unequal size compare. Passages of one person are not
independent of each other, so the persons behind a cell are counted beside, with the share of the group's persons.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import scipy  # its parts load when they are first used

from makna.analysis.counting import numbers, scored
from makna.analysis.maths import Floats, Numbers, floats, ratio

Period: TypeAlias = Literal["year", "quarter", "month", "week", "day"]
ENOUGH = 5  # persons or passages below which a share says more about chance than about the field
_TRUNCATED: dict[str, Literal["Y", "Q", "M", "W", "D"]] = {
    "year": "Y",
    "quarter": "Q",
    "month": "M",
    "week": "W",
    "day": "D",
}


def wilson_bounds(hits: Numbers, n: Numbers, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """The score intervals of *hits* in *n* (Wilson 1927, JASA 22, pp. 209–212); NaN where *n* is 0."""
    hits, n = floats(hits, n)
    z = float(scipy.special.ndtri((1 + level) / 2))
    share, scale = ratio(hits, n), 1 + ratio(z * z, n)
    middle = (share + ratio(z * z, 2 * n)) / scale
    reach = z / scale * np.sqrt(ratio(share * (1 - share), n) + ratio(z * z, 4 * n * n))
    return np.clip(middle - reach, 0.0, 1.0), np.clip(middle + reach, 0.0, 1.0)


def crossed(
    codings: ir.Table, *, by: str, case: str = "case", enough: int = ENOUGH, level: float = 0.95
) -> ir.Table:
    """Code × group: how much of what is coded in a group is coded with each code, and by how many of its persons.

    *codings* has code, document_id, start, end, the column *by* that divides them, and *case* (whose words they are; may
    be null). Rows with a null in *by* are left out. Columns: code, *by*, passages, cases, group_passages, group_cases,
    share with low and high (passages of group_passages), case_share with case_low and case_high (cases of group_cases);
    shares are null where the group holds fewer than *enough*. Wilson intervals. Ordered by code and *by*.
    """
    coded = codings.filter(codings[by].notnull())
    coded = coded.select("code", "document_id", "start", "end", group=coded[by], case=coded[case]).distinct()
    return scored_cells(_counted(coded), _groups(coded), by=by, enough=enough, level=level)


def _counted(coded: ir.Table) -> pa.Table:
    """Passages and cases of each code in each group."""
    passages = coded.select("code", "group", "document_id", "start", "end").distinct()
    passages = passages.group_by("code", "group").agg(passages=passages.count())
    cases = coded.group_by("code", "group").agg(cases=coded.case.nunique())
    both = passages.inner_join(cases, ["code", "group"])
    return both.select("code", "group", "passages", "cases").order_by("code", "group").to_pyarrow()


def _groups(coded: ir.Table) -> pa.Table:
    """All coded passages and cases of each group."""
    passages = coded.select("group", "document_id", "start", "end").distinct()
    passages = passages.group_by("group").agg(group_passages=passages.count())
    cases = coded.group_by("group").agg(group_cases=coded.case.nunique())
    return passages.inner_join(cases, "group").select("group", "group_passages", "group_cases").to_pyarrow()


def scored_cells(
    cells: pa.Table, groups: pa.Table, *, by: str, enough: int = ENOUGH, level: float = 0.95
) -> ir.Table:
    """The counts of cells with what their groups hold, their shares and intervals; see :func:`crossed`."""
    table = cells.join(groups, "group").sort_by([("code", "ascending"), ("group", "ascending")])
    passages, cases, all_passages, all_cases = numbers(
        table, "passages", "cases", "group_passages", "group_cases"
    )
    scores: dict[str, Floats] = {}
    for names, hits, n in (
        (("share", "low", "high"), passages, all_passages),
        (("case_share", "case_low", "case_high"), cases, all_cases),
    ):
        values = (ratio(hits, n), *wilson_bounds(hits, n, level=level))
        scores |= {name: np.where(n >= enough, v, np.nan) for name, v in zip(names, values, strict=True)}
    return scored(table, scores, order=("code", "group")).rename({by: "group"})


def dated(codings: ir.Table, documents: ir.Table, *, period: Period = "month") -> ir.Table:
    """*codings* with the first day of the *period* in which their document was sent or held (null where unknown)."""
    days = documents.select("document_id", day=documents.sent_on)
    joined = codings.left_join(days, "document_id").drop("document_id_right")
    begins = joined.day.cast("timestamp").truncate(_TRUNCATED[period]).cast("date")
    return joined.mutate(period=begins).drop("day")


def spoken_by(codings: ir.Table, units: ir.Table) -> ir.Table:
    """*codings* with whose words they are: one row for each author whose unit a passage touches.

    *units* in the schema of :mod:`makna.corpus.model`. The researcher's own turns count for nobody; a passage that
    touches no author's unit has a null ``case``.
    """
    theirs = units.filter(
        units.author_id.notnull() & ~(units.role.fill_null("") == ibis.literal("researcher"))
    )
    theirs = theirs.select("document_id", "author_id", first="start", last="end").mutate(
        owner=theirs.document_id
    )
    touched = codings.left_join(
        theirs,
        [
            codings.document_id == theirs.owner,
            codings.start < theirs.last,
            theirs.first < codings.end,
        ],
    )
    columns = {name: touched[name] for name in codings.columns}
    return touched.select(**columns, case=touched.author_id).distinct()
