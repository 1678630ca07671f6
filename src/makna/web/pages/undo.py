"""Undo and redo, from every page."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from makna.i18n import _
from makna.record import history
from makna.web.activity_words import of_event
from makna.web.answers import done
from makna.web.here import Here, in_study


@require_POST
@in_study
def undo(here: Here) -> HttpResponse:
    """Take back the last thing this person did."""
    event = history.undo(here.actor)
    said = _("Nothing to undo.") if event is None else _("Undone: {what}").format(what=of_event(event))
    return done(here.request, said, undo=False, changed={"by": "undo"})


@require_POST
@in_study
def redo(here: Here) -> HttpResponse:
    """Do again what this person undid last."""
    event = history.redo(here.actor)
    said = _("Nothing to redo.") if event is None else _("Done again: {what}").format(what=of_event(event))
    return done(here.request, said, undo=event is not None, changed={"by": "redo"})


urlpatterns = [
    path("s/<str:study>/undo/", undo, name="undo"),
    path("s/<str:study>/redo/", redo, name="redo"),
]
