"""A study as scripts, notebooks and the command line use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis import collocation, keyness, tokens, wordlist
from makna.analysis.lenses import LENSES, argot, triangulation
from makna.analysis.lenses.base import LensInput, LensResult
from makna.corpus.model import SourceKind
from makna.errors import NoSuchLens
from makna.i18n import _
from makna.library.crossing import Crossing
from makna.library.defining import Defining
from makna.library.queries import refuse_identifiers
from makna.library.reviewing import Reviewing
from makna.library.revising import RevisingStudy
from makna.library.searching import Searching
from makna.record import study_file
from makna.record.lens_evidence import lens_evidence
from makna.report import assemble
from makna.report.written import Written


class Study(RevisingStudy, Reviewing, Crossing, Searching, Defining):
    """One study: its batches, tables, searches and measures. Tables are Ibis expressions in corpus.model's schemas."""

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

    def lens(self, name: str, *, codings: pa.Table | None = None, **options: Any) -> LensResult:
        """The answer of a lens; raises :class:`NoSuchLens` with the names there are.

        *codings* (code, document_id, start, end, coder) are what the lens of motives takes for motives. The argot lens takes the
        dictionary's accepted terms for *seeds* where none are given, and puts the rejected ones last; *roles* may name an
        attribute of cases that tells who takes which part.
        """
        if name not in LENSES:
            raise NoSuchLens(
                _("There is no lens named {name}. There are: {there}.").format(
                    name=name, there=", ".join(sorted(LENSES)) or "–"
                )
            )
        if name == triangulation.NAME and "findings" not in options:
            options["findings"] = lens_evidence(assemble.resolved(self))
        if name == argot.NAME:
            options = {**self._of_dictionary(), **options}
            if isinstance(options.get("roles"), str):
                options["roles"] = self._roles(options["roles"])
        return LENSES[name](
            LensInput(
                documents=self.documents,
                units=self.units,
                authors=self.authors,
                wordlist=self.wordlist,
                codings=None if codings is None else ibis.memtable(codings),
                harvest_keywords=self._keywords(),
                options=options,
            )
        )

    def _argot(self) -> LensResult:
        return self.lens(argot.NAME)

    def _keywords(self) -> frozenset[str]:
        """What the batches were searched by: as study.toml says, and as was stated when they were added."""
        design = study_file.read(self.folder / "study.toml")
        stated = [harvest.keywords for harvest in design.harvests]
        stated += [batch.harvest.get("keywords", ()) for batch in self.batches()]
        return frozenset(word.lower() for keywords in stated for word in keywords)

    def report_path(
        self,
        *,
        edition: str = "public",
        language: str = "id",
        suffix: str = ".html",
        template: str = "article",
    ) -> Path:
        """Where a report of this edition, language and template stands unless another place is named."""
        outline = "" if template == "article" else f"-{template}"
        return self.folder / "reports" / f"{self.name}-{language}-{edition}{outline}{suffix}"

    def report(
        self,
        path: Path | str | None = None,
        *,
        edition: str = "public",
        language: str = "id",
        template: str = "article",
        force: bool = False,
    ) -> Path:
        """Write the findings report: HTML, or DOCX where *path* ends so. Returns where it stands.

        *template* is ``article``, or ``skripsi``: chapters, informant profiles, results by question, discussion, appendices.
        Without *path* it goes to :meth:`report_path`. A file that Makna did not write, or that was changed since, is
        replaced only with *force*; else :class:`ReportError` is raised.
        """
        from makna.report import docx, html  # noqa: PLC0415  # what writes reports is slow to load
        from makna.report.build import build  # noqa: PLC0415

        where = self.report_path(edition=edition, language=language, template=template)
        target = Path(path) if path else where
        written = Written(self.folder / "reports")
        written.refuse(target, force=force)
        inputs = assemble.inputs(self, lenses=tuple(sorted(LENSES)))
        made = build(inputs, edition=edition, language=language, template=template)
        target.parent.mkdir(parents=True, exist_ok=True)
        (docx if target.suffix.lower() == ".docx" else html).write(made, target)
        written.remember(target)
        return target
