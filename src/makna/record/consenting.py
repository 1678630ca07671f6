"""Which interviews may be coded, as the consents on record say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from makna.record.acting import Doing
from makna.record.models import Consent, Participant, Source, Study
from makna.record.rows import Change


def analysis_allowed(study: Study | str, codes: Iterable[str], *, on: date) -> dict[str, bool]:
    """Participant code → whether the latest consent on record covers analysis; those not on record are left out.

    *study* is a study or its id.
    """
    of = {"study": study} if isinstance(study, Study) else {"study__key": study}
    there = dict(Participant.objects.filter(**of, code__in=list(codes)).values_list("pk", "code"))
    found = dict.fromkeys(there.values(), False)
    rows = Consent.objects.filter(participant__in=there, participant__withdrew=None, given__lte=on)
    for who, analysis in rows.order_by("given", "pk").values_list("participant", "analysis"):
        found[there[who]] = analysis
    return found


def recheck(do: Doing, code: str) -> None:
    """Ask anew of each text in which the participant of this *code* speaks whether it may be coded."""
    spoken = do.corpus.spoken_by(code)
    for source in Source.objects.select_for_update().filter(study=do.study, document__in=spoken):
        do.change(source, codable=do.corpus.codable(source.document))


def recheck_after(do: Doing, changes: Iterable[Change]) -> None:
    """The same for whoever *changes* to consents or participants are about."""
    codes, people = set(), set()
    for name, key, before, after in changes:
        sides: list[Mapping[str, object]] = [side for side in (before, after) if side]
        if name == "participant":
            people.add(key)
            codes |= {side["code"] for side in sides if "code" in side}
        elif name == "consent":
            people |= {side["participant_id"] for side in sides if "participant_id" in side}
            people |= set(Consent.objects.filter(pk=key).values_list("participant", flat=True))
    codes |= set(Participant.objects.filter(pk__in=people).values_list("code", flat=True))
    for code in sorted(map(str, codes)):
        recheck(do, code)
