"""The programs that draw figures, as the package that also draws them for reports brings them along."""

from __future__ import annotations

from functools import cache

import vl_convert
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import cache_control


@cache
def _bundle() -> bytes:
    version: str = vl_convert.__version__
    return f"/* Vega, Vega-Lite and Vega-Embed of vl-convert {version}, BSD-3-Clause */\n".encode() + (
        vl_convert.javascript_bundle().encode()
    )


@cache_control(max_age=86_400)
def vega(request: HttpRequest) -> HttpResponse:
    """Vega, Vega-Lite and Vega-Embed as one module that sets ``window.vegaEmbed``."""
    return HttpResponse(_bundle(), content_type="text/javascript; charset=utf-8")


urlpatterns = [path("static/figures/vega.js", vega, name="vega")]
