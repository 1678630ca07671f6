"""One module a page: its views, and the addresses they answer to (``urlpatterns``)."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern


def addresses() -> list[URLPattern]:
    """The addresses of all pages."""
    names = sorted(module.name for module in iter_modules(__path__))
    return [pattern for name in names for pattern in import_module(f"{__name__}.{name}").urlpatterns]
