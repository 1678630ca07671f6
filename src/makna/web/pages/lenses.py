"""Lenses: what each of them sees, and how its passages become codings and evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from makna.analysis.lenses import LENSES
from makna.analysis.lenses.base import LensResult
from makna.errors import NoSuchRow
from makna.i18n import _, ngettext, spoken
from makna.record.actions.accept_as import accept_as
from makna.record.actions.add_evidences import add_evidences
from makna.record.actions.dismiss_proposals import dismiss_proposals
from makna.record.actions.reconsider_proposals import reconsider_proposals
from makna.record.models import Code, Finding, Stance
from makna.web import forms, jobs
from makna.web.answers import done
from makna.web.here import Here, in_study
from makna.web.lensing import asking, deciding, words
from makna.web.lensing.answer import drawn, heading, parts, statistics
from makna.web.passages import source_line


@in_study
def lenses(here: Here) -> HttpResponse:
    """All lenses: the question of each, and its sentence where it has answered."""
    rows = [_row(here, lens) for lens in LENSES]
    reading = any(row["job"] is not None and not row["job"].over for row in rows)
    unanswered = any(row["job"] is None for row in rows)
    return here.render(
        "lenses/list.html", rows=rows, reading=reading, unanswered=unanswered, **_unaided(here)
    )


def _row(here: Here, lens: str) -> dict[str, Any]:
    job = asking.known(here, asking.Asked(lens, {}))
    sentence = job.answer.sentence[spoken()] if job is not None and job.state is jobs.State.DONE else ""
    return {
        "lens": lens,
        "job": job,
        "sentence": sentence,
        "name": words.name(lens),
        "asks": words.question(lens),
    }


@require_POST
@in_study
def ask_all(here: Here) -> HttpResponse:
    """Ask every lens, one after the other."""
    for lens in LENSES:
        asking.answering(here, asking.Asked(lens, {}))
    return redirect("lenses", study=here.study.name)


@in_study
def lens(here: Here, lens: str) -> HttpResponse:
    """One lens: its sentence, or that it is still reading."""
    ask = asking.asked(here, lens, here.request.GET)
    job = asking.answering(here, ask)
    job.wait(asking.PATIENCE)
    about = {
        "ask": ask,
        "lens": lens,
        "name": words.name(lens),
        "asks": words.question(lens),
        **_form(here, ask),
    }
    if job.state is not jobs.State.DONE:
        return here.render("lenses/reads.html", job=job, before=jobs.before(job), **about)
    result: LensResult = job.answer
    row = forms.whole_number(here.request.GET, "row")
    opened = None if row is None else _opened(here, ask, result, row)
    return here.render(
        "lenses/one.html", sentence=result.sentence[spoken()], blind=result.blind[spoken()], figure=drawn(result),
        statistics=list(statistics(result)), opened=opened,
        parts=parts(result, whole="all" in here.request.GET, opened=row), **about, **_unaided(here, lens),
    )  # fmt: skip


def _form(here: Here, ask: asking.Asked) -> dict[str, Any]:
    fields = words.FIELDS[ask.lens]
    return {
        "fields": fields,
        "batches": asking.observed_batches(here) if "reference" in fields else [],
        "branches": _branches(here) if "under" in fields else [],
    }


def _branches(here: Here) -> list[Code]:
    """The codes that have others under them."""
    return list(
        Code.objects.filter(study=here.actor.study, children__isnull=False).distinct().order_by("name")
    )


def _unaided(here: Here, lens: str = "") -> dict[str, Any]:
    return {"hidden": deciding.hidden(here, lens), "wanted": deciding.wanted(here)}


@in_study
def row(here: Here, lens: str, row: int) -> HttpResponse:
    """The passages behind a row, to be put below it."""
    ask = asking.asked(here, lens, here.request.GET)
    return _under(here, ask, row)


def _under(here: Here, ask: asking.Asked, row: int) -> HttpResponse:
    opened = _opened(here, ask, _answer(here, ask), row)
    return here.render("lenses/under.html", ask=ask, lens=ask.lens, opened=opened)


def _answer(here: Here, ask: asking.Asked) -> LensResult:
    """The answer that stands; raises NoSuchRow where the lens has to be asked again."""
    job = asking.answering(here, ask)
    if not job.wait(60) or job.state is not jobs.State.DONE:
        raise NoSuchRow(_("The sources changed, and the lens reads again. Load the page again."))
    answer: LensResult = job.answer
    return answer


def _opened(here: Here, ask: asking.Asked, result: LensResult, row: int) -> dict[str, Any]:
    """What stands below an opened row."""
    if row not in set(result.table["row"].to_pylist()):
        raise NoSuchRow(_("The lens has no such row any more. Look again."))
    first = forms.whole_number(here.request.POST or here.request.GET, "first") or 0
    unaided = deciding.hidden(here, ask.lens)
    found, total = ([], 0) if unaided else deciding.proposed(here, result, row, first)
    return {
        "row": row, "hidden": unaided, "passages": found, "total": total, "first": first, "last": first + len(found),
        "page": deciding.PAGE, "source_line": source_line, **heading(result, row),
        "codes": list(Code.objects.filter(study=here.actor.study).order_by("name").values_list("name", flat=True)),
        "findings": list(Finding.objects.filter(study=here.actor.study).order_by("place", "pk")),
        "sent": here.request.POST,
    }  # fmt: skip


@require_POST
@in_study
def decide(here: Here, lens: str, row: int) -> HttpResponse:
    """Accept passages as codings, dismiss them, keep them as evidence, or take a decision back."""
    ask = asking.asked(here, lens, here.request.GET)
    result = _answer(here, ask)
    sent = here.request.POST
    if "again" in sent:
        reconsider_proposals(here.actor, [int(key) for key in sent.getlist("again") if key.isdigit()])
        said = _("The lens proposes it again.")
    else:
        said = _done(here, ask.lens, deciding.chosen(result, row, sent.getlist("passage")))
    return done(here.request, said, _under(here, ask, row), to=_back(here, ask, row))


def _done(here: Here, lens: str, places: list[deciding.Place]) -> str:
    """Do what the pressed button says with the chosen passages."""
    sent, n = here.request.POST, len(places)
    what = sent.get("do", "")
    if what == "dismiss":
        dismiss_proposals(here.actor, lens, places)
        return ngettext("{n} passage dismissed.", "{n} passages dismissed.", n).format(n=n)
    if what == "evidence":
        stance = Stance.CONTRADICTS if sent.get("stance") == Stance.CONTRADICTS else Stance.SUPPORTS
        finding = forms.whole_number(sent, "finding")
        if finding is None:
            raise NoSuchRow(_("Choose the finding that it speaks for or against."))
        add_evidences(here.actor, finding, places, stance=stance)
        return ngettext("{n} passage kept as evidence.", "{n} passages kept as evidence.", n).format(n=n)
    name = " ".join(sent.get("code", "").split())
    _code, _codings, new = accept_as(here.actor, lens, places, name=name, kept=forms.kept(sent))
    if new:
        said = ngettext("New code {code}: {n} passage coded.", "New code {code}: {n} passages coded.", n)
    else:
        said = ngettext("{n} passage coded {code}.", "{n} passages coded {code}.", n)
    return said.format(n=n, code=f"“{name}”")


def _back(here: Here, ask: asking.Asked, row: int) -> str:
    address = asking.address(here, ask)
    return f"{address}{'&' if ask.options else '?'}row={row}#under-{row}"


urlpatterns = [
    path("s/<str:study>/lenses/", lenses, name="lenses"),
    path("s/<str:study>/lenses/ask/", ask_all, name="lenses_ask"),
    path("s/<str:study>/lenses/<str:lens>/", lens, name="lens"),
    path("s/<str:study>/lenses/<str:lens>/rows/<int:row>/", row, name="lens_row"),
    path("s/<str:study>/lenses/<str:lens>/rows/<int:row>/decide/", decide, name="lens_decide"),
]
