"""Keyness: which words set a target apart from a reference, how strongly, and how surely.

The counting is one pass over the tokens; every score is then computed on the vocabulary. A list of candidates is what
this gives; what a word means stays with its passages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis import effects
from makna.analysis.counting import constant_columns, fold_rare, numbers, scored, unfold
from makna.analysis.lrc import lrc
from makna.analysis.maths import Floats, Numbers, ratio
from makna.errors import MeasureError
from makna.i18n import _


@dataclass(frozen=True)
class KeynessOptions:
    """How keyness is computed. The defaults suit a word list to read through.

    *cells*: 4 for G² as Dunning 1993 has it, 2 as Rayson & Garside 2000. *level* of the confidence interval of the
    log ratio. *alpha* of LRC, which divides it by the number of words compared. *smoothing* of simple maths, per
    million. *prior* of the weighted log-odds: "uniform" gives each word *prior_strength* (0.1, as ConvoKit's Fighting
    Words), "informative" its count in both together times *prior_strength* (1).
    """

    cells: Literal[2, 4] = 4
    level: float = 0.95
    alpha: float = 0.05
    smoothing: float = 100.0
    prior: Literal["uniform", "informative"] = "uniform"
    prior_strength: float | None = None


DEFAULT = KeynessOptions()


def keyness(
    target: ir.Table, reference: ir.Table, *, minimum: int = 3, options: KeynessOptions = DEFAULT
) -> ir.Table:
    """Keyness of the words of *target* against *reference*: two tables of tokens (see ``tokens_of``).

    Columns as in :func:`keyness_of_counts`. Where both come from one table of units, :func:`keyness_by` reads it once.
    """
    both = _side(target, target=True).union(_side(reference, target=False))
    summed = both.group_by("token").agg(target=both.target.sum(), reference=both.reference.sum())
    return keyness_of_counts(summed, minimum=minimum, options=options)


def _side(tokens: ir.Table, *, target: bool) -> ir.Table:
    counted = tokens.group_by("token").agg(here=tokens.count())
    nothing = ibis.literal(0, "int64")
    here, there = (counted.here, nothing) if target else (nothing, counted.here)
    return counted.select("token", target=here, reference=there)


def keyness_by(
    tokens: ir.Table, is_target: ir.BooleanValue, *, minimum: int = 3, options: KeynessOptions = DEFAULT
) -> ir.Table:
    """Keyness of the tokens where *is_target* holds against those where it does not; null belongs to neither.

    Columns as in :func:`keyness_of_counts`.
    """
    sided = tokens.select("token", here=is_target)
    sided = sided.filter(sided.here.notnull())
    counts = sided.group_by("token").agg(target=sided.count(where=sided.here), whole=sided.count())
    counts = counts.select("token", "target", reference=counts.whole - counts.target)
    return keyness_of_counts(counts, minimum=minimum, options=options)


def keyness_of_counts(counts: ir.Table, *, minimum: int = 3, options: KeynessOptions = DEFAULT) -> ir.Table:
    """Scores of every word of *counts* (token, target, reference) that occurs *minimum* times on either side.

    Runs the counting, and returns a table in memory: token, target, reference, target_total, reference_total (int64),
    per_million_target, per_million_reference, and g2, log_ratio, log_ratio_low, log_ratio_high, lrc, percent_diff,
    simple_maths, z (weighted log-odds) as :mod:`makna.analysis.effects` and :mod:`makna.analysis.lrc` define them; null
    where one side holds nothing at all: too few to compute. Ordered by g2 from the top, then token.
    """
    if minimum < 1:
        raise MeasureError(_("A minimum count is at least 1."))
    frequent = (counts.target >= minimum) | (counts.reference >= minimum)
    folded = fold_rare(counts, frequent, key="token", sums=["target", "reference"])
    kept, totals = unfold(folded.to_pyarrow(), "token")
    sizes = {"target_total": totals["target"], "reference_total": totals["reference"]}
    kept = constant_columns(kept.select(["token", "target", "reference"]), **sizes)
    return scored(kept, _scores(kept, totals["folded"], options), order=[("g2", "desc"), "token"])


def _scores(kept: pa.Table, words: int, options: KeynessOptions) -> dict[str, Floats]:
    a, b, c, d = numbers(kept, "target", "reference", "target_total", "reference_total")
    low, high = effects.log_ratio_interval(a, b, c, d, level=options.level)
    own, whole = _prior(a + b, c + d, words, options)
    return {
        "per_million_target": ratio(1_000_000 * a, c),
        "per_million_reference": ratio(1_000_000 * b, d),
        "g2": (effects.g2 if options.cells == 4 else effects.g2_two_cell)(a, b, c, d),
        "log_ratio": effects.log_ratio(a, b, c, d),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "lrc": lrc(a, b, c, d, family=max(kept.num_rows, 1), alpha=options.alpha),
        "percent_diff": effects.percent_diff(a, b, c, d),
        "simple_maths": effects.simple_maths(a, b, c, d, smoothing=options.smoothing),
        "z": effects.weighted_log_odds(a, b, c, d, prior=own, prior_total=whole),
    }


def _prior(each: Floats, both: Floats, words: int, options: KeynessOptions) -> tuple[Numbers, Numbers]:
    """The pseudo-count of each word, and that of all, from the counts and sizes of *both* sides together."""
    strength = options.prior_strength
    if options.prior == "uniform":
        same = 0.1 if strength is None else strength
        return same, same * words
    weight = 1.0 if strength is None else strength
    return each * weight, both * weight
