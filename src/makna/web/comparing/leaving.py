"""A matrix as a file: CSV, PNG or SVG, in the public or the examiners' edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import regex

from makna.analysis.cooccurrence import met
from makna.i18n import _, ngettext, spoken
from makna.record.models import ArgotTerm, Release, TermStatus
from makna.report import crossed_figure
from makna.report.crossed_release import Left, Standing, release
from makna.report.release import EXAMINERS, PUBLIC
from makna.report.sheets import as_csv
from makna.web.comparing.asked import AGAINST, Asked
from makna.web.comparing.groups import GROUP, divided
from makna.web.comparing.matrix import Matrix, matrix
from makna.web.comparing.standing import codings
from makna.web.here import Here

EDITIONS = (PUBLIC, EXAMINERS)
TYPES = {"csv": "text/csv; charset=utf-8", "png": "image/png", "svg": "image/svg+xml"}


def file(here: Here, ask: Asked, form: str, edition: str) -> bytes:
    """The matrix of *ask* as a file of *form*, as *edition* may show it."""
    left, title = _left(here, ask, edition), _title(ask)
    notes = _notes(left, edition)
    if form == "csv":
        head = [_("code"), _("group"), _("stands on"), _("counted"), _("number")]
        rows = [
            [c.code, c.group, _(c.source), _(c.counted), _mark(c.value, c.few, edition)] for c in left.cells
        ]
        return as_csv(head, [*rows, *([note] for note in ("", title, *notes))])
    spec = crossed_figure.figure(left, title, notes, words=_, language=spoken())
    return crossed_figure.png(spec) if form == "png" else crossed_figure.svg(spec)


def _mark(value: int | None, few: bool, edition: str) -> object:
    if value is None:
        return "–"
    return f"{value} †" if few and edition == EXAMINERS else value


def _title(ask: Asked) -> str:
    return _("Codes against {what}").format(what=_(AGAINST[ask.by]))


def _notes(left: Left, edition: str) -> list[str]:
    if edition == EXAMINERS:
        return [_("Examiners' edition: not for release. † stands on fewer than five accounts.")]
    notes = [_("Observed accounts are counted from five on, to the nearest five; other sources in passages.")]
    if left.held:
        held = ngettext(
            "{n} cell is held back: it stands on too few persons.",
            "{n} cells are held back: they stand on too few persons.",
            left.held,
        )
        notes.append(held.format(n=left.held))
    return notes


def _left(here: Here, ask: Asked, edition: str) -> Left:
    shows = matrix(here, ask)
    rows, groups, by_person = _standing(here, ask, shows, edition)
    named = _named(here, ask, shows, groups, public=edition != EXAMINERS)
    return release(
        rows,
        edition,
        codes=[row.key for row in shows.rows],
        groups=list(groups),
        named=named,
        by_person=by_person,
    )


def _standing(
    here: Here, ask: Asked, shows: Matrix, edition: str
) -> tuple[Iterator[Standing], Mapping[str, str], bool]:
    """What the cells stand on, the groups with their labels, and whether these divide persons."""
    if ask.square:
        return _rows(_with_cases(here, ask, shows)), {c.key: c.label for c in shows.columns}, False
    parts = divided(here, ask, leaving=edition != EXAMINERS)
    shown = {column.key: column.label for column in shows.columns}
    if parts.order is not None:
        shown = {key: key for key in parts.order}
    table = parts.table.filter(pc.is_in(parts.table[GROUP], pa.array(list(shown), pa.string())))
    return _rows(table), shown, parts.by_person


def _with_cases(here: Here, ask: Asked, shows: Matrix) -> pa.Table:
    """Each passage with each code it meets, and whose words it is."""
    table = codings(here)
    table = table.filter(pc.is_in(table["code"], pa.array([row.key for row in shows.rows], pa.string())))
    within = "document" if ask.by == "document" else "passage"
    meetings = (
        met(ibis.memtable(table), within=within)
        .to_pyarrow()
        .rename_columns(["code", "document_id", "start", "end", GROUP])
    )
    places = ["code", "document_id", "start", "end"]
    once = table.select([*places, "kind", "case"]).group_by([*places, "kind", "case"]).aggregate([])
    return meetings.join(once, places, join_type="inner")


def _rows(table: pa.Table) -> Iterator[Standing]:
    names = ("code", GROUP, "document_id", "start", "end", "kind", "case")
    for code, group, document, start, end, kind, case in zip(
        *(table[n].to_pylist() for n in names), strict=True
    ):
        yield Standing(code, group, (document, start, end), kind, case)


def _named(
    here: Here, ask: Asked, shows: Matrix, groups: Mapping[str, str], *, public: bool
) -> dict[str, str]:
    """What codes and groups are called: in public no term of the field that was not released, and no coder by name."""
    names = {row.key: row.name for row in shows.rows}
    if public:
        secret = _terms(here)
        for n, (key, name) in enumerate(sorted(names.items(), key=lambda item: int(item[0])), 1):
            if any(_mentions(name, term) for term in secret):
                names[key] = _("code {n}, a term of the field").format(n=n)
    if ask.square:
        return names
    if public and ask.by == "coder":
        groups = {key: _("coder {n}").format(n=n) for n, key in enumerate(sorted(groups), 1)}
    return {**names, **groups}


def _terms(here: Here) -> set[str]:
    """The argot terms, in all spellings, that no release lets out."""
    released = set(Release.objects.filter(study=here.actor.study, what="term").values_list("name", flat=True))
    if "" in released:
        return set()
    rows = ArgotTerm.objects.filter(study=here.actor.study).exclude(status=TermStatus.REJECTED)
    free = {name.casefold() for name in released}
    return {
        spelling.casefold()
        for row in rows
        if row.term.casefold() not in free
        for spelling in (row.term, *row.variants)
        if spelling
    }


def _mentions(name: str, term: str) -> bool:
    bare = rf"(?<![\p{{L}}\p{{N}}]){regex.escape(term)}(?![\p{{L}}\p{{N}}])"
    return regex.search(bare, name.casefold()) is not None
