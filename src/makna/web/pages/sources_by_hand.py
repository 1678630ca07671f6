"""Observed and noted by hand: a profile with its posts, and field notes. They go the way of every source."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from makna.corpus.model import SourceKind
from makna.errors import MaknaError, NotAllowed
from makna.i18n import _
from makna.record import adding
from makna.web.forms import text
from makna.web.here import Here, in_study
from makna.web.incoming import by_hand
from makna.web.incoming.looking import Said
from makna.web.incoming.tray import tray
from makna.web.pages.sources import WAYS

MEDIA = ("image", "video", "voice", "animation", "sticker", "document")


def _asked(here: Here) -> bool:
    if not here.may_code:
        raise NotAllowed(_("Readers of a study add nothing to it."))
    return here.request.method == "POST"


@in_study
def observed(here: Here) -> HttpResponse:
    """A profile and posts, as seen on the screen."""
    error = ""
    if _asked(here):
        post = here.request.POST
        try:
            said = Said(access=post.get("access", "public"), permission=post.get("permission", "").strip())
            return _to_tray(here, by_hand.observed(post), said)
        except MaknaError as refusal:
            error = str(refusal)
    posts = list(by_hand._posts(here.request.POST)) or [dict.fromkeys(by_hand.POST_FIELDS, "")]
    return here.render(
        "sources/observed.html", status=400 if error else 200, error=error, ways=WAYS, media=MEDIA, posts=posts,
        typed=here.request.POST,
    )  # fmt: skip


@in_study
def field_note(here: Here) -> HttpResponse:
    """A field note: descriptive, reflexive, on a session, on the researcher's role."""
    error, post = "", here.request.POST
    if _asked(here):
        try:
            kind = post.get("kind") if post.get("kind") in by_hand.NOTES else "descriptive"
            name = _(by_hand.NOTES[kind][0])
            title = ": ".join(part for part in (name, post.get("title", "").strip()) if part)
            date = adding.stated_date(post.get("date", "").strip() or None) or ""
            said = Said(kind=SourceKind.FIELD_NOTE.value, access="public", title=title, date=date)
            return _to_tray(here, by_hand.note(text(post, "text") or ""), said)
        except MaknaError as refusal:
            error = str(refusal)
    return here.render(
        "sources/note.html", status=400 if error else 200, error=error, notes=by_hand.NOTES, typed=post
    )


def _to_tray(here: Here, file: by_hand.SealedFile, said: Said) -> HttpResponse:
    """On to the preview after the door."""
    try:
        tray(here.study.id, here.actor.person.pk).put(file, said)
    except MaknaError:
        file.unlink()
        raise
    return redirect("sources_add", study=here.study.name)


urlpatterns = [
    path("s/<str:study>/sources/observed/", observed, name="observed"),
    path("s/<str:study>/sources/note/", field_note, name="field_note"),
]
