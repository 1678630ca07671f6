"""A transcript or a note put right: a new text through the door, under the id of the old one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import ibis

from makna.corpus import keys
from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.doubts import DoubtFiles
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.erasure.plan import Journal, Relocated, Revision
from makna.corpus.erasure.replacing import Replacing
from makna.corpus.importing.posts import Progress, Source
from makna.corpus.importing.texts import TextImport, TextRows
from makna.corpus.manifest import Manifest
from makna.corpus.model import SourceKind, batch_of, document_text
from makna.corpus.records import RawDocument
from makna.corpus.rewriting import rewrite
from makna.errors import DoorError, ReadError, StudyError
from makna.i18n import _
from makna.library.apart import apart
from makna.library.erasing import ErasingStudy
from makna.record import adding, forgetting
from makna.record.anchoring import Anchored, anchor, place_again
from makna.report import assemble
from makna.report.written import Written

_REVISED = (SourceKind.INTERVIEW, SourceKind.FIELD_NOTE)


@dataclass(frozen=True)
class RevisionReport:
    """What became of a document that was revised, and of the evidence that stood on it. Holds no text."""

    document_id: int
    batch: int
    kind: str
    revision: int  # how often its batch was written anew
    units: int
    disguised: Mapping[str, int] = field(default_factory=dict)
    doubts: int = 0
    withheld: int = 0
    standing: int = 0  # evidence whose words stand in the new text
    rewritten: int = 0  # of these, entries of findings.toml that were written anew
    failed: tuple[tuple[str, int], ...] = ()  # (finding, number of the evidence) whose words it does not hold
    codings_lost: tuple[str, ...] = ()  # the codes of codings whose words it does not hold
    reports: tuple[str, ...] = ()  # written before: they quote the old text

    def asdict(self) -> dict[str, Any]:
        """The report as plain data, for ``--json``."""
        return {**asdict(self), "rows": [{"finding": f, "evidence": n} for f, n in self.failed]}


class RevisingStudy(ErasingStudy):
    """A study whose transcripts and notes are put right."""

    def revise(
        self,
        document_id: int,
        path: Path | str,
        *,
        title: str | None = None,
        date: str | None = None,
        progress: Progress = lambda stage, size: None,
    ) -> RevisionReport:
        """Replace a transcript or a note by the text of a file, through the door; all of it or nothing.

        The document keeps its id, its units get new ones. Consent is asked as :meth:`add` does. Evidence in
        ``findings.toml`` follows its words; the report names the evidence whose words are gone. Raises
        :class:`StudyError` for posts, literature and unknown documents.
        """
        self._refuse_sealed()
        when = adding.stated_date(date)
        with self._writing(_("revise")):
            kind = self._kind_of(document_id)
            source, _chosen = self._source(Path(path), kind.value, None, None, None, title)
            settings = self._approved()
            rows = self._read_one(source, settings, when, batch_of(document_id))
            progress("disguise", source.path.stat().st_size)
            return self._put_in(document_id, kind, rows, progress)

    def _kind_of(self, document_id: int) -> SourceKind:
        table = self.documents
        mine = table.filter(table.document_id == ibis.literal(document_id, "int64")).select("kind")
        found = self.run(mine)["kind"].to_pylist()
        if not found:
            raise StudyError(
                _("The study holds no document {id}. makna search --json shows ids.").format(id=document_id)
            )
        kind = SourceKind(found[0])
        if kind not in _REVISED:
            raise StudyError(
                _(
                    "Only interviews and field notes are revised. Remove the batch and add the file again, or erase the"
                    " document."
                )
            )
        return kind

    def _read_one(self, source: Source, settings: DoorSettings, when: str | None, batch: int) -> TextRows:
        """The one document of a file, through the door."""
        speakers = self._speaking(source, SourceKind(source.options.kind or source.reader.kinds[0]), when)
        door = Door(settings, Roster.empty(), Pseudonyms(Macs(settings.key)))
        job = TextImport(door, batch, self._codes(), keep_minors=settings.keep_minors)
        records = [r for block in source.blocks() for r in source.reader.parse(block, source.options)]
        found = [record for record in records if isinstance(record, RawDocument)]
        if len(found) != 1:
            raise ReadError(
                _(
                    "{name} holds {n} documents, and one is revised at a time: put its text into a file of its own."
                ).format(name=source.path.name, n=len(found))
            )
        job.add(found[0], speakers(found[0]))
        rows = job.rows()
        if rows.minors:
            raise DoorError(
                _("The new text holds a cue of somebody under 18, so it stays out. The study is as it was.")
            )
        return rows

    def _put_in(self, document: int, kind: SourceKind, rows: TextRows, progress: Progress) -> RevisionReport:
        from makna.library.finishing import finish  # noqa: PLC0415  (seldom needed, and slow to load)

        self._store.tidy()
        self._index.catch_up()
        number, files = batch_of(document), self._doubts(keys.load(self.id))
        before = self._store.manifest(number).revision
        taken = self.run(self.authors.select("author_id"))["author_id"].to_pylist()
        known = self._codes().values()
        change = Replacing(self._store, document, rows, taken=taken, known=known)
        evidence = self._anchored(document, kind, rows)
        relocated, lost = self._recoded(document, kind, rows)
        Journal(self.folder).begin(Revision(number, before, evidence.anchors, relocated, uuid4().hex))
        try:
            self._rewrite(number, before, change, files)
        except BaseException:
            finish(self._workshop())  # forgets what was kept for the new text, where that does not stand
            raise
        finish(self._workshop(), progress=progress)
        ours, changed = Written(self.folder / "reports").withdraw(write=False)
        return RevisionReport(
            document_id=document, batch=number, kind=kind.value, revision=self._store.manifest(number).revision,
            units=rows.units.num_rows, disguised=dict(rows.classes), doubts=len(rows.doubts), withheld=rows.withheld,
            standing=evidence.standing, rewritten=len(evidence.anchors), failed=evidence.failed,
            reports=tuple(file.name for file in (*ours, *changed)), codings_lost=lost,
        )  # fmt: skip

    def _rewrite(self, number: int, before: int, change: Replacing, files: DoubtFiles) -> None:
        kept = change.doubts(files.read(number, before))

        def restate(old: Manifest) -> Manifest:
            said = change.restate(old)
            return replace(said, counts={**said.counts, "doubts": len(kept)})

        files.keep(number, kept, before + 1)
        rewrite(self._store, number, change, restate=restate)

    def _recoded(
        self, document: int, kind: SourceKind, rows: TextRows
    ) -> tuple[tuple[Relocated, ...], tuple[str, ...]]:
        """(where coded passages stand in the new text, the codes of those whose words are gone)."""
        library = self.folder.parents[1]
        if not forgetting.exists(library):
            return (), ()
        coded = apart(forgetting.passages)(library, self.id, [document])
        if document not in coded:
            return (), ()
        old, new = self.text(document), document_text(rows.units["text"].to_pylist(), kind)
        places = {span: place_again(old, *span, new) for span in coded[document]}
        stand = tuple((*span, *place) for span, place in sorted(places.items()) if place is not None)
        mine = apart(forgetting.coded)(library, self.id, document)
        lost = tuple(code for code, *span in mine if places.get((span[0], span[1])) is None)
        return ((document, len(new), stand),), lost

    def _anchored(self, document: int, kind: SourceKind, rows: TextRows) -> Anchored:
        text = document_text(rows.units["text"].to_pylist(), kind)
        titles = [*rows.documents["title"].drop_null().to_pylist(), *rows.authors["pseudonym"].to_pylist()]
        return anchor(
            self.folder, assemble.stated(cast("assemble.StudyLike", self)), document, text, titles=titles
        )
