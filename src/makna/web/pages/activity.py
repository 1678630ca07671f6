"""Activity: who did what, taken back where it still can be, and the study as it was at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.errors import NoSuchRow
from makna.i18n import _
from makna.record import history
from makna.record.models import Event, Person
from makna.record.queries.events import events as events_of
from makna.web.activity_words import of_action, of_event
from makna.web.answers import done
from makna.web.here import Here, in_study

PAGE = 60


@in_study
def activity(here: Here) -> HttpResponse:
    """The events, the latest first."""
    asked = here.request.GET
    events = events_of(here.actor)
    if asked.get("person", "").isdigit():
        events = events.filter(person=int(asked["person"]))
    if asked.get("action"):
        events = events.filter(action=asked["action"])
    if asked.get("before", "").isdigit():
        events = events.filter(pk__lt=int(asked["before"]))
    rows = list(events[: PAGE + 1])
    template = "activity/lines.html" if here.request.htmx and "before" in asked else "activity/page.html"
    return here.render(
        template, rows=rows[:PAGE], more=rows[PAGE - 1].pk if len(rows) > PAGE else None, words=of_event,
        people=Person.objects.filter(events__study=here.actor.study).distinct(), chosen=asked,
        actions=sorted(
            ((name, of_action(name)) for name in _actions(here)), key=lambda pair: pair[1]
        ),
    )  # fmt: skip


def _actions(here: Here) -> Iterable[str]:
    """The actions that were done in the study."""
    return Event.objects.filter(study=here.actor.study).values_list("action", flat=True).distinct().order_by()


@require_POST
@in_study
def restore(here: Here, number: int) -> HttpResponse:
    """Take back everything that anybody did after an event."""
    event = Event.objects.filter(study=here.actor.study, pk=number).first()
    if event is None:
        raise NoSuchRow(_("This is not there any more. Look again."))
    made = history.restore(here.actor, event.at)
    to = reverse("activity", kwargs={"study": here.study.name})
    if made is None:
        return done(here.request, _("Nothing was done since."), undo=False, to=to)
    said = _("The study is as it was at {time}.").format(time=_time(event.at))
    return done(here.request, said, undo=False, to=to, changed={"by": "restore"})


def _time(at: dt.datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


_AT = "s/<str:study>/activity/"
urlpatterns = [
    path(_AT, activity, name="activity"),
    path(_AT + "<int:number>/restore/", restore, name="restore"),
]
