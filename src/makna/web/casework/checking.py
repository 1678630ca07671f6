"""What a member check lays before a participant: their own words, and the claims that stand on them."""

from __future__ import annotations

from dataclasses import dataclass

from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import Coding, Evidence, Finding, MemberCheck, Participant
from makna.web.passages import Shown, shown

_MOST = 400  # passages that are shown


@dataclass(frozen=True)
class Claim:
    """A finding, with the words of one participant that it stands on (passage, "supports" or "contradicts")."""

    finding: Finding
    passages: list[tuple[Shown, str]]
    checks: list[MemberCheck]


def claims(study: Study, actor: Actor, who: Participant) -> list[Claim]:
    """The findings for or against which this participant's words are kept, and those they were asked about before."""
    spoken = actor.corpus.spoken_by(who.code)
    rows = Evidence.objects.filter(finding__study=actor.study, source__document__in=spoken).select_related(
        "source"
    )
    rows = list(rows.order_by("finding__place", "source__document", "start"))
    places = shown(study, ((row.source.document, row.start, row.end) for row in rows))
    mine: dict[int, list[tuple[Shown, str]]] = {}
    for row, place in zip(rows, places, strict=True):
        if place.who == who.code:
            mine.setdefault(row.finding_id, []).append((place, row.stance))
    checks: dict[int, list[MemberCheck]] = {}
    for check in MemberCheck.objects.filter(participant=who).order_by("on", "pk"):
        checks.setdefault(check.finding_id, []).append(check)
    findings = Finding.objects.filter(study=actor.study, pk__in={*mine, *checks}).order_by("place", "pk")
    return [Claim(one, mine.get(one.pk, []), checks.get(one.pk, [])) for one in findings]


def quotes(study: Study, actor: Actor, who: Participant) -> list[Shown]:
    """Coded passages in this participant's own words."""
    spoken = actor.corpus.spoken_by(who.code)
    rows = Coding.objects.filter(study=actor.study, source__document__in=spoken)
    places = rows.order_by("source__document", "start", "end").values_list("source__document", "start", "end")
    found = list(dict.fromkeys(places))[:_MOST]
    return [place for place in shown(study, found) if place.who == who.code]
