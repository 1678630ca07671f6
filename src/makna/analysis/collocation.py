"""Collocation: which words stand near a word, or side by side, more often than chance has it.

Two ways of counting. :func:`collocates` looks at the tokens within a span of a node word (surface co-occurrence in
Evert 2008, Corpora and collocations, section 3): a token that two nodes reach counts once, nothing reaches beyond its
unit, and the nodes themselves are no collocates. :func:`pairs` counts neighbours over a whole corpus.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from makna.analysis import contingency as measures
from makna.analysis.counting import constant_columns, fold_rare, numbers, scored, unfold
from makna.analysis.maths import Floats
from makna.errors import MeasureError
from makna.i18n import _


def collocates(
    tokens: ir.Table, node: str | Sequence[str], *, left: int = 5, right: int = 5, minimum: int = 3
) -> ir.Table:
    """The words within *left* tokens before or *right* tokens after *node* (a word, or its variants).

    Runs the counting. Columns: token, joint (its tokens in a span), count (all its tokens), window (all tokens in a
    span), total (all tokens but the nodes), and the scores of :func:`association`; only words with *minimum* joint
    occurrences. Ordered by g2 from the top, then token.
    """
    nodes = [node] if isinstance(node, str) else list(node)
    if min(left, right) < 0 or left + right == 0 or not nodes or minimum < 1:
        raise MeasureError(
            _("Collocation needs a word, a span of at least one token and a minimum of at least 1.")
        )
    near = _near(tokens, nodes, left, right)
    near = near.group_by("token").agg(joint=near.count())
    all_others = tokens.filter(tokens.token.notin(nodes))
    counts = all_others.group_by("token").agg(count=all_others.count())
    joined = counts.left_join(near, "token").select("token", "count", joint=near.joint.fill_null(0))
    folded = fold_rare(joined, joined.joint >= minimum, key="token", sums=["joint", "count"])
    kept, totals = unfold(folded.to_pyarrow(), "token")
    kept = constant_columns(kept.drop(["folded"]), window=totals["joint"], total=totals["count"])
    joint, f1, f2, n = numbers(kept, "joint", "window", "count", "total")
    return scored(kept, association(joint, f1, f2, n), order=[("g2", "desc"), "token"])


def _near(tokens: ir.Table, nodes: Sequence[str], left: int, right: int) -> ir.Table:
    """The tokens that a node reaches, each once: a node at most *right* before it or *left* after it."""
    units = tokens.filter(tokens.token.isin(nodes)).select("unit_id").distinct()
    here = tokens.semi_join(units, "unit_id").select("unit_id", "start", "token")
    here = here.mutate(node=here.token.isin(nodes).cast("int64"))
    reach = ibis.window(group_by=here.unit_id, order_by=here.start, preceding=right, following=left)
    marked = here.mutate(reached=here.node.sum().over(reach))
    return marked.filter((marked.reached > 0) & (marked.node == 0))


def pairs(tokens: ir.Table, *, minimum: int = 3) -> ir.Table:
    """Words that stand side by side within a unit: two tokens, in reading order.

    Runs the counting. Columns: first, second, joint, count_first (as first of a pair), count_second, total (all pairs),
    and the scores of :func:`association`. Ordered by g2 from the top, then first and second.
    """
    if minimum < 1:
        raise MeasureError(_("A minimum count is at least 1."))
    order = ibis.window(group_by=tokens.unit_id, order_by=tokens.start)
    both = tokens.select(first=tokens.token, second=tokens.token.lead().over(order))
    both = both.filter(both.second.notnull())
    counts = both.group_by("first", "second").agg(joint=both.count())
    firsts = counts.group_by("first").agg(count_first=counts.joint.sum())
    seconds = counts.group_by("second").agg(count_second=counts.joint.sum())
    frequent = (
        counts.filter(counts.joint >= minimum).inner_join(firsts, "first").inner_join(seconds, "second")
    )
    kept = frequent.select("first", "second", "joint", "count_first", "count_second").to_pyarrow()
    kept = constant_columns(kept, total=int(both.count().to_pyarrow().as_py()))
    cells = numbers(kept, "joint", "count_first", "count_second", "total")
    return scored(kept, association(*cells), order=[("g2", "desc"), "first", "second"])


def association(joint: Floats, f1: Floats, f2: Floats, n: Floats) -> dict[str, Floats]:
    """All scores of a pair: seen *joint* times together, *f1* and *f2* times at all, among *n*.

    g2 (signed), pmi (bits), t, chi2, dice, delta_p (second given first), delta_p_back (first given second),
    minimum_sensitivity; see :mod:`makna.analysis.contingency`.
    """
    o11, o12, o21, o22 = measures.cells(joint, f1, f2, n)
    return {
        "g2": measures.log_likelihood(o11, o12, o21, o22, signed=True),
        "pmi": measures.pmi(joint, f1, f2, n),
        "t": measures.t_score(joint, f1, f2, n),
        "chi2": measures.chi_squared(o11, o12, o21, o22, signed=True),
        "dice": measures.dice(joint, f1, f2),
        "delta_p": measures.delta_p(o11, o12, o21, o22),
        "delta_p_back": measures.delta_p(o11, o21, o12, o22),
        "minimum_sensitivity": measures.minimum_sensitivity(joint, f1, f2),
    }
