"""The findings as their page shows them: each claim with its evidence, for and against, and what it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from makna.corpus.model import SourceKind
from makna.library import Study
from makna.record.acting import Actor
from makna.record.concluding import challenged
from makna.record.evidence import Passage, Place, ResolvedEvidence, ResolvedFinding
from makna.record.findings_file import EvidenceItem
from makna.record.findings_file import Finding as Stated
from makna.record.models import Evidence, Finding, Memo, MemoKind, Question
from makna.record.toml_table import Text
from makna.record.triangulation import Triangulation, triangulate
from makna.web.passages import Shown, shown
from makna.web.reading.texts import SHELF, Leaf

KINDS = tuple(kind.value for kind in SourceKind)


@dataclass(frozen=True)
class Piece:
    """One passage of evidence."""

    row: Evidence
    passage: Shown


@dataclass(frozen=True)
class Claim:
    """A finding with all that was said for and against it."""

    row: Finding
    pieces: tuple[Piece, ...]
    memos: tuple[Memo, ...]
    stands: Triangulation

    @property
    def supports(self) -> list[tuple[str, list[Piece]]]:
        """The evidence for the claim, by kind of source."""
        return self._by_kind("supports")

    @property
    def contradicts(self) -> list[tuple[str, list[Piece]]]:
        """The evidence against it."""
        return self._by_kind("contradicts")

    @property
    def searches(self) -> list[Memo]:
        """The memos of searches for negative cases."""
        return [memo for memo in self.memos if memo.kind == MemoKind.NEGATIVE_CASE]

    @cached_property
    def may_be_final(self) -> bool:
        """Whether something was said, or searched for, against the claim."""
        return challenged(self.row)

    def _by_kind(self, stance: str) -> list[tuple[str, list[Piece]]]:
        mine = [piece for piece in self.pieces if piece.row.stance == stance]
        found = [(kind, [piece for piece in mine if piece.passage.kind == kind]) for kind in (*KINDS, "")]
        return [(kind, pieces) for kind, pieces in found if pieces]


def claims(study: Study, actor: Actor, only: int | None = None) -> list[Claim]:
    """The findings in their order, or one of them."""
    rows = Finding.objects.filter(study=actor.study).select_related("concept").order_by("place", "pk")
    rows = rows if only is None else rows.filter(pk=only)
    found = list(rows)
    evidence = list(
        Evidence.objects.filter(finding__in=found)
        .select_related("source", "concept", "investigator")
        .order_by("pk")
    )
    memos = list(Memo.objects.filter(finding__in=found).select_related("author").order_by("pk"))
    words = shown(study, ((e.source.document, e.start, e.end) for e in evidence))
    leaves = {leaf.document: leaf for leaf in SHELF.leaves(study, (e.source.document for e in evidence))}
    pieces = [Piece(row, passage) for row, passage in zip(evidence, words, strict=True)]
    return [
        Claim(
            row,
            mine := tuple(piece for piece in pieces if piece.row.finding_id == row.pk),
            tuple(memo for memo in memos if memo.finding_id == row.pk),
            triangulate(_resolved(row, mine, leaves)),
        )
        for row in found
    ]


def by_question(actor: Actor, found: Sequence[Claim]) -> list[tuple[Question | None, list[Claim]]]:
    """The findings under the research questions they answer; those that answer none come last."""
    questions = list(Question.objects.filter(study=actor.study).order_by("place", "pk"))
    labels = {question.label for question in questions}
    groups: list[tuple[Question | None, list[Claim]]] = [
        (question, [claim for claim in found if claim.row.question == question.label])
        for question in questions
    ]
    rest = [claim for claim in found if claim.row.question not in labels]
    return [*groups, (None, rest)] if rest or not groups else groups


def _resolved(row: Finding, pieces: Iterable[Piece], leaves: Mapping[int, Leaf]) -> ResolvedFinding:
    """A finding in the form that triangulation is counted on."""
    concept = row.concept.label if row.concept else None
    evidence = tuple(
        ResolvedEvidence(
            EvidenceItem(
                number, piece.row.stance, "passage", piece.passage.kind, investigator=piece.row.investigator.username,
                concept=piece.row.concept.label if piece.row.concept else None,
            ),
            (_passage(piece.passage, leaves[piece.passage.document]),),
        )
        for number, piece in enumerate(pieces, 1)
        if piece.passage.words is not None
    )  # fmt: skip
    return ResolvedFinding(Stated(str(row.pk), Text(), concept=concept), evidence)


def _passage(passage: Shown, leaf: Leaf) -> Passage:
    unit = next((u for u in reversed(leaf.units) if u.start <= passage.start), leaf.units[0])
    author = leaf.voice(unit.ordinal)[0] or leaf.author
    place = Place(
        passage.document, passage.kind, passage.title, passage.day, author.author_id if author else None,
        author.pseudonym if author else None, bool(author and author.participant), passage.role, unit.start, unit.text,
    )  # fmt: skip
    return Passage(passage.start, passage.end, passage.words or "", place)
