"""The codebook: the tree of codes, and each with its definition, relations and memos."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from makna.errors import NoSuchRow, RecordError
from makna.i18n import _, spoken
from makna.record import palette
from makna.record.actions.add_code import add_code
from makna.record.actions.change_code import OTHERS, TEXTS, change_code
from makna.record.actions.merge_codes import merge_codes
from makna.record.actions.move_code import move_code
from makna.record.actions.relate_codes import relate_codes
from makna.record.actions.remove_code import remove_code
from makna.record.models import Code, Cycle, MemoKind, Origin, Tie
from makna.web import coded, jobs, memos
from makna.web.answers import done
from makna.web.codes.filing import TYPES, codebook_file, is_quick, written
from makna.web.codes.panel import FIELDS, panel
from makna.web.codes.tree import codes, tree
from makna.web.fields import Field
from makna.web.forms import kept, seen, text, whole_number
from makna.web.here import Here, in_study
from makna.web.nested import Place, stepped
from makna.web.reading.colours import both


@in_study
def codebook(here: Here) -> HttpResponse:
    """The whole codebook, with no code opened."""
    return _page(here, None)


@in_study
def code(here: Here, code: int) -> HttpResponse:
    """A code beside the tree; its panel alone where the page asks for that."""
    return _panel(here, code) if here.request.htmx.target == "panel" else _page(here, code)


def _page(here: Here, code: int | None) -> HttpResponse:
    branches = tree(here.actor)
    opened = None if code is None else panel(here.actor, branches, code)
    return here.render("codebook/page.html", branches=branches, panel=opened, **_choices())


def _panel(here: Here, code: int | None) -> HttpResponse:
    opened = None if code is None else panel(here.actor, tree(here.actor), code)
    return here.render("codebook/panel.html", panel=opened, **_choices())


def _choices() -> dict[str, Any]:
    return {
        "fields": FIELDS, "origins": Origin.choices, "cycles": Cycle.choices, "ties": Tie.choices,
        "memo_kinds": MemoKind.choices, "slots": palette.SLOTS,
    }  # fmt: skip


@in_study
def only_tree(here: Here) -> HttpResponse:
    """The tree alone, after something in it changed."""
    return here.render("codebook/tree.html", branches=tree(here.actor), panel=None)


@require_POST
@in_study
def add(here: Here) -> HttpResponse:
    """Add a code, last under another or at the top."""
    post = here.request.POST
    parent = whole_number(post, "parent")
    made = add_code(here.actor, " ".join(post.get("name", "").split()), parent=parent, kept=kept(post))
    return _opened(here, made, _("Code added."))


@require_POST
@in_study
def change(here: Here, code: int) -> HttpResponse:
    """Change what was sent of a code; answers with that field."""
    post = here.request.POST
    columns: dict[str, Any] = {name: text(post, name) for name in (TEXTS | OTHERS) & set(post)}
    before: dict[str, Any] = seen(post)
    for values in (columns, before):
        if "colour" in values:
            values["colour"] = _slot(values["colour"])
    change_code(here.actor, code, seen=before, kept=kept(post), **columns)
    row = _code(here, code)
    field = next((one for one in FIELDS if one.name in columns), None)
    answer = _panel(here, code) if field is None else _field(here, row, field)
    return done(here.request, _("Stored."), answer, to=address(here, code), tree=True)


def _field(here: Here, row: Code, field: Field) -> HttpResponse:
    to = reverse("code_change", kwargs={"study": here.study.name, "code": row.pk})
    return here.render("parts/field.html", item=row, field=field, to=to)


def _slot(text: Any) -> int:
    if not str(text).isdecimal() or int(text) >= palette.SLOTS:
        raise RecordError(_("There is no such colour."))
    return int(text)


@require_POST
@in_study
def move(here: Here, code: int) -> HttpResponse:
    """Put a code elsewhere: under ``parent`` before ``before``, or one ``step`` up, down, in or out."""
    post = here.request.POST
    if "step" in post:
        _code(here, code)
        place = stepped(codes(here.actor), code, post["step"])
        if place is None:
            return done(here.request, _("It cannot go further that way."), undo=False, to=address(here, code))
    else:
        place = Place(whole_number(post, "parent"), whole_number(post, "before"))
    move_code(here.actor, code, parent=place.parent, before=place.before)
    return done(here.request, _("Code moved."), _panel(here, code), to=address(here, code), tree=True)


@require_POST
@in_study
def merge(here: Here, code: int) -> HttpResponse:
    """Make a code one with another."""
    into = whole_number(here.request.POST, "into")
    if into is None:
        raise RecordError(_("Choose the code to merge it with."))
    merge_codes(here.actor, code, into=into)
    return _opened(here, into, _("Codes merged."))


@require_POST
@in_study
def remove(here: Here, code: int) -> HttpResponse:
    """Remove a code with what is below it."""
    name = _code(here, code).name
    remove_code(here.actor, code)
    return _opened(here, None, _("Code removed: {name}.").format(name=name))


@require_POST
@in_study
def relate(here: Here, code: int) -> HttpResponse:
    """Say how a code relates to another, or take that back."""
    post = here.request.POST
    target = whole_number(post, "target")
    if target is None or post.get("tie") not in Tie.values:
        raise RecordError(_("Choose how the codes relate, and to which code."))
    holds = post.get("holds") != "0"
    relate_codes(here.actor, whole_number(post, "source") or code, target, tie=post["tie"], holds=holds)
    said = _("Relation added.") if holds else _("Relation removed.")
    return done(here.request, said, _panel(here, code), to=address(here, code))


@require_POST
@in_study
def memo(here: Here, code: int) -> HttpResponse:
    """Write a memo on a code, or rewrite one; an empty one is removed."""
    said = memos.store(here, code=code)
    return done(here.request, said, _panel(here, code), to=address(here, code))


def _code(here: Here, code: int) -> Code:
    row = Code.objects.filter(study=here.actor.study, pk=code).first()
    if row is None:
        raise NoSuchRow(_("This code is not there any more."))
    return row


def _opened(here: Here, code: int | None, said: str) -> HttpResponse:
    """The panel of another code than the address names."""
    to = address(here, code)
    answer = _panel(here, code)
    answer["HX-Push-Url"] = to
    return done(here.request, said, answer, to=to, tree=True)


def address(here: Here, code: int | None = None) -> str:
    """Where a code is, or the whole codebook."""
    if code is None:
        return reverse("codebook", kwargs={"study": here.study.name})
    return reverse("code", kwargs={"study": here.study.name, "code": code})


@in_study
def file(here: Here, suffix: str) -> HttpResponse:
    """The codebook as a file. What takes long is worked at in the background, and handed out when it is there."""
    if suffix not in TYPES:
        raise Http404
    if is_quick(here.study):
        return _handed_out(here, written(here.study, suffix), suffix)
    to = reverse("codebook_file", kwargs={"study": here.study.name, "suffix": suffix})
    key = ("codebook", suffix, spoken(), coded.last_event(here.actor), str(here.study.standing()))
    job = jobs.start(
        here.library, here.study.name, _("Codebook as {form}").format(form=suffix.upper()), codebook_file,
        key=key, after=to, suffix=suffix,
    )  # fmt: skip
    if not job.over:
        return redirect("job", study=here.study.name, number=job.number)
    if job.state is not jobs.State.DONE:
        raise RecordError(job.error or _("Stopped."))
    return _handed_out(here, job.answer, suffix)


def _handed_out(here: Here, content: bytes, suffix: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[suffix])
    what = _("codebook").replace(" ", "-")
    name = f"{here.study.name}-{what}.{suffix}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@cache_control(max_age=86_400)
def swatches(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the palette: ``slot-5`` sets ``--code``."""
    rules = "\n".join(f".slot-{slot}{{--code:{both(slot)}}}" for slot in range(palette.SLOTS))
    return HttpResponse(rules + "\n", content_type="text/css; charset=utf-8")


_AT = "s/<str:study>/codebook/"
urlpatterns = [
    path("static/palette.css", swatches, name="palette"),
    path(_AT, codebook, name="codebook"),
    path("s/<str:study>/codebook.<str:suffix>", file, name="codebook_file"),
    path(_AT + "tree/", only_tree, name="codebook_tree"),
    path(_AT + "add/", add, name="code_add"),
    path(_AT + "<int:code>/", code, name="code"),
    path(_AT + "<int:code>/change/", change, name="code_change"),
    path(_AT + "<int:code>/move/", move, name="code_move"),
    path(_AT + "<int:code>/merge/", merge, name="code_merge"),
    path(_AT + "<int:code>/remove/", remove, name="code_remove"),
    path(_AT + "<int:code>/relate/", relate, name="code_relate"),
    path(_AT + "<int:code>/memo/", memo, name="code_memo"),
]
