"""The templates' environment: messages, addresses, figures as a reader writes them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from makna import __version__
from makna.i18n import _, ngettext, spoken
from makna.web.answers import told
from makna.web.front import ADDRESSES
from makna.web.nav import places
from makna.web.statics import imported
from makna.web.workbench import served


def environment(**options: Any) -> Environment:
    """Django asks for it once (``TEMPLATES``)."""
    made = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(
        _=_,
        ngettext=ngettext,
        url=url,
        static=static,
        imported=imported,
        told=told,
        places=places,
        dict=dict,
        local=lambda: served().local,
        version=__version__,
    )
    made.filters.update(number=number, share=share, day=day, moment=moment, data=data, compact=compact)
    return made


def url(name: str, **parts: Any) -> str:
    """The address of a page. Those of the library are known without reading all others."""
    return ADDRESSES.get(name) or reverse(name, kwargs=parts)


def _locale() -> str:
    return spoken()


def number(value: float | None, digits: int = 0) -> str:
    """A figure with the separators of the reader's language; a dash for none."""
    if value is None:
        return "–"
    from babel.numbers import format_decimal  # noqa: PLC0415  (a first page has no figures)

    return format_decimal(round(value, digits), locale=_locale())


def compact(value: int) -> str:
    """A large figure in short."""
    from babel.numbers import format_compact_decimal  # noqa: PLC0415

    return format_compact_decimal(value, locale=_locale(), fraction_digits=1)


def share(value: float | None) -> str:
    """A share as per cent."""
    from babel.numbers import format_percent  # noqa: PLC0415

    return "–" if value is None else format_percent(value, locale=_locale())


def day(value: date | str | None) -> str:
    """A day, a month or a year, as exactly as it is known."""
    from babel.dates import format_date  # noqa: PLC0415

    if isinstance(value, str):
        if len(value) < 10:
            return value
        value = date.fromisoformat(value[:10])
    return "–" if value is None else format_date(value, "d MMM y", locale=_locale())


def moment(value: datetime) -> str:
    """A day and a time of this machine."""
    from babel.dates import format_datetime  # noqa: PLC0415

    return format_datetime(value.astimezone(), "d MMM y, HH:mm", locale=_locale())


def data(value: Any) -> Markup:
    """A value for a script to read, in a block of data or an attribute."""
    made = json.dumps(value, ensure_ascii=False, default=str)
    return Markup(made.replace("<", "\\u003c").replace("&", "\\u0026").replace("'", "\\u0027"))
