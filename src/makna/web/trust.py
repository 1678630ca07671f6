"""Trustworthiness (*keabsahan data*): what was done for each of the four criteria of Lincoln and Guba, out of the record.

Lincoln, Y. S., and Guba, E. G. (1985). Naturalistic Inquiry. Sage, ch. 11. Nothing is claimed that no row stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count

from makna.corpus.model import SourceKind
from makna.i18n import N_, _, ngettext
from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import (
    Coding,
    Design,
    Event,
    Guide,
    MemberCheck,
    Memo,
    MemoKind,
    Participant,
    Proposal,
)  # fmt: skip
from makna.web import board
from makna.web.board import Claim


@dataclass(frozen=True)
class Done:
    """One thing that was done, or that was not: *missing* then says so, with what would mend it."""

    words: str
    missing: bool = False


CRITERIA = (
    ("credibility", N_("Credibility"), N_("Do the claims fit what people did and said?")),
    ("transferability", N_("Transferability"), N_("Can a reader judge whether it holds elsewhere?")),
    ("dependability", N_("Dependability"), N_("Can the way to the claims be followed?")),
    ("confirmability", N_("Confirmability"), N_("Do the claims come from the data and not from the researcher?")),
)  # fmt: skip


def trustworthiness(study: Study, actor: Actor) -> list[tuple[str, str, Sequence[Done]]]:
    """(criterion, what it asks, what was done for it) of the four."""
    found = board.claims(study, actor)
    told = {
        "credibility": [*_triangulated(found), *_negative(found), *_checked(actor), *_stayed(study, actor)],
        "transferability": [*_described(actor), *_informants(actor)],
        "dependability": [*_traced(actor), *_guided(actor)],
        "confirmability": [*_grounded(found), *_reflected(actor), *_coders(actor), *_proposed(actor)],
    }
    return [(_(name), _(asks), told[key]) for key, name, asks in CRITERIA]


def _triangulated(found: Sequence[Claim]) -> Iterator[Done]:
    several = sum(claim.stands.mark("method").stands for claim in found)
    if not found:
        yield Done(_("No finding yet."), missing=True)
    else:
        yield Done(
            _("{n} of {all} findings stand on several kinds of field source (triangulation by method).").format(
                n=several, all=len(found)
            ),
            missing=several < len(found),
        )  # fmt: skip


def _negative(found: Sequence[Claim]) -> Iterator[Done]:
    looked = sum(claim.may_be_final for claim in found)
    if found:
        yield Done(
            _("{n} of {all} findings have counter-evidence or a search for negative cases on record.").format(
                n=looked, all=len(found)
            ),
            missing=looked < len(found),
        )  # fmt: skip


def _checked(actor: Actor) -> Iterator[Done]:
    checks = MemberCheck.objects.filter(study=actor.study)
    replies = dict(checks.values_list("reply").annotate(n=Count("pk")).order_by())
    asked = checks.values("participant").distinct().count()
    if not replies:
        yield Done(_("No member check yet: ask participants what they say of the claims."), missing=True)
        return
    text = ngettext(
        "Member check with {n} participant: {agree} agree, {correct} correct, {refuse} refuse, {gone} unreachable.",
        "Member checks with {n} participants: {agree} agree, {correct} correct, {refuse} refuse, {gone} unreachable.",
        asked,
    )
    counts = (replies.get(name, 0) for name in ("agrees", "corrects", "refuses", "unreachable"))
    yield Done(text.format(n=asked, **dict(zip(("agree", "correct", "refuse", "gone"), counts, strict=True))))


def _stayed(study: Study, actor: Actor) -> Iterator[Done]:
    notes = sum(b.counts["documents"] for b in study.batches() if b.kind == SourceKind.FIELD_NOTE.value)
    design = Design.objects.filter(study=actor.study).first()
    if design and design.begins and design.ends:
        days = (design.ends - design.begins).days + 1
        yield Done(_("Fieldwork over {days} days, with {notes} field notes.").format(days=days, notes=notes))
    else:
        yield Done(_("The period of the fieldwork is not stated: see the study's design."), missing=True)


def _described(actor: Actor) -> Iterator[Done]:
    design = Design.objects.filter(study=actor.study).first()
    for name, said, lacking in (
        ("setting", N_("The setting is described."), N_("The setting is not described yet.")),
        ("criteria", N_("How informants were chosen is stated."), N_("The criteria for informants are not stated yet.")),
        ("recruitment", N_("How informants were found is stated."), N_("How informants were found is not stated yet.")),
    ):  # fmt: skip
        there = bool(design and getattr(design, name))
        yield Done(_(said if there else lacking), missing=not there)


def _informants(actor: Actor) -> Iterator[Done]:
    people = Participant.objects.filter(study=actor.study, withdrew=None)
    n = people.count()
    if not n:
        yield Done(_("No participant is on record."), missing=True)
        return
    described = people.filter(values__isnull=False).distinct().count()
    text = _("{n} participants on record, {described} of them described by attributes.")
    yield Done(text.format(n=n, described=described), missing=described < n)


def _traced(actor: Actor) -> Iterator[Done]:
    events = Event.objects.filter(study=actor.study)
    first, last = events.only("at").order_by("pk").first(), events.only("at").order_by("-pk").first()
    if first is None or last is None:
        yield Done(_("Nothing was done yet."), missing=True)
        return
    text = _("Every change is on record: {n} actions from {first} to {last}, none of them altered.")
    yield Done(text.format(n=events.count(), first=first.at.date(), last=last.at.date()))


def _guided(actor: Actor) -> Iterator[Done]:
    n = Guide.objects.filter(study=actor.study).count()
    text = ngettext(
        "{n} version of the interview guide is kept.", "{n} versions of the interview guide are kept.", n
    )
    yield Done(text.format(n=n) if n else _("No interview guide is on record."), missing=not n)


def _grounded(found: Sequence[Claim]) -> Iterator[Done]:
    bare = sum(not claim.pieces for claim in found)
    if found:
        n = sum(len(claim.pieces) for claim in found)
        text = _("Every claim leads to its passages: {n} in all; {bare} findings have none yet.")
        yield Done(text.format(n=n, bare=bare), missing=bare > 0)


def _reflected(actor: Actor) -> Iterator[Done]:
    n = Memo.objects.filter(study=actor.study, kind=MemoKind.REFLEXIVE).count()
    text = ngettext("{n} reflexive memo on the researcher's own part.", "{n} reflexive memos on the researcher's own part.", n)  # fmt: skip
    yield Done(
        text.format(n=n) if n else _("No reflexive memo yet: what do you bring into this field?"),
        missing=not n,
    )


def _coders(actor: Actor) -> Iterator[Done]:
    n = Coding.objects.filter(study=actor.study).values("coder").distinct().count()
    if n > 1:
        yield Done(_("{n} people coded; their agreement per code stands under Compare.").format(n=n))
    else:
        yield Done(_("One person coded: a second coder would show how far the codes carry."), missing=True)


def _proposed(actor: Actor) -> Iterator[Done]:
    taken = Proposal.objects.filter(study=actor.study, coding__isnull=False).count()
    everything = Coding.objects.filter(study=actor.study).count()
    if everything:
        text = _("{n} of {all} codings were proposed by a lens and accepted by a person; they stay marked.")
        yield Done(text.format(n=taken, all=everything))
