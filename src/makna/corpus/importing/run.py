"""One import from recognised source to committed batch: nothing is visible before all of it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from makna.corpus.batch_writer import JOINS, BatchWriter
from makna.corpus.disguise.door import DoorSettings
from makna.corpus.disguise.doubts import DoubtFiles
from makna.corpus.importing.aside import Aside
from makna.corpus.importing.memory import give_back, keep_little, rare_collection
from makna.corpus.importing.outcome import SHOWN_REJECTIONS, ImportReport
from makna.corpus.importing.posts import PostImport, Progress, Source
from makna.corpus.importing.workers import POOL_FROM_BYTES, Workers, processes
from makna.corpus.links import Links
from makna.corpus.manifest import Manifest
from makna.corpus.model import SourceKind
from makna.corpus.readers.source import changed
from makna.corpus.records import Rejection
from makna.corpus.search import IndexWriter, SearchIndex
from makna.corpus.store import Store
from makna.errors import NothingToRead
from makna.i18n import _


@dataclass(frozen=True)
class Target:
    """Where a batch goes, and what is stated about it."""

    store: Store
    links: Links
    index: SearchIndex
    doubts: DoubtFiles
    settings: DoorSettings
    kind: SourceKind
    access: str
    permission: str | None = None
    harvest: Mapping[str, Any] = field(default_factory=dict)
    progress: Progress = lambda stage, size: None


def import_posts(source: Source, target: Target) -> ImportReport:
    """Import observed posts and profiles. Raises what the reader raises; the study is then as it was."""
    keep_little()
    size = source.path.stat().st_size
    count = processes() if source.reader.parallel and size >= POOL_FROM_BYTES else 1
    with rare_collection(), Workers(count) as workers, Aside(target.store.folder.parent) as aside:
        return _import_posts(source, target, workers, aside)


def _import_posts(source: Source, target: Target, workers: Workers, aside: Aside) -> ImportReport:
    number = target.store.next_number()
    state = _state(source.path)
    job = PostImport(
        source, target.settings, target.links, number, workers=workers, aside=aside, progress=target.progress
    )
    _refuse_changed(source.path, state)
    report = _post_report(job, source, target)
    if not job.structure.kept.any() and not len(job.structure.authors):
        refuse_nothing(source.path.name, report.read, report.rejected, report.rejections)
        return report
    with _linked(target, number, job), target.store.writer(number) as batch, target.index.writer() as index:
        index.forget(number)
        doubts = []
        units = 0
        for rows in job.rows():
            batch.write("documents", rows.documents)
            batch.write("units", rows.units)
            batch.write("authors", rows.authors)
            index.add(number, target.kind.value, rows.units, rows.index)
            doubts += rows.doubts
            units += rows.units.num_rows
        workers.rest()  # the index is about to need the memory
        give_back()
        if job.structure.joins:
            columns = [list(c) for c in zip(*job.structure.joins, strict=True)]
            batch.write("joins", pa.table(dict(zip(JOINS.names, columns, strict=True)), JOINS))
        report = replace(
            report, batch=number, disguised=dict(job.classes), doubts=len(doubts), units=units,
            withheld=job.classes["turn withheld"],
        )  # fmt: skip
        target.doubts.write(number, doubts)
        commit(batch, index, report, target)
    return report


@contextmanager
def _linked(target: Target, number: int, job: PostImport) -> Iterator[None]:
    """Write the links of the batch early: nobody reads them before it is there, and they are large to hold."""
    target.links.write(number, job.take_links())
    give_back()
    try:
        yield
    except BaseException:
        if number not in target.store.numbers():
            target.links.remove(number)
        raise


def _state(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _refuse_changed(path: Path, state: tuple[int, int]) -> None:
    """Raise UnreadableFile where the file is no longer what it was before it was read."""
    if _state(path) != state:
        raise changed(path)


def refuse_nothing(name: str, read: int, rejected: int, rejections: Sequence[Rejection]) -> None:
    """A file in which nothing could be read is refused; one that held only repeats or minors is reported."""
    if read == rejected:
        first = next(iter(rejections), None)
        if first is None:
            message = _("{name} holds no record: export it again, and check that the export ended.")
            raise NothingToRead(message.format(name=name))
        message = _("{name} was read and nothing in it could be used. Record {where}: {reason}")
        raise NothingToRead(message.format(name=name, where=first.where, reason=first.reason))


def _stated(settings: DoorSettings) -> dict[str, Any]:
    """What a manifest keeps of the door's settings."""
    approved = {"minors_approval": settings.minors_approval} if settings.keep_minors else {}
    return {"second_scan": settings.second_scan, **approved}


def commit(batch: BatchWriter, index: IndexWriter, report: ImportReport, target: Target) -> None:
    """Finish a batch with what its report counts, make it visible, and its index with it."""
    counts = ("read", "kept", "repeated", "context", "minors", "rejected", "doubts", "documents", "units")
    more = ("authors", "conversations", "withheld")
    batch.finish(
        Manifest(
            number=batch.number, kind=report.kind, access=report.access, permission=target.permission,
            reader=report.reader, added_on=date.today().isoformat(), provides=report.provides,
            counts={name: getattr(report, name) for name in (*counts, *more)},
            disguised=dict(report.disguised), harvest=dict(target.harvest), settings=_stated(target.settings),
        )
    )  # fmt: skip
    batch.commit()
    index.commit(target.store.revisions())


def _post_report(job: PostImport, source: Source, target: Target) -> ImportReport:
    survey, structure = job.survey, job.structure
    kept = int(structure.kept.sum())
    return ImportReport(
        batch=None, reader=source.reader.name, kind=target.kind.value, access=target.access, read=survey.records,
        kept=kept, repeated=structure.repeated, context=job.context, minors=structure.minors,
        rejected=len(survey.rejections), rejections=tuple(survey.rejections[:SHOWN_REJECTIONS]),
        dropped=dict(survey.dropped), disguised={}, doubts=0, documents=kept, units=0,
        authors=len(structure.authors), conversations=structure.conversations, rounded_ids=job.rounded,
        erased=structure.erased,
        provides=tuple(sorted(source.reader.provides)), notes=tuple(survey.remarks),
    )  # fmt: skip
