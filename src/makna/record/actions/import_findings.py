"""The frame and the findings of a study's files taken over into its record, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from makna.errors import RecordError
from makna.i18n import _
from makna.record import study_file
from makna.record.acting import Doing, action
from makna.record.concluding import challenged
from makna.record.evidence import ResolvedEvidence, ResolvedFinding
from makna.record.models import Concept, Evidence, Finding, Memo, MemoKind, Person, Role, Status
from makna.record.ordering import last_place
from makna.record.toml_table import Text
from makna.record.two_languages import search_told


@dataclass(frozen=True)
class Imported:
    """How much came over; *gaps* are pieces of evidence whose passages could not be found."""

    concepts: int
    findings: int
    evidence: int
    memos: int
    gaps: int


@action(needs=Role.OWNER)
def import_findings(
    do: Doing, concepts: Sequence[study_file.Concept], findings: Sequence[ResolvedFinding], *, language: str = "id",
    kept: Collection[str] = (),
) -> Imported:  # fmt: skip
    """Take over *concepts* and *findings* with their passages, in one *language*, as one event.

    Raises RecordError where the study has findings on record already.
    """
    if do.study.findings.exists():
        raise RecordError(_("The record of this study holds findings already: go on with those."))
    before = do.study.concepts.count()
    frame = frame_of(do, concepts, language, kept)
    importing = _Importing(do, frame, language, kept)
    for place, found in enumerate(findings, 1):
        importing.take(place, found)
    return Imported(len(frame) - before, len(findings), importing.evidence, importing.memos, importing.gaps)


def frame_of(
    do: Doing, concepts: Sequence[study_file.Concept], language: str, kept: Collection[str]
) -> dict[str, Concept]:
    """The frame by label, with those of *concepts* that it lacked."""
    frame = {one.label: one for one in do.study.concepts.all()}
    place = last_place(do.study.concepts.filter(parent=None))
    for n, one in enumerate([one for one in concepts if one.id not in frame]):
        row = Concept(
            study=do.study, place=place + n, label=one.id, name=do.typed(one.name.said(language)[0], kept),
            references=list(one.references),
        )  # fmt: skip
        frame[one.id] = do.create(row)
    return frame


class _Importing:
    """Findings on their way into the record."""

    def __init__(self, do: Doing, frame: Mapping[str, Concept], language: str, kept: Collection[str]) -> None:
        self._do, self._frame, self._language, self._kept = do, frame, language, kept
        self.evidence = self.memos = self.gaps = 0

    def take(self, place: int, found: ResolvedFinding) -> None:
        """One finding with all that stands on it."""
        stated = found.finding
        row = self._do.create(
            Finding(
                study=self._do.study, place=place, claim=self._said(stated.claim), argument=self._said(stated.argument),
                question=stated.question or "", concept=self._frame.get(stated.concept or ""),
            )
        )  # fmt: skip
        for piece in found.evidence:
            self._piece(row, piece)
        for case in stated.negative_cases:
            text = self._said(search_told(case))
            memo = Memo(
                study=self._do.study,
                author=self._do.person,
                kind=MemoKind.NEGATIVE_CASE,
                text=text,
                finding=row,
            )
            self._do.create(memo)
            self.memos += 1
        if stated.final and challenged(row):
            self._do.change(row, status=Status.FINAL)

    def _piece(self, row: Finding, piece: ResolvedEvidence) -> None:
        self.gaps += not piece.passages
        who = self._investigator(piece.item.investigator)
        there = set(row.evidence.filter(investigator=who).values_list("source__document", "start", "end"))
        for passage in piece.passages:
            where = (passage.place.document_id, passage.start, passage.end)
            if where in there:
                continue
            there.add(where)
            self._do.create(
                Evidence(
                    finding=row, source=self._do.source(where[0]), start=where[1], end=where[2], investigator=who,
                    stance=piece.item.stance, paraphrase=self._said(piece.item.paraphrase), note=self._said(piece.item.note),
                    concept=self._frame.get(piece.item.concept or ""),
                )
            )  # fmt: skip
            self.evidence += 1

    def _investigator(self, name: str | None) -> Person:
        """Whoever the file names, as a person without an account; else whoever imports."""
        if not name:
            return self._do.person
        return Person.objects.get_or_create(username=name, defaults={"is_active": False})[0]

    def _said(self, text: Text) -> str:
        return self._do.typed(text.said(self._language)[0], self._kept)
