"""What the lenses show: sentence, figure, rows, statistics with their intervals, and what each cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from makna.analysis.lenses import figures as lens_figures
from makna.analysis.lenses.base import LensResult, Statistic
from makna.report import figures, terms
from makna.report.blocks import Block, Bullets, Figure, Gap, Heading, Para, Table, inline
from makna.report.context import Context
from makna.report.lens_release import Released, release
from makna.report.lens_views import View, views
from makna.report.sections.findings import ordered

# The way of the method: who they are, what they post, who vouches, where it leads, in which words, why, on what ground.
ORDER = ("presentation", "promotion", "testimony", "migration", "argot", "motives", "triangulation")
_IN_TABLE = (
    "share with ",
    "share that praises ",
    "share of informants: ",
)  # statistics that a table shows as rows


def lenses(c: Context) -> Iterator[Block]:
    """All lenses that were run, and why the others were not."""
    yield Heading(1, c.gettext("Lenses"), "lenses")
    if not c.inputs.lenses:
        yield Gap(c.gettext("No lens was run."))
    place = {lens: n for n, lens in enumerate(ORDER)}
    for result in sorted(c.inputs.lenses, key=lambda r: place.get(r.lens, len(place))):
        yield from _lens(c, result)
    for lens, reason in c.inputs.lens_gaps.items():
        name = title(c, lens)
        yield Heading(2, name[0].upper() + name[1:], f"lens-{lens}")
        yield Gap(c.gettext("This lens was not run: {reason}").format(reason=reason))


def title(c: Context, lens: str) -> str:
    """The name of a lens on screen."""
    names = {
        "presentation": c.gettext("self-presentation"), "promotion": c.gettext("promotion"), "testimony": c.gettext("testimony"),
        "migration": c.gettext("migration to private channels"), "argot": c.gettext("argot terms"), "motives": c.gettext("motives"),
        "triangulation": c.gettext("triangulation"),
    }  # fmt: skip
    return names.get(lens, lens)


def _lens(c: Context, result: LensResult) -> Iterator[Block]:
    name = title(c, result.lens)
    hidden = terms.candidates(c.inputs.lenses) if result.lens == "presentation" and c.public else frozenset()
    held = c.inputs.interpretation
    parts = views(_numbered(c, result), c.edition, c.gettext, hidden, held.record.releases if held else None)
    released = [
        release(part.result, c.edition, c.words, c.inputs.accounts_of, hidden=hidden or (), named=part.named)
        for part in parts
    ]
    yield Heading(2, name[0].upper() + name[1:], f"lens-{result.lens}")
    first = released[0]
    sentence = first.sentence or _plain(c, first)
    yield _figure(c, result.lens, first, sentence, name) or Para(inline(sentence), "lead")
    for part, shown in zip(parts, released, strict=True):
        yield _rows(c, name, part, shown)
    beside = tuple(s for s in first.statistics if len(parts) < 2 or not s.name.startswith(_IN_TABLE))
    if beside:
        yield _statistics(c, name, beside)
    yield Heading(3, c.gettext("What this cannot see"), f"blind-{result.lens}")
    blind = result.blind.get(c.words.language, ())
    if blind:
        yield Bullets(tuple(inline(text) for text in blind))
    else:
        yield Gap(c.gettext("This lens does not say what it cannot see."))


def _numbered(c: Context, result: LensResult) -> LensResult:
    """Findings under the numbers they have in this report, not the names they have in a file."""
    if "finding" not in result.table.column_names:
        return result
    word = c.gettext("Finding {n}")
    names = {f.finding.id: word.format(n=n) for n, f in enumerate(ordered(c), 1)}
    said = pa.array([names.get(v, v) for v in result.table["finding"].to_pylist()], pa.string())
    place = result.table.column_names.index("finding")
    figure = lens_figures.relabelled(result.figure, names)
    return replace(result, table=result.table.set_column(place, "finding", said), figure=figure)


def _rows(c: Context, name: str, part: View, shown: Released) -> Block:
    held = " ".join(text for text in (part.held, shown.held) if text)
    if part.held and shown.held == c.gettext("Nothing was held back."):
        held = part.held
    if not (shown.rows and shown.columns):
        text = c.gettext("The lens “{lens}” has no row to show. {held}")
        return Gap(text.format(lens=name, held=held))
    caption = part.caption or c.gettext("Rows of the lens “{lens}”").format(lens=name)
    return Table(caption, shown.columns, shown.rows, held, shown.numeric)


def _plain(c: Context, shown: Released) -> str:
    """What the released rows say, where the lens's own sentence names what only the examiners' edition may."""
    number, found = _counted(shown)
    if len(found) < 2:
        return c.gettext("What this lens found names terms that stand in the examiners' edition only.")
    label, value = max(((r["label"], r[number]) for r in found), key=lambda pair: pair[1])
    text = c.gettext("Most stand under “{label}”: {value} of {total} ({name}).")
    total, name = sum(r[number] for r in found), c.words.column(number)
    return text.format(
        label=label, value=c.words.number(_whole(value)), total=c.words.number(_whole(total)), name=name
    )


def _counted(shown: Released) -> tuple[str, list[Mapping[str, Any]]]:
    """The first column of counts of the released rows, and the rows that have one."""
    names = [name for row in shown.drawn[:1] for name, value in row.items() if isinstance(value, int)]
    return (names[0], [r for r in shown.drawn if r[names[0]] is not None]) if names else ("", [])


def _figure(c: Context, lens: str, shown: Released, sentence: str, name: str) -> Figure | None:
    """The lens's own figure where it may be shown; else the released rows: shares with their intervals, or bars."""
    if shown.figure is not None:
        spec = lens_figures.said(shown.figure, c.words.language)
        description = c.gettext("Figure of the lens “{lens}”; its numbers stand in the table below.")
        return Figure(sentence, spec, description.format(lens=name))
    number, found = _counted(shown)
    if len(found) < 2 or len({r["label"] for r in found[:15]}) < len(found[:15]):
        return None
    if all(r.get("share") is not None for r in found[:15]) and "low" in found[0]:
        rows = [{**r, "note": r[number], "small": False} for r in found[:15]]
        spec = lens_figures.said(
            lens_figures.shares(sentence, rows, axis=c.words.column("share")), c.words.language
        )
        description = c.gettext(
            "Shares of the released rows with their intervals; the numbers stand in the table below."
        )
    else:
        labels, values = [r["label"] for r in found[:15]], [r[number] for r in found[:15]]
        spec = figures.bars(labels, values, name=c.words.column(number), language=c.words.language)
        description = c.gettext("Bars of the released rows; the numbers stand in the table below.")
    return Figure(sentence, spec, description)


def _statistics(c: Context, name: str, statistics: tuple[Statistic, ...]) -> Table:
    head = (
        c.gettext("statistic"), c.gettext("value"), c.gettext("95% interval"), c.gettext("n"),
        c.gettext("method"),
    )  # fmt: skip
    caption = c.gettext("Statistics of the lens “{lens}”").format(lens=name)
    rows = tuple(_statistic(c, s) for s in statistics)
    return Table(caption, head, rows, c.gettext("Nothing was held back."), frozenset({1, 2, 3}))


def _statistic(c: Context, s: Statistic) -> tuple[str, ...]:
    """One line: a share as per cent with its interval, a count as it is."""
    share = s.method == "Wilson"
    value = c.gettext("too few to compute")
    if s.value is not None:
        value = c.words.share(s.value) if share else c.words.number(_whole(s.value))
    between = "–"
    if s.low is not None and s.high is not None:
        scale = 100 if share else 1
        between = "–".join(c.words.number(b * scale, decimals=1 if share else 2) for b in (s.low, s.high))
    counted = s.method == "count"
    method = "–" if counted or not s.method else c.gettext(s.method)
    return c.words.statistic(s.name), value, between, "–" if counted else c.words.number(s.n), method


def _whole(value: float | None) -> float | None:
    """Counts as counts: 12.0 is written 12."""
    return int(value) if value is not None and float(value).is_integer() and abs(value) >= 2 else value
