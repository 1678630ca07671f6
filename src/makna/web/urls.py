"""All addresses. Those of studies are read when one is first asked for: the first page comes without them."""

from __future__ import annotations

from django.urls import URLResolver, path
from django.urls.resolvers import RoutePattern

from makna.web import accounts, front
from makna.web.entrance import enter

urlpatterns = [
    path("", front.library, name="library"),
    path("new/", front.new, name="new"),
    path("language/", front.language, name="language"),
    path("enter/", enter, name="enter"),
    path("login/", accounts.log_in, name="log_in"),
    path("logout/", accounts.log_out, name="log_out"),
    URLResolver(RoutePattern("", is_endpoint=False), "makna.web.study_urls"),
]
handler404 = "makna.web.errors.missing"
handler500 = "makna.web.errors.failed"
