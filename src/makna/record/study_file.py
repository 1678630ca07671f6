"""``study.toml``: what a study asks, how it was designed and sampled, and the concepts it answers to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from makna.i18n import _
from makna.record.toml_table import LANGUAGES, Table, Text, load


@dataclass(frozen=True)
class Question:
    """A research question (*rumusan masalah*) under a short id that findings refer to."""

    id: str
    text: Text


@dataclass(frozen=True)
class Period:
    """From the first to the last day; either may be open."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True)
class Sampling:
    """How informants were found. *approached* and *refused* are persons; None where the study does not say."""

    criteria: tuple[Text, ...] = ()
    recruitment: Text = field(default_factory=Text)
    approached: int | None = None
    refused: int | None = None


@dataclass(frozen=True)
class GuideQuestion:
    """A question of the interview guide and the research question that it serves."""

    question: Text
    answers: str | None
    concept: str | None = None


@dataclass(frozen=True)
class Harvest:
    """What a harvester was asked for, as the researcher states it."""

    batch: str
    keywords: tuple[str, ...]
    period: Period
    tool: str | None
    inclusion: Text
    exclusion: Text

    def asdict(self) -> dict[str, Any]:
        """What a batch's manifest keeps of it: all but the file it is about."""
        stated = {
            "keywords": list(self.keywords), "tool": self.tool,
            "from": self.period.start and self.period.start.isoformat(),
            "to": self.period.end and self.period.end.isoformat(),
            "inclusion": _spoken(self.inclusion), "exclusion": _spoken(self.exclusion),
        }  # fmt: skip
        return {key: value for key, value in stated.items() if value}


@dataclass(frozen=True)
class Concept:
    """A concept of the study's frame, with the keys of the works it is cited from, under the *parent* of this id."""

    id: str
    name: Text
    references: tuple[str, ...] = ()
    definition: Text = field(default_factory=Text)
    parent: str | None = None


@dataclass(frozen=True)
class StudyDesign:
    """The design of a study. What the file leaves out is empty here, and a report names it as a gap."""

    name: str
    title: Text = field(default_factory=Text)
    abstract: Text = field(default_factory=Text)
    questions: tuple[Question, ...] = ()
    method: Text = field(default_factory=Text)
    setting: Text = field(default_factory=Text)
    period: Period = Period(None, None)
    sampling: Sampling = field(default_factory=Sampling)
    guide: tuple[GuideQuestion, ...] = ()
    harvests: tuple[Harvest, ...] = ()
    concepts: tuple[Concept, ...] = ()
    minors_approval: str | None = None  # the written approval to keep records of people under 18

    def question(self, id: str) -> Question | None:
        """The research question of this id."""
        return next((q for q in self.questions if q.id == id), None)

    def harvest(self, file_name: str) -> Harvest | None:
        """What was asked for to get the file of this name."""
        names = {file_name.casefold(), Path(file_name).stem.casefold()}
        return next((h for h in self.harvests if h.batch.casefold() in names), None)

    def concept(self, id: str | None) -> Concept | None:
        """The concept of this id."""
        return next((c for c in self.concepts if c.id == id), None)


_KEYS = (
    "name", "title", "abstract", "question", "design", "sampling", "guide", "harvest", "concept", "minors",
)  # fmt: skip


def read(path: Path) -> StudyDesign:
    """The design that *path* states; an empty one where there is no such file. Raises :class:`RecordFileError`."""
    if not path.exists():
        return StudyDesign(name=path.parent.name)
    head = load(path)
    head.only(*_KEYS)
    design = head.table("design")
    design.only("method", "setting", "period")
    questions = tuple(_question(t) for t in head.tables("question"))
    concepts = tuple(_concept(t) for t in head.tables("concept"))
    _apart(head.tables("question"), [q.id for q in questions])
    _apart(head.tables("concept"), [c.id for c in concepts])
    return StudyDesign(
        name=head.word("name", path.parent.name),
        title=head.maybe_text("title"),
        abstract=head.maybe_text("abstract"),
        questions=questions,
        method=design.maybe_text("method"),
        setting=design.maybe_text("setting"),
        period=_period(design.table("period")) if design.has("period") else Period(None, None),
        sampling=_sampling(head.table("sampling")),
        guide=tuple(_guide(t, questions, concepts) for t in head.tables("guide")),
        harvests=tuple(_harvest(t) for t in head.tables("harvest")),
        concepts=concepts,
        minors_approval=_minors(head.table("minors")) if head.has("minors") else None,
    )


def _minors(table: Table) -> str:
    """Who approved, in writing, that records of people under 18 are studied."""
    table.only("approval")
    return table.word("approval")


def _question(table: Table) -> Question:
    table.only("id", "text")
    return Question(table.word("id"), table.text("text"))


def _concept(table: Table) -> Concept:
    table.only("id", "name", "references")
    return Concept(table.word("id"), table.text("name"), table.words("references"))


def _apart(tables: list[Table], ids: list[str]) -> None:
    """No id twice: a finding that names it would not know which one it means."""
    first: dict[str, int] = {}
    for n, (table, id) in enumerate(zip(tables, ids, strict=True), 1):
        if first.setdefault(id, n) != n:
            raise table.error("id", _("number {first} has this id already").format(first=first[id]))


def _period(table: Table) -> Period:
    table.only("from", "to")
    return _days(table)


def _days(table: Table) -> Period:
    start, end = table.day("from"), table.day("to")
    if start and end and end < start:
        raise table.error("to", _("this lies before the first day"))
    return Period(start, end)


def _sampling(table: Table) -> Sampling:
    table.only("criteria", "recruitment", "approached", "refused")
    approached, refused = table.maybe_count("approached"), table.maybe_count("refused")
    if approached is not None and refused is not None and refused > approached:
        raise table.error("refused", _("more refused than were approached"))
    return Sampling(table.texts("criteria"), table.maybe_text("recruitment"), approached, refused)


def _guide(table: Table, questions: tuple[Question, ...], concepts: tuple[Concept, ...]) -> GuideQuestion:
    table.only("question", "answers", "concept")
    answers = table.choice("answers", [q.id for q in questions]) if table.has("answers") else None
    concept = table.choice("concept", [c.id for c in concepts]) if table.has("concept") else None
    return GuideQuestion(table.text("question"), answers, concept)


def read_harvest(path: Path) -> Harvest:
    """One harvest stated in a file of its own, with the keys of ``[[harvest]]``. Raises :class:`RecordFileError`."""
    return _harvest(load(path), of=path.stem)


def _harvest(table: Table, *, of: str | None = None) -> Harvest:
    table.only("batch", "keywords", "from", "to", "tool", "inclusion", "exclusion")
    return Harvest(
        table.word("batch", of), table.words("keywords"), _days(table), table.maybe_word("tool"),
        table.maybe_text("inclusion"), table.maybe_text("exclusion"),
    )  # fmt: skip


def _spoken(text: Text) -> dict[str, str]:
    return {language: said for language in LANGUAGES if (said := getattr(text, language))}
