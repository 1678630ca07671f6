"""One participant: what is on record, what they agreed to, what they said, what they answered; their withdrawal."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.errors import NotAllowed, NothingToErase, RecordError
from makna.i18n import N_, _
from makna.record.actions.add_member_check import add_member_check
from makna.record.actions.change_consent import change_consent
from makna.record.actions.change_participant import change_participant
from makna.record.actions.record_consent import record_consent
from makna.record.actions.remove_consent import remove_consent
from makna.record.actions.remove_member_check import remove_member_check
from makna.record.actions.remove_participant import remove_participant
from makna.record.models import Coding, Evidence, Guide, Kind, Memo, Mode, Participant, Reply
from makna.record.participants_file import SCOPES
from makna.web import jobs
from makna.web.answers import done
from makna.web.casework import checking, listing
from makna.web.forms import kept, text, whole_number
from makna.web.here import Here, in_study
from makna.web.incoming import work
from makna.web.pages.cases import participant_of
from makna.web.passages import source_line
from makna.web.reading.texts import SHELF
from makna.web.workbench import served

SCOPE_WORDS = {
    "analysis": N_("analysis"), "verbatim": N_("quotes in their own words"), "appendix": N_("the transcript in the appendix"),
    "link": N_("being tied to an account"), "archive": N_("keeping it in an archive"),
}  # fmt: skip


@in_study
def participant(here: Here, number: int) -> HttpResponse:
    """All about one participant."""
    return here.render("cases/participant.html", **_context(here, participant_of(here, number)))


def _context(here: Here, who: Participant) -> dict[str, object]:
    line = next(one for one in listing.participants(here.actor) if one.case.participant == who.pk)
    leaves = SHELF.leaves(here.study, line.documents)
    begun = [job for job in jobs.of(here.study.name) if job.key == ("withdraw", who.pk)][:1]
    if begun and begun[0].state is jobs.State.DONE:
        jobs.drop(here.study.name)  # what was found before may hold words that are gone
    return {
        "who": who, "line": line, "attributes": listing.attributes(here.actor), "kinds": Kind.choices,
        "consents": who.consents.order_by("-given", "-pk"), "modes": Mode.choices, "scopes": SCOPE_WORDS,
        "guides": Guide.objects.filter(study=here.actor.study).order_by("pk"), "today": date.today(),
        "leaves": leaves, "job": next(iter(begun), None), "before": 0,
        "checks": who.member_checks.select_related("finding").order_by("-on", "-pk"),
    }  # fmt: skip


def _answer(here: Here, number: int, said: str, *, undo: bool = True) -> HttpResponse:
    to = reverse("participant", kwargs={"study": here.study.name, "number": number})
    answer = here.render("cases/person.html", **_context(here, participant_of(here, number)))
    return done(here.request, said, answer, undo=undo, to=to)


@require_POST
@in_study
def change(here: Here, number: int) -> HttpResponse:
    """What kind of informant, when interviewed, by which guide."""
    post = here.request.POST
    change_participant(
        here.actor, number, kind=post.get("kind"), interviewed=post.get("interviewed", "").strip(),
        guide=whole_number(post, "guide"),
    )  # fmt: skip
    return _answer(here, number, _("Stored."))


@require_POST
@in_study
def consent(here: Here, number: int) -> HttpResponse:
    """Record a consent, correct one, or take one off that was never given."""
    post, actor = here.request.POST, here.actor
    participant_of(here, number)
    which = whole_number(post, "consent")
    if which is not None and post.get("what") == "remove":
        remove_consent(actor, which)
        return _answer(here, number, _("The consent is off the record."))
    told = {
        "mode": post.get("mode") if post.get("mode") in Mode.values else Mode.WRITTEN.value,
        "version": text(post, "version") or "", "given": _day(post.get("given", "")), "until": _day(post.get("until", "")),
        "scopes": [scope for scope in SCOPES if scope in post.getlist("scope")], "kept": kept(post),
    }  # fmt: skip
    if told["given"] is None:
        raise RecordError(_("Say on which day the consent was given."))
    if which is None:
        record_consent(actor, number, **told)
        return _answer(here, number, _("The consent is on record."))
    change_consent(actor, which, **told)
    return _answer(here, number, _("The consent is corrected."))


def _day(written: str) -> date | None:
    """The day of a form; None where none was chosen."""
    try:
        return date.fromisoformat(written.strip()) if written.strip() else None
    except ValueError:
        raise RecordError(_("{day} is no day: write it as 2021-03-14.").format(day=written)) from None


@require_POST
@in_study
def remove(here: Here, number: int) -> HttpResponse:
    """Take a participant off the record who was put there by mistake."""
    remove_participant(here.actor, number)
    to = reverse("cases", kwargs={"study": here.study.name})
    said = _("The participant is off the record.")
    if here.request.htmx:
        answer = done(here.request, said, HttpResponse(status=204), to=to)
        answer["HX-Redirect"] = to
        return answer
    return done(here.request, said, to=to)


@in_study
def check(here: Here, number: int) -> HttpResponse:
    """The member check: their own words and the claims on them."""
    return here.render("cases/check.html", **_checking(here, participant_of(here, number)))


def _checking(here: Here, who: Participant) -> dict[str, object]:
    return {
        "who": who, "claims": checking.claims(here.study, here.actor, who), "source_line": source_line,
        "quotes": checking.quotes(here.study, here.actor, who), "replies": Reply.choices, "today": date.today(),
    }  # fmt: skip


@require_POST
@in_study
def answer(here: Here, number: int) -> HttpResponse:
    """Record what came back, or take it away."""
    post, who = here.request.POST, participant_of(here, number)
    if post.get("what") == "remove":
        remove_member_check(here.actor, int(post["check"]))
        said = _("The member check is removed.")
    else:
        add_member_check(
            here.actor, who.pk, int(post["finding"]), reply=post.get("reply", ""), on=_day(post.get("on", "")) or date.today(),
            correction=text(post, "correction") or "", note=text(post, "note") or "", passage=_passage(post.get("passage", "")),
            kept=kept(post),
        )  # fmt: skip
        said = _("The answer is on record.")
    to = reverse("member_check", kwargs={"study": here.study.name, "number": number})
    return done(here.request, said, here.render("cases/claims.html", **_checking(here, who)), to=to)


def _passage(written: str) -> tuple[int, int, int] | None:
    parts = written.split("-")
    return (
        (int(parts[0]), int(parts[1]), int(parts[2]))
        if len(parts) == 3 and all(map(str.isdigit, parts))
        else None
    )


@in_study
def withdrawal(here: Here, number: int) -> HttpResponse:
    """What a withdrawal would remove; nothing is changed."""
    who = participant_of(here, number)
    _owns(here)
    spoken = here.actor.corpus.spoken_by(who.code)
    of = {"source__study": here.actor.study, "source__document__in": spoken}
    try:
        report = here.study.erase(who.code, preview=True)
    except NothingToErase:
        report = None
    return here.render(
        "cases/withdrawal.html", who=who, report=report, codings=Coding.objects.filter(**of).count(),
        evidence=Evidence.objects.filter(**of).count(), memos=Memo.objects.filter(**of).count(),
        findings=Evidence.objects.filter(**of).values("finding").distinct().count(),
    )  # fmt: skip


@require_POST
@in_study
def withdraw(here: Here, number: int) -> HttpResponse:
    """Erase what they said, for good."""
    who = participant_of(here, number)
    _owns(here)
    if here.request.POST.get("code", "").strip().casefold() != who.code.casefold():
        raise RecordError(
            _("Type the code of the participant, so that it is the right one. Nothing was erased.")
        )
    what = _("Withdrawal of {code}").format(code=who.code)
    after = reverse("participant", kwargs={"study": here.study.name, "number": number})
    jobs.start(
        served().library.path,
        here.study.name,
        what,
        work.withdraw,
        key=("withdraw", who.pk),
        after=after,
        code=who.code,
    )
    if here.request.htmx:
        return here.render("cases/person.html", **_context(here, who))
    return redirect(after)


def _owns(here: Here) -> None:
    if not here.owner:
        raise NotAllowed(_("Only an owner of the study carries out a withdrawal."))


@in_study
def account_case(here: Here, author: int) -> HttpResponse:
    """One account as a case: its attributes, and the way to what it wrote."""
    profiles = here.study.profiles([author])
    if not profiles or profiles[0]["participant"]:
        raise Http404
    line = listing.account(here.study, here.actor, author)
    if line is None:
        raise Http404
    return here.render(
        "cases/account.html", line=line, profile=profiles[0], attributes=listing.attributes(here.actor)
    )


_AT = "s/<str:study>/cases/<int:number>/"
urlpatterns = [
    path(_AT, participant, name="participant"),
    path(f"{_AT}change/", change, name="participant_change"),
    path(f"{_AT}consent/", consent, name="consent"),
    path(f"{_AT}remove/", remove, name="participant_remove"),
    path(f"{_AT}check/", check, name="member_check"),
    path(f"{_AT}answer/", answer, name="member_answer"),
    path(f"{_AT}withdrawal/", withdrawal, name="withdrawal"),
    path(f"{_AT}withdraw/", withdraw, name="withdraw"),
    path("s/<str:study>/cases/accounts/<int:author>/", account_case, name="account_case"),
]
