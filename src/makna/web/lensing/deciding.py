"""Proposals: the passages behind a row with what this person made of them, and when they may be seen at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from makna.analysis.lenses.base import LensResult
from makna.errors import NoSuchRow
from makna.i18n import _
from makna.record.models import Decision, Evidence, Proposal, Settings
from makna.record.proposing import unaided_left
from makna.web.here import Here
from makna.web.lensing.answer import passages_of
from makna.web.lensing.words import OWN, why
from makna.web.passages import Shown, shown

PAGE = 10  # passages of a row at once
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Decided:
    """A decision of this person on a passage: the code, where it was accepted; *key* takes it back."""

    key: int
    accepted: bool
    code: str
    slot: int


@dataclass(frozen=True)
class Proposed:
    """A passage that a lens proposes, why, and what this person made of it."""

    passage: Shown
    why: str
    decided: tuple[Decided, ...]
    evidence: tuple[tuple[str, str], ...]  # (stance, claim)

    @property
    def place(self) -> str:
        """The passage as a form names it."""
        return f"{self.passage.document}:{self.passage.start}:{self.passage.end}"

    @property
    def dismissed(self) -> bool:
        """Whether it was dismissed, and accepted for no code."""
        return bool(self.decided) and not any(one.accepted for one in self.decided)


@dataclass(frozen=True)
class Hidden:
    """Why proposals are not shown yet: how many documents are left of how many."""

    left: int
    of: int


def hidden(here: Here, lens: str) -> Hidden | None:
    """Whether this person has still to code unaided; None where proposals are shown."""
    left = 0 if lens in OWN else unaided_left(here.actor.study, here.actor.person)
    return Hidden(left, wanted(here)) if left else None


def wanted(here: Here) -> int:
    """How many documents each coder codes unaided before proposals are shown."""
    row = Settings.objects.filter(study=here.actor.study).first()
    return (row or Settings()).proposals_hidden_until


def proposed(here: Here, result: LensResult, row: int, first: int = 0) -> tuple[list[Proposed], int]:
    """A page of the passages behind a row from the *first* on, and how many there are."""
    found = passages_of(result, row)
    page = found[first : first + PAGE]
    places = [(p["document_id"], p["start"], p["end"]) for p in page]
    decided, kept = _decided(here, result.lens, places), _kept(here, places)
    return [
        Proposed(passage, why(one["note"] or ""), tuple(decided.get(place, ())), tuple(kept.get(place, ())))
        for one, place, passage in zip(page, places, shown(here.study, places), strict=True)
    ], len(found)


def _decided(here: Here, lens: str, places: Sequence[Place]) -> dict[Place, list[Decided]]:
    rows = Proposal.objects.filter(
        study=here.actor.study,
        coder=here.actor.person,
        lens=lens,
        source__document__in={p[0] for p in places},
    )
    found: dict[Place, list[Decided]] = {}
    for row in rows.select_related("source", "code").order_by("pk"):
        code = (row.code.name, row.code.colour) if row.code else ("", 0)
        one = Decided(row.pk, row.decision == Decision.ACCEPTED, *code)
        found.setdefault((row.source.document, row.start, row.end), []).append(one)
    return found


def _kept(here: Here, places: Sequence[Place]) -> dict[Place, list[tuple[str, str]]]:
    rows = Evidence.objects.filter(
        finding__study=here.actor.study, source__document__in={p[0] for p in places}
    )
    found: dict[Place, list[tuple[str, str]]] = {}
    for row in rows.select_related("source", "finding").order_by("pk"):
        said = (row.stance, row.finding.claim)
        found.setdefault((row.source.document, row.start, row.end), []).append(said)
    return found


def chosen(result: LensResult, row: int, sent: Sequence[str]) -> list[Place]:
    """The passages that a form names; raises NoSuchRow for one that the lens did not propose."""
    there = {(p["document_id"], p["start"], p["end"]) for p in passages_of(result, row)}
    places = [place(one) for one in sent]
    if not places:
        raise NoSuchRow(_("Choose a passage first."))
    if not set(places) <= there:
        raise NoSuchRow(_("The lens does not propose this passage any more. Look again."))
    return places


def place(sent: str) -> Place:
    """A passage as a form names it; raises NoSuchRow for anything else."""
    parts = sent.split(":")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise NoSuchRow(_("This is not there any more. Look again."))
    return int(parts[0]), int(parts[1]), int(parts[2])
