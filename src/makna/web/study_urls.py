"""The addresses of the pages of studies."""

from __future__ import annotations

from makna.web.pages import addresses

urlpatterns = addresses()
