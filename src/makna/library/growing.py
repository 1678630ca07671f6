"""How a study grows and shrinks: one batch at a time, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from makna.corpus import keys, source_lock
from makna.corpus.disguise.door import DoorSettings
from makna.corpus.importing.consenting import Consenting, fold
from makna.corpus.importing.outcome import ImportReport
from makna.corpus.importing.posts import Progress, Source
from makna.corpus.importing.preview import preview
from makna.corpus.importing.run import Target, import_posts
from makna.corpus.importing.text_run import import_many, import_texts
from makna.corpus.kept_lists import CONSENTING, ERASED, HARMLESS, NAMES
from makna.corpus.model import AccessBasis, SourceKind
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.records import RawDocument
from makna.corpus.search import SearchIndex
from makna.errors import ReadError
from makna.i18n import _
from makna.library.apart import apart
from makna.library.custody import Guarded
from makna.record import adding, on_record, serving, study_file
from makna.record.participants_file import Participant
from makna.record.speaking import Speaking

_WHAT = ("kind", "mapping", "sheet", "pdf_folder", "title", "speakers")  # what :meth:`Growing._source` takes


def _as_path(path: Path | str) -> Path:
    return path if isinstance(path, Path) else Path(path)


class Growing(Guarded):
    """A study that files are added to."""

    def add(
        self, path: Path | str, *, kind: str | None = None, access: str = "public", permission: str | None = None,
        masked_names: Iterable[str] = (), mapping: Mapping[str, str] | None = None, sheet: str | None = None,
        pdf_folder: Path | None = None, title: str | None = None, date: str | None = None,
        harvest: Mapping[str, Any] | None = None, minors_approval: str | None = None,
        speakers: Mapping[str, str] | None = None,
        progress: Progress = lambda stage, size: None,
    ) -> ImportReport:  # fmt: skip
        """Import one file through the door, all or nothing. *progress* is called with (stage, bytes of the source).

        *masked_names* join the study's list (:meth:`mask_names`). *date* is the day or month of an interview or a
        note; *speakers* say whom its labels mean: "researcher", "other" or a participant's code. *harvest* says what the harvester was asked for, else ``study.toml`` does. Records with a cue of somebody
        under 18 stay out, unless *minors_approval*, or ``study.toml``, states the written approval to keep them.
        """
        self._refuse_sealed()
        self.mask_names(masked_names)
        when = adding.stated_date(date)
        with self._writing(_("import")):
            source, chosen = self._source(path, kind, mapping, sheet, pdf_folder, title, speakers)
            adding.check_access(chosen, AccessBasis(access), permission)
            stated = harvest or self._stated_harvest(source.path.name)
            target = self._target(chosen, access, permission, stated, minors_approval, progress)
            if chosen is SourceKind.OBSERVATION:
                report = import_posts(self._guarded(source, access), target)
            else:
                report = import_texts(source, target, self._speaking(source, chosen, when), self._codes())
        return replace(report, unserved=serving.unserved(chosen, report.provides))

    def add_texts(
        self, paths: Iterable[Path | str], *, kind: str, access: str = "public", permission: str | None = None,
        masked_names: Iterable[str] = (), pdf_folder: Path | None = None, minors_approval: str | None = None,
        informants: Mapping[str, str] | None = None, progress: Progress = lambda stage, size: None,
    ) -> ImportReport:  # fmt: skip
        """Import many transcripts, notes or references of one *kind* as one batch, in one pass.

        Each file comes in whole or stays out; the report's ``refused`` names those that stayed out, and why.
        *informants* say for an interview's file name which participant (by code) its informant is.
        """
        self._refuse_sealed()
        self.mask_names(masked_names)
        chosen = SourceKind(kind)
        if chosen is SourceKind.OBSERVATION:
            raise ReadError(_("Files of posts are added one by one: each is a batch of its own."))
        adding.check_access(chosen, AccessBasis(access), permission)
        with self._writing(_("import")):
            recorded = self._recorded(chosen)

            def opened(path: Path) -> tuple[Source, Speaking]:
                source, _kind = self._source(path, kind, None, None, pdf_folder, None)
                adding.check_place(source.path.name, source.reader, source.head, AccessBasis(access))
                name = source.path.name
                return source, Speaking(
                    self._informants, name, recorded=recorded, informant=(informants or {}).get(name)
                )

            target = self._target(chosen, access, permission, {}, minors_approval, progress)
            report = import_many(map(_as_path, paths), opened, target, self._codes())
        return replace(report, unserved=serving.unserved(chosen, report.provides))

    def _target(
        self, kind: SourceKind, access: str, permission: str | None, harvest: Mapping[str, Any],
        minors_approval: str | None, progress: Progress,
    ) -> Target:  # fmt: skip
        settings = self._approved(minors_approval)
        through = adding.typed(settings)
        return Target(
            store=self._store, links=self._links(), index=self._caught_up(), doubts=self._doubts(keys.load(self.id)),
            settings=settings, kind=kind, access=access, permission=through(permission), harvest=through(harvest),
            progress=progress,
        )  # fmt: skip

    @property
    def _informants(self) -> Path:
        return self.folder / "participants.toml"

    def _recorded(self, kind: SourceKind) -> tuple[Participant, ...]:
        """The participants on record, where somebody is to be heard."""
        if kind is not SourceKind.INTERVIEW:
            return ()
        return apart(on_record.participants)(self.folder.parents[1], self.id)

    def _speaking(self, source: Source, kind: SourceKind, when: str | None = None) -> Speaking:
        recorded = self._recorded(kind)
        return Speaking(self._informants, source.path.name, when, source.options.speakers, recorded)

    def labels(self, path: Path | str, **stated: Any) -> list[tuple[str, int, str]]:
        """Who speaks in an interview: (label, turns, "researcher", "other" or the code of a participant).

        *stated* are the options of :meth:`add` that say what the file is.
        """
        what = [stated.get(name) for name in _WHAT]
        source, kind = self._source(path, *what)
        records = (one for block in source.blocks() for one in source.reader.parse(block, source.options))
        first = next((one for one in records if isinstance(one, RawDocument)), None)
        if first is None or kind is not SourceKind.INTERVIEW:
            return []
        return self._speaking(source, kind).labels(first)

    def preview(self, path: Path | str, *, limit: int = 10, **stated: Any) -> list[dict[str, Any]]:
        """The first records of a file after the door, read as :meth:`add` would; nothing is written.

        *stated* are the options of :meth:`add` that say what the file is.
        """
        self._refuse_sealed()
        names = (*self._kept(NAMES).read(), *stated.pop("masked_names", ()))
        access = stated.pop("access", AccessBasis.PUBLIC.value)
        source, kind = self._source(path, *[stated.pop(name, None) for name in _WHAT])
        settings = replace(self._door(), masked_names=names)
        about = replace(self._speaking(source, kind), informant=stated.pop("informant", None))
        return preview(self._guarded(source, access), settings, limit, speakers=about)

    def _source(
        self, path: Path | str, kind: str | None, mapping: Mapping[str, str] | None, sheet: str | None,
        pdf_folder: Path | None, title: str | None, speakers: Mapping[str, str] | None = None,
    ) -> tuple[Source, SourceKind]:  # fmt: skip
        """The recognised file, and what it is to the method."""
        path = _as_path(path)
        options = Options(
            kind=SourceKind(kind) if kind else None, mapping=mapping, sheet=sheet, pdf_folder=pdf_folder,
            title=title, speakers=speakers or {},
        )  # fmt: skip
        source_lock.refuse_locked(path)
        reader, head = recognise(path, options=options)
        reader = serving.narrowed(reader, path, head, options)
        return Source(path, reader, head, options), options.kind or reader.kinds[0]

    def _door(self) -> DoorSettings:
        """What the door of this study works with."""
        harmless = tuple(map(int, self._kept(HARMLESS).read()))
        erased = frozenset(map(int, self._kept(ERASED).read()))
        names = self._kept(NAMES).read()
        return DoorSettings(keys.load(self.id), masked_names=names, harmless=harmless, erased=erased)

    def _guarded(self, source: Source, access: str) -> Source:
        """Outside public places only those are read who gave their consent."""
        adding.check_place(source.path.name, source.reader, source.head, AccessBasis(access))
        if AccessBasis(access) is AccessBasis.PUBLIC or SourceKind.OBSERVATION not in source.reader.kinds:
            return source
        handles = frozenset(map(fold, self._kept(CONSENTING).read()))
        return replace(source, reader=Consenting(source.reader, handles))

    def _approved(self, stated: str | None = None) -> DoorSettings:
        """The door's settings, with the written approval to keep records of minors where there is one."""
        approval = stated or study_file.read(self.folder / "study.toml").minors_approval
        settings = self._door()
        return replace(settings, minors_approval=adding.typed(settings)(approval) or None)

    def _stated_harvest(self, file: str) -> dict[str, Any]:
        stated = study_file.read(self.folder / "study.toml").harvest(file)
        return stated.asdict() if stated else {}

    def _codes(self) -> dict[str, int]:
        if not self._store.files("authors"):
            return {}
        table = self.authors
        rows = self.run(table.filter(table.participant).select("pseudonym", "author_id")).to_pylist()
        return {row["pseudonym"]: row["author_id"] for row in rows}

    def _caught_up(self) -> SearchIndex:
        self._index.catch_up()
        return self._index

    def remove(self, batch: int) -> None:
        """Take a batch out whole."""
        with self._writing(_("remove a batch")):
            self._store.remove(batch)
            self._links().remove(batch)
            if keys.exists(self._about["id"]):
                self._doubts(keys.load(self._about["id"])).drop(batch)
            self._index.catch_up()
