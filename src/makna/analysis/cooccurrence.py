"""Which codes stand together: on the same words, or in the same document.

The codings come from the engine; who meets whom is worked out in NumPy on sorted ends, in time that grows with the number
of meetings and not with the square of a document's codings.
"""

from __future__ import annotations

from typing import Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from makna.analysis.contingency import dice
from makna.analysis.counting import scored
from makna.analysis.crossing import ENOUGH, wilson_bounds
from makna.analysis.maths import Floats, ratio

Whole = NDArray[np.int64]
_AT_ONCE = 4_000_000  # meetings in memory at once
_MET = ["code", "document_id", "start", "end", "other"]


def overlapping(codings: ir.Table, *, enough: int = ENOUGH, level: float = 0.95) -> ir.Table:
    """Codes whose passages overlap, by at least one code point; one row for each pair that does.

    *codings* has code, document_id, start, end; a passage counts once for a code. Columns: code_a, code_b (in that order),
    together (pairs of passages that overlap), a_on_b (passages of a that meet one of b), b_on_a, a (passages of a), b, then
    dice and, for each way round, the share of passages with its Wilson interval: a_share, a_low, a_high, b_share, b_low,
    b_high; null where there are fewer than *enough* passages. dice is 2 (a_on_b + b_on_a)/2 / (a + b): on equal passages
    the coefficient of Dice (1945, Ecology 26(3), pp. 297–302). Ordered by code_a and code_b.
    """
    rows = codings.select("code", "document_id", "start", "end").distinct()
    rows = rows.order_by("document_id", "start", "end", "code").to_pyarrow()
    names, code = _ranked(rows["code"])
    document, start, end = (
        rows[name].to_numpy().astype(np.int64) for name in ("document_id", "start", "end")
    )
    pairs, meets = _meetings(code, document, start, end, len(names))
    return _pairs(names, pairs, _touching(meets, code, len(names)), _counts(code, len(names)), enough, level)


def in_same_document(codings: ir.Table, *, enough: int = ENOUGH, level: float = 0.95) -> ir.Table:
    """Codes that stand in the same document; columns as of :func:`overlapping`, counted in documents.

    Here together, a_on_b and b_on_a are one number, and dice is the coefficient of Dice.
    """
    rows = codings.select("code", "document_id").distinct().order_by("document_id", "code").to_pyarrow()
    names, code = _ranked(rows["code"])
    documents, at = np.unique(rows["document_id"].to_numpy(), return_inverse=True)
    shape = (len(documents), len(names))
    stands = scipy.sparse.csr_array((np.ones(len(code), dtype=np.int64), (at, code)), shape=shape)
    together = np.asarray((stands.T @ stands).todense())
    return _pairs(names, together, together, np.diag(together).copy(), enough, level)


def met(codings: ir.Table, *, within: Literal["passage", "document"] = "passage") -> ir.Table:
    """Every passage with each other code it meets: code, document_id, start, end, other. Ordered by all of them.

    *within* "document": with each other code that stands in its document.
    """
    rows = codings.select("code", "document_id", "start", "end").distinct()
    if within == "document":
        others = rows.select(owner="document_id", other="code").distinct()
        joined = rows.inner_join(others, [rows.document_id == others.owner, rows.code != others.other])
        return joined.select(*_MET).order_by(_MET)
    table = rows.order_by("document_id", "start", "end", "code").to_pyarrow()
    names, code = _ranked(table["code"])
    document, start, end = (
        table[name].to_numpy().astype(np.int64) for name in ("document_id", "start", "end")
    )
    _counted, meets = _meetings(code, document, start, end, len(names))
    size = max(len(names), 1)
    found = table.take(pa.array(meets // size))
    other = pa.array([names[i] for i in meets % size], pa.string())
    return ibis.memtable(found.append_column("other", other).select(_MET)).order_by(_MET)


def _ranked(column: pa.ChunkedArray) -> tuple[list[str], Whole]:
    """The different values, sorted, and each row's place among them."""
    names, ranks = np.unique(column.to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    return [str(name) for name in names], ranks.astype(np.int64)


def _counts(code: Whole, codes: int) -> Whole:
    return np.bincount(code, minlength=codes)


def _meetings(code: Whole, document: Whole, start: Whole, end: Whole, codes: int) -> tuple[Whole, Whole]:
    """Overlapping pairs by code × code, and the distinct meetings of a passage with a code: passage × codes + code.

    Rows are sorted by document and start: a passage meets those after it that begin before it ends.
    """
    order = document if not len(document) else np.unique(document, return_inverse=True)[1].astype(np.int64)
    width = int(end.max(initial=0)) + 1
    begins = order * width + start
    follow = np.searchsorted(begins, order * width + end, side="left") - np.arange(len(code)) - 1
    pairs = np.zeros(codes * codes, dtype=np.int64)
    met = [np.empty(0, dtype=np.int64)]
    for rows in _portions(follow):
        one = np.repeat(rows, follow[rows])
        offset = np.arange(len(one)) - np.repeat(np.cumsum(follow[rows]) - follow[rows], follow[rows])
        other = one + 1 + offset
        apart = code[one] != code[other]
        one, other = one[apart], other[apart]
        pairs += np.bincount(code[one] * codes + code[other], minlength=codes * codes)
        met.append(np.unique(np.concatenate([one * codes + code[other], other * codes + code[one]])))
    square = pairs.reshape(codes, codes)
    return square + square.T, np.unique(np.concatenate(met))


def _portions(follow: Whole) -> list[Whole]:
    """Rows that have followers, in portions of about as many meetings as fit in memory."""
    rows = np.flatnonzero(follow > 0)
    if not len(rows):
        return []
    parts = int(follow[rows].sum()) // _AT_ONCE + 1
    cuts = np.searchsorted(np.cumsum(follow[rows]), np.arange(1, parts) * _AT_ONCE)
    return [part for part in np.split(rows, cuts) if len(part)]


def _touching(meets: Whole, code: Whole, codes: int) -> Whole:
    """How many passages of the row's code meet one of the column's."""
    if not codes:
        return np.zeros((0, 0), dtype=np.int64)
    mine, theirs = code[meets // codes], meets % codes
    counted = np.bincount(mine * codes + theirs, minlength=codes * codes)
    return counted.reshape(codes, codes)


def _pairs(
    names: list[str], together: Whole, touching: Whole, counts: Whole, enough: int, level: float
) -> ir.Table:  # fmt: skip
    """One row for each pair that stands together."""
    one, other = np.nonzero(np.triu(together, 1))
    met, back, a, b = touching[one, other], touching[other, one], counts[one], counts[other]
    columns = {
        "code_a": pa.array([names[i] for i in one], pa.string()),
        "code_b": pa.array([names[i] for i in other], pa.string()),
        **{
            name: pa.array(values, pa.int64())
            for name, values in (
                ("together", together[one, other]),
                ("a_on_b", met),
                ("b_on_a", back),
                ("a", a),
                ("b", b),
            )
        },
    }
    scores: dict[str, Floats] = {"dice": dice((met + back) / 2, a, b)}
    for side, hits, n in (("a", met, a), ("b", back, b)):
        values = (ratio(hits, n), *wilson_bounds(hits, n, level=level))
        for name, value in zip(("share", "low", "high"), values, strict=True):
            scores[f"{side}_{name}"] = np.where(n >= enough, value, np.nan)
    return scored(pa.table(columns), scores, order=("code_a", "code_b"))


def meetings_of(codings: ir.Table, a: str, b: str) -> ir.Table:
    """Where code *a* meets code *b*: document_id, start, end of a's passage and other_start, other_end of b's, in order."""
    passages = codings.select("code", "document_id", "start", "end").distinct()
    mine = passages.filter(passages.code == ibis.literal(a, "string")).drop("code")
    other = passages.filter(passages.code == ibis.literal(b, "string"))
    other = other.select(owner="document_id", other_start="start", other_end="end")
    joined = mine.inner_join(
        other,
        [mine.document_id == other.owner, mine.start < other.other_end, other.other_start < mine.end],
    )
    columns = ["document_id", "start", "end", "other_start", "other_end"]
    return joined.select(*columns).order_by(columns)
