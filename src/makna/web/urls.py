"""All addresses."""

from __future__ import annotations

from django.urls import path

from makna.web.entrance import enter
from makna.web.pages import addresses

urlpatterns = [path("enter/", enter, name="enter"), *addresses()]
handler404 = "makna.web.errors.missing"
handler500 = "makna.web.errors.failed"
