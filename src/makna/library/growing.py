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
from makna.corpus.importing.run import Target, import_posts, import_texts
from makna.corpus.kept_lists import CONSENTING, ERASED, HARMLESS, NAMES
from makna.corpus.model import AccessBasis, SourceKind
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.search import SearchIndex
from makna.i18n import _
from makna.library.custody import Guarded
from makna.record import adding, serving, study_file
from makna.record.speaking import Speaking


class Growing(Guarded):
    """A study that files are added to."""

    def add(
        self, path: Path | str, *, kind: str | None = None, access: str = "public", permission: str | None = None,
        masked_names: Iterable[str] = (), mapping: Mapping[str, str] | None = None, sheet: str | None = None,
        pdf_folder: Path | None = None, title: str | None = None, date: str | None = None,
        harvest: Mapping[str, Any] | None = None, minors_approval: str | None = None,
        progress: Progress = lambda stage, size: None,
    ) -> ImportReport:  # fmt: skip
        """Import one file through the door, all or nothing. *progress* is called with (stage, bytes of the source).

        *masked_names* join the study's list (:meth:`mask_names`). *date* is the day or month of an interview or a
        note. *harvest* says what the harvester was asked for, else ``study.toml`` does. Records with a cue of somebody
        under 18 stay out, unless *minors_approval*, or ``study.toml``, states the written approval to keep them.
        """
        self._refuse_sealed()
        self.mask_names(masked_names)
        when = adding.stated_date(date)
        with self._writing(_("import")):
            source, chosen = self._source(Path(path), kind, mapping, sheet, pdf_folder, title)
            adding.check_access(chosen, AccessBasis(access), permission)
            key = keys.load(self.id)
            settings = self._approved(minors_approval)
            through = adding.typed(settings)
            target = Target(
                store=self._store, links=self._links(), index=self._caught_up(), doubts=self._doubts(key),
                settings=settings, kind=chosen, access=access, permission=through(permission),
                harvest=through(harvest or self._stated_harvest(source.path.name)), progress=progress,
            )  # fmt: skip
            if chosen is SourceKind.OBSERVATION:
                report = import_posts(self._guarded(source, access), target)
            else:
                about = Speaking(self.folder / "participants.toml", source.path.name, when)
                report = import_texts(source, target, about, self._codes())
        return replace(report, unserved=serving.unserved(chosen, report.provides))

    def preview(self, path: Path | str, *, limit: int = 10, **stated: Any) -> list[dict[str, Any]]:
        """The first records of a file after the door, read as :meth:`add` would; nothing is written.

        *stated* are the options of :meth:`add` that say what the file is.
        """
        self._refuse_sealed()
        names = (*self._kept(NAMES).read(), *stated.pop("masked_names", ()))
        access = stated.pop("access", AccessBasis.PUBLIC.value)
        what = [stated.pop(name, None) for name in ("kind", "mapping", "sheet", "pdf_folder", "title")]
        source, _kind = self._source(Path(path), *what)
        settings = replace(self._door(), masked_names=names)
        about = Speaking(self.folder / "participants.toml", source.path.name)
        return preview(self._guarded(source, access), settings, limit, speakers=about)

    def _source(
        self, path: Path, kind: str | None, mapping: Mapping[str, str] | None, sheet: str | None,
        pdf_folder: Path | None, title: str | None,
    ) -> tuple[Source, SourceKind]:  # fmt: skip
        """The recognised file, and what it is to the method."""
        options = Options(
            kind=SourceKind(kind) if kind else None, mapping=mapping, sheet=sheet, pdf_folder=pdf_folder,
            title=title,
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
