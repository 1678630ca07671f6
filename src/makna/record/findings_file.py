"""``findings.toml``: claims, each with where its evidence stands, and the searches for cases against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from makna.corpus.model import SourceKind
from makna.i18n import _
from makna.record.toml_table import Table, Text, load

STANCES = ("supports", "contradicts")
WAYS = ("search", "lens", "passage")
KINDS = tuple(kind.value for kind in SourceKind)
_OF_WAY = {"search": ("search",), "lens": ("lens", "row"), "passage": ("document", "passage")}
_SHARED = ("stance", "by", "kind", "limit", "paraphrase", "note", "concept", "investigator")


@dataclass(frozen=True)
class RowPick:
    """The rows of a lens table whose *column* equals *value*."""

    column: str
    value: str | int | float | bool


@dataclass(frozen=True)
class EvidenceItem:
    """Where one piece of evidence stands: the hits of a search, the passages behind a lens row, or exact words.

    *number* counts from 1 within its finding. *paraphrase* is what a report says in place of a post. *kind* is None
    where the passage itself decides; *investigator* and *concept* count for triangulation.
    """

    number: int
    stance: str
    by: str
    kind: str | None = None
    search: str | None = None
    lens: str | None = None
    row: RowPick | None = None
    document: str | None = None
    passage: str | None = None
    limit: int = 1
    paraphrase: Text = field(default_factory=Text)
    note: Text = field(default_factory=Text)
    concept: str | None = None
    investigator: str | None = None


@dataclass(frozen=True)
class NegativeCase:
    """A search for cases against the claim, and how many it *found*; None where *searched* tells all of it."""

    searched: Text
    found: int | None
    note: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Check:
    """What a participant answered when asked about the claim: *reply* in English words, and what they correct."""

    participant: str
    on: dt.date
    reply: str
    correction: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Finding:
    """A claim with its evidence. *argument* is the researcher's own prose.

    *withdrawn* counts the evidence that an erasure took out of it. *further* are memos that argue for it as well,
    *checks* what participants said of it; only a record has these.
    """

    id: str
    claim: Text
    question: str | None = None
    concept: str | None = None
    argument: Text = field(default_factory=Text)
    evidence: tuple[EvidenceItem, ...] = ()
    negative_cases: tuple[NegativeCase, ...] = ()
    final: bool = False
    withdrawn: int = 0
    further: tuple[Text, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def may_be_final(self) -> bool:
        """Whether something was said, or searched for, against the claim."""
        return bool(self.negative_cases) or any(e.stance == "contradicts" for e in self.evidence)


def read(
    path: Path, *, questions: Sequence[str] | None = None, concepts: Sequence[str] | None = None
) -> tuple[Finding, ...]:
    """The findings that *path* states; none where there is no such file. Raises :class:`RecordFileError`.

    *questions* and *concepts* are the ids of the study's design; where given, a finding may name no other.
    """
    if not path.exists():
        return ()
    head = load(path)
    head.only("finding")
    tables = head.tables("finding")
    found = tuple(_finding(table, questions, concepts) for table in tables)
    first: dict[str, int] = {}
    for n, (table, one) in enumerate(zip(tables, found, strict=True), 1):
        if first.setdefault(one.id, n) != n:
            raise table.error("id", _("finding {first} has this id already").format(first=first[one.id]))
    return found


def _finding(table: Table, questions: Sequence[str] | None, concepts: Sequence[str] | None) -> Finding:
    table.only(
        "id", "question", "concept", "claim", "argument", "evidence", "negative_case", "final", "withdrawn"
    )
    finding = Finding(
        id=table.word("id"),
        claim=table.text("claim"),
        question=_named(table, "question", questions),
        concept=_named(table, "concept", concepts),
        argument=table.maybe_text("argument"),
        evidence=tuple(_evidence(t, n, concepts) for n, t in enumerate(table.tables("evidence"), 1)),
        negative_cases=tuple(_negative(t) for t in table.tables("negative_case")),
        final=table.flag("final"),
        withdrawn=table.count("withdrawn", 0),
    )
    if finding.final and not finding.may_be_final:
        remedy = _(
            "a finding is final only with counter-evidence or a [[finding.negative_case]]: add one of them"
        )
        raise table.error("final", remedy)
    return finding


def _named(table: Table, key: str, known: Sequence[str] | None) -> str | None:
    if not table.has(key):
        return None
    return table.word(key) if known is None else table.choice(key, known)


def _negative(table: Table) -> NegativeCase:
    table.only("searched", "found", "note")
    return NegativeCase(table.text("searched"), table.count("found"), table.maybe_text("note"))


def _evidence(table: Table, number: int, concepts: Sequence[str] | None) -> EvidenceItem:
    by = table.choice("by", WAYS)
    table.only(*_SHARED, *_OF_WAY[by])
    return EvidenceItem(
        number=number,
        stance=table.choice("stance", STANCES, "supports"),
        by=by,
        kind=table.choice("kind", KINDS) if table.has("kind") else None,
        search=table.word("search") if by == "search" else None,
        lens=table.word("lens") if by == "lens" else None,
        row=_row(table) if by == "lens" else None,
        document=table.word("document") if by == "passage" else None,
        passage=table.word("passage") if by == "passage" else None,
        limit=table.count("limit", 1, least=1),
        paraphrase=table.maybe_text("paraphrase"),
        note=table.maybe_text("note"),
        concept=_named(table, "concept", concepts),
        investigator=table.maybe_word("investigator"),
    )


def _row(table: Table) -> RowPick | None:
    if not table.has("row"):
        return None
    inner = table.table("row")
    inner.only("column", "equals")
    value = inner.values.get("equals")
    if not isinstance(value, str | int | float | bool):
        raise inner.error("equals", _("write one text or number, as the row has it"))
    return RowPick(inner.word("column"), value)
