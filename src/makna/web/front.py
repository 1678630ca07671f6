"""The library: its studies, and a new one. The first page anybody sees, so it is read and made with little."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from makna.i18n import LANGUAGES
from makna.library.places import shelved
from makna.record.actions.begin_study import begin_study
from makna.record.models import Study as Row
from makna.web.entrance import LANGUAGE
from makna.web.here import anywhere
from makna.web.workbench import served

ADDRESSES = {"library": "/", "new": "/new/", "language": "/language/", "log_out": "/logout/"}


@anywhere
def library(request: HttpRequest) -> HttpResponse:
    """All studies."""
    workbench = served()
    studies = shelved(workbench.folder)
    if not workbench.local:
        mine = set(Row.objects.filter(people=request.person).values_list("key", flat=True))
        studies = [study for study in studies if study.id in mine]
    answer = render(request, "library.html", {"studies": studies, "folder": workbench.folder})
    workbench.greeted.set()
    return answer


@require_POST
@anywhere
def new(request: HttpRequest) -> HttpResponse:
    """Make an empty study and go there."""
    made = served().library.create(request.POST.get("name", ""), title=request.POST.get("title") or None)
    begin_study(made.id, request.person)
    return redirect("home", study=made.name)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on."""
    answer = HttpResponseRedirect(request.headers.get("Referer") or "/")
    if request.POST.get("language") in LANGUAGES:
        answer.set_cookie(
            LANGUAGE, request.POST["language"], max_age=400 * 86_400, samesite="Strict", httponly=True
        )
    return answer
