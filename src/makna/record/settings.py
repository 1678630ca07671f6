"""Django's settings for the record alone. Which database is meant is said by :mod:`makna.record.database`."""

from __future__ import annotations

import secrets

SECRET_KEY = secrets.token_urlsafe(48)  # nothing signed outlives the process
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "makna.record"]
AUTH_USER_MODEL = "record.Person"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DATABASE_ROUTERS = ["makna.record.database.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
