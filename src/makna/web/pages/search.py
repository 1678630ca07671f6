"""Search: the words in the middle of their lines, narrowed and ordered, and coded many at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.errors import DoorError, MaknaError, RecordError, SearchError
from makna.i18n import _, ngettext
from makna.record.actions.code_passages import code_passages
from makna.record.models import Attribute, CaseValue, Code
from makna.web.answers import done
from makna.web.codes.tree import bare
from makna.web.errors import status_of
from makna.web.forms import kept
from makna.web.here import Here, in_study
from makna.web.searching.asked import KINDS, ORDERS, SPEAKERS, Asked, asked
from makna.web.searching.looking import LOOKED, Looked, every, look
from makna.web.searching.shown import EXTENTS, passage, passage_of, shown


@in_study
def search(here: Here) -> HttpResponse:
    """The page of a search; without words it says how to search."""
    return _page(here, asked(here.request.GET))


def _page(here: Here, what: Asked, template: str = "search/page.html") -> HttpResponse:
    found, refused = None, None
    if what.q:
        try:
            found = look(here.study, here.actor, what)
        except (SearchError, DoorError) as error:
            refused = error
    context = {**_choices(here), **_narrowing(here, what), **_lines(here, what, found)}
    status = 200 if refused is None else status_of(refused)
    return here.render(template, status=status, asked=what, found=found, refused=refused, **context)


def _lines(here: Here, what: Asked, found: Looked | None) -> dict[str, Any]:
    lines = shown(here.study, here.actor, found.page, what.q) if found else []
    return {"lines": lines, "looked": LOOKED}


def _narrowing(here: Here, what: Asked) -> dict[str, Any]:
    codes = dict(Code.objects.filter(study=here.actor.study).values_list("pk", "name"))
    attributes = list(Attribute.objects.filter(study=here.actor.study).order_by("place", "pk"))
    return {
        "narrowing": what.narrowing(codes, {one.pk: one.name for one in attributes}),
        "attributes": [(one, _values(one)) for one in attributes],
    }


def _values(attribute: Attribute) -> list[str]:
    rows = CaseValue.objects.filter(attribute=attribute).values_list("value", flat=True)
    return sorted(set(rows))


def _choices(here: Here) -> dict[str, Any]:
    return {
        "kinds": KINDS, "speakers": SPEAKERS, "orders": ORDERS, "extents": EXTENTS, "branches": bare(here.actor),
        "empty": not here.study.batches(),
    }  # fmt: skip


@require_POST
@in_study
def code(here: Here) -> HttpResponse:
    """Code the chosen lines, or all hits, with the code of a name."""
    post = here.request.POST
    what = asked(post)
    extent = post.get("extent", "")
    if extent not in EXTENTS:
        raise RecordError(_("Choose what of each line is coded."))
    chosen = (
        _all(here, what, extent) if post.get("all") else [passage(v, extent) for v in post.getlist("hit")]
    )
    passages = [one for one in chosen if one is not None]
    if not passages:
        raise RecordError(_("Choose lines first."))
    name = " ".join(post.get("name", "").split())
    _code, codings, _new = code_passages(here.actor, name, passages, kept=kept(post))
    said = ngettext("{n} passage coded {code}.", "{n} passages coded {code}.", len(codings))
    to = reverse("search", kwargs={"study": here.study.name}) + what.address()
    answer = _page(here, what, "search/results.html")
    return done(here.request, said.format(n=len(codings), code=name), answer, undo=bool(codings), to=to)


def _all(here: Here, what: Asked, extent: str) -> list[tuple[int, int, int]]:
    hits, whole = every(here.study, here.actor, what)
    if not whole:
        message = _("These are too many to code at once: narrow the search to {n} texts or fewer.")
        raise MaknaError(message.format(n=LOOKED))
    return [passage_of(hit, extent) for hit in hits]


_AT = "s/<str:study>/search/"
urlpatterns = [path(_AT, search, name="search"), path(_AT + "code/", code, name="search_code")]
