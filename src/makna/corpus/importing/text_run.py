"""One import of transcripts, notes or literature: one file or very many, each of them whole or not at all, one batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from makna.corpus.disguise.door import Door
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.importing.outcome import SHOWN_REJECTIONS, ImportReport, Refused
from makna.corpus.importing.posts import Source
from makna.corpus.importing.run import Target, commit, refuse_nothing
from makna.corpus.importing.texts import Speaker, TextImport
from makna.corpus.records import Dropped, RawDocument, RawRecord, Rejection, Remark
from makna.errors import MaknaError

Speakers = Callable[[RawDocument], Mapping[str, Speaker]]
Opened = tuple[Source, Speakers]


def import_texts(
    source: Source, target: Target, speakers: Speakers, known: Mapping[str, int]
) -> ImportReport:
    """Import one file; *speakers* says whom the labels of a document stand for. Raises what its reader raises."""
    run = _TextRun(target, known)
    run.take(source, speakers)
    return run.finish()


def import_many(
    files: Iterable[Path], opened: Callable[[Path], Opened], target: Target, known: Mapping[str, int]
) -> ImportReport:
    """Import many files as one batch. What *opened* or a reader raises keeps that file out, and the report names it."""
    run = _TextRun(target, known)
    refused = []
    for file in files:
        try:
            run.take(*opened(file))
        except MaknaError as error:
            refused.append(Refused(file.name, str(error)))
    return replace(run.finish(), refused=tuple(refused))


class _TextRun:
    """A batch of documents as it grows."""

    def __init__(self, target: Target, known: Mapping[str, int]) -> None:
        self._target, self._number = target, target.store.next_number()
        door = Door(target.settings, Roster.empty(), Pseudonyms(Macs(target.settings.key)))
        self._job = TextImport(door, self._number, known, keep_minors=target.settings.keep_minors)
        self._read = 0
        self._rejections: list[Rejection] = []
        self._dropped: Counter[str] = Counter()
        self._notes: dict[str, None] = {}
        self._readers: dict[str, frozenset[str]] = {}

    def take(self, source: Source, speakers: Speakers) -> None:
        """Take a file in, after all of it was read; raises where nothing in it can be used."""
        records, size = _records(source)
        documents = [(one, speakers(one)) for one in records if isinstance(one, RawDocument)]
        rejections = [one for one in records if isinstance(one, Rejection)]
        read = len(documents) + len(rejections)
        refuse_nothing(source.path.name, read, len(rejections), rejections)
        for document, who in documents:
            self._job.add(document, who)
        self._read += read
        self._rejections += rejections
        self._readers[source.reader.name] = source.reader.provides
        for one in records:
            if isinstance(one, Dropped):
                self._dropped.update(one.fields)
            elif isinstance(one, Remark):
                self._notes[one.text] = None
        self._target.progress("disguise", size)

    def finish(self) -> ImportReport:
        """Make the batch visible, where it holds anything."""
        rows, target = self._job.rows(), self._target
        report = ImportReport(
            batch=self._number, reader=", ".join(sorted(self._readers)), kind=target.kind.value,
            access=target.access, read=self._read, kept=rows.documents.num_rows, repeated=0, context=0,
            minors=rows.minors, rejected=len(self._rejections),
            rejections=tuple(self._rejections[:SHOWN_REJECTIONS]), dropped=dict(self._dropped),
            disguised=dict(rows.classes), doubts=len(rows.doubts), documents=rows.documents.num_rows,
            units=rows.units.num_rows, authors=rows.authors.num_rows, conversations=0, withheld=rows.withheld,
            provides=self._provides(), notes=tuple(self._notes),
        )  # fmt: skip
        if not rows.documents.num_rows:
            return replace(report, batch=None)
        with target.store.writer(self._number) as batch, target.index.writer() as index:
            index.forget(self._number)
            for table in ("documents", "units", "authors", "references"):
                batch.write(table, getattr(rows, table))
            index.add(self._number, target.kind.value, rows.units, rows.index)
            target.doubts.write(self._number, rows.doubts)
            commit(batch, index, report, target)
        return report

    def _provides(self) -> tuple[str, ...]:
        """What every file of the batch holds."""
        each = list(self._readers.values())
        return tuple(sorted(frozenset.intersection(*each))) if each else ()


def _records(source: Source) -> tuple[list[RawRecord], int]:
    """The records of a file, and its size."""
    records: list[RawRecord] = []
    size = 0
    for block in source.blocks():
        records += source.reader.parse(block, source.options)
        size += block.size
    return records, size
