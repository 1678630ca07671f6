"""Which words do only insiders understand? Ranked candidates, with the parts of their score.

A candidate is rarer in general Indonesian and English than here, often written in disguise and in many ways, key for the
talk of and with promoting accounts and spread over both parties, used like seeds and spelled like them. How much each of
these counts is learnt from the seeds (see :mod:`makna.analysis.lenses.ranking`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.argot_columns import COLUMNS, meanings, told
from makna.analysis.lenses.argot_rows import Label, Labels, capital, neighbours, rarer, said
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.general import general
from makna.analysis.lenses.groups import candidates
from makna.analysis.lenses.phrases import phrases
from makna.analysis.lenses.profiles import inside
from makna.analysis.lenses.ranking import Ranking, insider_z, is_word
from makna.analysis.lenses.rows import Rows, passage
from makna.analysis.lenses.senses import Discriminating
from makna.analysis.lenses.spelling import fold
from makna.analysis.lenses.uptake import Uptake, read_posts, uptakes
from makna.analysis.lenses.vocabulary import Vocabulary, occurrences, vocabulary

NAME = "argot"
NEEDS = frozenset({"account", "replies", "text"})
PASSAGES_A_ROW = 20  # options["passages"]
MOST = 500  # rows; options["rows"]
MINIMUM = 3  # occurrences over all spellings; options["minimum"]
CAPITALS = (
    4,
    0.8,
)  # mid-sentence occurrences, and the share of them with a capital, from which a word is written as names are
FEW = 2  # accounts of a party that must use a term before it counts as taken up


def run(data: LensInput) -> LensResult:
    """The argot lens. Options: seeds (words), rows, minimum, passages, sign (see :func:`profiles.inside`), roles (account → role),
    rejected (words that are none: they stand last)."""
    accounts = inside(data)
    seeds = [str(s) for s in data.options.get("seeds", ())]
    ignored = frozenset().union(*(data.wordlist(n).words() for n in ("stopwords_id", "stopwords_en")))
    least = int(data.options.get("minimum", MINIMUM))
    words = vocabulary(data, accounts, minimum=least, ignored=ignored - {fold(s.lower()) for s in seeds})
    words, found, ranking = candidates(words, seeds, halved=data.wordlist("platform_words").words())
    out = set(words.find(data.options.get("rejected", ())))
    order = sorted(range(len(words.terms)), key=lambda n: (n in out, -ranking.total[n], words.terms[n]))
    table, passages = _rows(
        _Shown(data, words, ranking, order[: int(data.options.get("rows", MOST))], found, out)
    )
    statistics = _statistics(table, len(words.terms))
    sentence = say.both(lambda language: _sentence(language, table, len(words.terms), worded=True))
    unworded = say.both(lambda language: _sentence(language, table, len(words.terms), worded=False))
    figure = _figure(say.title(sentence), table)
    return LensResult(NAME, table, passages, statistics, figure, sentence, BLIND, unworded)


@dataclass(frozen=True)
class _Shown:
    """What the rows are made of; *best* are the numbers of the terms that are shown."""

    data: LensInput
    words: Vocabulary
    ranking: Ranking
    best: Sequence[int]
    seeds: Sequence[int]
    rejected: Collection[int]


def _rows(shown: _Shown) -> tuple[pa.Table, pa.Table]:
    words, best = shown.words, shown.best
    rows = Rows(COLUMNS, int(shown.data.options.get("passages", PASSAGES_A_ROW)))
    posts = read_posts(shown.data)
    talk = uptakes(shown.data, words, posts, best, shown.data.options.get("roles"))
    meant = Discriminating(words, shown.ranking.space, posts.day[posts.of(words.tokens.documents)], best)
    senses = [meant.of(n) for n in best]
    shown_texts = _texts(shown.data, {one.example[0] for found in senses for one in found.senses})
    near, fixed = neighbours(words, shown.ranking, best), phrases(words, best)
    labels = Labels(shown.data.wordlist, words)
    z = insider_z(words)
    found, written = _passages(shown, rows.cap)
    texts = _texts(shown.data, {d for t in talk for d, _act in t.passages[: rows.cap // 2]})
    for place, n in enumerate(best):
        capitals = [c for c in written.get(place, ()) if c is not None]
        named = len(capitals) >= CAPITALS[0] and sum(capitals) >= CAPITALS[1] * len(capitals)
        row = _row(
            shown, n, talk[place], labels.of(words.terms[n], capital=named), labels, near[place], float(z[n])
        )
        row |= meanings(senses[place], shown_texts) | {"phrases": list(fixed[place])}
        own = [*_telling(talk[place].passages[: rows.cap // 2], texts), *found.get(place, ())]
        rows.add(row, own, total=row["count"])
    return rows.table(), rows.passages()


def _row(
    shown: _Shown, n: int, talk: Uptake, mine: Sequence[Label], labels: Labels, near: Sequence[str], z: float
) -> dict[str, Any]:
    words, ranking = shown.words, shown.ranking
    term = words.terms[n]
    inside_, near_, out = (int(words.column(f"{side}_accounts")[n]) for side in ("inside", "near", "out"))
    respelled = float(words.disguised[n] / max(words.count[n], 1))
    keywords = {k.lower() for k in shown.data.harvest_keywords}
    return {
        "term": term,
        "variants": [v for v in words.variants[n] if v != term],
        "standard": labels.standard(term),
        "count": int(words.count[n]),
        "score": float(ranking.score[n]),
        "says_en": said(words, n, near, mine, "en"),
        "says_id": said(words, n, near, mine, "id"),
        "labels": [label.kind for label in mine],
        "general_log_ratio": float(np.log2(rarer(words, n))),
        "insider_z": z,
        "respelled": respelled,
        "ways": int(words.ways[n]),
        "kinds": list(words.kinds[n]),
        "company": float(ranking.signals["company"][n]),
        "used_like": list(near),
        "form": float(ranking.signals["form"][n]),
        "accounts": inside_ + near_ + out,
        "inside_accounts": inside_,
        "near_accounts": near_,
        "uptake": _uptake(inside_, near_),
        **told(talk),
        "spelling": _spelling(term, respelled),
        "seed": n in shown.seeds,
        "rejected": n in shown.rejected,
        "harvest_keyword": bool({term, *words.variants[n]} & keywords),
    }


def _uptake(inside_: int, near: int) -> str:
    both = (inside_ >= FEW, near >= FEW)
    return {(True, True): "both", (True, False): "inside", (False, True): "near", (False, False): "few"}[both]


def _spelling(term: str, respelled: float) -> str:
    if term.startswith("#"):
        return "hashtag"
    if not is_word(term):
        return "emoji"
    if respelled > 0.02:
        return "respelled"
    return "listed" if general(fold(term)) else "unlisted"


def _passages(
    shown: _Shown, cap: int
) -> tuple[dict[int, list[dict[str, Any]]], dict[int, list[bool | None]]]:
    """Of each place the passages of its term, and whether each is written with a capital."""
    hits = occurrences(shown.words, shown.best, cap)
    by_id = _texts(shown.data, {document for found in hits.values() for document, *_rest in found})
    held = {
        place: [passage(d, start, end, by_id[d][start:end], _SIDES[side]) for d, start, end, side in found]
        for place, found in hits.items()
    }
    return held, {p: [capital(by_id[d], a, b) for d, a, b, _side in found] for p, found in hits.items()}


def _telling(acts: Sequence[tuple[int, str]], texts: Mapping[int, str]) -> list[dict[str, Any]]:
    """Whole posts that ask for the term, explain it, take it up, or answer a question without explaining it."""
    return [passage(d, 0, len(texts[d]), texts[d], act) for d, act in acts]


def _texts(data: LensInput, documents: Collection[int]) -> dict[int, str]:
    ids = ibis.memtable(pa.table({"document_id": pa.array(sorted(documents), pa.int64())}))
    texts = data.units.semi_join(ids, "document_id").select("document_id", "text").to_pyarrow()
    return dict(zip(texts["document_id"].to_pylist(), texts["text"].to_pylist(), strict=True))


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
        "That somebody answers without asking does not prove understanding; who does not understand may also keep silent.",
        "Menjawab tanpa bertanya belum membuktikan pengertian; yang tidak mengerti dapat juga diam.",
    ),
    (
        "A candidate is a word that behaves like argot; only reading tells whether insiders mean something by it.",
        "Calon ialah kata yang berperilaku seperti argot; hanya pembacaan yang menunjukkan apakah orang dalam memaknainya.",
    ),
    (
        "Ordinary words with a second meaning rank low, for their form gives nothing away; seeds and second_sense help to find them.",
        "Kata biasa dengan makna kedua berperingkat rendah karena bentuknya tidak mencolok; kata benih dan second_sense membantu menemukannya.",
    ),
    (
        "A term of several words stands at its most telling word, under phrases, without a rank of its own; words inside pictures are not seen.",
        "Istilah dari beberapa kata tampil pada kata kuncinya, di bawah phrases, tanpa peringkat sendiri; kata di dalam gambar tidak terlihat.",
    ),
    (
        "Words the harvest searched for are key by construction; they are marked.",
        "Kata yang dipakai untuk mengambil data pasti menonjol; kata itu ditandai.",
    ),
)
