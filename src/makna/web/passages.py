"""Passages as every page shows them: the words, a line of context, whose they are, and the way to where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from makna.i18n import _
from makna.library import Study
from makna.web.reading.texts import SHELF, Leaf

CONTEXT = 70  # code points before and after
LONGEST = 600  # code points of words that are shown in a list


@dataclass(frozen=True)
class Shown:
    """A passage (code points, half-open). *words* is None where the study does not hold it any more."""

    document: int
    start: int
    end: int
    words: str | None
    before: str
    after: str
    kind: str
    title: str | None
    who: str | None
    role: str | None
    day: dt.date | None
    address: str

    @property
    def cut(self) -> bool:
        """Whether the words go on beyond what is shown."""
        return self.words is not None and self.end - self.start > len(self.words)


def shown(
    study: Study, passages: Iterable[tuple[int, int, int]], *, context: int = CONTEXT, longest: int = LONGEST
) -> list[Shown]:
    """(document, start, end) of each passage, as it is shown; in the same order, none left out."""
    wanted = list(passages)
    leaves = {leaf.document: leaf for leaf in SHELF.leaves(study, (p[0] for p in wanted))}
    return [_shown(study, leaves.get(d), d, start, end, context, longest) for d, start, end in wanted]


def address_of(study: Study, document: int, start: int, end: int) -> str:
    """Where a passage is read."""
    try:
        return f"{reverse('read', kwargs={'study': study.name})}{document}/?at={start}-{end}"
    except NoReverseMatch:
        return ""


def _shown(
    study: Study, leaf: Leaf | None, document: int, start: int, end: int, context: int, longest: int
) -> Shown:
    address = address_of(study, document, start, end)
    if leaf is None or end > len(leaf.text):
        return Shown(document, start, end, None, "", "", "", None, None, None, None, address)
    unit = next((u for u in reversed(leaf.units) if u.start <= start), None)
    author, role = leaf.voice(unit.ordinal) if unit else (None, None)
    author = author or leaf.author
    text = leaf.text
    return Shown(
        document, start, end, text[start : min(end, start + longest)], _before(text, start, context),
        _after(text, end, context), leaf.kind, leaf.about["title"], author.pseudonym if author else None, role,
        leaf.about["sent_on"], address,
    )  # fmt: skip


def _before(text: str, start: int, context: int) -> str:
    """The words before a passage, none of them cut."""
    words = text[max(0, start - context) : start]
    cut = start > context and not text[start - context - 1].isspace()
    return words.partition(" ")[2] if cut and " " in words else words


def _after(text: str, end: int, context: int) -> str:
    """The words after a passage, none of them cut."""
    words = text[end : end + context]
    cut = end + context < len(text) and not text[end + context].isspace()
    return words.rpartition(" ")[0] if cut and " " in words else words


def source_line(passage: Shown) -> str:
    """Whose words they are: "interview · Informan 2 · 4 March 2021"."""
    kind = _(passage.kind.replace("_", " ")) if passage.kind else _("no longer in the study")
    title = None if passage.kind in ("observation", "") else passage.title
    who = passage.who if passage.role != "researcher" else _("researcher")
    return " · ".join(part for part in (kind, title, who if who != title else None) if part)
