"""What the lenses show: sentence, figure, rows, statistics with their intervals, and what each cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from makna.analysis.lenses.base import LensResult, Statistic
from makna.report import figures
from makna.report.blocks import Block, Bullets, Figure, Gap, Heading, Para, Table, inline
from makna.report.context import Context
from makna.report.lens_release import Released, release


def lenses(c: Context) -> Iterator[Block]:
    """All lenses that were run, and why the others were not."""
    yield Heading(1, c.gettext("Lenses"), "lenses")
    if not c.inputs.lenses:
        yield Gap(c.gettext("No lens was run."))
    for result in c.inputs.lenses:
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
    shown = release(result, c.edition, c.words, c.inputs.accounts_of)
    yield Heading(2, name[0].upper() + name[1:], f"lens-{result.lens}")
    sentence = shown.sentence or _plain(c, shown)
    yield _figure(c, shown, sentence, name) or Para(inline(sentence), "lead")
    if shown.rows and shown.columns:
        yield Table(
            c.gettext("Rows of the lens “{lens}”").format(lens=name),
            shown.columns,
            shown.rows,
            shown.held,
            shown.numeric,
        )
    else:
        yield Gap(
            c.gettext("The lens “{lens}” has no row to show. {held}").format(lens=name, held=shown.held)
        )
    if shown.statistics:
        yield _statistics(c, name, shown.statistics)
    yield Heading(3, c.gettext("What this cannot see"), f"blind-{result.lens}")
    blind = result.blind.get(c.words.language, ())
    if blind:
        yield Bullets(tuple(inline(text) for text in blind))
    else:
        yield Gap(c.gettext("This lens does not say what it cannot see."))


def _plain(c: Context, shown: Released) -> str:
    """What the released rows say, where the lens's own sentence names what only the examiners' edition may."""
    found = _bars(c, shown)
    if not found:
        return c.gettext("What this lens found names terms that stand in the examiners' edition only.")
    label, value = max(found, key=lambda pair: pair[1])
    text = c.gettext("Most stand under “{label}”: {value} of {total} ({name}).")
    total, name = sum(v for _, v in found), shown.columns[min(shown.numeric)]
    return text.format(
        label=label, value=c.words.number(_whole(value)), total=c.words.number(_whole(total)), name=name
    )


def _bars(c: Context, shown: Released) -> list[tuple[str, float]]:
    """The released rows by their first number; empty where there are not two."""
    if not shown.numeric or 0 in shown.numeric:
        return []
    number = min(shown.numeric)
    found = [(row[0], _value(c, row[number])) for row in shown.rows]
    known = [(label, value) for label, value in found if value is not None]
    return known if len(known) > 1 else []


def _figure(c: Context, shown: Released, sentence: str, name: str) -> Figure | None:
    """The lens's own figure where it may be shown; else bars of the released rows."""
    if shown.figure is not None:
        spec, description = (
            dict(shown.figure),
            c.gettext("Figure of the lens “{lens}”; its numbers stand in the table below."),
        )
        return Figure(sentence, spec, description.format(lens=name))
    found = _bars(c, shown)[:15]
    if not found:
        return None
    spec = figures.bars([a for a, _ in found], [b for _, b in found], name=shown.columns[min(shown.numeric)])
    description = c.gettext("Bars of the released rows; the numbers stand in the table below.")
    return Figure(sentence, spec, description)


def _value(c: Context, cell: str) -> float | None:
    """The number that a cell of this report's language writes."""
    plain = cell.replace("−", "-")
    plain = plain.replace(".", "").replace(",", ".") if c.words.language == "id" else plain.replace(",", "")
    return float(plain) if plain.replace(".", "", 1).removeprefix("-").isdigit() else None


def _statistics(c: Context, name: str, statistics: tuple[Statistic, ...]) -> Table:
    rows = []
    for s in statistics:
        value = c.gettext("too few to compute") if s.value is None else c.words.number(_whole(s.value))
        between = (
            f"{c.words.number(_whole(s.low))} … {c.words.number(_whole(s.high))}"
            if s.low is not None and s.high is not None
            else "–"
        )
        rows.append((c.words.column(s.name), value, between, c.words.number(s.n), s.method or "–"))
    head = (
        c.gettext("statistic"),
        c.gettext("value"),
        c.gettext("interval"),
        c.gettext("n"),
        c.gettext("method of the interval"),
    )
    caption = c.gettext("Statistics of the lens “{lens}”").format(lens=name)
    return Table(caption, head, tuple(rows), c.gettext("Nothing was held back."), frozenset({1, 2, 3}))


def _whole(value: float | None) -> float | None:
    """Counts as counts: 12.0 is written 12."""
    return int(value) if value is not None and float(value).is_integer() and abs(value) >= 2 else value
