"""All passages of a code: read beside each other, taken away, or split off to a new code."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.errors import RecordError
from makna.i18n import _, ngettext
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.split_code import split_code
from makna.web import coded
from makna.web.answers import done
from makna.web.codes import listing
from makna.web.codes.panel import panel
from makna.web.codes.tree import tree
from makna.web.forms import kept
from makna.web.here import Here, in_study
from makna.web.passages import source_line


@in_study
def passages(here: Here, code: int) -> HttpResponse:
    """The passages of a code; with ``with=1`` also those of the codes below it. ``after`` goes on after a page."""
    after = here.request.GET.get("after", "")
    template = (
        "codebook/passage_lines.html" if here.request.htmx.target == "more" else "codebook/passages.html"
    )
    return _page(here, code, template, after)


def _page(here: Here, code: int, template: str, after: str = "") -> HttpResponse:
    opened = panel(here.actor, tree(here.actor), code)
    below = here.request.GET.get("with") == "1"
    ids = opened.branch.ids if below else [code]
    found = listing.page(here.study, here.actor, ids, after)
    total = opened.branch.all if below else opened.branch.own
    return here.render(
        template, panel=opened, page_of=found, total=total, below=below, after=after, source_line=source_line
    )


@require_POST
@in_study
def remove(here: Here, code: int) -> HttpResponse:
    """Take codings away: those chosen, or all of one's own."""
    chosen = _chosen(here, code, mine=True)
    remove_codings(here.actor, chosen)
    n = len(chosen)
    said = ngettext("{n} coding removed.", "{n} codings removed.", n).format(n=n)
    return done(here.request, said, _page(here, code, "codebook/passages.html"), to=address(here, code))


@require_POST
@in_study
def split(here: Here, code: int) -> HttpResponse:
    """Let codings go over to a new code."""
    name = " ".join(here.request.POST.get("name", "").split())
    chosen = _chosen(here, code)
    made = split_code(here.actor, code, name, codings=chosen, kept=kept(here.request.POST))
    n = len(chosen)
    said = ngettext("{n} coding went over to {code}.", "{n} codings went over to {code}.", n)
    return done(
        here.request, said.format(n=n, code=name), _page(here, code, "codebook/passages.html"),
        to=address(here, code), made={"code": made},
    )  # fmt: skip


def _chosen(here: Here, code: int, *, mine: bool = False) -> list[int]:
    """The codings that a form names, or all of the code."""
    post = here.request.POST
    if post.get("all"):
        rows = coded.seen(here.actor).filter(code=code)
        return list((rows.filter(coder=here.actor.person) if mine else rows).values_list("pk", flat=True))
    chosen = [int(key) for key in post.getlist("coding") if key.isdecimal()]
    if not chosen:
        raise RecordError(_("Choose passages first."))
    return chosen


def address(here: Here, code: int) -> str:
    """Where the passages of a code are."""
    return reverse("passages", kwargs={"study": here.study.name, "code": code})


_AT = "s/<str:study>/codebook/<int:code>/passages/"
urlpatterns = [
    path(_AT, passages, name="passages"),
    path(_AT + "remove/", remove, name="passages_remove"),
    path(_AT + "split/", split, name="passages_split"),
]
