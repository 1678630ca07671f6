"""Dispersion of every word over the parts of a corpus: documents, authors, conversations, months.

A word that one account writes a thousand times is frequent, not shared. Only parts that hold a word are counted; what
the others add to a formula follows from the totals, so a corpus of a million parts costs no million columns.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from makna.analysis.counting import constant_columns, numbers, scored
from makna.analysis.maths import Floats, ratio
from makna.errors import MeasureError
from makna.i18n import _


def dispersion(tokens: ir.Table, *, part: str = "document_id", minimum: int = 5) -> ir.Table:
    """How evenly every word that occurs *minimum* times spreads over the values of column *part*.

    Runs the counting. Columns: token, count, range (parts that hold it), parts (all) (int64), range_share, dp, dp_norm,
    juilland_d, carroll_d2, rosengren_s, kl (bits), as :mod:`makna.analysis.dispersion_scores` defines them. Tokens
    whose *part* is null are left out. All but count and range are null where there are fewer than two parts. Ordered
    by count from the top, then token.
    """
    if minimum < 1:
        raise MeasureError(_("A minimum count is at least 1."))
    placed = tokens.filter(tokens[part].notnull()).select("token", part=tokens[part])
    pairs = placed.group_by("token", "part").agg(x=placed.count())
    sizes = placed.group_by("part").agg(size=placed.count())
    whole = sizes.agg(n=sizes["size"].sum(), parts=sizes.count(), smallest=sizes["size"].min()).to_pyarrow()
    n, parts, smallest = (whole[name][0].as_py() or 0 for name in ("n", "parts", "smallest"))
    kept = _sums(pairs, sizes, n, parts, minimum).to_pyarrow()
    scores = _scores(kept, parts, smallest / n if n else float("nan"))
    kept = constant_columns(kept.select(["token", "count", "range"]), parts=parts)
    return scored(kept, scores, order=[("count", "desc"), "token"])


def _sums(pairs: ir.Table, sizes: ir.Table, n: int, parts: int, minimum: int) -> ir.Table:
    """What each formula needs, summed over the parts that hold a word.

    *v* is a part's share in the word, *s* in the corpus, *q* in the word had all parts the same size. The two steps
    keep sums of squares around their mean, for a difference of large sums would lose the digits that engines share.
    """
    total = float(max(n, 1))
    near = pairs.inner_join(sizes, "part")
    near = near.mutate(
        x=near.x.cast("float64"), s=near["size"].cast("float64") / ibis.literal(total, "float64")
    )
    words = near.group_by("token").agg(f=near.x.sum(), relative=(near.x / near.s).sum())
    words = words.filter(words.f >= ibis.literal(float(minimum), "float64"))
    both = near.inner_join(words, "token")
    both = both.mutate(v=both.x / both.f, q=both.x / both.s / both.relative)
    return _aggregated(both, ibis.literal(1 / max(parts, 1), "float64"))


def _aggregated(both: ir.Table, even: ir.Value) -> ir.Table:
    return both.group_by("token").agg(
        count=both.x.sum().cast("int64"),
        range=both.count(),
        share=both.s.sum(),
        apart=(both.v - both.s).abs().sum(),
        roots=(both.s * both.v).sqrt().sum(),
        divergence=(both.v * (both.v / both.s).ln()).sum(),
        entropy=(both.q * both.q.ln()).sum(),
        squares=((both.q - even) * (both.q - even)).sum(),
    )


def _scores(kept: pa.Table, parts: int, smallest: float) -> dict[str, Floats]:
    several = np.where(np.full(kept.num_rows, parts) > 1, 1.0, np.nan)
    held, share, apart, roots, divergence, entropy, squares = numbers(
        kept, "range", "share", "apart", "roots", "divergence", "entropy", "squares"
    )
    dp = (apart + np.maximum(1 - share, 0)) / 2
    variation = np.sqrt(
        parts * squares + ratio(parts - held, parts)
    )  # a part without the word is 1/parts off
    scores = {
        "range_share": ratio(held, parts),
        "dp": dp,
        "dp_norm": ratio(dp, 1 - smallest),
        "juilland_d": 1 - ratio(variation, np.sqrt(max(parts - 1, 0))),
        "carroll_d2": ratio(-entropy, np.log(max(parts, 1))),
        "rosengren_s": roots**2,
        "kl": divergence / np.log(2),
    }
    return {name: values * several for name, values in scores.items()}
