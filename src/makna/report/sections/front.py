"""Abstract, research questions, frame: what the researcher says about the study."""

from __future__ import annotations

from collections.abc import Iterator

from makna.record.study_file import Concept
from makna.record.toml_table import Text
from makna.report.blocks import Block, Bullets, Gap, Heading, Inline, Para, Span, inline
from makna.report.context import Context
from makna.report.words import Words


def paragraphs(text: Text, words: Words, *, style: str = "body") -> Iterator[Para]:
    """The researcher's prose: its paragraphs, marked where they are in the other language."""
    said, language = text.said(words.language)
    for part in said.split("\n\n"):
        if part:
            yield Para(inline(part), style, language if language != words.language else None)


def abstracts(c: Context) -> Iterator[Block]:
    """The abstract in both languages, the report's own first."""
    yield Heading(1, c.gettext("Abstract"), "abstract")
    for language in (c.words.language, "en" if c.words.language == "id" else "id"):
        name = c.gettext("In Indonesian") if language == "id" else c.gettext("In English")
        yield Heading(2, name, f"abstract-{language}")
        text = getattr(c.inputs.design.abstract, language)
        if not text:
            yield Gap(
                c.gettext("The study has no abstract in this language: write it in study.toml, [abstract].")
            )
            continue
        for part in text.split("\n\n"):
            yield Para(inline(part), "body", language if language != c.words.language else None)


def questions(c: Context) -> Iterator[Block]:
    """The numbered research questions and the concepts that findings answer to."""
    yield from asked(c)
    yield from frame(c)


def asked(c: Context) -> Iterator[Block]:
    """The numbered research questions."""
    yield Heading(1, c.gettext("Research questions"), "questions")
    design = c.inputs.design
    if design.questions:
        yield Bullets(tuple(c.words.said(q.text) for q in design.questions), "numbers")
    else:
        yield Gap(c.gettext("The study states no research question: write [[question]] in study.toml."))


def frame(c: Context) -> Iterator[Block]:
    """The concepts that findings answer to; nothing where there are none."""
    if c.inputs.design.concepts:
        yield Heading(2, c.gettext("Theoretical frame"), "frame")
        yield Bullets(tuple(concept(c, one) for one in c.inputs.design.concepts))


def concept(c: Context, concept: Concept) -> Inline:
    """A concept with the works it comes from and what it means."""
    cited, missing = c.references.cite_keys(concept.references)
    lost = "".join(" " + c.gettext("[no reference: {key}]").format(key=key) for key in missing)
    space = (Span(" "),) if cited else ()
    meaning = (Span(": "), *c.words.said(concept.definition)) if concept.definition else ()
    return (*c.words.said(concept.name), *space, *cited, *((Span(lost),) if lost else ()), *meaning)
