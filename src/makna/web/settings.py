"""Django's settings of the workbench. What differs from one start to the next is said by :mod:`makna.web.serving`."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from makna.i18n import LANGUAGES
from makna.record.settings import (  # noqa: F401  (Django reads them here)
    AUTH_USER_MODEL,
    DATABASE_ROUTERS,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    SECRET_KEY,
    TIME_ZONE,
    USE_TZ,
)  # fmt: skip
from makna.web import statics

_HERE = Path(__file__).parent
DEBUG = False
ROOT_URLCONF = "makna.web.urls"
WSGI_APPLICATION = None
INSTALLED_APPS = [
    "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.staticfiles", "django_htmx", "makna.record",
    "makna.web",
]  # fmt: skip
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "makna.web.entrance.Language",
    "makna.web.entrance.Record",
    "makna.web.entrance.Entrance",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {"environment": "makna.web.jinja.environment"},
    }
]

ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
]  # a name that an attacker lets point here is none of these
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "makna.web.errors.forged"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # many lines are coded at once
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 20_000  # a folder of many
FILE_UPLOAD_HANDLERS = ["makna.web.incoming.uploads.SealingHandler"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF], "img-src": [SELF, "data:"], "frame-ancestors": [NONE], "base-uri": [NONE],
        "form-action": [SELF], "object-src": [NONE],
    }
}  # fmt: skip

STATIC_URL = f"/static/{statics.state(statics.folders())}/"
STATICFILES_DIRS: list[Path] = []  # those of the applications are found
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = "^/static/"  # another state of the files is another address

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

LANGUAGE_CODE = "en"
USE_I18N = False  # Makna has its own catalogue
MAKNA_LANGUAGES = LANGUAGES
LOGGING_CONFIG = None  # what a request holds is written nowhere
