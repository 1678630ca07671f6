"""Messages in English and Indonesian, by gettext.

English is the source; ``locale/id/LC_MESSAGES/makna.po`` holds the Indonesian. The language is chosen once per
process by :func:`use`, from ``MAKNA_LANG``, else from the user's locale; :func:`speaking` chooses another for a while.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "id")
_FOLDER = Path(__file__).parent / "locale"
_state: dict[str, gettext.NullTranslations] = {}
_for_now: ContextVar[gettext.NullTranslations | None] = ContextVar("language", default=None)


def preferred() -> str:
    """The language asked for by ``MAKNA_LANG``, else by the locale; English where neither is known."""
    wanted = os.environ.get("MAKNA_LANG") or locale.getlocale()[0] or os.environ.get("LANG") or "en"
    return "id" if wanted.lower().startswith(("id", "in_", "indones")) else "en"


def use(language: str) -> None:
    """Make *language* (``en`` or ``id``) the language of messages for this process."""
    _state["current"] = catalogue(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Messages in *language* within this context, as one reader of many has chosen it."""
    before = _for_now.set(catalogue(language))
    try:
        yield
    finally:
        _for_now.reset(before)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of one language; English is the source and has none."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("makna", _FOLDER, languages=[language])


def spoken() -> str:
    """The current language."""
    return str(_current().info().get("language") or "en")


def _current() -> gettext.NullTranslations:
    if "current" not in _state:
        use(preferred())
    return _for_now.get() or _state["current"]


def _(message: str) -> str:
    """*message* in the current language."""
    return _current().gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """*one* or *many* for *n*, in the current language."""
    return _current().ngettext(one, many, n)


def N_(message: str) -> str:  # noqa: N802
    """Marks *message* for the catalogue where it is translated later."""
    return message
