"""Compare: codes against kinds of source, cases, each other, coders and time; a cell opens its passages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path

from makna.analysis.agreement import Agreement
from makna.analysis.coder_agreement import CodeAgreement
from makna.i18n import spoken
from makna.record.models import Code
from makna.report.words import Words
from makna.web import forms, jobs
from makna.web.comparing import leaving, standing
from makna.web.comparing.agreeing import agreeing
from makna.web.comparing.asked import AGAINST, MOST, Asked, asked, attributes
from makna.web.comparing.matrix import Matrix, matrix
from makna.web.comparing.opened import opened
from makna.web.here import Here, in_study
from makna.web.passages import source_line

_PATIENCE = 0.2  # seconds that a page waits for the agreement of coders


@in_study
def compare(here: Here) -> HttpResponse:
    """The matrix of codes against what the address asks."""
    ask = asked(here, here.request.GET)
    if not standing.ready(here):
        return here.render("compare/reads.html", ask=ask)
    if "wait" in here.request.GET:  # the page that waited is opened whole
        return HttpResponse(headers={"HX-Refresh": "true"})
    shows = matrix(here, ask)
    cell = _cell(here, ask) if "row" in here.request.GET else None
    return here.render(
        "compare/page.html", ask=ask, matrix=shows, opened=cell, source_line=source_line, against=AGAINST.items(),
        attributes=list(attributes(here)), branches=_branches(here), most=MOST, **_agreement(here, ask, shows),
    )  # fmt: skip


def _branches(here: Here) -> list[Code]:
    """The codes that have others under them."""
    return list(
        Code.objects.filter(study=here.actor.study, children__isnull=False).distinct().order_by("name")
    )


def _agreement(here: Here, ask: Asked, shows: Matrix) -> dict[str, Any]:
    """Code -> what was measured, in words, once it is worked out; the job as long as it is not."""
    if ask.by != "coder" or len(shows.columns) < 2:
        return {"agreement": None, "job": None}
    job = agreeing(here)
    job.wait(_PATIENCE)
    if job.state is not jobs.State.DONE:
        return {"agreement": {}, "job": job, "before": jobs.before(job)}
    return {"agreement": {code: _measured(one) for code, one in job.answer.items()}, "job": None}


def _measured(found: CodeAgreement) -> list[str]:
    """Alpha, alpha for unitizing and kappa, each with its interval; empty where there is too little to compute it."""
    return [_said(one) if one else "–" for one in (found.alpha, found.unitizing, found.kappa)]


def _said(found: Agreement) -> str:
    words = Words(spoken())
    if found.value is None:
        return ""
    if found.low is None or found.high is None:
        return words.number(found.value)
    low, high = words.number(found.low), words.number(found.high)
    return f"{words.number(found.value)} ({low}\u00a0…\u00a0{high})"


def _cell(here: Here, ask: Asked) -> Any:
    sent = here.request.GET
    return opened(here, ask, sent.get("row", ""), sent.get("col", ""), forms.whole_number(sent, "first") or 0)


@in_study
def cell(here: Here) -> HttpResponse:
    """The passages of a cell, to be put below the matrix."""
    ask = asked(here, here.request.GET)
    return here.render("compare/cell.html", ask=ask, opened=_cell(here, ask), source_line=source_line)


@in_study
def export(here: Here, form: str) -> HttpResponse:
    """The matrix as a file."""
    edition = here.request.GET.get("edition", leaving.EDITIONS[0])
    if form not in leaving.TYPES or edition not in leaving.EDITIONS:
        raise Http404
    ask = asked(here, here.request.GET)
    answer = HttpResponse(leaving.file(here, ask, form, edition), content_type=leaving.TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{here.study.name}-{ask.by}-{edition}.{form}"'
    return answer


urlpatterns = [
    path("s/<str:study>/compare/", compare, name="compare"),
    path("s/<str:study>/compare/cell/", cell, name="compare_cell"),
    path("s/<str:study>/compare/export/<str:form>/", export, name="compare_export"),
]
