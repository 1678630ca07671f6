"""The word list: how often each token occurs, and in how many documents."""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np

from makna.analysis.counting import constant_columns, fold_rare, numbers, scored, unfold
from makna.analysis.maths import ratio
from makna.errors import MeasureError
from makna.i18n import _


def word_list(tokens: ir.Table, *, minimum: int = 1) -> ir.Table:
    """Every token that occurs *minimum* times: token, count, documents, total (int64), per_million, share.

    *documents* is the range: the number of documents a token occurs in; *share* is that of all documents with a token.
    *total* is the number of all tokens. Runs the counting. Ordered by count from the top, then token.
    """
    if minimum < 1:
        raise MeasureError(_("A minimum count is at least 1."))
    pairs = tokens.group_by("token", "document_id").agg(here=tokens.count())
    counts = pairs.group_by("token").agg(count=pairs.here.sum(), documents=pairs.count())
    folded = fold_rare(counts, counts["count"] >= minimum, key="token", sums=["count", "documents"])
    kept, totals = unfold(folded.to_pyarrow(), "token")
    kept = constant_columns(kept.select(["token", "count", "documents"]), total=totals["count"])
    whole = int(tokens.document_id.nunique().to_pyarrow().as_py() or 0)
    count, documents, total = numbers(kept, "count", "documents", "total")
    scores = {"per_million": ratio(1_000_000 * count, total), "share": ratio(documents, np.float64(whole))}
    return scored(kept, scores, order=[("count", "desc"), "token"])
