"""The study: its questions and design, and where it stands."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse, QueryDict
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.errors import RecordError
from makna.i18n import _
from makna.record.actions.add_question import add_question
from makna.record.actions.change_question import change_question
from makna.record.actions.move_question import move_question
from makna.record.actions.remove_question import remove_question
from makna.record.actions.state_design import TEXTS, state_design
from makna.record.models import Design
from makna.web import jobs
from makna.web.answers import done
from makna.web.forms import kept, seen, text
from makna.web.here import Here, in_study
from makna.web.standing import standing

_DAYS, _PERSONS = ("begins", "ends"), ("approached", "refused")


@in_study
def home(here: Here) -> HttpResponse:
    """The page of a study."""
    return here.render("home/page.html", **_context(here))


def _context(here: Here) -> dict[str, object]:
    design = Design.objects.filter(study=here.actor.study).first() or Design(study=here.actor.study)
    running = [job for job in jobs.of(here.study.name) if not job.over]
    return {"now": standing(here.study, here.actor), "design": design, "running": running}


@require_POST
@in_study
def design(here: Here) -> HttpResponse:
    """State the design: setting, method, period, whom was asked."""
    post = here.request.POST
    before = seen(post)
    columns = _columns(post)
    state_design(here.actor, seen={n: v for n, v in before.items() if n in TEXTS}, kept=kept(post), **columns)
    return done(here.request, _("Design stored."), _part(here), to=_address(here))


def _columns(post: QueryDict) -> dict[str, object]:
    columns: dict[str, object] = {name: text(post, name) for name in TEXTS if name in post}
    try:
        columns |= {n: date.fromisoformat(post[n]) if post[n] else None for n in _DAYS if n in post}
        columns |= {n: int(post[n]) if post[n] else None for n in _PERSONS if n in post}
    except ValueError as error:
        raise RecordError(_("A day is written 2021-03-14, and persons as a number.")) from error
    return columns


@require_POST
@in_study
def question(here: Here) -> HttpResponse:
    """Ask a new research question."""
    post = here.request.POST
    add_question(here.actor, text(post, "text") or "", kept=kept(post))
    return done(here.request, _("Research question added."), _part(here), to=_address(here))


@require_POST
@in_study
def reword(here: Here, number: int) -> HttpResponse:
    """Reword, move or remove a research question."""
    post = here.request.POST
    if post.get("remove"):
        remove_question(here.actor, number)
        said = _("Research question removed.")
    elif "before" in post:
        move_question(here.actor, number, before=int(post["before"]) if post["before"] else None)
        said = _("Research question moved.")
    else:
        change_question(here.actor, number, text=text(post, "text"), seen=seen(post), kept=kept(post))
        said = _("Research question changed.")
    return done(here.request, said, _part(here), to=_address(here))


def _part(here: Here) -> HttpResponse:
    return here.render("home/study.html", **_context(here))


def _address(here: Here) -> str:
    return reverse("home", kwargs={"study": here.study.name})


_AT = "s/<str:study>/"
urlpatterns = [
    path(_AT, home, name="home"),
    path(_AT + "design/", design, name="design"),
    path(_AT + "questions/", question, name="question_add"),
    path(_AT + "questions/<int:number>/", reword, name="question_change"),
]
