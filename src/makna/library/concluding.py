"""What a study concludes, for scripts and notebooks: the frame, findings and their evidence, written by actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, cast

import pyarrow as pa

from makna.errors import NoSuchRow
from makna.i18n import _
from makna.library.apart import apart
from makna.library.interpreting import Interpreting, code_id, passages_of
from makna.record import recorded, study_file
from makna.record.recorded import Recorded
from makna.report import assemble

if TYPE_CHECKING:
    from makna.record.acting import Actor
    from makna.record.actions.import_findings import Imported

CONCEPTS = pa.schema(
    [
        ("concept", pa.string()), ("name", pa.string()), ("parent", pa.string()), ("references", pa.list_(pa.string())),
        ("codes", pa.list_(pa.string())),
    ]
)  # fmt: skip
FINDINGS = pa.schema(
    [
        ("finding", pa.int64()), ("claim", pa.string()), ("argument", pa.string()), ("question", pa.string()),
        ("concept", pa.string()), ("status", pa.string()), ("supports", pa.int64()), ("contradicts", pa.int64()),
    ]
)  # fmt: skip
EVIDENCE = pa.schema(
    [
        ("evidence", pa.int64()), ("finding", pa.int64()), ("stance", pa.string()), ("document_id", pa.int64()),
        ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()), ("paraphrase", pa.string()),
        ("note", pa.string()), ("investigator", pa.string()),
    ]
)  # fmt: skip


class Concluding(Interpreting):
    """A study with its findings. Concepts are called by their labels, findings and evidence by their numbers."""

    @apart
    def recorded(self, *, whole: bool = True) -> Recorded | None:
        """What the record holds, as a report reads it; None where nothing was ever recorded.

        Without *whole* only what concludes: design, participants, frame and findings.
        """
        return recorded.read(self.folder.parents[1], self.id, whole=whole)

    @apart
    def concepts(self) -> pa.Table:
        """The frame (schema CONCEPTS), with the codes that answer to each concept."""
        with self._acting() as actor:
            rows = actor.study.concepts.select_related("parent").prefetch_related("answers__code")
            return pa.Table.from_pylist(
                [
                    {
                        "concept": row.label, "name": row.name, "parent": row.parent.label if row.parent else None,
                        "references": row.references,
                        "codes": sorted(answer.code.name for answer in row.answers.all()),
                    }
                    for row in rows.order_by("label")
                ],
                CONCEPTS,
            )  # fmt: skip

    @apart
    def findings(self) -> pa.Table:
        """All findings (schema FINDINGS), in their order, with how many passages speak for and against each."""
        with self._acting() as actor:
            rows = (
                actor.study.findings.select_related("concept").prefetch_related("evidence").order_by("place")
            )
            found = []
            for row in rows:
                stances = [one.stance for one in row.evidence.all()]
                found.append(
                    {
                        "finding": row.pk, "claim": row.claim, "argument": row.argument, "question": row.question,
                        "concept": row.concept.label if row.concept else None, "status": row.status,
                        "supports": stances.count("supports"), "contradicts": stances.count("contradicts"),
                    }
                )  # fmt: skip
            return pa.Table.from_pylist(found, FINDINGS)

    @apart
    def evidence(self, finding: int | None = None) -> pa.Table:
        """All evidence, or that of one finding, with its words (schema EVIDENCE)."""
        with self._acting() as actor:
            from makna.record.models import Evidence  # noqa: PLC0415  (needs Django, which is ready now)

            rows = Evidence.objects.filter(finding__study=actor.study)
            rows = rows if finding is None else rows.filter(finding=finding)
            found = [
                {
                    "evidence": row.pk, "finding": row.finding_id, "stance": row.stance,
                    "document_id": row.source.document, "start": row.start, "end": row.end,
                    "paraphrase": row.paraphrase, "note": row.note, "investigator": row.investigator.username,
                }
                for row in rows.select_related("source", "investigator").order_by("finding__place", "pk")
            ]  # fmt: skip
        texts = self._whole_texts({row["document_id"] for row in found})
        for row in found:
            row["text"] = texts.get(row["document_id"], "")[row["start"] : row["end"]]
        return pa.Table.from_pylist(found, EVIDENCE)

    @apart
    def add_concept(
        self,
        label: str,
        name: str,
        *,
        parent: str | None = None,
        definition: str = "",
        references: Sequence[str] = (),
    ) -> None:
        """Add a concept to the frame; *references* are citation keys of the study's literature."""
        with self._acting() as actor:
            from makna.record.actions.add_concept import add_concept  # noqa: PLC0415

            above = None if parent is None else _concept(actor, parent)
            add_concept(actor, label, name, parent=above, definition=definition, references=references)

    @apart
    def answer_concept(self, code: str, concept: str, *, argument: str | None) -> None:
        """Say why a code answers to a concept; None takes the answer back."""
        with self._acting() as actor:
            from makna.record.actions.answer_concept import answer_concept  # noqa: PLC0415

            answer_concept(actor, code_id(actor, code), _concept(actor, concept), argument=argument)

    @apart
    def add_finding(
        self, claim: str, *, question: str = "", concept: str | None = None, argument: str = ""
    ) -> int:
        """Claim something, as a draft; returns the finding's number."""
        with self._acting() as actor:
            from makna.record.actions.add_finding import add_finding  # noqa: PLC0415

            under = None if concept is None else _concept(actor, concept)
            return add_finding(actor, claim, question=question, concept=under, argument=argument)

    @apart
    def add_evidence(
        self, finding: int, passages: pa.Table | Iterable[tuple[int, int, int]], *, stance: str = "supports",
        paraphrase: str = "", note: str = "",
    ) -> int:  # fmt: skip
        """Keep passages as evidence for or against a finding, as :meth:`add_codings` takes them; one undo takes all back.

        Returns how many are new.
        """
        with self._acting() as actor:
            from makna.record.actions.add_evidences import add_evidences  # noqa: PLC0415

            given = passages_of(passages)
            return len(add_evidences(actor, finding, given, stance=stance, paraphrase=paraphrase, note=note))

    @apart
    def import_findings(self, *, language: str = "id", kept: Collection[str] = ()) -> Imported:
        """Take over the concepts of ``study.toml`` and the findings of ``findings.toml``, once, in one *language*.

        *kept* are words that look like identifiers and were looked at. Returns how much came over; raises RecordError
        where the record holds findings already.
        """
        findings = assemble.stated(cast("assemble.StudyLike", self))
        design = study_file.read(self.folder / "study.toml")
        with self._acting() as actor:
            from makna.record.actions.import_findings import import_findings  # noqa: PLC0415

            return import_findings(actor, design.concepts, findings, language=language, kept=kept)

    @apart
    def conclude_finding(self, finding: int, *, final: bool = True) -> None:
        """Make a finding final, which needs counter-evidence or a memo on the search for it; or a draft again."""
        with self._acting() as actor:
            from makna.record.actions.conclude_finding import conclude_finding  # noqa: PLC0415

            conclude_finding(actor, finding, final=final)


def _concept(actor: Actor, label: str) -> int:
    """The id of the concept with this label; raises NoSuchRow with the labels there are."""
    found = actor.study.concepts.filter(label=label.strip()).first()
    if found is None:
        there = ", ".join(actor.study.concepts.order_by("label").values_list("label", flat=True)[:20]) or "–"
        raise NoSuchRow(
            _("There is no concept labelled {label}. There are: {there}.").format(label=label, there=there)
        )
    return int(found.pk)
