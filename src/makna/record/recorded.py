"""What the record of a study holds, as plain values: findings, frame, codebook, codings, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from makna.record import forgetting, on_record, recorded_design
from makna.record.database import opened
from makna.record.participants_file import Participant
from makna.record.recorded_design import RecordedDesign

if TYPE_CHECKING:
    from makna.record import models


@dataclass(frozen=True)
class RecordedConcept:
    """A concept of the frame by its *label*, under the label of its *parent*."""

    label: str
    name: str
    parent: str | None = None
    definition: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordedEvidence:
    """A passage (code points, half-open) for or against a finding, and who judged so."""

    document: int
    start: int
    end: int
    stance: str
    paraphrase: str
    note: str
    concept: str | None
    investigator: str


@dataclass(frozen=True)
class RecordedCheck:
    """What a participant answered when asked about a claim: *reply* in English words, and what they correct."""

    participant: str
    on: date
    reply: str
    correction: str


@dataclass(frozen=True)
class RecordedFinding:
    """A claim with its evidence; *arguments* and *searches* are its memos of argument and of negative cases."""

    claim: str
    argument: str
    question: str | None
    concept: str | None
    final: bool
    evidence: tuple[RecordedEvidence, ...]
    arguments: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    checks: tuple[RecordedCheck, ...] = ()


@dataclass(frozen=True)
class RecordedCode:
    """A code at its *depth* in the tree; *origin* and *cycle* in English words.

    *answers* are the concepts it answers to, each with its argument.
    """

    name: str
    depth: int
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    origin: str = "researcher"
    cycle: str = "open"
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RecordedCoding:
    """A passage coded. *coder* is a number that tells coders apart and names nobody."""

    code: str
    coder: int
    document: int
    start: int
    end: int


@dataclass(frozen=True)
class RecordedTerm:
    """An accepted term of the argot. *released* says that a public edition may name it, for a reason in writing."""

    term: str
    variants: tuple[str, ...] = ()
    category: str = ""
    senses: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    explained: str = ""
    explanation: str = ""
    first_seen: date | None = None
    evidence: int = 0
    released: bool = False


@dataclass(frozen=True)
class Recorded:
    """The whole record. *actions* and *ways* count events; *roles* people and *memos* notes, by type in English words.

    *releases* gives what a public edition may name, by kind (template, channel): each by its name, "" for all of a kind.
    """

    design: RecordedDesign | None = None
    participants: tuple[Participant, ...] = ()
    findings: tuple[RecordedFinding, ...] = ()
    concepts: tuple[RecordedConcept, ...] = ()
    codes: tuple[RecordedCode, ...] = ()
    codings: tuple[RecordedCoding, ...] = ()
    terms: tuple[RecordedTerm, ...] = ()
    actions: Mapping[str, int] = field(default_factory=dict)
    ways: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    memos: Mapping[str, int] = field(default_factory=dict)
    releases: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read(library: Path, key: str, *, whole: bool = True) -> Recorded | None:
    """The record of the study of this id; None where nothing was ever recorded about it.

    Without *whole*, codes, codings and what was counted are left out: findings need none of them.
    """
    if not forgetting.exists(library):
        return None
    people = on_record.participants(library, key)
    with opened(library):
        from makna.record.models import Study  # noqa: PLC0415  (needs Django, which is ready now)

        study = Study.objects.filter(key=key).first()
        if study is None:
            return None
        concluded = Recorded(
            design=recorded_design.read(study), participants=people, findings=_findings(study), concepts=_concepts(study)
        )  # fmt: skip
        return _with_the_rest(concluded, study) if whole else concluded


def _with_the_rest(concluded: Recorded, study: models.Study) -> Recorded:
    return replace(
        concluded, codes=_codes(study), codings=_codings(study), terms=_terms(study), ways=_counted(study.events, "way"),
        actions=_counted(study.events.filter(way="done"), "action"), roles=_named(study.memberships, "role"),
        memos=_named(study.memos, "kind"), releases=_releases(study),
    )  # fmt: skip


def _findings(study: models.Study) -> tuple[RecordedFinding, ...]:
    rows = study.findings.select_related("concept").order_by("place", "pk")
    return tuple(
        RecordedFinding(
            row.claim, row.argument, row.question or None, row.concept.label if row.concept else None,
            row.status == "final", _evidence(row), _memos(row, "argument"), _memos(row, "negative_case"),
            _checks(row),
        )
        for row in rows
    )  # fmt: skip


def _evidence(finding: models.Finding) -> tuple[RecordedEvidence, ...]:
    rows = finding.evidence.select_related("source", "concept", "investigator").order_by("pk")
    return tuple(
        RecordedEvidence(
            row.source.document, row.start, row.end, row.stance, row.paraphrase, row.note,
            row.concept.label if row.concept else None, row.investigator.username,
        )
        for row in rows
    )  # fmt: skip


def _checks(finding: models.Finding) -> tuple[RecordedCheck, ...]:
    rows = finding.member_checks.select_related("participant").order_by("on", "pk")
    return tuple(
        RecordedCheck(row.participant.code, row.on, _label(row, "reply"), row.correction) for row in rows
    )


def _memos(finding: models.Finding, kind: str) -> tuple[str, ...]:
    return tuple(finding.memos.filter(kind=kind).order_by("pk").values_list("text", flat=True))


def _releases(study: models.Study) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for what, name in study.releases.values_list("what", "name"):
        found.setdefault(what, set()).add(name)
    return {what: frozenset(names) for what, names in found.items()}


def _terms(study: models.Study) -> tuple[RecordedTerm, ...]:
    free = _releases(study).get("term", frozenset())
    rows = study.terms.filter(status="accepted").prefetch_related("senses", "evidence").order_by("term")
    found = []
    for row in rows:
        senses = sorted(row.senses.all(), key=lambda s: (s.place, s.pk))
        found.append(
            RecordedTerm(
                row.term, tuple(row.variants), row.category, tuple(s.definition for s in senses),
                tuple(s.example for s in senses), row.explained, row.explanation, row.first_seen,
                len(row.evidence.all()), bool(free & {"", row.term}),
            )
        )  # fmt: skip
    return tuple(found)


def _concepts(study: models.Study) -> tuple[RecordedConcept, ...]:
    rows = list(study.concepts.order_by("place", "pk"))
    labels = {row.pk: row.label for row in rows}
    return tuple(
        RecordedConcept(
            row.label, row.name, labels.get(row.parent_id or 0), row.definition, tuple(row.references)
        )
        for row, _depth in _tree(rows)
    )


def _codes(study: models.Study) -> tuple[RecordedCode, ...]:
    rows = study.codes.prefetch_related("answers__concept").order_by("place", "pk")
    return tuple(
        RecordedCode(
            row.name, depth, row.definition, row.include, row.exclude, row.example, _label(row, "origin"),
            _label(row, "cycle"),
            tuple((one.concept.label, one.argument) for one in row.answers.all()),
        )
        for row, depth in _tree(list(rows))
    )  # fmt: skip


def _tree(rows: list[Any]) -> list[tuple[Any, int]]:
    """*rows* in the order of their tree, each with its depth."""
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent: int | None, depth: int) -> list[tuple[Any, int]]:
        return [step for row in below.get(parent, ()) for step in ((row, depth), *walk(row.pk, depth + 1))]

    return walk(None, 0)


def _codings(study: models.Study) -> tuple[RecordedCoding, ...]:
    rows = study.codings.exclude(round__revealed=False)  # a blind round is nobody's yet to look at
    rows = rows.order_by("source__document", "start", "end", "pk")
    found = list(rows.values_list("code__name", "coder", "source__document", "start", "end"))
    number = {coder: n for n, coder in enumerate(sorted({row[1] for row in found}), 1)}
    return tuple(RecordedCoding(code, number[coder], *passage) for code, coder, *passage in found)


def _label(row: Any, column: str) -> str:
    """What the model calls the value, in English; not as the language of whoever runs this has it."""
    return str(dict(row._meta.get_field(column).choices)[getattr(row, column)])


def _named(rows: Any, column: str) -> dict[str, int]:
    labels = dict(rows.model._meta.get_field(column).choices)
    return {str(labels[value]): n for value, n in _counted(rows, column).items()}


def _counted(rows: Any, column: str) -> dict[str, int]:
    from django.db.models import Count  # noqa: PLC0415

    return dict(rows.order_by().values_list(column).annotate(n=Count("pk")).order_by("-n", column))
