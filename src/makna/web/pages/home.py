"""The study: its questions, and where it stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from makna.web.here import Here, in_study


@in_study
def home(here: Here) -> HttpResponse:
    """The page of a study."""
    return here.render("home.html", batches=here.study.batches())


urlpatterns = [path("s/<str:study>/", home, name="home")]
