"""Trustworthiness: what the record can show for it, and what is missing."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from makna.web.here import Here, in_study
from makna.web.trust import trustworthiness


@in_study
def trust(here: Here) -> HttpResponse:
    """The four criteria."""
    return here.render("trust.html", criteria=trustworthiness(here.study, here.actor))


urlpatterns = [path("s/<str:study>/trust/", trust, name="trust")]
