"""Findings: the board of claims, and each with its evidence, counter-evidence and argument."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.i18n import _
from makna.record.actions.add_finding import add_finding
from makna.record.actions.change_evidence import change_evidence
from makna.record.actions.change_finding import change_finding
from makna.record.actions.conclude_finding import conclude_finding
from makna.record.actions.move_finding import move_finding
from makna.record.actions.remove_evidence import remove_evidence
from makna.record.actions.remove_finding import remove_finding
from makna.record.actions.write_memo import write_memo
from makna.record.models import Concept, MemoKind, Question
from makna.web import board
from makna.web.answers import done
from makna.web.forms import kept, seen, text, whole_number
from makna.web.here import Here, in_study
from makna.web.passages import source_line


@in_study
def findings(here: Here) -> HttpResponse:
    """The board."""
    return _board(here)


def _board(here: Here, template: str = "findings/board.html") -> HttpResponse:
    found = board.claims(here.study, here.actor)
    groups = board.by_question(here.actor, found)
    return here.render(template, groups=groups, total=len(found), **_choices(here))


def _choices(here: Here) -> dict[str, object]:
    """What a finding can answer to."""
    return {
        "questions": Question.objects.filter(study=here.actor.study).order_by("place", "pk"),
        "concepts": Concept.objects.filter(study=here.actor.study).order_by("name"),
        "kinds": MemoKind.choices,
        "source_line": source_line,
    }


@in_study
def finding(here: Here, number: int) -> HttpResponse:
    """One finding, whole."""
    return _one(here, number, "findings/one.html")


def _one(here: Here, number: int, template: str = "findings/claim.html") -> HttpResponse:
    found = board.claims(here.study, here.actor, only=number)
    if not found:
        raise Http404
    return here.render(template, claim=found[0], whole=True, **_choices(here))


@require_POST
@in_study
def add(here: Here) -> HttpResponse:
    """Claim something."""
    post = here.request.POST
    made = add_finding(
        here.actor, text(post, "claim") or "", question=post.get("question", ""), concept=whole_number(post, "concept"),
        kept=kept(post),
    )  # fmt: skip
    said = _("Finding added, as a draft.")
    return done(
        here.request,
        said,
        _board(here, "findings/list.html"),
        to=_address(here, made),
        made={"finding": made},
    )


@require_POST
@in_study
def change(here: Here, number: int) -> HttpResponse:
    """Reword a finding, argue it, or let it answer to another question or concept."""
    post = here.request.POST
    change_finding(
        here.actor, number, claim=text(post, "claim"), argument=text(post, "argument"),
        question=post.get("question"), concept=whole_number(post, "concept"), seen=seen(post), kept=kept(post),
    )  # fmt: skip
    return done(here.request, _("Finding changed."), _one(here, number), to=_address(here, number))


@require_POST
@in_study
def move(here: Here, number: int) -> HttpResponse:
    """Put a finding before another, or last."""
    before = here.request.POST.get("before")
    move_finding(here.actor, number, before=int(before) if before else None)
    return done(here.request, _("Finding moved."), _board(here, "findings/list.html"), to=_address(here))


@require_POST
@in_study
def conclude(here: Here, number: int) -> HttpResponse:
    """Make a finding final, or open it again."""
    final = here.request.POST.get("final") == "1"
    conclude_finding(here.actor, number, final=final)
    said = _("The finding is final.") if final else _("The finding is a draft again.")
    return done(here.request, said, _one(here, number), to=_address(here, number))


@require_POST
@in_study
def remove(here: Here, number: int) -> HttpResponse:
    """Remove a finding with its evidence."""
    remove_finding(here.actor, number)
    return done(
        here.request,
        _("Finding removed."),
        _board(here, "findings/list.html"),
        to=_address(here),
        removed=number,
    )


@require_POST
@in_study
def memo(here: Here, number: int) -> HttpResponse:
    """Write a memo on a finding: its argument, or the search for a case against it."""
    post = here.request.POST
    write_memo(
        here.actor,
        post.get("text", ""),
        kind=post.get("kind", MemoKind.ARGUMENT),
        finding=number,
        kept=kept(post),
    )
    return done(here.request, _("Memo written."), _one(here, number), to=_address(here, number))


@require_POST
@in_study
def evidence(here: Here, number: int, piece: int) -> HttpResponse:
    """Change what a passage says about the claim, or take it away."""
    post = here.request.POST
    if post.get("remove"):
        remove_evidence(here.actor, piece)
        said = _("Evidence removed.")
    else:
        change_evidence(
            here.actor, piece, stance=post.get("stance"), paraphrase=text(post, "paraphrase"), note=text(post, "note"),
            seen=seen(post), kept=kept(post),
        )  # fmt: skip
        said = _("Evidence changed.")
    return done(here.request, said, _one(here, number), to=_address(here, number))


def _address(here: Here, number: int | None = None) -> str:
    if number is None:
        return reverse("findings", kwargs={"study": here.study.name})
    return reverse("finding", kwargs={"study": here.study.name, "number": number})


_AT = "s/<str:study>/findings/"
urlpatterns = [
    path(_AT, findings, name="findings"),
    path(_AT + "add/", add, name="finding_add"),
    path(_AT + "<int:number>/", finding, name="finding"),
    path(_AT + "<int:number>/change/", change, name="finding_change"),
    path(_AT + "<int:number>/move/", move, name="finding_move"),
    path(_AT + "<int:number>/conclude/", conclude, name="finding_conclude"),
    path(_AT + "<int:number>/remove/", remove, name="finding_remove"),
    path(_AT + "<int:number>/memo/", memo, name="finding_memo"),
    path(_AT + "<int:number>/evidence/<int:piece>/", evidence, name="finding_evidence"),
]
