"""The concordance: every occurrence of a word or a phrase in its line (KWIC, key word in context)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Literal

import ibis
import ibis.expr.types as ir

from makna.errors import MeasureError
from makna.i18n import _

NEIGHBOURS = 3  # words on each side that a concordance can be sorted by
Sort = Literal["text", "left", "right"]


def concordance(
    units: ir.Table,
    tokens: ir.Table,
    phrase: str | Sequence[str],
    *,
    context: int = 60,
    sort: Sort = "text",
) -> ir.Table:
    """Each place where the tokens of *phrase* stand one after the other within a unit.

    *tokens* are those of *units* (see ``tokens_of``). Columns: document_id, unit_id, start, end (int64, code points
    into the document's text), left, match, right (text, *context* code points on either side, within the unit), and
    left_1 … left_3, right_1 … right_3: the neighbouring tokens, nearest first, null beyond the unit. An expression:
    nothing is run. Ordered by the text ("text": document_id, then start), or by the words to the left (nearest first)
    or to the right.
    """
    words = [phrase] if isinstance(phrase, str) else list(phrase)
    if not words or context < 0:
        raise MeasureError(_("A concordance needs at least one word and a context that is not negative."))
    if sort not in ("text", "left", "right"):
        raise MeasureError(_("A concordance is sorted by text, left or right."))
    hits = _hits(tokens, words)
    lines = hits.inner_join(units.select("unit_id", "text", offset=units.start), "unit_id")
    lines = _cut(lines, context)
    return lines.order_by([*_sort_words(lines, sort), "document_id", "start"])


def _hits(tokens: ir.Table, words: Sequence[str]) -> ir.Table:
    """Where the phrase begins and ends, with its neighbours. Only units that hold every word are put in order."""
    units = (tokens.filter(tokens.token == word).select("unit_id").distinct() for word in set(words))
    holding = reduce(lambda left, right: left.semi_join(right, "unit_id"), units)
    here = tokens.semi_join(holding, "unit_id")
    order = ibis.window(group_by=here.unit_id, order_by=here.start)
    ahead = {f"ahead_{i}": here.token.lead(i).over(order) for i in range(1, len(words))}
    size = len(words)
    near = {f"left_{i}": here.token.lag(i).over(order) for i in range(1, NEIGHBOURS + 1)}
    near |= {f"right_{i}": here.token.lead(size - 1 + i).over(order) for i in range(1, NEIGHBOURS + 1)}
    last = here.end.lead(size - 1).over(order) if size > 1 else here.end
    placed = here.select("unit_id", "document_id", "token", "start", **ahead, **near, end=last)
    same = [placed.token == words[0], *(placed[f"ahead_{i}"] == words[i] for i in range(1, size))]
    return placed.filter(same)


def _cut(lines: ir.Table, context: int) -> ir.Table:
    """The text before, in and after each hit. Offsets count code points, in both engines."""
    start, end, text = lines.start.cast("int64"), lines.end.cast("int64"), lines.text
    offset = lines.offset.cast("int64")
    room = ibis.literal(context, "int64")
    zero = ibis.literal(0, "int64")
    begin = ibis.ifelse(start > room, start - room, zero)
    return lines.select(
        "document_id",
        "unit_id",
        start=offset + start,
        end=offset + end,
        left=text.substr(begin, start - begin),
        match=text.substr(start, end - start),
        right=text.substr(end, room),
        **{name: lines[name] for name in _neighbours()},
    )


def _neighbours() -> list[str]:
    return [f"{side}_{i}" for side in ("left", "right") for i in range(1, NEIGHBOURS + 1)]


def _sort_words(lines: ir.Table, sort: Sort) -> list[ir.Value]:
    names = [name for name in _neighbours() if name.startswith(f"{sort}_")]
    return [lines[name].asc(nulls_first=True) for name in names]
