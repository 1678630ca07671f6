"""The workbench as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "makna.web"
    label = "web"
