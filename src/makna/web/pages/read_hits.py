"""Where the words of a search stand in what is read, for whoever comes to a text from Search."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.urls import path

from makna.corpus.query import parse
from makna.i18n import _, ngettext
from makna.library.queries import refuse_identifiers
from makna.web.here import Here, in_study
from makna.web.reading.hits import hits_in
from makna.web.reading.texts import SHELF

TEXTS = 250  # that are looked through at most: a page shows fewer
MOST = 5_000  # hits that a page marks


@in_study
def hits(here: Here) -> HttpResponse:
    """The hits of a search in the texts of a page, as (document, start, end), and the line that counts them."""
    words = " ".join(here.request.GET.get("q", "").split())
    refuse_identifiers(words)
    query = parse(words)
    texts = [int(one) for one in here.request.GET.getlist("document")[:TEXTS] if one.isdecimal()]
    there = [place for leaf in SHELF.leaves(here.study, texts) for place in hits_in(query, leaf)]
    return JsonResponse({"hits": there[:MOST], "told": _told(len(there))})


def _told(many: int) -> str:
    said = ngettext("{n} hit here", "{n} hits here", many).format(n=many)
    first = _("the first {n} are marked").format(n=MOST)
    return said if many <= MOST else f"{said}, {first}"


urlpatterns = [path("s/<str:study>/read/hits/", hits, name="read_hits")]
