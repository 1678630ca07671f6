"""The frame: the tree of concepts, each with its references; and the matrix of codes and concepts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.errors import NoSuchRow, RecordError
from makna.i18n import _, ngettext, spoken
from makna.record.actions.add_concept import add_concept
from makna.record.actions.adopt_frame import adopt_frame
from makna.record.actions.answer_concept import answer_concept
from makna.record.actions.change_concept import change_concept
from makna.record.actions.move_concept import move_concept
from makna.record.actions.remove_concept import remove_concept
from makna.record.models import Answer, Code, Concept, MemoKind
from makna.web import memos
from makna.web.answers import done
from makna.web.forms import kept, seen, text, whole_number
from makna.web.frames.matrix import matrix
from makna.web.frames.panel import FIELDS, concepts, label_of, panel, tree
from makna.web.here import Here, in_study
from makna.web.nested import Place, stepped


@in_study
def frame(here: Here) -> HttpResponse:
    """The whole frame, with no concept opened."""
    return _page(here, None)


@in_study
def concept(here: Here, concept: int) -> HttpResponse:
    """A concept beside the tree; its panel alone where the page asks for that."""
    return _panel(here, concept) if here.request.htmx.target == "panel" else _page(here, concept)


def _page(here: Here, concept: int | None) -> HttpResponse:
    branches = tree(here.actor)
    opened = None if concept is None else panel(here.study, here.actor, branches, concept)
    return here.render("frame/page.html", branches=branches, panel=opened, **_choices())


def _panel(here: Here, concept: int | None) -> HttpResponse:
    opened = None if concept is None else panel(here.study, here.actor, tree(here.actor), concept)
    return here.render("frame/panel.html", panel=opened, **_choices())


def _choices() -> dict[str, Any]:
    return {"fields": FIELDS, "memo_kinds": MemoKind.choices}


@in_study
def only_tree(here: Here) -> HttpResponse:
    """The tree alone, after something in it changed."""
    return here.render("frame/tree.html", branches=tree(here.actor), panel=None)


@require_POST
@in_study
def add(here: Here) -> HttpResponse:
    """Add a concept, last under another or at the top."""
    post = here.request.POST
    name = " ".join(post.get("name", "").split())
    made = add_concept(
        here.actor, label_of(here.actor, name), name, parent=whole_number(post, "parent"), kept=kept(post)
    )
    return _opened(here, made, _("Concept added."))


@require_POST
@in_study
def adopt(here: Here) -> HttpResponse:
    """Take over the frame that Makna brings along, in the language of the page."""
    n = adopt_frame(here.actor, language=spoken())
    said = ngettext("{n} concept added.", "{n} concepts added.", n).format(n=n)
    return done(here.request, said, _page(here, None), undo=bool(n), to=address(here))


@require_POST
@in_study
def change(here: Here, concept: int) -> HttpResponse:
    """Change a concept's name, definition or references."""
    post = here.request.POST
    columns: dict[str, Any] = {field.name: text(post, field.name) for field in FIELDS if field.name in post}
    before: dict[str, Any] = seen(post)
    if not columns:
        raise RecordError(_("Nothing was sent to change."))
    for values in (columns, before):
        if "references" in values:
            values["references"] = values["references"].replace(",", " ").split()
    change_concept(here.actor, concept, seen=before, kept=kept(post), **columns)
    field = next(one for one in FIELDS if one.name in columns)
    to = reverse("concept_change", kwargs={"study": here.study.name, "concept": concept})
    answer = here.render("parts/field.html", item=_row(here, Concept, concept), field=field, to=to)
    return done(here.request, _("Stored."), answer, to=address(here, concept), tree=True)


@require_POST
@in_study
def move(here: Here, concept: int) -> HttpResponse:
    """Put a concept elsewhere: under ``parent`` before ``before``, or one ``step`` up, down, in or out."""
    post = here.request.POST
    if "step" in post:
        _row(here, Concept, concept)
        place = stepped(concepts(here.actor), concept, post["step"])
        if place is None:
            said = _("It cannot go further that way.")
            return done(here.request, said, undo=False, to=address(here, concept))
    else:
        place = Place(whole_number(post, "parent"), whole_number(post, "before"))
    move_concept(here.actor, concept, parent=place.parent, before=place.before)
    return done(
        here.request, _("Concept moved."), _panel(here, concept), to=address(here, concept), tree=True
    )


@require_POST
@in_study
def remove(here: Here, concept: int) -> HttpResponse:
    """Remove a concept that nothing stands on."""
    name = _row(here, Concept, concept).name
    remove_concept(here.actor, concept)
    return _opened(here, None, _("Concept removed: {name}.").format(name=name))


@require_POST
@in_study
def memo(here: Here, concept: int) -> HttpResponse:
    """Write a memo on a concept, or rewrite one; an empty one is removed."""
    said = memos.store(here, concept=concept)
    return done(here.request, said, _panel(here, concept), to=address(here, concept))


@in_study
def table(here: Here) -> HttpResponse:
    """The matrix: all codes, one (``code=7``), or those that answer to a concept (``answering=1``)."""
    get = here.request.GET
    code, answering = whole_number(get, "code"), get.get("answering") == "1"
    found = matrix(here.actor, code=code, answering=answering)
    return here.render("frame/matrix.html", matrix=found, only=code, answering=answering)


@in_study
def cell(here: Here, code: int, concept: int) -> HttpResponse:
    """A cell of the matrix, as it is read or (``edit=1``) written."""
    return _cell(here, code, concept, edit=here.request.GET.get("edit") == "1")


def _cell(here: Here, code: int, concept: int, *, edit: bool = False) -> HttpResponse:
    template = "frame/edit_cell.html" if edit and here.may_code else "frame/cell.html"
    if edit and not here.request.htmx:
        template = "frame/cell_page.html"
    answer = Answer.objects.filter(code=code, concept=concept).first()
    return here.render(
        template, code=_row(here, Code, code), concept=_row(here, Concept, concept), answer=answer
    )


@require_POST
@in_study
def answer(here: Here, code: int, concept: int) -> HttpResponse:
    """Say why a code answers to a concept, or that it does not."""
    post = here.request.POST
    holds = post.get("holds") != "0"
    argument = (text(post, "argument") or "") if holds else None
    answer_concept(here.actor, code, concept, argument=argument, seen=seen(post), kept=kept(post))
    said = _("Stored.") if holds else _("The code no longer answers to this concept.")
    return done(here.request, said, _cell(here, code, concept), to=address(here) + "matrix/")


def _row(here: Here, model: Any, key: int) -> Any:
    row = model.objects.filter(study=here.actor.study, pk=key).first()
    if row is None:
        raise NoSuchRow(_("This is not there any more. Look again."))
    return row


def _opened(here: Here, concept: int | None, said: str) -> HttpResponse:
    """The panel of another concept than the address names."""
    to = address(here, concept)
    answer = _panel(here, concept)
    answer["HX-Push-Url"] = to
    return done(here.request, said, answer, to=to, tree=True)


def address(here: Here, concept: int | None = None) -> str:
    """Where a concept is, or the whole frame."""
    if concept is None:
        return reverse("frame", kwargs={"study": here.study.name})
    return reverse("concept", kwargs={"study": here.study.name, "concept": concept})


_AT = "s/<str:study>/frame/"
urlpatterns = [
    path(_AT, frame, name="frame"),
    path(_AT + "tree/", only_tree, name="frame_tree"),
    path(_AT + "add/", add, name="concept_add"),
    path(_AT + "adopt/", adopt, name="frame_adopt"),
    path(_AT + "matrix/", table, name="frame_matrix"),
    path(_AT + "matrix/<int:code>/<int:concept>/", cell, name="frame_cell"),
    path(_AT + "matrix/<int:code>/<int:concept>/answer/", answer, name="frame_answer"),
    path(_AT + "<int:concept>/", concept, name="concept"),
    path(_AT + "<int:concept>/change/", change, name="concept_change"),
    path(_AT + "<int:concept>/move/", move, name="concept_move"),
    path(_AT + "<int:concept>/remove/", remove, name="concept_remove"),
    path(_AT + "<int:concept>/memo/", memo, name="concept_memo"),
]
