"""Findings by research question: claim, evidence by kind of source, what speaks against it, triangulation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from makna.corpus.model import SourceKind
from makna.record.evidence import ResolvedEvidence, ResolvedFinding
from makna.record.findings_file import Check, NegativeCase
from makna.record.triangulation import FIELD, triangulate
from makna.report.blocks import (
    Block,
    Bullets,
    Gap,
    Heading,
    Inline,
    Marks,
    Para,
    Span,
    Table,
    inline,
)
from makna.report.context import Context
from makna.report.quotes import quoted
from makna.report.release import ENOUGH
from makna.report.sections.front import paragraphs


def findings(c: Context) -> Iterator[Block]:
    """Every finding under its research question, then all of them against the kinds of source."""
    yield Heading(1, c.gettext("Findings"), "findings")
    yield from by_question(c)
    if c.inputs.findings:
        yield from matrix(c)


def by_question(c: Context, *, argued: bool = True) -> Iterator[Block]:
    """Every finding under its research question; what is *argued* from them and the literature may stand elsewhere."""
    found = c.inputs.findings
    if not found:
        yield Gap(
            c.gettext("The study has no finding yet: add one to the record, or write it in findings.toml.")
        )
        return
    number = 0
    for n, question in enumerate(c.inputs.design.questions, 1):
        yield Heading(2, f"{n}. {question.text.said(c.words.language)[0]}", f"question-{question.id}")
        mine = [f for f in found if f.finding.question == question.id]
        if not mine:
            yield Gap(c.gettext("No finding answers this research question."))
        for one in mine:
            number += 1
            yield from _finding(c, one, number, argued=argued)
    known = {q.id for q in c.inputs.design.questions}
    rest = [f for f in found if f.finding.question not in known]
    if rest:
        yield Heading(2, c.gettext("Without a research question"), "question-none")
    for one in rest:
        number += 1
        yield from _finding(c, one, number, argued=argued)


def ordered(c: Context) -> list[ResolvedFinding]:
    """The findings in the order in which the report numbers them: by research question, then those without one."""
    questions = [q.id for q in c.inputs.design.questions]
    place = {question: n for n, question in enumerate(questions)}
    return sorted(c.inputs.findings, key=lambda f: place.get(f.finding.question or "", len(place)))


def _finding(c: Context, one: ResolvedFinding, number: int, *, argued: bool) -> Iterator[Block]:
    finding = one.finding
    claim, language = finding.claim.said(c.words.language)
    yield Heading(3, c.gettext("Finding {n}").format(n=number), f"finding-{finding.id}")
    yield Para(inline(claim), "lead", language if language != c.words.language else None)
    concept = c.inputs.design.concept(finding.concept)
    if concept is not None and argued:
        cited, _missing = c.references.cite_keys(concept.references)
        before, _name, after = c.gettext("Answers to: {concept}").partition("{concept}")
        yield Para((Span(before), *c.words.said(concept.name), Span(after + " "), *cited), "note")
    yield _marks(c, one)
    for argument in (finding.argument, *finding.further) if argued else ():
        yield from paragraphs(argument, c.words)
    yield from _evidence(c, one, (*FIELD, SourceKind.LITERATURE) if argued else FIELD)
    yield from _counter(c, one, literature=argued)
    if finding.checks:
        yield Heading(4, c.gettext("Member check"), f"check-{finding.id}")
        yield Bullets(tuple(_checked(c, check) for check in finding.checks))
    if finding.withdrawn:
        text = c.gettext("Evidence that was withdrawn or erased, and is no longer shown: {n}.")
        yield Para(inline(text.format(n=c.words.number(finding.withdrawn))), "note")
    if not finding.final:
        yield Para(inline(_status(c, one)), "note")


def _status(c: Context, one: ResolvedFinding) -> str:
    if one.finding.may_be_final:
        return c.gettext("This finding is not yet marked as final.")
    return c.gettext(
        "This finding cannot be final: nothing speaks against it and no search for a negative case is on record."
    )


def _marks(c: Context, one: ResolvedFinding) -> Marks:
    stands = triangulate(one)
    items = []
    for mark in stands.marks:
        count = c.words.number(mark.count)
        few = mark.kind == "source" and c.public and 0 < stands.accounts < ENOUGH
        items.append(
            (
                c.words.triangulation(mark.kind),
                c.gettext("several") if few and mark.stands else count,
                mark.stands,
            )
        )
    return Marks(tuple(items))


def _evidence(c: Context, one: ResolvedFinding, kinds_shown: Sequence[SourceKind]) -> Iterator[Block]:
    """What supports the claim, kind by kind; literature last and apart."""
    supporting = one.of("supports")
    yield Heading(4, c.gettext("Evidence"), f"evidence-{one.finding.id}")
    if not supporting:
        yield Gap(c.gettext("Nothing supports this claim."))
    for kind in kinds_shown:
        mine = [e for e in supporting if e.kind == kind]
        if mine:
            yield Heading(5, _kind(c, kind), f"evidence-{one.finding.id}-{kind}")
            yield from _quoted(c, one, mine)
    yield from _quoted(c, one, [e for e in supporting if e.kind is None])
    kinds = {e.kind for e in supporting if e.passages}
    if supporting and not kinds & set(FIELD):
        yield Gap(c.gettext("Only literature supports this claim: it has no evidence from the field."))


def _kind(c: Context, kind: SourceKind) -> str:
    name = c.words.kind(kind)
    name = name[0].upper() + name[1:]
    apart = c.gettext("(supports the reading, not counted)")
    return f"{name} {apart}" if kind == SourceKind.LITERATURE else name


def _quoted(c: Context, one: ResolvedFinding, evidence: Sequence[ResolvedEvidence]) -> Iterator[Block]:
    for piece in evidence:
        yield from quoted(piece, c.quoting)


def _counter(c: Context, one: ResolvedFinding, *, literature: bool) -> Iterator[Block]:
    against, searched = one.of("contradicts"), one.finding.negative_cases
    yield Heading(4, c.gettext("Counter-evidence and negative cases"), f"counter-{one.finding.id}")
    if not against and not searched:
        yield Gap(c.gettext("Nothing against this claim is on record, and no search for it."))
    yield from _quoted(c, one, [e for e in against if literature or e.kind != SourceKind.LITERATURE])
    if searched:
        yield Bullets(tuple(_searched(c, case) for case in searched))


def _searched(c: Context, case: NegativeCase) -> Inline:
    if case.found is None:
        return c.words.said(case.searched)
    text = c.gettext("Searched for: {what}. Found: {n}.").format(
        what=c.words.cleared(case.searched.said(c.words.language)[0]), n=c.words.number(case.found)
    )
    note = case.note.said(c.words.language)[0]
    return inline(f"{text} {note}".strip())


def _checked(c: Context, check: Check) -> Inline:
    """As in "Informan 6, 20 April 2021: mengoreksi. …"."""
    who = f"{c.words.code(check.participant)}, {c.words.day(check.on)}: {c.gettext(check.reply)}."
    if not check.correction:
        return inline(who)
    said, language = check.correction.said(c.words.language)
    spoken = language if language != c.words.language else None
    return (*inline(who + " "), *inline(c.quoting.guarded(said), "plain", spoken))


def matrix(c: Context) -> Iterator[Block]:
    """Findings × kinds of source, for and against."""
    yield Heading(2, c.gettext("What stands on what"), "matrix")
    kinds = list(SourceKind)
    rows = []
    for n, one in enumerate(ordered(c), 1):
        stands = triangulate(one)
        cells = [_cell(c, stands.by_source[k], stands.against[k]) for k in kinds]
        rows.append(
            (c.gettext("Finding {n}").format(n=n), *cells, f"{sum(m.stands for m in stands.marks)} / 5")
        )
    head = (c.gettext("finding"), *(c.words.kind(k) for k in kinds), c.gettext("kinds of triangulation"))
    caption = c.gettext("Passages for (+) and against (−) each finding, by kind of source")
    yield Table(caption, head, tuple(rows), c.gettext("Nothing was held back."), frozenset(range(1, 6)))


def _cell(c: Context, supports: int, against: int) -> str:
    parts = [f"+{c.words.number(supports)}"] if supports else []
    parts += [f"−{c.words.number(against)}"] if against else []
    return " ".join(parts) or "–"
