"""What a report is made of. Sections make blocks, HTML and DOCX set them; a block holds only what may leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

_PLACEHOLDER = regex.compile(r"⟦([^⟦⟧\n]*)⟧")
_PSEUDONYM = regex.compile(r"⟦@[^⟦⟧\n]*⟧")
ACCOUNT = "⟦account⟧"


@dataclass(frozen=True)
class Span:
    """A run of text of one *style*: plain, em, strong, or placeholder (what the door put in place of something).

    *language* where it is not that of what stands around it.
    """

    text: str
    style: str = "plain"
    href: str | None = None
    language: str | None = None


Inline = tuple[Span, ...]


def inline(text: str, style: str = "plain", language: str | None = None) -> Inline:
    """*text* as spans, placeholders apart. An account's pseudonym becomes "account": no report tells accounts apart."""
    plain = _PSEUDONYM.sub(ACCOUNT, text)
    spans, at = [], 0
    for match in _PLACEHOLDER.finditer(plain):
        spans += [Span(plain[at : match.start()], style, None, language)] if match.start() > at else []
        spans.append(Span(match[1], "placeholder"))
        at = match.end()
    rest = [Span(plain[at:], style, None, language)] if at < len(plain) or not spans else []
    return (*spans, *rest)


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Para:
    """A paragraph. *style*: body, lead (a claim), note (small), source. *language* where it is not the report's."""

    text: Inline
    style: str = "body"
    language: str | None = None


@dataclass(frozen=True)
class Quote:
    """A passage as a block: the words, a paraphrase or why there are none, and where it comes from.

    *manner*: verbatim, paraphrase or withheld. *against* marks counter-evidence.
    """

    text: Inline
    source: str
    manner: str
    label: str  # what kind of source and manner, in words
    against: bool = False
    note: Inline = ()
    language: str | None = None


@dataclass(frozen=True)
class Bullets:
    items: tuple[Inline, ...]
    style: str = "list"  # list, numbers, references


@dataclass(frozen=True)
class Facts:
    """Names and what they are, one a line."""

    pairs: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption. The first column is the head of the row; *numeric* columns are set right.

    *held* says what was held back and is never empty; *notes* explain marks.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    held: str
    numeric: frozenset[int] = field(default_factory=frozenset)
    number: int = 0


@dataclass(frozen=True)
class Figure:
    """A figure whose title is the sentence it shows. *spec* is Vega-Lite with its data inside."""

    sentence: str
    spec: dict[str, Any]
    description: str
    number: int = 0


@dataclass(frozen=True)
class Marks:
    """The five kinds of triangulation of a finding: (name, count in words, whether it stands)."""

    items: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Gap:
    """Something that should stand here and does not."""

    text: str


Block = Heading | Para | Quote | Bullets | Facts | Table | Figure | Marks | Gap


@dataclass(frozen=True)
class Version:
    """A report in one language. *labels* are the words that HTML and DOCX put around blocks."""

    language: str
    title: str
    subtitle: str
    banner: str
    blocks: tuple[Block, ...]
    labels: dict[str, str]


@dataclass(frozen=True)
class Report:
    """A report of one edition, in one language or two."""

    edition: str
    versions: tuple[Version, ...]


def plain(text: Inline) -> str:
    """The words of spans; placeholders in their brackets."""
    return "".join(f"⟦{s.text}⟧" if s.style == "placeholder" else s.text for s in text)


def numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with tables and figures numbered, each from 1."""
    tables = figures = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            yield Table(block.caption, block.columns, block.rows, block.held, block.numeric, tables)
        elif isinstance(block, Figure):
            figures += 1
            yield Figure(block.sentence, block.spec, block.description, figures)
        else:
            yield block
