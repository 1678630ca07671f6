"""``makna.Library``: the face of Makna for scripts and notebooks. The command line says the same words."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from platformdirs import user_documents_path

from makna import record, wordlists
from makna.analysis import collocation, keyness, tokens, wordlist
from makna.analysis.lenses import LENSES, triangulation
from makna.analysis.lenses.base import LensInput, LensResult
from makna.corpus import engine, keys, source_lock
from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.doubts import DoubtFiles
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.importing.consenting import Consenting, fold
from makna.corpus.importing.outcome import ImportReport
from makna.corpus.importing.posts import Progress, Source
from makna.corpus.importing.preview import preview
from makna.corpus.importing.run import Target, import_posts, import_texts
from makna.corpus.kept_lists import CONSENTING, NAMES, KeptList
from makna.corpus.links import Links
from makna.corpus.lock import writing
from makna.corpus.model import AccessBasis, SourceKind, document_text
from makna.corpus.query import parse
from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.search import SearchIndex
from makna.corpus.source_lock import Told
from makna.corpus.store import Manifest, Store, write_atomic
from makna.corpus.tables import Tables
from makna.errors import (
    IdentifierQuery,
    NoSuchLens,
    NoSuchStudy,
    StudyError,
    StudyExists,
    StudySealed,
)
from makna.i18n import _
from makna.record import adding, serving, study_file
from makna.record.lens_evidence import lens_evidence
from makna.record.speaking import Speaking
from makna.report import assemble, docx, html
from makna.report.build import build
from makna.report.written import Written


class Library:
    """A folder that holds studies. *path* defaults to ``MAKNA_LIBRARY``, else a folder in the user's documents."""

    def __init__(self, path: Path | str | None = None) -> None:
        chosen = path or os.environ.get("MAKNA_LIBRARY") or user_documents_path() / "Makna"
        self.path = Path(chosen)

    def names(self) -> list[str]:
        """The names of all studies, sorted."""
        return sorted(f.parent.name for f in self.path.glob("studies/*/study.json"))

    def studies(self) -> list[Study]:
        """All studies."""
        return [self.study(name) for name in self.names()]

    def study(self, name: str) -> Study:
        """One study; raises :class:`NoSuchStudy` with the names there are."""
        folder = self.path / "studies" / slug(name)
        if not (folder / "study.json").is_file():
            there = ", ".join(self.names()) or "–"
            raise NoSuchStudy(
                _("The library {library} holds no study named {name}. It holds: {there}.").format(
                    library=self.path, name=name, there=there
                )
            )
        return Study(folder)

    def create(self, name: str, *, title: str | None = None) -> Study:
        """Make an empty study and its key, with files to fill in; raises :class:`StudyExists`."""
        folder = self.path / "studies" / slug(name)
        if folder.exists():
            raise StudyExists(
                _("A study named {name} already stands in the library.").format(name=folder.name)
            )
        folder.mkdir(parents=True)
        about = {"id": uuid.uuid4().hex, "name": folder.name, "title": title or name, "sealed": False}
        keys.create(about["id"])
        for template in sorted((Path(record.__file__).parent / "templates").glob("*.toml")):
            shutil.copyfile(template, folder / template.name)
        write_atomic(folder / "study.json", json.dumps(about, ensure_ascii=False, indent=1))
        return Study(folder)

    def delete(self, name: str) -> None:
        """Delete a study for good: its key, what lies encrypted under it, and its folder."""
        study = self.study(name)
        study.seal()
        shutil.rmtree(study.folder)

    @staticmethod
    def lock_source(path: Path | str, passphrase: str, *, told: Told = lambda done: None) -> Path:
        """Put a source file under *passphrase* (``FILE.makna-locked``), check that it opens, delete the original.

        Returns where the locked file lies. *told* is called with the bytes done. Copies elsewhere remain.
        """
        return source_lock.lock(Path(path), passphrase, told=told)

    @staticmethod
    def unlock_source(path: Path | str, passphrase: str, *, told: Told = lambda done: None) -> Path:
        """Give a locked source file back beside it; returns its path."""
        return source_lock.unlock(Path(path), passphrase, told=told)

    @staticmethod
    def delete_source(path: Path | str) -> None:
        """Overwrite and delete a source file. Copies in a cloud folder or a backup remain."""
        source_lock.delete(Path(path))


class Study:
    """One study: its batches, tables, searches and measures. Tables are Ibis expressions in corpus.model's schemas."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._about: dict[str, Any] = json.loads((folder / "study.json").read_text(encoding="utf-8"))
        self._store = Store(folder / "corpus")
        self._index = SearchIndex(folder / "index", self._store)
        self._read: tuple[tuple[int, ...], Tables] | None = None

    @property
    def name(self) -> str:
        """The study's name in the library."""
        return str(self._about["name"])

    @property
    def id(self) -> str:
        """The study's id: what its key is kept under."""
        return str(self._about["id"])

    def damaged(self) -> list[Path]:
        """Files of batches that changed outside Makna."""
        return self._store.damaged()

    @property
    def title(self) -> str:
        """The study's title."""
        return str(self._about["title"])

    @property
    def sealed(self) -> bool:
        """Whether the key was destroyed: nothing can be linked to an account again."""
        return bool(self._about["sealed"])

    @cached_property
    def backend(self) -> Any:
        """The Ibis backend: DuckDB, or Spark when ``MAKNA_ENGINE=spark``."""
        chosen = os.environ.get("MAKNA_ENGINE", "duckdb")
        connection = engine.connect("spark" if chosen == "spark" else "duckdb")
        ibis.set_backend(connection)  # small tables in memory are read by the same engine
        return connection

    def _tables(self) -> Tables:
        """The tables of the batches that are there now; the same ones as long as no batch comes or goes."""
        there = tuple(self._store.numbers())
        if self._read is None or self._read[0] != there:
            self._read = (there, Tables(self._store, self.backend))
        return self._read[1]

    @property
    def documents(self) -> ir.Table:
        """All documents."""
        return self._tables().documents

    @property
    def units(self) -> ir.Table:
        """All units."""
        return self._tables().units

    @property
    def authors(self) -> ir.Table:
        """All authors."""
        return self._tables().authors

    @property
    def references(self) -> ir.Table:
        """All references."""
        return self._tables().references

    def run(self, expression: ir.Table) -> pa.Table:
        """The rows of an Ibis expression."""
        found: pa.Table = self.backend.to_pyarrow(expression)
        return found

    def batches(self) -> list[Manifest]:
        """The manifests of all batches, in order."""
        return self._store.manifests()

    def add(
        self, path: Path | str, *, kind: str | None = None, access: str = "public", permission: str | None = None,
        masked_names: Iterable[str] = (), mapping: Mapping[str, str] | None = None, sheet: str | None = None,
        pdf_folder: Path | None = None, title: str | None = None, date: str | None = None,
        harvest: Mapping[str, Any] | None = None, keep_minors: bool = False,
        progress: Progress = lambda stage, size: None,
    ) -> ImportReport:  # fmt: skip
        """Import one file through the door, all or nothing. *progress* is called with (stage, bytes of the source).

        *masked_names* join the study's list (:meth:`mask_names`). *date* is the day or month of an interview or a
        note. *harvest* says what the harvester was asked for, else ``study.toml`` does.
        """
        self._refuse_sealed()
        self.mask_names(masked_names)
        when = adding.stated_date(date)
        with writing(self.folder, _("import")):
            source, chosen = self._source(Path(path), kind, mapping, sheet, pdf_folder, title)
            adding.check_access(chosen, AccessBasis(access), permission)
            key = keys.load(self.id)
            settings = DoorSettings(key, masked_names=self._kept(NAMES).read(), keep_minors=keep_minors)
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
        settings = DoorSettings(keys.load(self.id), masked_names=names)
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

    def _guarded(self, source: Source, access: str) -> Source:
        """Outside public places only those are read who gave their consent."""
        if AccessBasis(access) is AccessBasis.PUBLIC or SourceKind.OBSERVATION not in source.reader.kinds:
            return source
        handles = frozenset(map(fold, self._kept(CONSENTING).read()))
        return replace(source, reader=Consenting(source.reader, handles))

    def _stated_harvest(self, file: str) -> dict[str, Any]:
        stated = study_file.read(self.folder / "study.toml").harvest(file)
        return stated.asdict() if stated else {}

    def _refuse_sealed(self) -> None:
        if self.sealed:
            raise StudySealed(
                _("The study is sealed: its key is gone, so the door cannot link new files to it.")
            )

    def _kept(self, what: str) -> KeptList:
        return KeptList(keys.config_folder(), self.id, keys.load(self.id), what=what)

    def mask_names(self, names: Iterable[str]) -> int:
        """Add to the names that every later import masks; returns how many are new.

        They are kept encrypted under the study's key in the user's configuration folder, and nothing shows them.
        """
        return self._listed(NAMES, names)

    def masked_names_count(self) -> int:
        """How many names are masked in what is imported."""
        return len(self._kept(NAMES).read())

    def forget_names(self, names: Iterable[str] | None = None) -> int:
        """Take names off the list, or all of them; returns how many it held. Batches read before stay as they are."""
        return self._unlisted(NAMES, names)

    def record_consents(self, handles: Iterable[str]) -> int:
        """Add accounts (handles or display names) whose consent to closed or private observation is on record.

        Kept as the names to mask are. What other accounts wrote becomes ``⟦turn withheld⟧`` there. Returns how many
        are new.
        """
        return self._listed(CONSENTING, handles)

    def consents_count(self) -> int:
        """How many accounts gave their consent to closed or private observation."""
        return len(self._kept(CONSENTING).read())

    def forget_consents(self, handles: Iterable[str] | None = None) -> int:
        """Take accounts off that list, or all of them; returns how many it held."""
        return self._unlisted(CONSENTING, handles)

    def _listed(self, what: str, entries: Iterable[str]) -> int:
        self._refuse_sealed()
        entries = list(entries)
        return self._kept(what).add(entries) if entries else 0

    def _unlisted(self, what: str, entries: Iterable[str] | None) -> int:
        self._refuse_sealed()
        kept = self._kept(what)
        return kept.forget(kept.read() if entries is None else entries)

    def _codes(self) -> dict[str, int]:
        if not self._store.files("authors"):
            return {}
        table = self.authors
        rows = self.run(table.filter(table.participant).select("pseudonym", "author_id")).to_pylist()
        return {row["pseudonym"]: row["author_id"] for row in rows}

    def remove(self, batch: int) -> None:
        """Take a batch out whole."""
        with writing(self.folder, _("remove a batch")):
            self._store.remove(batch)
            self._links().remove(batch)
            if keys.exists(self._about["id"]):
                self._doubts(keys.load(self._about["id"])).drop(batch)
            self._index.catch_up()

    def seal(self) -> None:
        """Destroy key, links, doubts and the names to mask: nothing can ever be linked to these accounts again."""
        with writing(self.folder, _("seal")):
            if keys.exists(self._about["id"]):
                self._doubts(keys.load(self._about["id"])).destroy()
                for what in (NAMES, CONSENTING):
                    self._kept(what).destroy()
            self._links().destroy()
            keys.destroy(self._about["id"])
            self._about["sealed"] = True
            write_atomic(self.folder / "study.json", json.dumps(self._about, ensure_ascii=False, indent=1))

    def export_key(self, passphrase: str) -> bytes:
        """The key under a passphrase, for a colleague. Doubts and names to mask do not travel with it."""
        return keys.wrap(keys.load(self._about["id"]), passphrase)

    def import_key(self, data: bytes, passphrase: str) -> None:
        """Keep a colleague's export of this study's key."""
        if keys.exists(self._about["id"]):
            raise StudyError(_("You hold the key of this study already."))
        keys.create(self._about["id"], keys.unwrap(data, passphrase))

    def _links(self) -> Links:
        return Links(self.folder / "links", self._store.numbers())

    def _doubts(self, key: bytes) -> DoubtFiles:
        return DoubtFiles(keys.config_folder(), self._about["id"], key)

    def _caught_up(self) -> SearchIndex:
        self._index.catch_up()
        return self._index

    def text(self, document_id: int) -> str:
        """The text of a document."""
        units = self.units
        mine = units.filter(units.document_id == ibis.literal(document_id, "int64")).order_by("ordinal")
        texts = self.run(mine.select("text", "ordinal"))["text"].to_pylist()
        documents = self.documents
        kind = self.run(
            documents.filter(documents.document_id == ibis.literal(document_id, "int64")).select("kind")
        )["kind"].to_pylist()
        return document_text(texts, kind[0]) if kind else ""

    def search(
        self, query: str, *, kinds: Sequence[str] = (), limit: int = 20, offset: int = 0, ranked: bool = True
    ) -> pa.Table:
        """A page of the concordance (schema ``makna.corpus.search.HITS``); refuses what identifies a person."""
        refuse_identifiers(query)
        if any(self._index.missing()):
            with writing(self.folder, _("bring the index up to date")):
                self._index.catch_up()
        chosen = [SourceKind(k) for k in kinds]
        return self._index.page(parse(query), kinds=chosen, limit=limit, offset=offset, ranked=ranked)

    def tokens(self, *, kind: str | None = None) -> ir.Table:
        """The tokens of all units, or of those of one source kind."""
        return tokens.tokens_of(self._units_of(kind))

    def _units_of(self, kind: str | None) -> ir.Table:
        units = self.units
        if kind is None:
            return units
        documents = self.documents
        return units.semi_join(documents.filter(documents.kind == SourceKind(kind).value), "document_id")

    def words(self, *, kind: str | None = None, minimum: int = 1) -> pa.Table:
        """The word list."""
        return self.run(wordlist.word_list(self.tokens(kind=kind), minimum=minimum))

    def keyness(self, *, target: str, reference: str, minimum: int = 3) -> pa.Table:
        """Key words of one source kind against another."""
        return self.run(
            keyness.keyness(self.tokens(kind=target), self.tokens(kind=reference), minimum=minimum)
        )

    def collocates(
        self, node: str, *, kind: str | None = None, left: int = 5, right: int = 5, minimum: int = 3
    ) -> pa.Table:
        """The company that *node* keeps."""
        refuse_identifiers(node)
        return self.run(
            collocation.collocates(
                self.tokens(kind=kind), node.lower(), left=left, right=right, minimum=minimum
            )
        )

    def lens(self, name: str, **options: Any) -> LensResult:
        """The answer of a lens; raises :class:`NoSuchLens` with the names there are."""
        if name not in LENSES:
            raise NoSuchLens(
                _("There is no lens named {name}. There are: {there}.").format(
                    name=name, there=", ".join(sorted(LENSES)) or "–"
                )
            )
        if name == triangulation.NAME and "findings" not in options:
            options["findings"] = lens_evidence(assemble.resolved(self))
        return LENSES[name](
            LensInput(
                documents=self.documents,
                units=self.units,
                authors=self.authors,
                wordlist=self.wordlist,
                harvest_keywords=self._keywords(),
                options=options,
            )
        )

    def _keywords(self) -> frozenset[str]:
        """What the batches were searched by: as study.toml says, and as was stated when they were added."""
        design = study_file.read(self.folder / "study.toml")
        stated = [harvest.keywords for harvest in design.harvests]
        stated += [batch.harvest.get("keywords", ()) for batch in self.batches()]
        return frozenset(word.lower() for keywords in stated for word in keywords)

    def report_path(self, *, edition: str = "public", language: str = "id", suffix: str = ".html") -> Path:
        """Where a report of this edition and language stands unless another place is named."""
        return self.folder / "reports" / f"{self.name}-{language}-{edition}{suffix}"

    def report(
        self,
        path: Path | str | None = None,
        *,
        edition: str = "public",
        language: str = "id",
        force: bool = False,
    ) -> Path:
        """Write the findings report: HTML, or DOCX where *path* ends so. Returns where it stands.

        Without *path* it goes to :meth:`report_path`. A file that Makna did not write, or that was changed since, is
        replaced only with *force*; else :class:`ReportError` is raised.
        """
        target = Path(path) if path else self.report_path(edition=edition, language=language)
        written = Written(self.folder / "reports")
        written.refuse(target, force=force)
        made = build(assemble.inputs(self, lenses=tuple(sorted(LENSES))), edition=edition, language=language)
        target.parent.mkdir(parents=True, exist_ok=True)
        (docx if target.suffix.lower() == ".docx" else html).write(made, target)
        written.remember(target)
        return target

    def wordlist(self, name: str) -> wordlists.WordList:
        """A word list with this study's additions."""
        return wordlists.load(name, study=self.folder)

    def status(self) -> dict[str, Any]:
        """Where the study stands."""
        batches = [asdict(m) for m in self.batches()]
        return {"study": self.name, "title": self.title, "sealed": self.sealed, "rows": batches}

    def __iter__(self) -> Iterator[Manifest]:
        return iter(self.batches())


@cache
def _query_door() -> Door:
    """A door that knows nobody: it sees shapes. Nothing is stored under its key."""
    key = bytes(32)
    return Door(DoorSettings(key), Roster.empty(), Pseudonyms(Macs(key)))


def refuse_identifiers(query: str) -> None:
    """Raise :class:`IdentifierQuery` where the door would replace a part of *query*."""
    shown = query if "⟦" not in query else re.sub("⟦[^⟦⟧]*⟧", " ", query)
    if shown.strip() and _query_door().disguise([shown])[0].classes:
        raise IdentifierQuery(
            _("Makna does not look people up: this query has the shape of a contact, a handle or a name.")
        )


def slug(name: str) -> str:
    """The folder name of a study."""
    made = re.sub(r"[^\w]+", "-", name.strip().lower()).strip("-")
    if not made:
        raise StudyError(_("A study needs a name with at least one letter or digit."))
    return made
