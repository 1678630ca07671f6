"""References, and the gaps of the whole report in one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from makna.report.blocks import Block, Bullets, Gap, Heading, Para, Quote, Span, inline
from makna.report.context import Context
from makna.report.quotes import WITHHELD


def references(c: Context) -> Iterator[Block]:
    """The reference list, APA 7."""
    yield Heading(1, c.gettext("References"), "references")
    listed = c.references.listed()
    if listed:
        yield Bullets(tuple(listed), "references")
    else:
        yield Gap(c.gettext("The study holds no literature: add a RIS or BibTeX file."))


def gaps(c: Context, before: Sequence[Block]) -> Iterator[Block]:
    """Every gap named above, under the section it stands in; and evidence that is withheld."""
    yield Heading(1, c.gettext("Gaps"), "gaps")
    items, heading = [], Heading(1, "", "")
    withheld = 0
    for block in before:
        if isinstance(block, Heading) and block.level <= 3:
            heading = block
        elif isinstance(block, Gap):
            items.append(
                (
                    Span(heading.text, "strong", f"#{c.words.language}-{heading.id}"),
                    Span(": "),
                    *inline(block.text),
                )
            )
        elif isinstance(block, Quote):
            withheld += block.manner == WITHHELD
    if withheld:
        text = c.words.ngettext(
            "{n} passage is withheld, for want of a consent or of a paraphrase.",
            "{n} passages are withheld, for want of a consent or of a paraphrase.",
            withheld,
        )
        items.append(inline(text))
    if items:
        yield Bullets(tuple(items))
    else:
        yield Para(inline(c.gettext("No gap was found: everything that a report asks for is there.")))


def no_title(c: Context) -> Iterator[Block]:
    """A study without a title is a gap too."""
    yield Gap(c.gettext("The study has no title: write it in study.toml, [title]."))
