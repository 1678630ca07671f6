"""The codebook as a file: what each code means, without any passage.

Words that a search engine could follow to a post are held back, as in a report. How many codings a code has stands in
comparisons, where such figures are weighed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from makna.i18n import _, ngettext, spoken
from makna.record.models import Answer, Code, CodeRelation, Study
from makna.report import docx, quote_guard, sheets
from makna.report.blocks import Block, Facts, Heading, Inline, Para, Report, Version, inline
from makna.report.quote_guard import Wording
from makna.report.quotes import PROSE_RUN

TEXTS = ("definition", "include", "exclude", "example")


@dataclass(frozen=True)
class Entry:
    """A code. *number* says where it stands in the tree ("2.1")."""

    number: str
    name: str
    definition: str
    include: str
    exclude: str
    example: str
    origin: str
    cycle: str
    relations: tuple[str, ...]
    concepts: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How many codes it stands under."""
        return self.number.count(".")


@dataclass(frozen=True)
class Codebook:
    """The entries in the order of the tree, and how many texts were held back."""

    entries: tuple[Entry, ...]
    held: int


def codebook(study: Study, posts: Callable[[], Iterable[str]]) -> Codebook:
    """The codebook as it may leave, where *posts* gives the texts of all posts."""
    entries = list(_entries(study))
    wordings = [
        Wording(f"{entry.number} {name}", getattr(entry, name), run=_run(name), terms=name == "example")
        for entry in entries
        for name in TEXTS
    ]
    long = [one for one in wordings if len(quote_guard.words(one.text)) >= quote_guard.WHOLE]
    breached = {breach.place for breach in quote_guard.breaches(long, posts)} if long else set()
    return Codebook(tuple(_without(entry, breached) for entry in entries), len(breached))


def _run(name: str) -> int:
    return quote_guard.RUN if name == "example" else PROSE_RUN


def _without(entry: Entry, breached: set[str]) -> Entry:
    word = "⟦" + _("held back: too close to a post") + "⟧"
    held: dict[str, Any] = {name: word for name in TEXTS if f"{entry.number} {name}" in breached}
    return replace(entry, **held)


def _entries(study: Study) -> Iterator[Entry]:
    codes = list(Code.objects.filter(study=study).order_by("place", "pk"))
    below: dict[int | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent_id, []).append(code)
    ties: dict[int, list[str]] = {}
    for tie in CodeRelation.objects.filter(source__study=study).select_related("target").order_by("pk"):
        ties.setdefault(tie.source_id, []).append(f"{_(tie.get_tie_display())} {tie.target.name}")
    concepts: dict[int, list[str]] = {}
    for answer in (
        Answer.objects.filter(code__study=study).select_related("concept").order_by("concept__place")
    ):
        concepts.setdefault(answer.code_id, []).append(answer.concept.name)
    yield from _walk(below, None, "", ties, concepts)


def _walk(
    below: Mapping[int | None, list[Code]], parent: int | None, number: str, ties: Mapping[int, list[str]],
    concepts: Mapping[int, list[str]],
) -> Iterator[Entry]:  # fmt: skip
    for n, code in enumerate(below.get(parent, ()), 1):
        mine = f"{number}.{n}" if number else str(n)
        yield Entry(
            mine, code.name, code.definition, code.include, code.exclude, code.example,
            _(code.get_origin_display()), _(code.get_cycle_display()), tuple(ties.get(code.pk, ())),
            tuple(concepts.get(code.pk, ())),
        )  # fmt: skip
        yield from _walk(below, code.pk, mine, ties, concepts)


def _labels() -> dict[str, str]:
    return {
        "definition": _("Definition"), "include": _("Use it when"), "exclude": _("Not when"), "example": _("Example"),
        "origin": _("Origin"), "cycle": _("Cycle"), "relations": _("Relations"), "concepts": _("Concepts"),
    }  # fmt: skip


def as_csv(book: Codebook) -> bytes:
    """One row a code."""
    labels = _labels()
    rows = [
        (f"{e.number}.", e.name, e.definition, e.include, e.exclude, e.example, e.origin, e.cycle, "; ".join(e.relations), "; ".join(e.concepts))
        for e in book.entries
    ]  # fmt: skip
    return sheets.as_csv([_("Number"), _("Code"), *labels.values()], rows)


def as_docx(book: Codebook, title: str) -> bytes:
    """A section a code, as deep as the tree."""
    version = Version(
        spoken(), _("Codebook"), title, _("Disguised, review needed."), tuple(_blocks(book)),
        {"contents": _("Contents")},
    )  # fmt: skip
    return docx.written(Report("public", (version,)))


def _blocks(book: Codebook) -> Iterator[Block]:
    if book.held:
        said = ngettext(
            "{n} text is held back: it stands too close to the words of a post.",
            "{n} texts are held back: they stand too close to the words of a post.",
            book.held,
        )
        yield Para(inline(said.format(n=book.held)), "note")
    for entry in book.entries:
        yield Heading(min(entry.depth + 1, 5), f"{entry.number} {entry.name}", f"code-{entry.number}")
        yield Facts(tuple(_pairs(entry)))


def _pairs(entry: Entry) -> Iterator[tuple[str, Inline]]:
    for name, label in _labels().items():
        value: str | Sequence[str] = getattr(entry, name)
        text = value if isinstance(value, str) else "; ".join(value)
        if text:
            yield label, inline(text)
