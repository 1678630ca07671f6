"""Which words do only insiders understand? Ranked candidates, with the parts of their score.

A candidate is key against general Indonesian and English, key for the talk of and with promoting accounts, spread over
several accounts of both parties, often spelled in disguise, and stands in the company of seeds where some are given.
The parts are ranked apart and joined by rank, so that none has to be scaled against another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from makna.analysis import effects
from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.explaining import Explained, explained
from makna.analysis.lenses.profiles import inside
from makna.analysis.lenses.rows import Rows, passage
from makna.analysis.lenses.spelling import fold, general
from makna.analysis.lenses.vocabulary import Vocabulary, company, occurrences, sided, vocabulary

NAME = "argot"
NEEDS = frozenset({"account", "replies", "text"})
PASSAGES_A_ROW = 20  # options["passages"]
MOST = 500  # rows; options["rows"]
MINIMUM = 3  # occurrences over all spellings; options["minimum"]
RARE = 1e-8  # what wordfreq does not list is taken for this rare
FEW = 2  # accounts of a party that must use a term before it counts as taken up
Floats = NDArray[np.float64]
COLUMNS = (
    ("term", pa.string()),
    ("variants", pa.list_(pa.string())),
    ("count", pa.int64()),
    ("score", pa.float64()),  # 0 to 1, mean rank of the parts
    ("general_log_ratio", pa.float64()),  # bits against general Indonesian and English
    (
        "insider_z",
        pa.float64(),
    ),  # weighted log-odds of the talk of and with promoting accounts against the rest
    ("respelled", pa.float64()),  # share of occurrences in a spelling that had to be folded
    ("company", pa.float64()),  # log ratio with seeds in one post, bits; null without seeds
    ("accounts", pa.int64()),
    ("inside_accounts", pa.int64()),
    ("near_accounts", pa.int64()),
    ("uptake", pa.string()),  # both, inside, near, few
    ("explained", pa.string()),  # asked, explained, unexplained
    ("spelling", pa.string()),  # listed, unlisted, respelled, emoji, hashtag
    ("seed", pa.bool_()),
    ("harvest_keyword", pa.bool_()),
)


def run(data: LensInput) -> LensResult:
    """The argot lens. Options: seeds (words), rows, minimum, passages, sign (see :func:`profiles.inside`)."""
    seeds = frozenset(fold(s.lower()) for s in data.options.get("seeds", ()))
    tokens = sided(data, inside(data))
    ignored = frozenset().union(
        *(data.wordlist(n).words() for n in ("stopwords_id", "stopwords_en", "platform_words"))
    )
    words = vocabulary(tokens, minimum=int(data.options.get("minimum", MINIMUM)), ignored=ignored - seeds)
    parts = _parts(words)
    if seeds and words.terms:
        parts["company"] = _company(words, *company(tokens, seeds, words.terms, words.variants))
    score = _joined(words, parts)
    order = sorted(range(len(words.terms)), key=lambda n: (-score[n], words.terms[n]))
    best = order[: int(data.options.get("rows", MOST))]
    talk = explained(data, tokens, [words.variants[n] for n in best])
    rows = Rows(COLUMNS, int(data.options.get("passages", PASSAGES_A_ROW)))
    found = _passages(data, tokens, words, best, rows.cap)
    for place, n in enumerate(best):
        row = _row(words, parts, score, n, talk[place], seeds, data.harvest_keywords)
        rows.add(row, found[place], total=row["count"])
    table = rows.table()
    statistics = _statistics(table, len(words.terms))
    sentence = say.both(lambda language: _sentence(language, table, len(words.terms), worded=True))
    unworded = say.both(lambda language: _sentence(language, table, len(words.terms), worded=False))
    return LensResult(
        NAME,
        table,
        rows.passages(),
        statistics,
        _figure(say.title(sentence), table),
        sentence,
        BLIND,
        unworded,
    )


def _parts(words: Vocabulary) -> dict[str, Floats]:
    count = words.counts[:, :3].sum(axis=1).astype(np.float64)
    whole = float(words.totals[:3].sum())
    usual = np.array([max(general(t), general(fold(t))) for t in words.terms])
    talk = (words.column("inside") + words.column("near")).astype(np.float64)
    size, rest = float(words.totals[:2].sum()), float(words.totals[2])
    prior = 0.1
    z = effects.weighted_log_odds(
        talk, count - talk, size, rest, prior=prior, prior_total=prior * max(len(words.terms), 1)
    )
    return {
        "general_log_ratio": np.log2((count + 0.5) / (whole + 0.5)) - np.log2(np.maximum(usual, RARE)),
        "insider_z": np.nan_to_num(np.asarray(z, dtype=np.float64)),
        "respelled": words.spelled / np.maximum(count, 1.0),
    }


def _company(words: Vocabulary, joint: NDArray[np.int64], holding: int) -> Floats:
    """Log ratio of a term in posts with a seed against its share of all tokens."""
    count = words.counts[:, :3].sum(axis=1).astype(np.float64)
    share = (count + 0.5) / (float(words.totals[:3].sum()) + 0.5)
    return np.asarray(np.log2((joint + 0.5) / (holding + 1.0)) - np.log2(share), dtype=np.float64)


def _joined(words: Vocabulary, parts: Mapping[str, Floats]) -> Floats:
    """The mean rank of the parts and of the spread over both parties, as a share from 0 to 1."""
    if not words.terms:
        return np.zeros(0)
    inside_, near = words.column("inside_accounts"), words.column("near_accounts")
    spread = np.log1p(inside_) + np.log1p(near)
    ranks = [_rank(parts["general_log_ratio"]), _rank(parts["insider_z"]), _rank(spread)]
    if "company" in parts:
        ranks += [_rank(parts["company"])] * 2
    bonus = 0.1 * (parts["respelled"] > 0.02)
    return np.asarray(np.minimum(1.0, np.mean(ranks, axis=0) + bonus), dtype=np.float64)


def _rank(values: Floats) -> Floats:
    return np.asarray(scipy.stats.rankdata(values) / len(values), dtype=np.float64)


def _row(
    words: Vocabulary,
    parts: Mapping[str, Floats],
    score: Floats,
    n: int,
    talk: Explained,
    seeds: frozenset[str],
    keywords: frozenset[str],
) -> dict[str, Any]:
    term = words.terms[n]
    inside_, near, out = (int(words.column(f"{side}_accounts")[n]) for side in ("inside", "near", "out"))
    return {
        "term": term,
        "variants": [v for v in words.variants[n] if v != term],
        "count": int(words.counts[n, :3].sum()),
        "score": float(score[n]),
        **{name: float(values[n]) for name, values in parts.items()},
        "accounts": inside_ + near + out,
        "inside_accounts": inside_,
        "near_accounts": near,
        "uptake": _uptake(inside_, near),
        "explained": talk.word,
        "spelling": _spelling(term, float(parts["respelled"][n])),
        "seed": fold(term) in seeds,
        "harvest_keyword": bool({term, *words.variants[n]} & {k.lower() for k in keywords}),
    }  # fmt: skip


def _uptake(inside_: int, near: int) -> str:
    both = (inside_ >= FEW, near >= FEW)
    return {(True, True): "both", (True, False): "inside", (False, True): "near", (False, False): "few"}[both]


def _spelling(term: str, respelled: float) -> str:
    if term.startswith("#"):
        return "hashtag"
    if not any(c.isalnum() for c in term):
        return "emoji"
    if respelled > 0.02:
        return "respelled"
    return "listed" if general(fold(term)) else "unlisted"


def _passages(
    data: LensInput, tokens: Any, words: Vocabulary, best: Sequence[int], cap: int
) -> dict[int, list[dict[str, Any]]]:
    spellings = [(place, v) for place, n in enumerate(best) for v in words.variants[n]]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if not spellings:
        return found
    hits = occurrences(tokens, spellings, cap)
    ids = ibis.memtable(
        pa.table({"document_id": pa.array(sorted(set(hits["document_id"].to_pylist())), pa.int64())})
    )
    texts = data.units.semi_join(ids, "document_id").select("document_id", "text").to_pyarrow()
    by_id = dict(zip(texts["document_id"].to_pylist(), texts["text"].to_pylist(), strict=True))
    for hit in hits.to_pylist():
        text = by_id[hit["document_id"]][hit["start"] : hit["end"]]
        found[hit["term"]].append(
            passage(hit["document_id"], hit["start"], hit["end"], text, _SIDES[hit["side"]])
        )
    return found


_SIDES = {"inside": "a promoting account", "near": "somebody who speaks with one", "out": "somebody else"}


def _statistics(table: pa.Table, candidates: int) -> tuple[Statistic, ...]:
    rows = table.to_pylist()[:50]
    return (
        intervals.count("candidates", candidates),
        intervals.count("rows shown", table.num_rows),
        intervals.share("share of the first 50 used by both parties", sum(r["uptake"] == "both" for r in rows), len(rows)),
        intervals.share("share of the first 50 that somebody explains", sum(r["explained"] == "explained" for r in rows), len(rows)),
    )  # fmt: skip


def _sentence(language: str, table: pa.Table, candidates: int, *, worded: bool) -> str:
    rows = table.to_pylist()[:50]
    if not rows:
        return {"en": "No candidate for argot was found.", "id": "Tidak ditemukan calon argot."}[language]
    used = sum(r["uptake"] == "both" for r in rows)
    open_ = sum(r["explained"] != "explained" for r in rows)
    first = say.series([f"“{r['term']}”" for r in rows[:3]], language)
    begin = {"en": f" (from {first})", "id": f" (mulai dari {first})"}[language] if worded else ""
    n, whole = say.number(len(rows), language), say.number(candidates, language)
    if language == "id":
        return f"Dari {whole} calon, {n} yang teratas{begin} memuat {used} yang dipakai kedua pihak dan {open_} yang tidak diterangkan siapa pun."
    return f"Of {whole} candidates, the first {n}{begin} hold {used} that both parties use and {open_} that nobody explains."


def _figure(title: figures.Text, table: pa.Table) -> Mapping[str, Any]:
    rows = [
        {"label": r["term"], "count": r["count"], "small": r["accounts"] < 5} for r in table.to_pylist()[:25]
    ]
    return figures.bars(title, rows, axis=("occurrences", "kemunculan"))


BLIND = say.blinds(
    (
        "A candidate is a word that behaves like argot; only reading tells whether insiders mean something by it.",
        "Calon ialah kata yang berperilaku seperti argot; hanya pembacaan yang menunjukkan apakah orang dalam memaknainya.",
    ),
    (
        "Ordinary words with a second meaning rank low, for their form gives nothing away; seeds help to find them.",
        "Kata biasa dengan makna kedua berperingkat rendah karena bentuknya tidak mencolok; kata benih membantu menemukannya.",
    ),
    (
        "Terms of several words, and words inside pictures, are not seen.",
        "Istilah dari beberapa kata dan kata di dalam gambar tidak terlihat.",
    ),
    (
        "Words the harvest searched for are key by construction; they are marked.",
        "Kata yang dipakai untuk mengambil data pasti menonjol; kata itu ditandai.",
    ),
)
