"""The report: written by a job, opened here; and what may leave that is held back otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.i18n import N_, _
from makna.library import Library
from makna.record.actions.release import release
from makna.record.actions.take_back_release import take_back_release
from makna.record.models import Event, Release
from makna.web import jobs
from makna.web.answers import done
from makna.web.forms import kept
from makna.web.here import Here, in_study

EDITIONS = (("public", N_("public edition")), ("examiners", N_("examiners' edition")))
LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"), ("both", N_("both")))
TEMPLATES = (("article", N_("article")), ("skripsi", "skripsi"))
FORMATS = ((".html", "HTML"), (".docx", "DOCX"))
_RELEASES = (("term", N_("argot terms")), ("template", N_("templates")), ("channel", N_("private channels")))


@dataclass(frozen=True)
class Written:
    """A report that stands, and how many changes the record saw since."""

    edition: str
    language: str
    template: str
    suffix: str
    at: dt.datetime
    since: int


@in_study
def report(here: Here) -> HttpResponse:
    """The reports there are, and the form that writes one."""
    writing = [job for job in jobs.of(here.study.name) if job.key and job.key[0] == "report" and not job.over]
    return here.render("report.html", written=_written(here), writing=writing, **_choices(here))


def _choices(here: Here) -> dict[str, object]:
    return {
        "editions": EDITIONS, "languages": LANGUAGES, "templates": TEMPLATES, "formats": FORMATS, "kinds": _RELEASES,
        "releases": Release.objects.filter(study=here.actor.study).select_related("person").order_by("pk"),
    }  # fmt: skip


def _written(here: Here) -> list[Written]:
    found = []
    for edition, language, template, suffix in product(*map(dict, (EDITIONS, LANGUAGES, TEMPLATES, FORMATS))):
        file = here.study.report_path(edition=edition, language=language, template=template, suffix=suffix)
        if file.is_file():
            at = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
            since = Event.objects.filter(study=here.actor.study, at__gt=at).count()
            found.append(Written(edition, language, template, suffix, at, since))
    return sorted(found, key=lambda one: one.at, reverse=True)


@require_POST
@in_study
def write(here: Here) -> HttpResponse:
    """Write a report."""
    edition, language, template, suffix = _asked(here.request.POST)
    job = jobs.start(
        here.library, here.study.name, _("Report"), write_report,
        key=("report", edition, language, template, suffix, here.study.standing(), _last_event(here)),
        after=reverse("report", kwargs={"study": here.study.name}), edition=edition, language=language, template=template,
        suffix=suffix,
    )  # fmt: skip
    if here.request.htmx:
        return here.render("parts/job.html", job=job, before=jobs.before(job))
    return redirect("report", study=here.study.name)


def write_report(
    library: Path, study: str, told: jobs.Told, *, edition: str, language: str, template: str, suffix: str
) -> str:
    """The job: the name of the file it wrote."""
    told("", 0, 0)
    held = Library(library).study(study)
    file = held.report_path(edition=edition, language=language, template=template, suffix=suffix)
    return held.report(file, edition=edition, language=language, template=template).name


def _last_event(here: Here) -> int:
    return (
        Event.objects.filter(study=here.actor.study).order_by("-pk").values_list("pk", flat=True).first() or 0
    )


def _asked(given: QueryDict) -> tuple[str, str, str, str]:
    """Edition, language, template and format that were asked for; raises Http404 for what there is not."""
    names = {"edition": "", "language": "", "template": "article", "format": ""}
    asked = tuple(given.get(name, default) for name, default in names.items())
    for value, known in zip(asked, (EDITIONS, LANGUAGES, TEMPLATES, FORMATS), strict=True):
        if value not in dict(known):
            raise Http404
    return asked  # type: ignore[return-value]


# The report has its styles inside and no script: it is shown apart from the workbench, where nothing else may run.
@csp_replace({
    "default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"], "font-src": ["data:"],
    "sandbox": ["allow-popups"], "form-action": ["'none'"], "base-uri": ["'none'"],
})  # fmt: skip
@in_study
def look(here: Here) -> FileResponse:
    """A report that stands."""
    edition, language, template, suffix = _asked(here.request.GET)
    file = here.study.report_path(edition=edition, language=language, template=template, suffix=suffix)
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=suffix != ".html", filename=file.name)


@require_POST
@in_study
def let_out(here: Here) -> HttpResponse:
    """Release something of the examiners' edition for the public one, for a reason in writing."""
    post = here.request.POST
    release(
        here.actor, post.get("what", ""), post.get("reason", ""), name=post.get("name", ""), kept=kept(post)
    )
    to = reverse("report", kwargs={"study": here.study.name})
    return done(here.request, _("Released: the next public edition names it."), _releases(here), to=to)


@require_POST
@in_study
def take_back(here: Here, number: int) -> HttpResponse:
    """Take a release back."""
    take_back_release(here.actor, number)
    to = reverse("report", kwargs={"study": here.study.name})
    return done(here.request, _("Release taken back."), _releases(here), to=to)


def _releases(here: Here) -> HttpResponse:
    return here.render("parts/releases.html", **_choices(here))


_AT = "s/<str:study>/report/"
urlpatterns = [
    path(_AT, report, name="report"),
    path(_AT + "write/", write, name="report_write"),
    path(_AT + "look/", look, name="report_look"),
    path(_AT + "release/", let_out, name="release"),
    path(_AT + "release/<int:number>/back/", take_back, name="release_back"),
]
