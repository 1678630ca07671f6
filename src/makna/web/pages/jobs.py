"""Long work as a reader sees it: how far it is, and a way to stop it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from makna.web import jobs
from makna.web.here import Here, in_study


@in_study
def job(here: Here, number: int) -> HttpResponse:
    """One job; the part asks again by itself until it is over, and then goes to the page of its answer."""
    found = jobs.get(here.study.name, number)
    if found is None:
        raise Http404
    answer = here.render(
        "parts/job.html" if here.request.htmx else "job.html", job=found, before=jobs.before(found)
    )
    if here.request.htmx and found.state is jobs.State.DONE and found.after:
        answer["HX-Redirect"] = found.after
    return answer


@require_POST
@in_study
def stop(here: Here, number: int) -> HttpResponse:
    """Stop a job."""
    found = jobs.get(here.study.name, number)
    if found is None:
        raise Http404
    found.stop()
    return here.render("parts/job.html", job=found, before=0)


urlpatterns = [
    path("s/<str:study>/jobs/<int:number>/", job, name="job"),
    path("s/<str:study>/jobs/<int:number>/stop/", stop, name="job_stop"),
]
