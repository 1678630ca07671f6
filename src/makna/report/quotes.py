"""How a passage may be quoted: an interview by its consent, a post by paraphrase, a work by its citation.

A post's own words never stand in a report: a search engine leads from them to the author. No account's pseudonym does
either, so none can stand beside an interview quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from makna.corpus import language as languages
from makna.corpus.model import SourceKind
from makna.corpus.tokens import tokenise
from makna.record.evidence import NO_HIT, Passage, ResolvedEvidence
from makna.record.findings_file import Finding
from makna.record.participants_file import Participant, consent_allows
from makna.record.toml_table import LANGUAGES, Text
from makna.report import quote_guard
from makna.report.blocks import Block, Gap, Quote, inline
from makna.report.inputs import ReportInputs
from makna.report.quote_guard import Wording
from makna.report.references import References
from makna.report.terms import masked
from makna.report.words import Words

VERBATIM, PARAPHRASE, WITHHELD = "verbatim", "paraphrase", "withheld"
PROSE_RUN = 7  # words in a row: ordinary phrases of five meet by chance in longer prose


@dataclass(frozen=True)
class Quoting:
    """What quoting needs to know beside the evidence."""

    inputs: ReportInputs
    words: Words
    references: References
    searchable_notes: frozenset[tuple[int, int]]  # (document, start) of field-note passages close to a post
    terms: frozenset[str] = frozenset()  # argot terms that a quote of this edition may not name
    searchable_texts: frozenset[str] = frozenset()  # texts of the codebook that repeat somebody's words

    def guarded(self, text: str) -> str:
        """*text* as this edition may quote it: argot terms are named as such only."""
        return masked(text, self.terms, self.words.gettext("argot term"))

    def participant(self, code: str | None) -> Participant | None:
        return next((p for p in self.inputs.participants if p.code == code), None)


def quoted(piece: ResolvedEvidence, q: Quoting) -> list[Block]:
    """One piece of evidence as blocks; a gap where its passages should be."""
    if piece.gap is not None or not piece.passages:
        return [_gap(piece, q.words)]
    if piece.kind == SourceKind.OBSERVATION:
        return [_posts(piece, q)]
    return [_one(passage, piece, q) for passage in piece.passages]


def _gap(piece: ResolvedEvidence, words: Words) -> Gap:
    reason, arguments = (piece.gap.reason, dict(piece.gap.arguments)) if piece.gap else (NO_HIT, {})
    text = words.gettext("Evidence {n} is missing: {reason}.")
    return Gap(text.format(n=piece.item.number, reason=words.gettext(reason).format(**arguments)))


def _posts(piece: ResolvedEvidence, q: Quoting) -> Quote:
    """Posts as the researcher's paraphrase, one for all of them (a composite); without one, only where they stand."""
    _ = q.words.gettext
    n = len(piece.passages)
    bands = sorted({p.month for p in piece.passages if p.month})
    when = q.words.band(bands[0]) if bands else q.words.band(None)
    if len({q.words.band(b) for b in bands}) > 1:
        when = f"{when} … {q.words.band(bands[-1])}"
    who = (
        _("an observed account")
        if n == 1
        else _("{n} posts of observed accounts").format(n=q.words.number(n))
    )
    source = _source(who, _("observation"), when)
    if piece.item.paraphrase:
        text, language = piece.item.paraphrase.said(q.words.language)
        label = _("paraphrase of a post") if n == 1 else _("composite paraphrase of {n} posts").format(n=n)
        return _quote(text, source, (PARAPHRASE, label), piece, q.words, language=language)
    return _quote(
        _("Its words are not shown, since they lead to its author, and it has no paraphrase yet."),
        source,
        (WITHHELD, _("post without paraphrase")),
        piece,
        q.words,
        language=None,
    )


def _one(passage: Passage, piece: ResolvedEvidence, q: Quoting) -> Quote:
    by_kind = {
        SourceKind.INTERVIEW: _interview, SourceKind.FIELD_NOTE: _field_note, SourceKind.LITERATURE: _literature,
    }  # fmt: skip
    return by_kind[SourceKind(passage.place.kind)](passage, piece, q)


def _interview(passage: Passage, piece: ResolvedEvidence, q: Quoting) -> Quote:
    _ = q.words.gettext
    who = passage.place.author or _("speaker unknown")
    if passage.place.role == "researcher":
        who = _("researcher")
    source = _source(q.words.code(who), _("interview"), q.words.month(passage.month))
    participant = q.participant(passage.place.author)
    may = passage.place.role == "researcher" or (
        participant is not None and consent_allows(participant, "verbatim", on=q.inputs.made_on)
    )
    if may:
        return _quote(
            q.guarded(passage.text),
            source,
            (VERBATIM, _("interview, verbatim")),
            piece,
            q.words,
            language=_spoken(passage),
        )
    if piece.item.paraphrase:
        text, language = piece.item.paraphrase.said(q.words.language)
        return _quote(
            text, source, (PARAPHRASE, _("interview, paraphrase")), piece, q.words, language=language
        )
    if participant is None:
        why = _("Withheld: no consent of this speaker is on record.")
    else:
        why = _("Withheld: the consent does not cover verbatim quotes, and there is no paraphrase yet.")
    return _quote(why, source, (WITHHELD, _("interview, withheld")), piece, q.words, language=None)


def _field_note(passage: Passage, piece: ResolvedEvidence, q: Quoting) -> Quote:
    _ = q.words.gettext
    source = _source(_("field note"), q.words.month(passage.month))
    if piece.item.paraphrase:
        text, language = piece.item.paraphrase.said(q.words.language)
        return _quote(
            text, source, (PARAPHRASE, _("field note, paraphrase")), piece, q.words, language=language
        )
    if (passage.place.document_id, passage.start) in q.searchable_notes:
        why = _("Withheld: the note repeats words of a post, and there is no paraphrase yet.")
        return _quote(why, source, (WITHHELD, _("field note, withheld")), piece, q.words, language=None)
    words = q.guarded(passage.text)
    return _quote(words, source, (VERBATIM, _("field note")), piece, q.words, language=_spoken(passage))


def _literature(passage: Passage, piece: ResolvedEvidence, q: Quoting) -> Quote:
    cited = q.references.cite(passage.place.document_id)
    title = passage.place.title or q.words.gettext("a work without reference")
    source = "".join(s.text for s in cited) if cited else f"({title})"
    return _quote(
        passage.text,
        source,
        (VERBATIM, q.words.gettext("literature")),
        piece,
        q.words,
        language=passage.place.language,
    )


def _spoken(passage: Passage) -> str | None:
    """The language of a passage: what it sounds like itself, else that of its document."""
    tokens = [token for token, _start, _end in tokenise(passage.text)]
    guessed = languages.guess(tokens)
    return guessed if guessed in LANGUAGES else passage.place.language


def _source(*parts: str) -> str:
    """As in (Informan 2, wawancara, Maret 2021)."""
    return f"({', '.join(p for p in parts if p)})"


def _quote(
    text: str,
    source: str,
    how: tuple[str, str],  # manner, and manner in words
    piece: ResolvedEvidence,
    words: Words,
    *,
    language: str | None,
) -> Quote:
    return Quote(
        inline(text), source, *how, piece.item.stance == "contradicts", words.said(piece.item.note) if piece.item.note else (),
        language if language not in (None, words.language) else None,
    )  # fmt: skip


def guard(inputs: ReportInputs) -> frozenset[tuple[int, int]]:
    """Refuse a report whose wording is searchable: raises :class:`SearchableParaphrase` with every place that is.

    Returns (document, start) of the field-note passages that repeat a post; they are withheld, not refused, since
    nobody wrote them for the report.
    """
    where = inputs.findings_in
    wordings = [w for found in inputs.findings for w in _wordings(where, found.finding, found.evidence)]
    quote_guard.check(wordings, inputs.posts)
    notes = {
        (p.place.document_id, p.start): p.text
        for found in inputs.findings
        for e in found.evidence
        for p in e.passages
        if p.place.kind == SourceKind.FIELD_NOTE
    }
    asked = [Wording(f"{document} {start}", text, terms=False) for (document, start), text in notes.items()]
    breached = {b.place for b in quote_guard.breaches(asked, inputs.posts)}
    return frozenset(key for key in notes if f"{key[0]} {key[1]}" in breached)


def _wordings(where: str, finding: Finding, evidence: Sequence[ResolvedEvidence]) -> list[Wording]:
    where = f"{where}, finding {finding.id}"
    found = _each(f"{where}, claim", finding.claim, prose=True)
    found += _each(f"{where}, argument", finding.argument, prose=True)
    for n, memo in enumerate(finding.further, 1):
        found += _each(f"{where}, argument memo {n}", memo, prose=True)
    for n, case in enumerate(finding.negative_cases, 1):
        found += _each(f"{where}, negative_case {n}, searched", case.searched, prose=True)
        found += _each(f"{where}, negative_case {n}", case.note, prose=True)
    for n, check in enumerate(finding.checks, 1):
        found += _each(f"{where}, member check {n}", check.correction, prose=True)
    for piece in evidence:
        place = f"{where}, evidence {piece.item.number}"
        own = tuple(p.place.unit_text for p in piece.passages if p.place.kind == SourceKind.OBSERVATION)
        found += _each(f"{place}, paraphrase", piece.item.paraphrase, own=own)
        found += _each(f"{place}, note", piece.item.note, prose=True)
    return found


def _each(place: str, text: Text, *, own: tuple[str, ...] = (), prose: bool = False) -> list[Wording]:
    both = [(f"{place} ({language})", getattr(text, language)) for language in ("id", "en")]
    run, terms = (PROSE_RUN, False) if prose else (quote_guard.RUN, True)
    return [Wording(where, said, own, run, terms) for where, said in both if said]
