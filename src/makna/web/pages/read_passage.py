"""Everything on a passage, in the panel beside the text: codings, memos, evidence, history, and its likes elsewhere."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path

from makna.i18n import _
from makna.record.models import Coding, Evidence, Finding, Memo, MemoKind, Stance
from makna.record.queries.passages import seen
from makna.web import coded
from makna.web.activity_words import of_event
from makna.web.coded import Span
from makna.web.here import Here, in_study
from makna.web.pages.read import leaf_of
from makna.web.passages import shown, source_line

PAGE = 20  # passages of a code beside this one


@in_study
def passage(here: Here, document: int, start: int, end: int) -> HttpResponse:
    """What stands on a passage; codings that overlap it, and those of its exact words first."""
    leaf = leaf_of(here, document)
    span = Span(document, start, min(end, len(leaf.text)))
    codings = _codings(here, span)
    ids = [coding.pk for coding in codings]
    return here.render(
        "read/passage.html",
        span=span,
        words=leaf.text[span.start : span.end],
        codings=codings,
        memos=_memos(here, document, ids),
        evidence=_evidence(here, span),
        findings=list(Finding.objects.filter(study=here.actor.study).order_by("place", "pk")),
        kinds=[(kind.value, _(kind.label)) for kind in MemoKind],
        stances=[(stance.value, _(stance.label)) for stance in Stance],
        history=[(one, of_event(one)) for one in coded.history_of(here.actor, ids)],
        mine=here.actor.person.pk,
    )


def _codings(here: Here, span: Span) -> list[Coding]:
    rows = seen(here.actor).filter(source__document=span.document, start__lt=span.end, end__gt=span.start)
    found = rows.select_related("code", "coder", "code__parent")
    return sorted(found, key=lambda c: ((c.start, c.end) != span[1:], c.start, c.end, c.code.name))


def _memos(here: Here, document: int, codings: list[int]) -> list[Memo]:
    on = Q(coding__in=codings) | Q(source__document=document)
    found = Memo.objects.filter(on, study=here.actor.study).select_related("author", "coding__code")
    return list(found.order_by("-pk")[:30])


def _evidence(here: Here, span: Span) -> list[Evidence]:
    found = Evidence.objects.filter(
        finding__study=here.actor.study,
        source__document=span.document,
        start__lt=span.end,
        end__gt=span.start,
    )
    return list(found.select_related("finding", "investigator").order_by("finding__place", "pk"))


@in_study
def compare(here: Here, document: int, start: int, end: int, code: int) -> HttpResponse:
    """The passage beside the other passages of one of its codes, the latest coded first, and a memo on the difference."""
    leaf = leaf_of(here, document)
    page = max(0, int(here.request.GET.get("page") or 0))
    row = here.actor.study.codes.filter(pk=code).first()
    here_too = Q(source__document=document, start__lt=end, end__gt=start)
    others = seen(here.actor).filter(code=code).exclude(here_too).order_by("-pk")
    places = list(others.values_list("source__document", "start", "end")[page * PAGE : (page + 1) * PAGE + 1])
    return here.render(
        "read/compare.html",
        span=Span(document, start, end),
        words=leaf.text[start:end],
        code=row,
        codings=_codings(here, Span(document, start, end)),
        passages=shown(here.study, places[:PAGE]),
        more=len(places) > PAGE,
        turn=page,
        memos=list(Memo.objects.filter(study=here.actor.study, code=code).order_by("-pk")[:10]),
        source_line=source_line,
    )


urlpatterns = [
    path("s/<str:study>/read/<int:document>/passage/<int:start>-<int:end>/", passage, name="read_passage"),
    path(
        "s/<str:study>/read/<int:document>/compare/<int:start>-<int:end>/<int:code>/",
        compare,
        name="read_compare",
    ),
]
