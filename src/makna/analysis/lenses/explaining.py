"""Whether anybody asks what a term means, or says it: what both parties share needs no explanation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import Cues, listed

MOST = 20_000  # posts with a word of meaning that are read


@dataclass(frozen=True, slots=True)
class Explained:
    """In how many posts a term stands beside a question for its meaning, and beside an explanation."""

    asked: int
    said: int

    @property
    def word(self) -> str:
        """explained, asked or unexplained."""
        return "explained" if self.said else "asked" if self.asked else "unexplained"


def explained(data: LensInput, tokens: ir.Table, terms: Sequence[Sequence[str]]) -> list[Explained]:
    """For each term, given by its spellings: who asks for its meaning and who says it, in the same post."""
    entries = [e for e in listed(data.wordlist, {"question_cues": None}) if e[1] in ("meaning", "explaining")]
    cues = Cues(entries)
    firsts = sorted(cues.words("meaning") | cues.words("explaining"))
    pairs = pa.table(
        {
            "term": pa.array([n for n, t in enumerate(terms) for _ in t], pa.int64()),
            "token": pa.array([v for t in terms for v in t], pa.string()),
        }
    )
    marked = tokens.filter(tokens.token.isin(firsts)).select("document_id").distinct()
    here = tokens.semi_join(marked, "document_id").inner_join(ibis.memtable(pairs), "token")
    held = (
        here.select("term", "document_id")
        .distinct()
        .order_by(["term", "document_id"])
        .limit(MOST)
        .to_pyarrow()
    )
    kinds = _kinds(data, held["document_id"].to_pylist(), cues)
    asked: Counter[int] = Counter()
    said: Counter[int] = Counter()
    for term, document in zip(held["term"].to_pylist(), held["document_id"].to_pylist(), strict=True):
        kind = kinds.get(document)
        asked[term] += kind == "asked"
        said[term] += kind == "said"
    return [Explained(asked[n], said[n]) for n in range(len(terms))]


def _kinds(data: LensInput, documents: Sequence[int], cues: Cues) -> dict[int, str]:
    """What each post does: asks for a meaning, or gives one."""
    ids = ibis.memtable(pa.table({"document_id": pa.array(sorted(set(documents)), pa.int64())}))
    rows = data.units.semi_join(ids, "document_id").select("document_id", "text", "tokens").to_pyarrow()
    found = {}
    for row in rows.to_pylist():
        labels = {h.label for h in cues.find([t["token"] for t in row["tokens"]])}
        if "meaning" in labels and "?" in row["text"]:
            found[row["document_id"]] = "asked"
        elif labels:
            found[row["document_id"]] = "said"
    return found
