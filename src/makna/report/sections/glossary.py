"""The community's argot as an appendix: the accepted terms, as the edition may show them."""

from __future__ import annotations

from collections.abc import Iterator

from makna.report.blocks import Block, Heading, Para, Table, inline
from makna.report.context import Context
from makna.report.glossary import Entry, entries


def glossary(c: Context) -> Iterator[Block]:
    """The accepted terms; nothing where none was accepted."""
    held = c.inputs.interpretation
    if held is None or not held.record.terms:
        return
    found = entries(held.record.terms, edition=c.edition)
    yield Heading(1, c.gettext("Appendix: glossary of the argot"), "glossary")
    count = c.words.ngettext(
        "The dictionary holds {n} accepted term.", "The dictionary holds {n} accepted terms.", len(found)
    )
    yield Para(inline(count))
    named = [entry for entry in found if entry.term]
    unnamed = len(found) - len(named)
    if named:
        text = c.gettext("The public edition names {n} further terms by category and meaning only.").format(
            n=unnamed
        )
        yield Table(
            c.gettext("Terms and what they mean"),
            (c.gettext("Term"), c.gettext("Written"), c.gettext("Category"), c.gettext("Meaning"), c.gettext("Understood"), c.gettext("First seen")),
            tuple((e.term, ", ".join(e.variants), e.category, _meaning(c, e), _understood(c, e), e.first_seen) for e in named),
            text if unnamed else c.gettext("Nothing was held back."),
        )  # fmt: skip
    if unnamed:
        yield Table(
            c.gettext("Meanings of terms that are not named"),
            (c.gettext("Category"), c.gettext("Meaning"), c.gettext("Understood")),
            tuple((e.category or c.gettext("no category"), _meaning(c, e), _understood(c, e)) for e in found if not e.term),
            c.gettext("The terms themselves stand in the examiners' edition only."),
        )  # fmt: skip


def _meaning(c: Context, entry: Entry) -> str:
    """The senses; one that repeats somebody's words is held back. Examples follow where they may be shown."""
    guarded = c.quoting.searchable_texts
    withheld = c.gettext("(withheld: it repeats words of a post)")
    senses = [withheld if sense in guarded else sense for sense in entry.senses] or [
        c.gettext("not yet defined")
    ]
    examples = [f"“{example}”" for example in entry.examples if example not in guarded]
    return "; ".join([*senses, *examples])


def _understood(c: Context, entry: Entry) -> str:
    words = {
        "unexplained": c.gettext("used without explanation"), "asked": c.gettext("asked about"), "explained": c.gettext("explained"),
    }  # fmt: skip
    return ". ".join(part for part in (words.get(entry.explained, ""), entry.understood) if part)
