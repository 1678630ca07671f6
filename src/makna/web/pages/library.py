"""The library: its studies, and a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from makna.i18n import LANGUAGES
from makna.record.models import Study as Row
from makna.web.entrance import LANGUAGE
from makna.web.here import anywhere
from makna.web.workbench import served


@anywhere
def library(request: HttpRequest) -> HttpResponse:
    """All studies, each with what it holds."""
    workbench = served()
    names = workbench.library.names()
    studies = [workbench.study(name) for name in names]
    if not workbench.local:
        mine = set(Row.objects.filter(people=request.person).values_list("key", flat=True))
        studies = [study for study in studies if study.id in mine]
    rows = [{"study": study, "kinds": _kinds(study)} for study in studies]
    return render(request, "library.html", {"rows": rows, "folder": workbench.library.path})


def _kinds(study: object) -> dict[str, int]:
    counted: dict[str, int] = {}
    for batch in study.batches():  # type: ignore[attr-defined]
        counted[batch.kind] = counted.get(batch.kind, 0) + batch.counts["documents"]
    return counted


@require_POST
@anywhere
def new(request: HttpRequest) -> HttpResponse:
    """Make an empty study and go there."""
    made = served().library.create(request.POST.get("name", ""), title=request.POST.get("title") or None)
    return redirect("home", study=made.name)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on."""
    answer = redirect(request.headers.get("Referer") or "/")
    if request.POST.get("language") in LANGUAGES:
        answer.set_cookie(
            LANGUAGE, request.POST["language"], max_age=400 * 86_400, samesite="Strict", httponly=True
        )
    return answer


urlpatterns = [
    path("", library, name="library"),
    path("new/", new, name="new"),
    path("language/", language, name="language"),
]
