"""The record as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from makna.record import guards


class RecordConfig(AppConfig):
    """What researchers make of what was observed."""

    name = "makna.record"
    label = "record"

    def ready(self) -> None:
        """Have the database's own guards made after every migration."""
        pre_migrate.connect(guards.remove, sender=self)
        post_migrate.connect(guards.install, sender=self)
