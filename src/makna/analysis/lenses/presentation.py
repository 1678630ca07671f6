"""What do names, bios, emoji and hashtags of these accounts signal? Keyness of signs over accounts, slots and their combinations.

Accounts are counted, not words: a sign that one account repeats a hundred times is one account's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import scipy  # its parts load when they are first used

from makna.analysis import effects
from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.profiles import Labels, carried_signs, inside, observed_accounts, posts_of, slots
from makna.analysis.lenses.rows import Rows, passage

NAME = "presentation"
NEEDS = frozenset({"account", "name", "bio", "text"})
PASSAGES_A_ROW = 200  # options["passages"]
FEWEST_ACCOUNTS = 5  # that carry a sign, on both sides together: what fewer share, the door drops from names
FEWEST_INSIDE = 3
FALSE = 0.05  # expected share of false signs among those shown, for each of name, emoji, bio and hashtag
COMBINATIONS = 12
COLUMNS = (
    ("kind", pa.string()),  # sign, slot, combination
    ("where", pa.string()),  # name, emoji, bio, hashtag; for slots: profile
    ("sign", pa.string()),
    (
        "slot",
        pa.string(),
    ),  # what the sign says by its word: place, service, price, contact, rule; null for others
    ("accounts", pa.int64()),  # of interest, that carry it
    ("others", pa.int64()),  # other accounts that carry it
    ("share", pa.float64()),  # of the accounts of interest
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("share_others", pa.float64()),
    ("g2", pa.float64()),
    ("log_ratio", pa.float64()),
    ("log_ratio_low", pa.float64()),
    ("log_ratio_high", pa.float64()),
    ("harvest_keyword", pa.bool_()),
)


@dataclass(frozen=True)
class _Sides:
    """The accounts of interest, the others, and a post of each account of interest."""

    inside: frozenset[int]
    others: frozenset[int]
    posts: Mapping[int, tuple[int, str]]

    def sizes(self) -> tuple[int, int]:
        return len(self.inside), len(self.others)


def run(data: LensInput) -> LensResult:
    """The presentation lens. Options: sign (accounts of interest are those that carry it), passages (most per row)."""
    sides = _sides(data)
    rows = Rows(COLUMNS, int(data.options.get("passages", PASSAGES_A_ROW)))
    key = _key_signs(data, sides)
    for row, carriers in key:
        rows.add(row, _passages(sides, carriers, row["sign"]), total=len(carriers))
    filled = slots(data)
    for row, carriers in [*_slot_rows(sides, filled), *_combination_rows(sides, filled)]:
        rows.add(row, _passages(sides, carriers, row["sign"]), total=len(carriers))
    table = rows.table()
    statistics = _statistics(sides, key, filled)
    sentence = say.both(lambda language: _sentence(language, sides, statistics, table, worded=True))
    unworded = say.both(lambda language: _sentence(language, sides, statistics, table, worded=False))
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


def _sides(data: LensInput) -> _Sides:
    chosen = inside(data)
    accounts = observed_accounts(data)
    if data.reference_documents is not None:
        theirs = data.reference_documents.select("author_id").distinct()
        accounts = accounts.semi_join(theirs, "author_id")
    everybody = frozenset(accounts.to_pyarrow()["author_id"].to_pylist())
    found = posts_of(data, chosen).to_pylist()
    return _Sides(chosen, everybody - chosen, {r["author_id"]: (r["document_id"], r["text"]) for r in found})


def _key_signs(data: LensInput, sides: _Sides) -> list[tuple[dict[str, Any], list[int]]]:
    """Signs that the accounts of interest carry more often than the others, the surest first, with their carriers."""
    carried = carried_signs(data)
    own = ibis.memtable(pa.table({"author_id": pa.array(sorted(sides.inside), pa.int64())}))
    other = ibis.memtable(pa.table({"author_id": pa.array(sorted(sides.others), pa.int64())}))
    here = carried.semi_join(own, "author_id")
    counts = here.group_by("where", "sign").agg(accounts=here.count())
    counts = counts.filter(counts.accounts >= FEWEST_INSIDE)
    counts = counts.filter(~counts.sign.isin(_function_words(data)))
    there = carried.semi_join(other, "author_id")
    beside = there.group_by("where", "sign").agg(others=there.count())
    joined = counts.left_join(beside, ["where", "sign"]).select("where", "sign", "accounts", "others")
    joined = joined.mutate(others=joined.others.fill_null(0))
    found = joined.filter(joined.accounts + joined.others >= FEWEST_ACCOUNTS).to_pyarrow().to_pylist()
    labels = Labels(data.wordlist)
    scored = [_scored(r, sides, data.harvest_keywords) | {"slot": labels.slot(r["sign"])} for r in found]
    rows = _discovered(scored)
    rows.sort(key=lambda r: (-r["g2"], r["where"], r["sign"]))
    wanted = ibis.memtable(pa.table({"sign": pa.array(sorted({r["sign"] for r in rows}), pa.string())}))
    carriers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for r in here.semi_join(wanted, "sign").order_by(["where", "sign", "author_id"]).to_pyarrow().to_pylist():
        carriers[r["where"], r["sign"]].append(r["author_id"])
    return [(row, carriers[row["where"], row["sign"]]) for row in rows]


def _function_words(data: LensInput) -> list[str]:
    """Words that only build a sentence are no signs, however often a kind of account writes sentences."""
    return sorted(data.wordlist("stopwords_id").words() | data.wordlist("stopwords_en").words())


def _discovered(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The signs that stand out although many were tried (Benjamini & Hochberg 1995, JRSS B 57, pp. 289–300).

    G² trusts small counts too much; the interval of the effect must be above nothing as well.
    """
    kept = []
    for where in sorted({r["where"] for r in rows}):
        here = [r for r in rows if r["where"] == where and r["g2"] is not None]
        chances = scipy.stats.chi2.sf([max(r["g2"], 0.0) for r in here], df=1)
        if here:
            false = scipy.stats.false_discovery_control(chances)
            kept += [r for r, q in zip(here, false, strict=True) if q <= FALSE and r["log_ratio_low"] > 0]
    return kept


def _scored(row: Mapping[str, Any], sides: _Sides, keywords: frozenset[str]) -> dict[str, Any]:
    own, other = sides.sizes()
    a, b, c, d = (float(v) for v in (row["accounts"], row["others"], own, other))
    low, high = effects.log_ratio_interval(a, b, c, d)
    scores = {
        "g2": effects.g2(a, b, c, d),
        "log_ratio": effects.log_ratio(a, b, c, d),
        "log_ratio_low": low,
        "log_ratio_high": high,
    }
    plain = {name: None if np.isnan(value) else float(value) for name, value in scores.items()}
    return {
        "kind": "sign",
        **{name: row[name] for name in ("where", "sign", "accounts", "others")},
        **intervals.bounds(int(a), own),
        "share_others": b / d if d else None,
        **plain,
        "harvest_keyword": row["sign"].lstrip("#") in {k.lstrip("#") for k in keywords},
    }


def _slot_rows(sides: _Sides, filled: Mapping[int, frozenset[str]]) -> list[tuple[dict[str, Any], list[int]]]:
    rows = []
    for slot in () if not sides.inside else ("service", "place", "price", "contact", "rule"):
        carriers = [a for a in sorted(sides.inside) if slot in filled.get(a, ())]
        others = sum(slot in filled.get(a, ()) for a in sides.others)
        counted = {"where": "profile", "sign": slot, "accounts": len(carriers), "others": others}
        rows.append(({**_scored(counted, sides, frozenset()), "kind": "slot", "slot": slot}, carriers))
    return rows


def _combination_rows(
    sides: _Sides, filled: Mapping[int, frozenset[str]]
) -> list[tuple[dict[str, Any], list[int]]]:
    """Which slots stand together on one profile: the combinations that at least five accounts share."""
    of: dict[str, list[int]] = defaultdict(list)
    for account in sorted(sides.inside):
        of[_combination(filled.get(account, frozenset()))].append(account)
    beside = Counter(_combination(filled.get(a, frozenset())) for a in sides.others)
    common = sorted((c for c in of if len(of[c]) >= FEWEST_ACCOUNTS), key=lambda c: (-len(of[c]), c))
    rows = []
    for name in common[:COMBINATIONS]:
        counted = {"where": "profile", "sign": name, "accounts": len(of[name]), "others": beside[name]}
        rows.append(({**_scored(counted, sides, frozenset()), "kind": "combination", "slot": name}, of[name]))
    return rows


def _combination(filled: Iterable[str]) -> str:
    return " + ".join(sorted(filled)) or "no slot"


def _passages(sides: _Sides, carriers: Sequence[int], sign: str) -> list[dict[str, Any]]:
    """A post of each account that carries the sign: the profile itself is no document."""
    found = []
    for account in carriers:
        if account in sides.posts:
            document, text = sides.posts[account]
            at = text.lower().find(sign)
            start, end = (
                (at, at + len(sign)) if at >= 0 and len(text.lower()) == len(text) else (0, len(text))
            )
            note = "the sign in a post" if at >= 0 else "a post of an account whose profile carries the sign"
            found.append(passage(document, start, end, text[start:end], note))
    return found


def _insiders(row: Mapping[str, Any]) -> bool:
    """Whether a key sign stands in name or emoji and says more than a place."""
    return row["where"] in ("name", "emoji") and row["slot"] != "place"


def _statistics(
    sides: _Sides, key: Sequence[tuple[dict[str, Any], list[int]]], filled: Mapping[int, frozenset[str]]
) -> tuple[Statistic, ...]:
    own, other = sides.sizes()
    signed = {account for row, carriers in key if _insiders(row) for account in carriers}
    several = sum(len(filled.get(a, ())) >= 2 for a in sides.inside)
    return (
        intervals.count("accounts of interest", own),
        intervals.count("other accounts", other),
        intervals.count("key signs", len(key)),
        intervals.share("share of accounts of interest with a key sign in name or emoji", len(signed), own),
        intervals.share("share of accounts of interest with two or more slots filled", several, own),
    )


def _sentence(
    language: str, sides: _Sides, statistics: Sequence[Statistic], table: pa.Table, *, worded: bool
) -> str:
    own, other = (say.number(n, language) for n in sides.sizes())
    key = [
        r
        for r in table.to_pylist()
        if r["kind"] == "sign" and r["where"] in ("name", "emoji") and r["slot"] != "place"
    ][:3]
    if min(sides.sizes()) < FEWEST_ACCOUNTS:
        return {
            "en": f"Accounts of interest: {own}, others: {other}: {say.TOO_FEW['en']} what sets them apart.",
            "id": f"Akun yang diteliti: {own}, akun lain: {other}: {say.TOO_FEW['id']} perbedaannya.",
        }[language]
    if not key:
        return {
            "en": f"No sign sets {own} accounts of interest apart from {other} others.",
            "id": f"Tidak ada simbol yang membedakan {own} akun yang diteliti dari {other} akun lain.",
        }[language]
    said = say.series([f"“{r['sign']}”" for r in key], language)
    above = {"en": f", above all {said},", "id": f", terutama {said},"}[language] if worded else ""
    part = say.percent(statistics[3].value, language) + say.between(
        statistics[3].low, statistics[3].high, language
    )
    if language == "id":
        return f"Nama dan emoji dari {part} di antara {own} akun yang diteliti memuat simbol khas{above} yang jarang ada pada {other} akun lain."
    return f"Names and emoji of {part} of {own} accounts of interest carry a key sign{above} that is rare among {other} others."


def _figure(title: figures.Text, table: pa.Table) -> Mapping[str, Any]:
    shown = [r for r in table.to_pylist() if r["kind"] == "sign"][:20]
    rows = [
        {"label": tuple(f"{r['sign']} ({where})" for where in say.pair(r["where"])), "value": r["log_ratio"], "low": r["log_ratio_low"], "high": r["log_ratio_high"], "small": r["accounts"] < 10}
        for r in shown
    ]  # fmt: skip
    return figures.intervals(
        title, rows, axis=("log ratio (bits) against other accounts", "rasio log (bit) terhadap akun lain")
    )


BLIND = say.blinds(
    (
        "Signs that fewer than five accounts share are dropped at the door, so rare signs cannot be seen.",
        "Simbol yang dipakai kurang dari lima akun dihapus di pintu, sehingga simbol langka tidak terlihat.",
    ),
    (
        "Profile pictures and banners are not read.",
        "Foto profil dan gambar sampul tidak dibaca.",
    ),
    (
        "A profile is seen as it was on the day of the harvest, not as it changed.",
        "Profil terlihat seperti pada hari pengambilan, bukan perubahannya.",
    ),
    (
        "Which accounts are of interest follows from how they promote; accounts that promote in other ways count among the others.",
        "Akun yang diteliti ditentukan dari caranya berpromosi; akun yang berpromosi dengan cara lain terhitung di antara akun lain.",
    ),
)
