"""What is done while reading: coding, moving and removing codings, memos, evidence; answered by what changed, no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from makna.errors import RecordError
from makna.i18n import _
from makna.record.actions.add_coding import add_coding
from makna.record.actions.add_evidence import add_evidence
from makna.record.actions.change_coding import change_coding
from makna.record.actions.code_passage import LONGEST, code_passage
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.write_memo import write_memo
from makna.record.models import Code, Coding, Origin
from makna.web import coded
from makna.web.answers import done
from makna.web.coded import Span
from makna.web.here import Here, in_study
from makna.web.pages.read import address, draw_pieces, leaf_of, names
from makna.web.reading.colours import told
from makna.web.reading.drawing import touched
from makna.web.reading.texts import SHELF


@require_POST
@in_study
def code(here: Here, document: int) -> HttpResponse:
    """Code a passage: with the code of an id, of a name (made where there is none), or in vivo."""
    span, told = _span(here, document), here.request.POST
    if told.get("code"):
        code_id, new = int(told["code"]), False
        coding = add_coding(here.actor, code_id, document, span.start, span.end)
    else:
        in_vivo = "in_vivo" in told
        name = _words(here, span) if in_vivo else told.get("name", "")
        origin = Origin.IN_VIVO if in_vivo else Origin.RESEARCHER
        code_id, coding, new = code_passage(
            here.actor, name, document, span.start, span.end, origin=origin, kept=told.getlist("kept")
        )
    name = Code.objects.values_list("name", flat=True).get(pk=code_id)
    said = _("Coded with the new code {name}.") if new else _("Coded {name}.")
    more = {"coding": coding, "code": code_id, **(_codebook(here) if new else {})}
    return _done(here, said.format(name=name), [span], **more)


def _words(here: Here, span: Span) -> str:
    words = " ".join(leaf_of(here, span.document).text[span.start : span.end].split())
    if len(words) > LONGEST // 2:
        raise RecordError(_("These words are too long for the name of a code. Choose fewer."))
    return words


@require_POST
@in_study
def remove(here: Here) -> HttpResponse:
    """Take codings away."""
    ids = [int(one) for one in here.request.POST.getlist("coding")]
    rows = Coding.objects.filter(study=here.actor.study, pk__in=ids).select_related("code", "source")
    spans = [Span(row.source.document, row.start, row.end) for row in rows]
    called = ", ".join(dict.fromkeys(row.code.name for row in rows))
    remove_codings(here.actor, ids)
    return _done(here, _("Coding removed: {name}.").format(name=called), spans)


@require_POST
@in_study
def move(here: Here, coding: int) -> HttpResponse:
    """Let a coding begin or end elsewhere in its text; *seen* is where it stood on the page."""
    row = coded.coding(here.actor, coding)
    document = row.source.document
    span, before = _span(here, document), Span(document, row.start, row.end)
    seen = {
        name: int(here.request.POST[f"seen_{name}"])
        for name in ("start", "end")
        if f"seen_{name}" in here.request.POST
    }
    change_coding(here.actor, coding, start=span.start, end=span.end, seen=seen)
    return _done(here, _("Coding moved: {name}.").format(name=row.code.name), [before, span], coding=coding)


@require_POST
@in_study
def memo(here: Here, document: int) -> HttpResponse:
    """Write a memo on a coding, else on the document."""
    told = here.request.POST
    coding = int(told["coding"]) if told.get("coding") else None
    code_id = int(told["code"]) if told.get("code") and coding is None else None
    write_memo(
        here.actor, told.get("text", ""), kind=told.get("kind") or "theoretical", coding=coding, code=code_id,
        document=document if coding is None and code_id is None else None, kept=told.getlist("kept"),
    )  # fmt: skip
    return _done(here, _("Memo written."), [], panel=True)


@require_POST
@in_study
def evidence(here: Here, document: int) -> HttpResponse:
    """Keep the passage as evidence for or against a finding."""
    span, told = _span(here, document), here.request.POST
    add_evidence(
        here.actor, int(told.get("finding") or 0), document, span.start, span.end, stance=told.get("stance") or "supports",
        note=told.get("note", ""), kept=told.getlist("kept"),
    )  # fmt: skip
    return _done(here, _("Kept as evidence."), [], panel=True)


@in_study
def since(here: Here, event: int) -> HttpResponse:
    """What changed after *event*: after an undo, or by somebody else. ``all`` says that the page is to be asked anew."""
    spans = coded.spans_since(here.actor, event)
    if spans is None:
        return JsonResponse({"all": True})
    return JsonResponse(_changed(here, spans) | _codebook(here))


@in_study
def shares(here: Here) -> HttpResponse:
    """How much of some documents is coded."""
    leaves = SHELF.leaves(here.study, [int(one) for one in here.request.GET.getlist("document")[:50]])
    found = coded.shares(here.actor, {leaf.document: len(leaf.text) for leaf in leaves})
    return JsonResponse({str(leaf.document): found.get(leaf.document, 0) for leaf in leaves})


def _span(here: Here, document: int) -> Span:
    """The passage that was sent; what lies outside the text is refused by the record."""
    try:
        return Span(document, int(here.request.POST["start"]), int(here.request.POST["end"]))
    except (KeyError, ValueError):
        raise RecordError(_("This passage is empty: select at least one character.")) from None


def _done(here: Here, said: str, spans: Iterable[Span], **more: Any) -> HttpResponse:
    """The line that is told, with what changed by this and, since the page was drawn, by others."""
    spans = list(spans)
    known = here.request.POST.get("event", "")
    others = known.isdecimal() and coded.more_than_one_since(here.actor, int(known))
    meanwhile = (coded.spans_since(here.actor, int(known)) if others else None) or []
    answer = JsonResponse(_changed(here, [*spans, *meanwhile]) | more)
    to = address(here, *spans[0]) if spans else None
    return done(here.request, said, answer, to=to)


def _codebook(here: Here) -> dict[str, Any]:
    """All codes, and the name of the stylesheet with their colours."""
    codes = coded.codebook(here.actor)
    return {"codes": codes, "colours": told(codes)[1]}


def _changed(here: Here, spans: Iterable[Span]) -> dict[str, Any]:
    """The pieces of these stretches drawn anew."""
    leaves = {leaf.document: leaf for leaf in SHELF.leaves(here.study, {span.document for span in spans})}
    found = {
        one.key: one
        for span in spans
        if (leaf := leaves.get(span.document))
        for one in draw_pieces(here, leaf, touched(leaf, span.start, span.end))
    }
    called = names(here, (name.passage.code for one in found.values() for name in one.names))
    pieces = [{"id": key, "html": one.html, "names": one.margin(called)} for key, one in found.items()]
    return {"event": coded.last_event(here.actor), "pieces": pieces}


urlpatterns = [
    path("s/<str:study>/read/<int:document>/code/", code, name="read_code"),
    path("s/<str:study>/read/codings/remove/", remove, name="read_remove"),
    path("s/<str:study>/read/codings/<int:coding>/", move, name="read_move"),
    path("s/<str:study>/read/<int:document>/memo/", memo, name="read_memo"),
    path("s/<str:study>/read/<int:document>/evidence/", evidence, name="read_evidence"),
    path("s/<str:study>/read/shares/", shares, name="read_shares"),
    path("s/<str:study>/read/since/<int:event>/", since, name="read_since"),
]
