"""The outline of an Indonesian undergraduate thesis: chapters, informant profiles, results by question, discussion, appendices.

It assembles what the record holds, as the article does. What a thesis asks of its writer alone (background, suggestions)
is named as a gap where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from makna.corpus.model import SourceKind
from makna.record.evidence import ResolvedFinding
from makna.report.blocks import Block, Bullets, Gap, Heading, Inline, Para, Span, inline
from makna.report.context import Context
from makna.report.quotes import quoted
from makna.report.sections import audit, codebook, findings, front, glossary, lenses, method, sources

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def body(c: Context) -> Iterator[Block]:
    """The chapters."""
    yield from front.abstracts(c)
    chapters = (
        (c.gettext("Introduction"), _introduction(c)),
        (c.gettext("Theoretical frame and earlier studies"), _literature(c)),
        (c.gettext("Method"), _method(c)),
        (c.gettext("Setting and informants"), _setting(c)),
        (c.gettext("Results"), _results(c)),
        (c.gettext("Discussion"), _discussion(c)),
        (c.gettext("Conclusion"), _conclusion(c)),
    )
    for number, (title, blocks) in zip(ROMAN, chapters, strict=True):
        yield Heading(1, c.gettext("Chapter {n}: {title}").format(n=number, title=title), f"chapter-{number}")
        yield from blocks


def appendices(c: Context) -> Iterator[Block]:
    """What stands behind the references."""
    yield Heading(1, c.gettext("Appendix: what stands on what"), "appendix-matrix")
    yield from (block for block in findings.matrix(c) if not isinstance(block, Heading))
    yield from codebook.codebook(c)
    yield from glossary.glossary(c)
    yield from audit.agreement(c)
    yield from audit.audit(c)


def below(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with their headings one level lower."""
    for block in blocks:
        yield replace(block, level=block.level + 1) if isinstance(block, Heading) else block


def _introduction(c: Context) -> Iterator[Block]:
    yield Heading(2, c.gettext("Background"), "background")
    yield Gap(c.gettext("The background is yours to write: what is known, what is not, and why it matters."))
    yield from below(front.asked(c))


def _literature(c: Context) -> Iterator[Block]:
    if c.inputs.design.concepts:
        yield from front.frame(c)
    else:
        yield Gap(c.gettext("The frame holds no concept: what your findings answer to is not said."))
    yield Heading(2, c.gettext("Earlier studies"), "earlier")
    works = list(_works(c))
    if works:
        yield Bullets(tuple(works))
    else:
        yield Gap(c.gettext("No finding stands on literature or against it."))


def _works(c: Context) -> Iterator[Inline]:
    """Each work that speaks to findings: which it supports and which it contradicts."""
    said: dict[int, list[str]] = {}
    for number, one in enumerate(findings.ordered(c), 1):
        for piece in one.evidence:
            sign = "−" if piece.item.stance == "contradicts" else "+"
            for passage in piece.passages if piece.kind == SourceKind.LITERATURE else ():
                found = said.setdefault(passage.place.document_id, [])
                mark = f"{c.gettext('Finding {n}').format(n=number)} ({sign})"
                found += [mark] if mark not in found else []
    for document, marks in said.items():
        cited = c.references.cite(document)
        if cited:
            yield (*cited, Span(": " + ", ".join(marks)))


def _method(c: Context) -> Iterator[Block]:
    yield from method.described(c)
    yield from method.sampling(c)
    yield from method.guide(c)
    yield from method.harvests(c)
    yield from below(sources.disguise(c))


def _setting(c: Context) -> Iterator[Block]:
    yield Heading(2, c.gettext("Setting"), "setting")
    if c.inputs.design.setting:
        yield from front.paragraphs(c.inputs.design.setting, c.words)
    else:
        yield Gap(c.gettext("The setting is not described: where the people of this study meet, and how."))
    yield from below(sources.sources(c))
    yield from method.informants(c, profiles=True)


def _results(c: Context) -> Iterator[Block]:
    yield from findings.by_question(c, argued=False)
    yield from below(lenses.lenses(c))


def _discussion(c: Context) -> Iterator[Block]:
    """Each finding against theory and earlier studies, and what the researcher argues."""
    found = findings.ordered(c)
    if not found:
        yield Gap(c.gettext("There is no finding to discuss."))
    for number, one in enumerate(found, 1):
        name = c.gettext("Finding {n}").format(n=number)
        yield Heading(2, name, f"discussion-{one.finding.id}")
        yield Para(inline(one.finding.claim.said(c.words.language)[0]), "lead")
        yield from _theory(c, one)
        yield from _studies(c, one)
        argued = [text for text in (one.finding.argument, *one.finding.further) if text]
        for argument in argued:
            yield from front.paragraphs(argument, c.words)
        if not argued:
            yield Gap(
                c.gettext(
                    "Nothing is argued here yet: write the argument, or an argument memo, on the finding."
                )
            )


def _theory(c: Context, one: ResolvedFinding) -> Iterator[Block]:
    yield Heading(3, c.gettext("Theory"), f"theory-{one.finding.id}")
    concept = c.inputs.design.concept(one.finding.concept)
    if concept is None:
        yield Gap(c.gettext("This finding answers to no concept of the frame."))
        return
    yield Para(front.concept(c, concept))


def _studies(c: Context, one: ResolvedFinding) -> Iterator[Block]:
    yield Heading(3, c.gettext("Earlier studies"), f"studies-{one.finding.id}")
    works = [piece for piece in one.evidence if piece.kind == SourceKind.LITERATURE]
    for piece in works:
        yield from quoted(piece, c.quoting)
    if not works:
        yield Gap(c.gettext("No literature supports or contradicts this finding."))


def _conclusion(c: Context) -> Iterator[Block]:
    """The claims that are final, by research question; what is still a draft is no conclusion."""
    final = [f for f in c.inputs.findings if f.finding.final]
    for n, question in enumerate(c.inputs.design.questions, 1):
        yield Heading(2, f"{n}. {question.text.said(c.words.language)[0]}", f"conclusion-{question.id}")
        mine = tuple(c.words.said(f.finding.claim) for f in final if f.finding.question == question.id)
        yield (
            Bullets(mine)
            if mine
            else Gap(c.gettext("No finding that is final answers this research question."))
        )
    yield Heading(2, c.gettext("Suggestions"), "suggestions")
    yield Gap(
        c.gettext(
            "Suggestions are yours to write: for the people studied, for practice, for research to come."
        )
    )
