"""Saturation: do further interviews still bring something new?

New codes are counted in the order of the interviews, for "new" depends on what was heard before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from makna.errors import MeasureError, TooFewToCompute
from makna.i18n import _


@dataclass(frozen=True)
class Run:
    """New codes in the interviews *first* to *last* (from 1) as a share of the base."""

    first: int
    last: int
    new: int
    share: float


@dataclass(frozen=True)
class Saturation:
    """Where saturation was reached: after interview *reached_at* (from 1), confirmed by the run that follows it.

    Reported as "6+2" for a run of two: the run found at most *threshold* new, so six interviews were enough.
    *reached_at* is None where no run did. *base_codes* is the number of different codes in the base.
    """

    base_codes: int
    runs: tuple[Run, ...]
    base: int
    run: int
    threshold: float
    reached_at: int | None

    @property
    def notation(self) -> str | None:
        """As the authors write it, such as "6+2"; None where saturation was not reached."""
        return None if self.reached_at is None else f"{self.reached_at}+{self.run}"


def saturation(
    new_codes: Sequence[int], *, base: int = 4, run: int = 2, threshold: float = 0.05
) -> Saturation:
    """Saturation after Guest, Namey & Chen (2020, PLOS ONE 15(5), e0232076).

    *new_codes* is the number of codes first used in each interview, in interview order. The codes of the first *base*
    interviews are the base; runs of *run* interviews follow, each one interview later than the one before, and the
    first whose new codes are at most *threshold* of the base says that saturation was reached before it. Raises
    :class:`TooFewToCompute` with fewer than *base* + *run* interviews, or a base without any code.
    """
    if base < 1 or run < 1 or not 0 <= threshold <= 1:
        raise MeasureError(
            _("A base and a run hold at least one interview; a threshold lies between 0 and 1.")
        )
    if any(new < 0 for new in new_codes):
        raise MeasureError(_("Numbers of new codes are not negative."))
    if len(new_codes) < base + run:
        raise TooFewToCompute(
            _("Saturation needs {needed} interviews here, and there are {n}.").format(
                needed=base + run, n=len(new_codes)
            )
        )
    codes = sum(new_codes[:base])
    if codes == 0:
        raise TooFewToCompute(_("Saturation needs codes in the first interviews, and there are none."))
    runs = tuple(_run(new_codes, at, run, codes) for at in range(base, len(new_codes) - run + 1))
    reached = next((r.first - 1 for r in runs if r.share <= threshold), None)
    return Saturation(codes, runs, base, run, threshold, reached)


def _run(new_codes: Sequence[int], at: int, length: int, base_codes: int) -> Run:
    new = sum(new_codes[at : at + length])
    return Run(at + 1, at + length, new, new / base_codes)


def new_codes_by_interview(codings: ir.Table, interviews: ir.Table) -> ir.Table:
    """How many codes each interview used, and used first.

    *codings* has document_id and code; *interviews* document_id and position (the order of the interviews, any numbers
    that sort; no two alike). Columns: document_id, position, codes (different ones), new_codes, cumulative. An
    interview without a coding has 0. Ordered by position.
    """
    used = codings.select("document_id", "code").distinct().inner_join(interviews, "document_id")
    first = used.group_by("code").agg(position=used.position.min())
    new = first.group_by("position").agg(new_codes=first.count())
    codes = used.group_by("position").agg(codes=used.count())
    table = interviews.left_join(codes, "position").drop("position_right").left_join(new, "position")
    table = table.select(
        "document_id", "position", codes=table.codes.fill_null(0), new_codes=table.new_codes.fill_null(0)
    )
    so_far = ibis.cumulative_window(order_by=table.position)
    return table.mutate(cumulative=table.new_codes.sum().over(so_far)).order_by("position")
