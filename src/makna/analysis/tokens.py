"""Tokens as a table: one row a token, made from units by one unnest.

Position is not counted here: unnesting with an offset costs eight times as much in DuckDB (9.0 s against 1.1 s over
25 million tokens), and most measures do not ask for it. ``start`` orders the tokens of a unit; :func:`with_positions`
numbers those that are left after filtering.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

PLACEHOLDER = "⟦"  # first character of what the door puts in place of a person


def tokens_of(units: ir.Table, *, keep: Sequence[str] = ()) -> ir.Table:
    """One row a token of *units*: unit_id, document_id, columns of *keep*, token, start, end (into the unit's text).

    Filter *units* before, not the tokens after: what is not unnested costs nothing. The rows have no order.
    """
    names = ["unit_id", "document_id", *keep]
    items = units.select(*names, item=units.tokens.unnest())
    return items.select(*names, token=items.item["token"], start=items.item["start"], end=items.item["end"])


def without_placeholders(tokens: ir.Table) -> ir.Table:
    """The tokens that people wrote: those of the door (``⟦wa⟧``) left out."""
    return tokens.filter(~tokens.token.startswith(PLACEHOLDER))


def without(tokens: ir.Table, words: Sequence[str]) -> ir.Table:
    """The tokens that are not among *words* (stop words, harvest keywords)."""
    return tokens.filter(tokens.token.notin(list(words))) if words else tokens


def with_positions(tokens: ir.Table) -> ir.Table:
    """*tokens* with ``position``: 0, 1, … within their unit, in reading order."""
    order = ibis.window(group_by=tokens.unit_id, order_by=tokens.start)
    return tokens.mutate(position=ibis.row_number().over(order).cast("int64"))


def counts_of(tokens: ir.Table) -> ir.Table:
    """How often each token occurs: token, count (int64)."""
    return tokens.group_by("token").agg(count=tokens.count())
