"""The codebook as an appendix: the tree with counts, then each code with its definition and its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from makna.corpus.model import SourceKind
from makna.report.blocks import Block, Facts, Gap, Heading, Inline, Para, Span, Table, inline
from makna.report.context import Context
from makna.report.inputs import CodeUse
from makna.report.release import Group, Hidden, merge

_BRACKETS = regex.compile("[⟦⟧]")  # a heading is plain text


def codebook(c: Context) -> Iterator[Block]:
    """All codes of the record; nothing for a study without one."""
    held = c.inputs.interpretation
    if held is None:
        return
    yield Heading(1, c.gettext("Appendix: codebook"), "codebook")
    if not held.codes:
        yield Gap(c.gettext("The record holds no code."))
        return
    codes = c.words.ngettext("The codebook holds {n} code", "The codebook holds {n} codes", len(held.codes))
    coders = c.words.ngettext("{n} coder used it", "{n} coders used it", held.coders)
    yield Para(inline(f"{codes}; {coders}."))
    yield _counts(c, held.codes)
    for number, use in zip(numbers(held.codes), held.codes, strict=True):
        name = _BRACKETS.sub("", c.quoting.guarded(use.code.name))
        yield Heading(4, f"{number} {name}", f"code-{number}")
        yield Facts(tuple(_facts(c, use)))


def numbers(uses: Sequence[CodeUse]) -> list[str]:
    """The codes numbered as a tree is: 1, 1.1, 1.2, 2."""
    at: list[int] = []
    found = []
    for use in uses:
        depth = use.code.depth
        at = [*at[:depth], (at[depth] if depth < len(at) else 0) + 1]
        found.append(".".join(map(str, at)))
    return found


def _counts(c: Context, uses: Sequence[CodeUse]) -> Table:
    """Codings of each code by kind of source. Those on posts leave as rows about accounts do."""
    hidden = merge([Group(len(use.accounts), use.accounts) for use in uses]) if c.public else Hidden()
    numbered = enumerate(zip(numbers(uses), uses, strict=True))
    rows = [_row(c, number, use, n in hidden.merged) for n, (number, use) in numbered]
    held = c.gettext("Nothing was held back.")
    if hidden.merged:
        held = c.gettext("A dash stands for codings on posts of fewer than five accounts.")
        if not hidden.withheld:
            together = sum(uses[n].codings.get(SourceKind.OBSERVATION, 0) for n in hidden.merged)
            rows.append((c.gettext("codes with a dash, together"), "", "", "", "", c.words.number(together)))
    kinds = (c.words.kind(kind) for kind in _KINDS)
    head = (c.gettext("code"), c.gettext("origin"), *kinds, c.words.kind(SourceKind.OBSERVATION))
    caption = c.gettext("Codes, and how many passages of each kind of source carry them, of all coders")
    return Table(caption, head, tuple(rows), held, frozenset({2, 3, 4, 5}))


_KINDS = (SourceKind.INTERVIEW, SourceKind.FIELD_NOTE, SourceKind.LITERATURE)


def _row(c: Context, number: str, use: CodeUse, hidden: bool) -> tuple[str, ...]:
    counts = [c.words.number(use.codings.get(kind, 0)) for kind in _KINDS]
    posts = "–" if hidden else c.words.number(use.codings.get(SourceKind.OBSERVATION, 0))
    name = f"{number} {c.quoting.guarded(use.code.name)}"
    return (name, c.gettext(use.code.origin), *counts, posts)


def _facts(c: Context, use: CodeUse) -> Iterator[tuple[str, Inline]]:
    code = use.code
    yield c.gettext("Definition"), _said(c, code.definition) or _none(c)
    for rule, text in ((c.gettext("Inclusion"), code.include), (c.gettext("Exclusion"), code.exclude)):
        if text:
            yield rule, _said(c, text)
    if code.example:
        marks = (Span(""),) * 2 if code.example in c.quoting.searchable_texts else (Span("“"), Span("”"))
        yield c.gettext("Example"), (marks[0], *_said(c, code.example), marks[1])
    for label, why in code.answers:
        concept = c.inputs.design.concept(label)
        name = c.words.said(concept.name) if concept else inline(label)
        yield c.gettext("Answers to"), (*name, Span(": "), *_said(c, why)) if why else name
    kind = ", ".join(c.gettext(word) for word in (code.origin, code.cycle))
    yield c.gettext("Origin and cycle"), inline(kind)


def _said(c: Context, text: str) -> Inline:
    """What the codebook says, as this edition may say it."""
    if text in c.quoting.searchable_texts:
        return inline(
            c.gettext("Withheld: it repeats the words of a post, or of an informant who is not quoted."), "em"
        )
    said = c.inputs.interpretation.says(text) if c.inputs.interpretation and text else None
    if said is None:
        return ()
    spoken, language = said.said(c.words.language)
    return inline(c.quoting.guarded(spoken), "plain", language if language != c.words.language else None)


def _none(c: Context) -> Inline:
    return inline(c.gettext("not defined yet"), "em")
