"""Read: a document, a post in its thread, an account beside its posts, with the codings on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.cache import patch_cache_control

from makna.corpus.model import SourceKind
from makna.errors import NoSuchRow
from makna.i18n import _
from makna.web import coded
from makna.web.coded import Span
from makna.web.here import Here, in_study
from makna.web.jinja import day
from makna.web.reading import together
from makna.web.reading.colours import told
from makna.web.reading.drawing import Drawn, begins_after, drawn, of_window
from makna.web.reading.markup import in_windows, written
from makna.web.reading.texts import SHELF, Author, Leaf, authors
from makna.web.reading.together import Shown, Thread
from makna.web.reading.windows import Piece, Window, window_at

_ORDER = (SourceKind.INTERVIEW, SourceKind.FIELD_NOTE, SourceKind.LITERATURE, SourceKind.OBSERVATION)
_LONG = 30 * 24 * 3600  # seconds that a browser keeps what has a name of its own
_LAST = "read"  # in the session: what was read last in each study


def address(here: Here, document: int, start: int | None = None, end: int | None = None) -> str:
    """Where a document is read, at a passage of it."""
    at = "" if start is None else f"?at={start}-{end}#here"
    return reverse("document", kwargs={"study": here.study.name, "document": document}) + at


@in_study
def read(here: Here) -> HttpResponse:
    """What was read last, else the first document."""
    last = here.request.session.get(_LAST, {}).get(here.study.name)
    if last is not None and SHELF.leaf(here.study, last) is not None:
        return redirect(address(here, last))
    there = together.documents(here.study)
    first = [row["document_id"] for row in sorted(there, key=lambda row: row["kind"] != SourceKind.INTERVIEW)]
    first += [row["document_id"] for row in ([] if first else together.conversations(here.study, 0)[0])]
    return redirect(address(here, first[0])) if first else here.render("read/empty.html")


@in_study
def document(here: Here, document: int) -> HttpResponse:
    """A document, or a post in its thread; ``?at=5-9`` lands on a passage."""
    leaf = leaf_of(here, document)
    here.request.session[_LAST] = {**here.request.session.get(_LAST, {}), here.study.name: document}
    return _page(here, together.around(here.study, leaf), leaf, at=_at(here, leaf))


@in_study
def account(here: Here, author: int) -> HttpResponse:
    """An account's profile beside its posts."""
    who = authors(here.study, [author]).get(author)
    page = max(0, int(here.request.GET.get("page") or 0))
    leaves, more = together.of_account(here.study, author, page)
    if who is None or not leaves:
        raise NoSuchRow(_("There is no such account in this study, or it wrote nothing."))
    thread = Thread(tuple(Shown(leaf) for leaf in leaves))
    return _page(here, thread, leaves[0], who=who, turn=page, more=more)


def _page(here: Here, thread: Thread, leaf: Leaf, *, at: Span | None = None, **more: Any) -> HttpResponse:
    codes = coded.codebook(here.actor)
    context = {
        "leaf": leaf, "thread": thread, "opened": _opened(here, thread, at), "at": at,
        "names": names(here), "codes": codes, "colours": told(codes)[1], "event": coded.last_event(here.actor),
        "codable": here.may_code, "who": None, "more": False, "turn": 0, "title": title, "speaker": speaker,
        "written": written, "searched": " ".join(here.request.GET.get("q", "").split()), **more,
    }  # fmt: skip
    return here.render("read/page.html", **context)


def _opened(here: Here, thread: Thread, at: Span | None) -> list[dict[str, Any]]:
    """Each leaf with the window of it that is sent at once."""
    if len(thread.shown) == 1:
        shown = thread.shown[0]
        first = window_at(shown.leaf.windows, at.start if at else 0)
        return [
            {
                "shown": shown,
                "leaf": shown.leaf,
                "first": first.number,
                "drawn": draw(here, shown.leaf, first),
            }
        ]
    held = coded.codings_on(here.actor, [shown.leaf.document for shown in thread.shown])
    return [
        {"shown": shown, "leaf": shown.leaf, "first": 0,
         "drawn": drawn(shown.leaf, of_window(shown.leaf, shown.leaf.windows[0]), *held[shown.leaf.document])}
        for shown in thread.shown
    ]  # fmt: skip


def draw(here: Here, leaf: Leaf, window: Window) -> list[Drawn]:
    """The pieces of a window with their codings."""
    return draw_pieces(here, leaf, of_window(leaf, window))


def draw_pieces(here: Here, leaf: Leaf, chosen: Sequence[Piece]) -> list[Drawn]:
    """Pieces that follow each other, with their codings."""
    if not chosen:
        return []
    span = Span(leaf.document, begins_after(leaf, chosen[0]), chosen[-1].end)
    return drawn(leaf, chosen, *coded.codings_in(here.actor, span))


@in_study
def window(here: Here, document: int, number: int, last: int | None = None) -> HttpResponse:
    """A window of a long document, or those from *number* to *last*, for the page to put in their places."""
    leaf = leaf_of(here, document)
    chosen = leaf.windows[number : number + 1 if last is None else last + 1]
    if not chosen:
        raise NoSuchRow(_("This text has no such part. Open it again."))
    drawn_ = draw_pieces(here, leaf, leaf.pieces[chosen[0].first : chosen[-1].last])
    return HttpResponse(in_windows(leaf, chosen, drawn_, names(here), speaker))


@in_study
def sources(here: Here) -> HttpResponse:
    """The list of sources, with how much of each is coded."""
    rows = together.documents(here.study)
    page = max(0, int(here.request.GET.get("page") or 0))
    posts, more = together.conversations(here.study, page)
    shares = coded.all_shares(here.actor, {row["document_id"]: row["length"] for row in rows})
    groups = {kind.value: [row for row in rows if row["kind"] == kind.value] for kind in _ORDER}
    counts = _posts(here)
    current = int(here.request.GET.get("document") or 0)
    return here.render(
        "read/sources.html" if here.request.htmx else "read/all_sources.html", groups=groups, shares=shares, conversations=posts, more=more, turn=page, posts=counts,
        current=current, named=listed,
    )  # fmt: skip


def _posts(here: Here) -> int:
    return sum(b.counts["documents"] for b in here.study.batches() if b.kind == SourceKind.OBSERVATION.value)


@in_study
def code_colours(here: Here) -> HttpResponse:
    """The stylesheet of this study's codes; asked for by its name it stays in the browser."""
    rules, name = told(coded.codebook(here.actor))
    answer = HttpResponse(rules, content_type="text/css; charset=utf-8")
    if here.request.GET.get("is") == name:
        patch_cache_control(answer, private=True, immutable=True, max_age=_LONG)
    else:
        patch_cache_control(answer, no_cache=True)
    return answer


def leaf_of(here: Here, document: int) -> Leaf:
    """A document of the study; raises NoSuchRow."""
    leaf = SHELF.leaf(here.study, document)
    if leaf is None:
        raise NoSuchRow(_("The study holds no document {id}.").format(id=document))
    return leaf


def names(here: Here, codes: Iterable[int] | None = None) -> dict[int, str]:
    """Code -> its name, for all codes or some."""
    rows = here.actor.study.codes.values_list("pk", "name")
    return dict(rows if codes is None else rows.filter(pk__in=set(codes)))


def title(leaf: Leaf) -> str:
    """How a document is called in the reader's language."""
    return titled(leaf.about, leaf.author)


def titled(about: Mapping[str, Any], author: Author | None = None) -> str:
    """The same by a document's row: its title, else who wrote it, else its kind and day."""
    if about["title"]:
        return str(about["title"])
    if author is not None:
        return author.pseudonym
    kind = _(str(about["kind"]).replace("_", " "))
    return kind[:1].upper() + kind[1:] + (f" · {day(about['sent_on'])}" if about["sent_on"] else "")


def listed(about: Mapping[str, Any]) -> str:
    """The same in the list of its kind: the day alone where it has no title."""
    return day(about["sent_on"]) if about["sent_on"] and not about["title"] else titled(about)


def speaker(who: Author | None, role: str | None) -> str:
    """How a turn's speaker is called."""
    if who is not None:
        return who.pseudonym
    return _("Researcher") if role == "researcher" else _("Somebody else")


def _at(here: Here, leaf: Leaf) -> Span | None:
    """The passage an address names; None where it names none of this text."""
    start, dash, end = (here.request.GET.get("at") or "").partition("-")
    if not (dash and start.isdecimal() and end.isdecimal()) or not int(start) < int(end) <= len(leaf.text):
        return None
    return Span(leaf.document, int(start), int(end))


urlpatterns = [
    path("s/<str:study>/read/", read, name="read"),
    path("s/<str:study>/read/<int:document>/", document, name="document"),
    path("s/<str:study>/read/<int:document>/part/<int:number>/", window, name="read_window"),
    path("s/<str:study>/read/<int:document>/part/<int:number>-<int:last>/", window, name="read_windows"),
    path("s/<str:study>/read/account/<int:author>/", account, name="account"),
    path("s/<str:study>/read/sources/", sources, name="read_sources"),
    path("s/<str:study>/codes.css", code_colours, name="code_colours"),
]
