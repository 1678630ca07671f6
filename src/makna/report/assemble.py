"""Fills a report's inputs from a study: its design, batches, findings with their passages, references."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis.lenses import triangulation
from makna.analysis.lenses.base import LensResult
from makna.corpus.disguise import measured
from makna.corpus.manifest import Manifest
from makna.errors import MaknaError, MeasureError
from makna.i18n import _
from makna.record import (
    evidence,
    findings_file,
    participants_file,
    recorded_design,
    recorded_findings,
    study_file,
)
from makna.record.evidence import ResolvedFinding
from makna.record.findings_file import Finding
from makna.record.lens_evidence import lens_evidence
from makna.record.participants_file import Participant
from makna.record.recorded import Recorded
from makna.record.study_file import StudyDesign
from makna.record.study_source import StudySource
from makna.record.toml_table import Text
from makna.record.two_languages import Translations, frame_brought_along, texts_of
from makna.report.inputs import ReportInputs, SourceRow
from makna.report.interpreted import interpreted


class StudyLike(Protocol):
    """What a report asks of a study; :class:`makna.library.Study` gives it."""

    folder: Path

    @property
    def documents(self) -> ir.Table:
        """All documents."""
        ...

    @property
    def units(self) -> ir.Table:
        """All units."""
        ...

    @property
    def authors(self) -> ir.Table:
        """All authors."""
        ...

    @property
    def references(self) -> ir.Table:
        """All references."""
        ...

    def run(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression."""
        ...

    def batches(self) -> list[Manifest]:
        """The manifests of all batches."""
        ...

    def search(self, query: str, *, kinds: Sequence[str], limit: int, ranked: bool) -> pa.Table:
        """A page of the concordance."""
        ...

    def text(self, document_id: int) -> str:
        """The text of a document."""
        ...

    def lens(self, name: str, **options: Any) -> LensResult:
        """The answer of a lens."""
        ...

    def recorded(self, *, whole: bool = True) -> Recorded | None:
        """What the record holds, or without *whole* what it concludes; None where there is none."""
        ...


def inputs(study: StudyLike, *, lenses: Sequence[str] = ()) -> ReportInputs:
    """Everything the report of *study* shows; raises what its design files raise.

    *lenses* are the names of the lenses to show; one that cannot be run is named as a gap.
    """
    design, source = study_file.read(study.folder / "study.toml"), _source(study)
    record = study.recorded()
    participants = _people(study, record)
    says = _translations(study, design) if record else Text
    findings = _findings(study, source, record, says)
    shown, gaps = _lenses(study, source, lenses, findings)
    batches = study.batches()
    disguised: Counter[str] = Counter()
    for batch in batches:
        disguised.update(batch.disguised)
    return ReportInputs(
        design=_framed(design, record, says),
        made_on=dt.date.today(),
        findings_in=_("the record") if record and record.findings else "findings.toml",
        participants=participants,
        findings=findings,
        sources=[_source_row(b) for b in batches],
        lenses=shown,
        lens_gaps=gaps,
        references=_references(study),
        disguised=dict(disguised),
        recall=measured.last().shares(disguised),
        recall_from=(measured.last().measured_on, measured.last().identifiers),
        open_doubts=sum(b.counts["doubts"] for b in batches),
        kept_out={"minor": sum(b.counts["minors"] for b in batches)},
        posts=lambda: _posts(study),
        accounts_of=lambda documents: _accounts(study, documents),
        interpretation=interpreted(study, record, participants, says) if record else None,
    )


def resolved(study: StudyLike) -> tuple[ResolvedFinding, ...]:
    """The findings of a study with the passages they stand on: those of its record, or of its files where it has none.

    Raises what its design files raise.
    """
    record = study.recorded(whole=False)
    design = study_file.read(study.folder / "study.toml")
    says = _translations(study, design) if record else Text
    return _findings(study, _source(study), record, says)


def stated(study: StudyLike) -> tuple[ResolvedFinding, ...]:
    """The findings of ``findings.toml`` with their passages; raises what the design files raise."""
    return evidence.resolve(_of_file(study), _source(study))


def _findings(
    study: StudyLike, source: StudySource, record: Recorded | None, says: Callable[[str], Text]
) -> tuple[ResolvedFinding, ...]:
    if record and record.findings:
        return recorded_findings.resolve(record.findings, source, says)
    return evidence.resolve(_of_file(study), source)


def _of_file(study: StudyLike) -> tuple[Finding, ...]:
    design = study_file.read(study.folder / "study.toml")
    questions, concepts = [q.id for q in design.questions], [c.id for c in design.concepts]
    return findings_file.read(
        study.folder / "findings.toml", questions=questions or None, concepts=concepts or None
    )


def _translations(study: StudyLike, design: StudyDesign) -> Translations:
    """The files' texts in both languages, for what came into the record from them."""
    stated = (*texts_of(_of_file(study)), *recorded_design.texts_of(design))
    return Translations([*frame_brought_along(), *stated])


def _people(study: StudyLike, record: Recorded | None) -> list[Participant]:
    """The participants of the files, each as the record has them, then those that only the record knows."""
    recorded = {one.code: one for one in record.participants} if record else {}
    stated = participants_file.read(study.folder / "participants.toml")
    return [recorded.pop(one.code, one) for one in stated] + list(recorded.values())


def _framed(design: StudyDesign, record: Recorded | None, says: Callable[[str], Text]) -> StudyDesign:
    """The design as the record states it, with its frame, where the record has them."""
    if record and record.design:
        design = recorded_design.stated(design, record.design, says)
    if not (record and record.concepts):
        return design
    return replace(design, concepts=recorded_findings.concepts(record.concepts, says))


def _source(study: StudyLike) -> StudySource:
    def find(query: str, kind: str | None, limit: int) -> pa.Table:
        return study.search(query, kinds=[kind] if kind else (), limit=limit, ranked=False)

    def answer(name: str) -> LensResult:
        if name == triangulation.NAME:  # it is made of the findings: it cannot be what they stand on
            raise MeasureError(_("A finding cannot stand on the triangulation of the findings."))
        return study.lens(name)

    documents, units, authors = study.documents, study.units, study.authors
    return StudySource(documents, units, authors, find, answer)


def _lenses(
    study: StudyLike, source: StudySource, names: Sequence[str], findings: Sequence[ResolvedFinding]
) -> tuple[list[LensResult], dict[str, str]]:
    shown, gaps = [], {}
    for name in names:
        try:
            if name == triangulation.NAME:
                shown.append(study.lens(name, findings=lens_evidence(findings)))
            else:
                shown.append(source.lens(name))
        except MaknaError as error:
            gaps[name] = str(error)
    return shown, gaps


def _source_row(batch: Manifest) -> SourceRow:
    c = batch.counts
    return SourceRow(
        batch.number, batch.kind, batch.access, c["documents"], c["units"], c["authors"],
        dt.date.fromisoformat(batch.added_on), batch.permission, c["context"],
    )  # fmt: skip


def _references(study: StudyLike) -> list[tuple[int | None, Mapping[str, Any]]]:
    table = study.references
    rows = study.run(table.order_by("document_id")).to_pylist()
    return [(row["document_id"], json.loads(row["csl"])) for row in rows]


def _posts(study: StudyLike) -> Iterator[str]:
    documents, units = study.documents, study.units
    observed = documents.filter(documents.kind == "observation").select("document_id")
    yield from study.run(units.semi_join(observed, "document_id").select("text"))["text"].to_pylist()


def _accounts(study: StudyLike, documents: Sequence[int]) -> dict[int, int]:
    if not documents:
        return {}
    table = study.documents
    asked = ibis.memtable(pa.table({"document_id": pa.array(sorted(set(documents)), pa.int64())}))
    observed = table.filter(table.kind == "observation", table.author_id.notnull())
    found = study.run(observed.semi_join(asked, "document_id").select("document_id", "author_id"))
    return dict(zip(found["document_id"].to_pylist(), found["author_id"].to_pylist(), strict=True))
