"""What a study of the library holds, in a line: asked for once the list of studies is there."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.urls import path

from makna.web.here import Here, in_study


@in_study
def holdings(here: Here) -> HttpResponse:
    """Documents by kind of source."""
    kinds: Counter[str] = Counter()
    for batch in here.study.batches():
        kinds[batch.kind] += batch.counts["documents"]
    return here.render("parts/holdings.html", kinds=kinds)


urlpatterns = [path("s/<str:study>/holdings/", holdings, name="holdings")]
