"""Who vouches, how, and who passes it on? Testimonials, what they praise, and the vouching by role, never by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa

from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.rows import Rows, passage
from makna.analysis.lenses.vouching import Testimonial, Vouching, learn_testimonials

NAME = "testimony"
NEEDS = frozenset({"account", "replies", "media", "text"})
PASSAGES_A_ROW = 2_000  # options["passages"]
COLUMNS = (
    ("kind", pa.string()),  # praise, form, role, relay
    ("praise", pa.string()),
    ("form", pa.string()),
    ("role", pa.string()),
    ("testimonials", pa.int64()),
    ("share", pa.float64()),  # of all testimonials
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("accounts", pa.int64()),  # that vouch or show
    ("by_cue", pa.float64()),
    ("harvest_keyword", pa.bool_()),
)


def run(data: LensInput) -> LensResult:
    """The testimony lens. Options: passages (most passages per row)."""
    vouching = learn_testimonials(data)
    found = sorted(vouching.find(data), key=lambda t: t.post.document_id)
    rows = Rows(COLUMNS, int(data.options.get("passages", PASSAGES_A_ROW)))
    for kind in ("praise", "form", "role"):
        for value, of in _groups(found, kind):
            _row(rows, kind, value, of, len(found), data.harvest_keywords)
    relays = _relays(data, vouching, found)
    for role, count, accounts in relays:
        rows.add(
            {
                "kind": "relay",
                "role": role,
                "testimonials": count,
                "accounts": accounts,
                "harvest_keyword": False,
            }
        )
    statistics = _statistics(found, relays)
    table = rows.table()
    sentence = say.both(lambda language: _sentence(language, found, statistics, table))
    return LensResult(
        NAME, table, rows.passages(), statistics, _figure(say.title(sentence), table), sentence, BLIND
    )


def _groups(found: Sequence[Testimonial], kind: str) -> list[tuple[str, list[Testimonial]]]:
    groups: dict[str, list[Testimonial]] = defaultdict(list)
    for one in found:
        for value in one.praise if kind == "praise" else (getattr(one, kind),):
            groups[value].append(one)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _row(
    rows: Rows, kind: str, value: str, of: Sequence[Testimonial], whole: int, keywords: frozenset[str]
) -> None:
    row: dict[str, Any] = {
        "kind": kind,
        kind: value,
        "testimonials": len(of),
        **intervals.bounds(len(of), whole),
        "accounts": len({t.post.author_id for t in of} - {None}),
        "by_cue": sum(not t.note.startswith("≈") for t in of) / len(of),
        "harvest_keyword": any(k in t.post.text.lower() for k in keywords for t in of),
    }
    rows.add(row, (passage(t.post.document_id, 0, len(t.post.text), t.post.text, t.note) for t in of))


def _relays(data: LensInput, vouching: Vouching, found: Sequence[Testimonial]) -> list[tuple[str, int, int]]:
    """Reposts and quotations of the testimonials found, by who passes on: (role, how many, accounts)."""
    told = ibis.memtable(pa.table({"parent_id": pa.array([t.post.document_id for t in found], pa.int64())}))
    inside = ibis.memtable(pa.table({"author_id": pa.array(sorted(vouching.accounts), pa.int64())}))
    passed = data.documents.filter(data.documents.relation.isin(["repost", "quote"]))
    passed = passed.semi_join(told, "parent_id").select("document_id", "author_id")
    results = []
    for role, those in (
        ("promoting account passes on", passed.semi_join(inside, "author_id")),
        ("other account passes on", passed.anti_join(inside, "author_id")),
    ):
        counts = those.agg(n=those.count(), accounts=those.author_id.nunique()).to_pyarrow().to_pylist()[0]
        if counts["n"]:
            results.append((role, int(counts["n"]), int(counts["accounts"])))
    return results


def _statistics(
    found: Sequence[Testimonial], relays: Sequence[tuple[str, int, int]]
) -> tuple[Statistic, ...]:
    n = len(found)
    shown = sum(t.form == "shown" for t in found)
    top = [group for group in _groups(found, "praise") if group[0] != "other"][:3]
    return (
        intervals.count("testimonials", n),
        intervals.count("accounts that vouch", len({t.post.author_id for t in found if t.form == "told"} - {None})),
        intervals.share("share shown as a picture by the account itself", shown, n),
        *(intervals.share(f"share that praises {praise}", len(of), n) for praise, of in top),
        intervals.count("times passed on", sum(count for _role, count, _accounts in relays)),
    )  # fmt: skip


def _sentence(
    language: str, found: Sequence[Testimonial], statistics: Sequence[Statistic], table: pa.Table
) -> str:
    if not found:
        return {"en": "No testimonial was found.", "id": "Tidak ditemukan testimoni."}[language]
    praised = [r for r in table.to_pylist() if r["kind"] == "praise" and r["praise"] != "other"][:2]
    said = say.series(
        [f"{say.name(r['praise'], language)} ({say.percent(r['share'], language)})" for r in praised],
        language,
    )
    n, shown = say.number(len(found), language), say.percent(statistics[2].value, language)
    passed = say.number(statistics[-1].value or 0, language)
    if language == "id":
        return f"Dari {n} testimoni, {shown} dipajang sebagai gambar oleh akun itu sendiri; yang paling sering dipuji ialah {said}; {passed} kali testimoni disebarkan lagi."
    return f"Of {n} testimonials, {shown} are shown as a picture by the account itself; most praised are {said}; testimonials are passed on {passed} times."


def _figure(title: figures.Text, table: pa.Table) -> Mapping[str, Any]:
    shown = [r for r in table.to_pylist() if r["kind"] == "praise" and r["share"] is not None]
    rows = [
        {"label": say.pair(r["praise"]), "share": r["share"], "low": r["low"], "high": r["high"], "note": f"{r['testimonials']:,}", "small": r["accounts"] < 5}
        for r in shown
    ]  # fmt: skip
    return figures.shares(title, rows, axis=("share of testimonials", "bagian dari testimoni"))


BLIND = say.blinds(
    (
        "What stands inside a picture is not read: that it is a testimonial follows from the words beside it.",
        "Isi gambar tidak dibaca: bahwa itu testimoni disimpulkan dari kata-kata di sampingnya.",
    ),
    (
        "Whether a testimonial is true, paid for or written by the account itself cannot be seen.",
        "Apakah testimoni itu benar, dibayar atau ditulis akun itu sendiri tidak terlihat.",
    ),
    (
        "Testimonials that were deleted, and praise in private, are missing.",
        "Testimoni yang dihapus dan pujian di ruang pribadi tidak tercakup.",
    ),
    (
        "A testimonial that names nobody and answers nobody is not recognised.",
        "Testimoni yang tidak menyebut dan tidak membalas siapa pun tidak dikenali.",
    ),
)
