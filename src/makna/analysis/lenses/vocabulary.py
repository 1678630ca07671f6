"""The vocabulary that argot candidates come from: counted in the engine by side, folded by spelling in memory.

Three sides: accounts that promote (inside), those who speak with them (near), and the rest (out). A word that both parties
use and the rest does not is what the argot lens looks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.posts import observed, with_sides
from makna.analysis.lenses.spelling import fold
from makna.analysis.tokens import tokens_of

COUNTS = ("inside", "near", "out", "inside_accounts", "near_accounts", "out_accounts")
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Vocabulary:
    """Terms with their spellings (most frequent first), and counts: terms × COUNTS. *totals* are over all tokens."""

    terms: tuple[str, ...]
    variants: tuple[tuple[str, ...], ...]
    counts: Ints
    spelled: Ints  # occurrences in a spelling that had to be folded
    totals: Ints

    def column(self, name: str) -> Ints:
        """One column of *counts*."""
        return np.asarray(self.counts[:, COUNTS.index(name)])


def sided(data: LensInput, accounts: frozenset[int]) -> ir.Table:
    """The tokens of all observed posts with their side: document_id, unit_id, token, start, end, author_id, side."""
    posts = with_sides(observed(data), accounts)
    side = ibis.cases((posts.inside, "inside"), (posts.answered, "near"), else_="out")
    sides = posts.select("document_id", "author_id", side=side)
    return tokens_of(data.units).inner_join(sides, "document_id")


def vocabulary(tokens: ir.Table, *, minimum: int, ignored: frozenset[str]) -> Vocabulary:
    """Every word and emoji of *tokens* that occurs *minimum* times over all its spellings, without *ignored* ones."""
    words = tokens.filter(~tokens.token.startswith("⟦") & ~tokens.token.re_search(r"^[0-9.,:+-]+$"))
    pairs = words.group_by("token", "author_id", "side").agg(n=words.count())
    sums = {side: pairs.n.sum(where=pairs.side == side) for side in COUNTS[:3]}
    sums |= {f"{side}_accounts": pairs.count(where=pairs.side == side) for side in COUNTS[:3]}
    rows = pairs.group_by("token").agg(**sums).to_pyarrow()
    names = rows["token"].to_pylist()
    raw = np.stack(
        [np.nan_to_num(rows[c].to_numpy(zero_copy_only=False)).astype(np.int64) for c in COUNTS], axis=1
    )
    return _folded(names, raw, minimum, ignored)


def _folded(names: Sequence[str], raw: Ints, minimum: int, ignored: frozenset[str]) -> Vocabulary:
    forms = [fold(name) for name in names]
    known = {form: n for n, form in enumerate(sorted(set(forms)))}
    group = np.array([known[form] for form in forms], dtype=np.int64)
    counts = np.stack(
        [np.bincount(group, raw[:, c], len(known)) for c in range(raw.shape[1])], axis=1
    ).astype(np.int64)
    own = raw[:, :3].sum(axis=1)
    changed = np.array([a != b for a, b in zip(names, forms, strict=True)], dtype=bool)
    spelled = np.bincount(group, own * changed, len(known)).astype(np.int64)
    variants: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for n, g in enumerate(group.tolist()):
        variants[g].append((-int(own[n]), names[n]))
    total = counts[:, :3].sum(axis=1)
    kept = [
        (form, g)
        for form, g in known.items()
        if total[g] >= minimum and form not in ignored and (len(form) > 1 or _emoji(form))
    ]
    spellings = [tuple(name for _n, name in sorted(variants[g])) for _form, g in kept]
    terms = tuple(_term(form, seen) for (form, _g), seen in zip(kept, spellings, strict=True))
    places = np.array([g for _form, g in kept], dtype=np.int64)
    return Vocabulary(terms, tuple(spellings), counts[places], spelled[places], raw.sum(axis=0))


def _term(form: str, seen: Sequence[str]) -> str:
    """The canonical form, where somebody writes it so; else the commonest spelling."""
    return form if form in seen else seen[0]


def _emoji(form: str) -> bool:
    return not any(c.isalnum() for c in form)


def company(
    tokens: ir.Table, seeds: Iterable[str], terms: Sequence[str], variants: Sequence[Sequence[str]]
) -> tuple[Ints, int]:
    """How many posts with a seed (in any spelling) also hold each term, and how many posts hold a seed."""
    forms = {fold(s.lower()) for s in seeds}
    spelled = sorted(
        {v for t, vs in zip(terms, variants, strict=True) for v in vs if fold(t) in forms or v in forms}
        | forms
    )
    holding = tokens.filter(tokens.token.isin(spelled)).select("unit_id").distinct()
    near = tokens.semi_join(holding, "unit_id").select("token", "unit_id").distinct()
    rows = near.group_by("token").agg(n=near.count()).to_pyarrow()
    by_form: dict[str, int] = defaultdict(int)
    for token, n in zip(rows["token"].to_pylist(), rows["n"].to_pylist(), strict=True):
        by_form[fold(token)] += n
    whole = int(holding.count().to_pyarrow().as_py())
    return np.array([by_form[fold(t)] for t in terms], dtype=np.int64), whole


def occurrences(tokens: ir.Table, spellings: Sequence[tuple[int, str]], most: int) -> pa.Table:
    """The first *most* occurrences of each term: term (its number), document_id, unit_id, start, end, side."""
    pairs = pa.table(
        {
            "term": pa.array([n for n, _ in spellings], pa.int64()),
            "token": pa.array([v for _, v in spellings], pa.string()),
        }
    )
    here = tokens.inner_join(ibis.memtable(pairs), "token")
    order = ibis.window(group_by=here.term, order_by=[here.document_id, here.start])
    here = here.mutate(nth=ibis.row_number().over(order))
    here = here.filter(here.nth < ibis.literal(most, "int64"))
    return (
        here.select("term", "document_id", "unit_id", "start", "end", "side")
        .order_by(["term", "document_id", "start"])
        .to_pyarrow()
    )
