"""A lens's table, sentence and figure as an edition may show them.

Public edition: argot terms, templates, channels and vouching networks leave as category only; a column of words is shown
only where its lens's list below says it holds categories. What cannot be shown is named. Examiners' edition: complete;
rows on few accounts are marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.types as pt
import regex

from makna.analysis.lenses import say
from makna.analysis.lenses.base import LensResult, Statistic
from makna.report import figures
from makna.report.lens_cells import BOUNDS, OTHER, PSEUDONYM, Row, cell, is_number
from makna.report.release import ENOUGH, EXAMINERS, Group, merge, together
from makna.report.words import Words

FEW = "†"
MOST_ROWS = 25
# Lenses whose words leave as category only → the columns of theirs that hold categories.
CATEGORIES: Mapping[str, frozenset[str]] = {
    "argot": frozenset({"category", "spelling", "kind", "explained", "uptake"}),
    "promotion": frozenset({"category", "move", "order", "weekday", "kind", "measure"}),
    "migration": frozenset({"category", "position", "place", "role", "kind", "measure"}),
    "testimony": frozenset({"category", "praise", "role", "kind", "form", "measure"}),
}
# Lenses whose rows are not about observed accounts: informants follow their consent, findings are the researcher's.
NOT_ACCOUNTS = frozenset({"motives", "triangulation"})
KEYWORD = "‡"
_NEVER = frozenset({"row", "document_id", "unit_id", "author_id", "conversation_id", "start", "end"})


@dataclass(frozen=True)
class Released:
    """What may be shown of a lens. *sentence* and *figure* are None where the lens's own may not be."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int]
    held: str
    sentence: str | None
    figure: Mapping[str, Any] | None
    statistics: tuple[Statistic, ...]
    drawn: tuple[Mapping[str, Any], ...] = ()  # the rows as numbers, for a figure of them


def release(
    result: LensResult,
    edition: str,
    words: Words,
    accounts_of: Callable[[Sequence[int]], Mapping[int, int]],
    *,
    hidden: Collection[str] = (),
    named: Collection[str] = (),
) -> Released:
    """*result* as *edition* may show it; *accounts_of* gives document_id → account.

    *hidden* are further words that sentence, figure and statistics of a public edition may not name; *named* are columns
    of words that were released for it, for a reason in writing.
    """
    rows = result.table.to_pylist()
    groups = _groups(result, accounts_of)
    columns = [c for c in result.table.column_names if c not in _NEVER]
    about_accounts = result.lens not in NOT_ACCOUNTS
    if edition == EXAMINERS:
        return _complete(result, rows, columns, groups if about_accounts else None, words)
    kept = _categories(result, columns, named)
    secret = _secret(rows, [c for c in columns if c not in kept]) | {word.casefold() for word in hidden}
    held: list[str] = []
    if len(kept) < len(columns):
        rows, groups = _by_category(rows, groups, kept, result.table.schema)
        held.append(
            words.gettext(
                "Terms, templates, channels and who vouches for whom stand in the examiners' edition only."
            )
        )
    untouched = not held
    if about_accounts:
        rows, groups, note = _without_few(rows, groups, kept, result.table.schema, words)
        held += [note] if note else []
    statistics = tuple(s for s in result.statistics if not _mentions(secret, s.name))
    if about_accounts:
        few = [s for s in statistics if _singles_out(s)]
        statistics = tuple(s for s in statistics if s not in few)
        held += (
            [words.gettext("{n} statistics stand on fewer than five accounts.").format(n=len(few))]
            if few
            else []
        )
    free = untouched and not held and not _names(secret, figures.strings(result.figure))
    return _released(
        rows, kept, result.table.schema, words, held, sentence=_sentence(result, secret, words),
        figure=result.figure if free else None, statistics=statistics,
    )  # fmt: skip


def _sentence(result: LensResult, secret: set[str], words: Words) -> str | None:
    """The lens's sentence, or the one it makes without words of the field, where it names none that stays inside."""
    sentence = result.sentence[words.language]
    if result.unworded is not None and (secret or sentence != result.unworded[words.language]):
        return result.unworded[words.language]
    return None if _mentions(secret, sentence) else sentence


def _singles_out(statistic: Statistic) -> bool:
    """Whether a figure about accounts stands on fewer than five of them, or on all but so few."""
    if "accounts" not in statistic.name or statistic.value is None or statistic.n is None:
        return False
    if statistic.method == "count":
        return 0 < statistic.value < ENOUGH
    carried = round(statistic.value * statistic.n)
    return 0 < carried < ENOUGH or 0 < statistic.n - carried < ENOUGH


def _complete(
    result: LensResult, rows: list[Row], columns: list[str], groups: list[Group] | None, words: Words
) -> Released:
    """Every row; those on few accounts marked."""
    held = []
    few = {i for i, g in enumerate(groups or []) if 0 < g.size < ENOUGH}
    if few:
        note = words.gettext("{mark} stands on fewer than five accounts: not for any public edition.")
        held.append(note.format(mark=FEW))
    return _released(
        rows, columns, result.table.schema, words, held, sentence=result.sentence[words.language],
        figure=None if _names(set(), figures.strings(result.figure)) else result.figure, marked=few,
        statistics=result.statistics,
    )  # fmt: skip


def _groups(result: LensResult, accounts_of: Callable[[Sequence[int]], Mapping[int, int]]) -> list[Group]:
    """The accounts behind each row: from its passages, and from a column ``accounts`` where the lens counts them."""
    documents = result.passages["document_id"].to_pylist()
    accounts = accounts_of(sorted(set(documents))) if documents else {}
    known: dict[int, set[int]] = defaultdict(set)
    for row, document in zip(result.passages["row"].to_pylist(), documents, strict=True):
        if document in accounts:
            known[row].add(accounts[document])
    counted = result.table["accounts"].to_pylist() if "accounts" in result.table.column_names else None
    groups = []
    for n, row in enumerate(result.table["row"].to_pylist()):
        size = counted[n] if counted and counted[n] is not None else len(known[row])
        groups.append(Group(int(size), frozenset(known[row])))
    return groups


def _categories(result: LensResult, columns: list[str], named: Collection[str]) -> list[str]:
    allowed = CATEGORIES.get(result.lens)
    if allowed is None:
        return columns
    schema = result.table.schema
    allowed = allowed.union(named)
    return [c for c in columns if c in allowed or is_number(schema, c) or pt.is_boolean(schema.field(c).type)]


def _by_category(
    rows: list[Row], groups: list[Group], kept: list[str], schema: pa.Schema
) -> tuple[list[Row], list[Group]]:
    """Rows of the same categories become one: counts added up, shares and scores left out."""
    labels = [c for c in kept if not is_number(schema, c)]
    together_: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        together_[tuple(_hashable(row[c]) for c in labels)].append(i)
    merged = [
        _merged([rows[i] for i in of], [groups[i] for i in of], kept, labels, schema)
        for of in together_.values()
    ]
    return [row for row, _ in merged], [group for _, group in merged]


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _merged(
    rows: list[Row], groups: list[Group], kept: list[str], labels: list[str], schema: pa.Schema
) -> tuple[Row, Group]:
    if len(rows) == 1:
        return {c: rows[0][c] for c in kept}, groups[0]
    row: Row = {c: rows[0][c] for c in labels}
    group = Group(together(groups), frozenset[int]().union(*(g.known for g in groups)))
    for c in (c for c in kept if c not in labels):
        added = pt.is_integer(schema.field(c).type) and c != "accounts"
        row[c] = sum(r[c] or 0 for r in rows) if added else group.size if c == "accounts" else None
    return row, group


def _without_few(
    rows: list[Row], groups: list[Group], kept: list[str], schema: pa.Schema, words: Words
) -> tuple[list[Row], list[Group], str]:
    hidden = merge(groups)
    if not hidden.merged:
        return rows, groups, ""
    stay = [i for i in range(len(rows)) if i not in hidden.merged]
    note = words.gettext("{n} rows do not stand on five accounts or would give such a row away.")
    note = note.format(n=words.number(len(hidden.merged)))
    if hidden.withheld:
        note += " " + words.gettext("They are withheld, since together they are still too few.")
        return [rows[i] for i in stay], [groups[i] for i in stay], note
    labels = [c for c in kept if not is_number(schema, c)]
    of = list(hidden.merged)
    row, group = _merged([rows[i] for i in of], [groups[i] for i in of], kept, labels, schema)
    row |= dict.fromkeys(labels[1:]) | ({labels[0]: OTHER} if labels else {})
    note += " " + words.gettext("They are merged as “other”.")
    return [*(rows[i] for i in stay), row], [*(groups[i] for i in stay), group], note


def _released(
    rows: list[Row], columns: list[str], schema: pa.Schema, words: Words, held: list[str], *,
    sentence: str | None, figure: Mapping[str, Any] | None, statistics: tuple[Statistic, ...],
    marked: Collection[int] = (),
) -> Released:  # fmt: skip
    shown = [c for c in columns if c not in BOUNDS and c != "harvest_keyword"]
    ordered = [
        *[c for c in shown if not is_number(schema, c)],
        *[c for c in shown if is_number(schema, c)],
    ]
    cells = []
    for i, row in enumerate(rows):
        line = [cell(row, c, words) for c in ordered]
        marks = f" {FEW}" * (i in marked) + f" {KEYWORD}" * bool(row.get("harvest_keyword"))
        cells.append((f"{line[0]}{marks}", *line[1:]) if line else ())
    if len(cells) > MOST_ROWS:
        note = words.gettext("Of {n} rows the first {shown} are shown.")
        held = [*held, note.format(n=words.number(len(cells)), shown=MOST_ROWS)]
    held = held or [words.gettext("Nothing was held back.")]
    if any(row.get("harvest_keyword") for row in rows[:MOST_ROWS]):
        note = words.gettext("{mark} was searched for by the harvest, so it stands out by construction.")
        held = [*held, note.format(mark=KEYWORD)]
    return Released(
        tuple(words.column(c) for c in ordered), tuple(cells[:MOST_ROWS]),
        frozenset(n for n, c in enumerate(ordered) if is_number(schema, c)),
        " ".join(held), sentence, figure, statistics,
        tuple({"label": line[0], **{c: row[c] for c in columns if is_number(schema, c)}} for row, line in zip(rows, cells, strict=True) if line),
    )  # fmt: skip


def _secret(rows: list[Row], columns: list[str]) -> set[str]:
    """The words that stand in columns which are not shown."""
    values = [row[c] for row in rows for c in columns]
    flat = [v for value in values for v in (value if isinstance(value, list | tuple) else [value])]
    found = {v for v in flat if isinstance(v, str) and len(v.strip()) > 1}
    return {said.casefold() for v in found for said in (v, *say.pair(v))}


def _names(secret: set[str], found: set[str]) -> bool:
    """Whether any of *found* names a secret or an account."""
    return any(PSEUDONYM.search(text) or _mentions(secret, text) for text in found)


def _mentions(secret: set[str], text: str) -> bool:
    low = text.casefold()
    return any(
        regex.search(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(s)}(?![\p{{L}}\p{{N}}])", low)
        for s in secret
        if s in low
    )
