"""Builds a report: guards its wording, then lets each section say what the record holds. It generates no argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from makna.errors import ReportError
from makna.i18n import _
from makna.report import skripsi, terms
from makna.report.blocks import Block, Report, Version, numbered
from makna.report.codebook_guard import guard_codebook
from makna.report.context import Context
from makna.report.inputs import ReportInputs
from makna.report.quotes import Quoting, guard
from makna.report.references import References
from makna.report.release import EDITIONS, EXAMINERS
from makna.report.sections import audit, closing, codebook, findings, front, glossary, lenses, method, sources
from makna.report.words import LANGUAGES, Words

BOTH = "both"
ARTICLE, SKRIPSI = TEMPLATES = ("article", "skripsi")


def build(
    inputs: ReportInputs,
    *,
    edition: str = "public",
    language: str = "id",
    template: str = ARTICLE,
    gettexts: Mapping[str, Callable[[str], str]] | None = None,
) -> Report:
    """The report of *edition* (public, examiners) in *language* (id, en, both), laid out as *template* (article, skripsi).

    Raises :class:`SearchableParaphrase` where its wording leads to a post, and :class:`ReportError` for an edition,
    language or template there is not. *gettexts* replaces the catalogues.
    """
    if edition not in EDITIONS:
        message = _("There is no edition {edition}; there are: {known}.")
        raise ReportError(message.format(edition=edition, known=", ".join(EDITIONS)))
    if language not in (*LANGUAGES, BOTH):
        message = _("There is no report in {language}; there are: {known}.")
        raise ReportError(message.format(language=language, known=", ".join((*LANGUAGES, BOTH))))
    if template not in TEMPLATES:
        message = _("There is no template {template}; there are: {known}.")
        raise ReportError(message.format(template=template, known=", ".join(TEMPLATES)))
    notes, typed = guard(inputs), guard_codebook(inputs)
    wanted = LANGUAGES if language == BOTH else (language,)
    spoken = [Words(one, gettext=(gettexts or {}).get(one)) for one in wanted]
    return Report(
        edition, tuple(_version(inputs, edition, words, notes, typed, template) for words in spoken)
    )


def _version(
    inputs: ReportInputs, edition: str, words: Words, notes: frozenset[tuple[int, int]], typed: frozenset[str],
    template: str,
) -> Version:  # fmt: skip
    works = References(inputs.references, words.language)
    hidden = None if edition == EXAMINERS else terms.candidates(inputs.lenses, first=terms.LIKELY)
    quoting = Quoting(inputs, words, works, notes, hidden or frozenset(), typed)
    c = Context(inputs, edition, words, works, quoting)
    title, _language = inputs.design.title.said(words.language)
    return Version(
        words.language,
        title or inputs.design.name,
        _subtitle(c, template),
        _banner(c),
        tuple(_blocks(c, template)),
        _labels(c),
    )


def _blocks(c: Context, template: str) -> list[Block]:
    body, appendices = (skripsi.body, skripsi.appendices) if template == SKRIPSI else (_body, _appendices)
    made = [*body(c)]
    if not c.inputs.design.title:
        made += closing.no_title(c)
    works = [*closing.references(c), *appendices(c)]
    return [*numbered([*made, *closing.gaps(c, [*made, *works]), *works])]


def _body(c: Context) -> Iterator[Block]:
    for section in (
        front.abstracts, front.questions, method.method, sources.sources, findings.findings, lenses.lenses,
        sources.disguise,
    ):  # fmt: skip
        yield from section(c)


def _appendices(c: Context) -> Iterator[Block]:
    for section in (codebook.codebook, glossary.glossary, audit.agreement, audit.audit):
        yield from section(c)


def _subtitle(c: Context, template: str) -> str:
    edition = c.gettext("Examiners' edition") if c.edition == EXAMINERS else c.gettext("Public edition")
    name = c.gettext("Skripsi") if template == SKRIPSI else c.gettext("Findings report")
    return " · ".join((name, edition, c.words.day(c.inputs.made_on)))


def _banner(c: Context) -> str:
    if c.edition == EXAMINERS:
        return c.gettext("Examiners' edition: read locally, do not distribute. Disguised, review needed.")
    return c.gettext("Disguised, review needed.")


def _labels(c: Context) -> dict[str, str]:
    return {
        "contents": c.gettext("Contents"), "table": c.gettext("Table"), "figure": c.gettext("Figure"), "gap": c.gettext("Gap"),
        "held": c.gettext("Held back"), "against": c.gettext("against"), "stands": c.gettext("stands"), "alone": c.gettext("does not stand"),
        "triangulation": c.gettext("Triangulation"), "skip": c.gettext("Skip to the report"),
    }  # fmt: skip
