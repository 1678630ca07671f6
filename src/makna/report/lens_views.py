"""The tables a report shows of a lens: its rows kind by kind, with the columns a reader wants, in the reader's words.

A lens answers with one wide table. A report shows one small table for each kind of row, so that a table is one partition:
what is merged or held back is merged within it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from makna.analysis.lenses.base import LensResult
from makna.report.release import ENOUGH, EXAMINERS, PUBLIC

N_ = str  # marks a message for the catalogue


@dataclass(frozen=True)
class Part:
    """Rows of one *kind* as a table: its caption, its columns (new name → column), and the edition it is for."""

    caption: str
    columns: Mapping[str, str]
    kind: str | None = None
    edition: str | None = None


@dataclass(frozen=True)
class View:
    """A part of a lens's answer. *held* is what the part itself leaves out; *named* are columns that were released."""

    caption: str
    result: LensResult
    held: str = ""
    named: frozenset[str] = frozenset()


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_SHARES = ("share", "low", "high", "accounts")
_KEY = ("accounts", "others", *_SHARES[:3], "log_ratio", "log_ratio_low", "log_ratio_high", "harvest_keyword")
_TERMS = (
    "terms",
    "count",
    "accounts",
    "term",
    "variants",
)  # the last two are held back and added up in public
_PARTS: Mapping[str, tuple[Part, ...]] = {
    "argot": (
        Part(N_("Terms by who uses them"), _same("uptake", *_TERMS), edition=PUBLIC),
        Part(N_("Terms by whether anybody explains them"), _same("explained", *_TERMS), edition=PUBLIC),
        Part(N_("Terms by spelling"), _same("spelling", *_TERMS), edition=PUBLIC),
        Part(N_("Terms, the likeliest first"), _same("term", "variants", "uptake", "explained", "spelling", "count", "accounts", "score", "harvest_keyword"), edition=EXAMINERS),
    ),
    "promotion": (
        Part(N_("Moves of promoting posts"), _same("move", "posts", *_SHARES, "first", "by_cue"), "move"),
        Part(N_("Orders of the moves"), {"order": "label"} | _same("posts", *_SHARES), "sequence"),
        Part(N_("Promoting posts by weekday"), {"weekday": "label"} | _same("posts", *_SHARES), "weekday"),
        Part(N_("Templates that repeat"), {"template": "label"} | _same("posts", *_SHARES, "harvest_keyword"), "template", EXAMINERS),
    ),
    "testimony": (
        Part(N_("What is praised"), _same("praise", "testimonials", *_SHARES, "by_cue"), "praise"),
        Part(N_("How testimonials are given"), _same("form", "testimonials", *_SHARES), "form"),
        Part(N_("Who vouches for whom, by role"), _same("role", "testimonials", *_SHARES), "role"),
        Part(N_("Who passes testimonials on"), _same("role", "testimonials", "accounts"), "relay"),
    ),
    "migration": (
        Part(N_("Channels named in invitations"), _same("channel", "invitations", *_SHARES, "conversations", "by_cue"), "channel", EXAMINERS),
        Part(N_("Where in the conversation an invitation stands"), _same("position", "invitations", *_SHARES, "conversations"), "position"),
        Part(N_("Who invites"), _same("role", "invitations", *_SHARES, "conversations"), "role"),
    ),
    "presentation": (
        Part(N_("Signs that set the accounts apart"), _same("sign", "where", "slot", *_KEY), "sign"),
        Part(N_("What profiles fill in"), _same("slot", *_KEY[:-1]), "slot"),
        Part(N_("What stands together on a profile"), {"together": "slot"} | _same(*_KEY[:-1]), "combination"),
    ),
    "motives": (
        Part(N_("Motives, the most frequent first"), _same("motive", "informants", "share", "low", "high") | {"first interview": "interview", "sentences against": "against"}, "motive"),
        Part(N_("Motives by informant"), _same("informant", "motives"), "cell"),
    ),
    "triangulation": (
        Part(N_("Findings and the passages they stand on"), _same("finding", "stands_on", "supports", "contradicts", "observation", "interview", "field_note", "literature")),
    ),
}  # fmt: skip


def views(
    result: LensResult,
    edition: str,
    gettext: Callable[[str], str],
    hidden: frozenset[str] | None = frozenset(),
    releases: Mapping[str, Collection[str]] | None = None,
) -> list[View]:
    """The tables of *result* for *edition*, in order; a lens without parts, or of other columns, is one table.

    *hidden* are the argot terms that no public table may name; None where they are not known. *releases* gives for a kind
    of row that is the examiners' alone which of them may be named in public, for a reason in writing: "" for all.
    """
    found = []
    for part in _PARTS.get(result.lens, ()):
        free = (releases or {}).get(part.kind or "", ()) if edition == PUBLIC else ()
        if part.edition not in (None, edition) and not free:
            continue
        table = _released(_of_kind(result.table, part.kind), part, free)
        if table is None or not table.num_rows or next(iter(part.columns.values())) not in table.column_names:
            continue  # nothing of this kind, or another table than the lens makes
        shown, held = _without_terms(table, edition, hidden) if "sign" in part.columns else (table, 0)
        shown = _by_informant(shown) if part.kind == "cell" else shown
        shown = (
            _without_few_others(shown) if edition != EXAMINERS and result.lens == "presentation" else shown
        )
        columns = _columns(shown, part.columns)
        named = frozenset([next(iter(part.columns))]) if free else frozenset[str]()
        said = _held(held, shown, gettext, free)
        found.append(View(gettext(part.caption), replace(result, table=columns), said, named))
    return found or [View("", result)]


def _released(table: pa.Table | None, part: Part, free: Collection[str]) -> pa.Table | None:
    """The rows that may be named, where they were released one by one."""
    if table is None or not free or "" in free:
        return table
    column = next(iter(part.columns.values()))
    return table.filter(pc.is_in(table[column], pa.array(sorted(free), pa.string())))


def _held(signs: int, table: pa.Table, gettext: Callable[[str], str], free: Collection[str]) -> str:
    """What the table leaves out of the lens's rows, or why it is here."""
    notes = [gettext("Released for this edition, for a reason in writing.")] if free else []
    if signs:
        note = gettext("{n} signs are argot terms or hashtags; they stand in the examiners' edition only.")
        notes.append(note.format(n=signs))
    if "others" in table.column_names and table["others"].null_count:
        notes.append(gettext("A dash among the other accounts stands for one to four of them."))
    return " ".join(notes)


def _of_kind(table: pa.Table, kind: str | None) -> pa.Table | None:
    if kind is None:
        return table
    return table.filter(pc.equal(table["kind"], kind)) if "kind" in table.column_names else None


def _by_informant(table: pa.Table) -> pa.Table:
    """One row for each informant with the motives named."""
    rows: dict[str, dict[str, Any]] = {}
    for cell in table.to_pylist():
        row = rows.setdefault(
            cell["informant"],
            {"row": cell["row"], "informant": cell["informant"], "motives": []},
        )
        row["motives"].append(cell["motive"])
    motives = pa.list_(pa.string())
    kinds = (("row", pa.int64()), ("informant", pa.string()), ("motives", motives))
    return pa.Table.from_pylist(list(rows.values()), pa.schema(kinds))


def _without_few_others(table: pa.Table) -> pa.Table:
    """Without the count of other accounts where it is a small one, and the effect that would give it away."""
    if "others" not in table.column_names:
        return table
    few = [value is not None and 0 < value < ENOUGH for value in table["others"].to_pylist()]
    for name in ("others", "log_ratio", "log_ratio_low", "log_ratio_high"):
        kept = [None if hide else value for hide, value in zip(few, table[name].to_pylist(), strict=True)]
        place = table.column_names.index(name)
        table = table.set_column(place, name, pa.array(kept, table[name].type))
    return table


def _columns(table: pa.Table, wanted: Mapping[str, str]) -> pa.Table:
    """The wanted columns that there are, under their new names; ``terms`` counts each row as one."""
    if "terms" in wanted and "term" in table.column_names:
        table = table.append_column("terms", pa.array([1] * table.num_rows, pa.int64()))
    there = {new: old for new, old in wanted.items() if old in table.column_names}
    return pa.table({"row": table["row"], **{new: table[old] for new, old in there.items()}})


def _without_terms(table: pa.Table, edition: str, hidden: frozenset[str] | None) -> tuple[pa.Table, int]:
    """The signs that may be named: none that is an argot term or a hashtag, in a public edition."""
    if edition == EXAMINERS:
        return table, 0
    kept = [
        hidden is not None and sign not in hidden and not sign.startswith("#")
        for sign in table["sign"].to_pylist()
    ]
    return table.filter(pa.array(kept, pa.bool_())), len(kept) - sum(kept)
