"""Findings and frame of the record in the form that reports and lenses take from the study's files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from makna.corpus.model import SourceKind
from makna.record.evidence import (
    NO_DOCUMENT,
    NO_WORDS,
    EvidenceSource,
    Gap,
    Passage,
    ResolvedEvidence,
    ResolvedFinding,
)
from makna.record.findings_file import Check, EvidenceItem, Finding, NegativeCase
from makna.record.recorded import RecordedConcept, RecordedEvidence, RecordedFinding
from makna.record.study_file import Concept
from makna.record.toml_table import Text

Says = Callable[[str], Text]


def concepts(recorded: Iterable[RecordedConcept], says: Says) -> tuple[Concept, ...]:
    """The frame, in the order of its tree."""
    return tuple(
        Concept(one.label, says(one.name), one.references, says(one.definition), one.parent)
        for one in recorded
    )


def resolve(
    recorded: Sequence[RecordedFinding], source: EvidenceSource, says: Says
) -> tuple[ResolvedFinding, ...]:
    """Every finding with its passages, called by its place. Posts that share a paraphrase are one composite."""
    source.prepare(piece.document for one in recorded for piece in one.evidence)
    return tuple(_finding(place, one, source, says) for place, one in enumerate(recorded, 1))


def _finding(place: int, one: RecordedFinding, source: EvidenceSource, says: Says) -> ResolvedFinding:
    stated = Finding(
        id=str(place), claim=says(one.claim), question=one.question, concept=one.concept, argument=says(one.argument),
        negative_cases=tuple(NegativeCase(says(text), None) for text in one.searches), final=one.final,
        further=tuple(map(says, one.arguments)),
        checks=tuple(Check(c.participant, c.on, c.reply, says(c.correction)) for c in one.checks),
    )  # fmt: skip
    found = [(piece, _passage(piece, source)) for piece in one.evidence]
    groups = [list(group) for _key, group in groupby(enumerate(found), key=lambda n: _together(*n))]
    pieces = [[pair for _n, pair in group] for group in groups]
    return ResolvedFinding(
        stated, tuple(_evidence(number, group, says) for number, group in enumerate(pieces, 1))
    )


def _together(n: int, found: tuple[RecordedEvidence, Passage | Gap]) -> tuple[object, ...]:
    """What neighbours have in common that are one piece of evidence; what stands alone has its own number."""
    piece, passage = found
    if isinstance(passage, Gap) or not piece.paraphrase or passage.place.kind != SourceKind.OBSERVATION:
        return (n,)
    return (piece.stance, piece.paraphrase, piece.note, piece.concept, piece.investigator)


def _evidence(
    number: int, group: Sequence[tuple[RecordedEvidence, Passage | Gap]], says: Says
) -> ResolvedEvidence:
    first = group[0][0]
    passages = tuple(passage for _piece, passage in group if isinstance(passage, Passage))
    gap = next((passage for _piece, passage in group if isinstance(passage, Gap)), None)
    item = EvidenceItem(
        number, first.stance, "passage", passages[0].place.kind if passages else None, limit=len(group),
        document=str(first.document), paraphrase=says(first.paraphrase), note=says(first.note), concept=first.concept,
        investigator=first.investigator,
    )  # fmt: skip
    return ResolvedEvidence(item, passages, gap)


def _passage(piece: RecordedEvidence, source: EvidenceSource) -> Passage | Gap:
    """The passage where it stands; its batch may have been removed since."""
    try:
        text = source.text(piece.document)[piece.start : piece.end]
    except KeyError:
        return Gap(NO_DOCUMENT)
    if not text:
        return Gap(NO_WORDS)
    return Passage(piece.start, piece.end, text, source.place(piece.document, piece.start))
