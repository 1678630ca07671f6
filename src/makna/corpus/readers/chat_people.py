"""Who speaks in an exported chat: telephone numbers and names as the exporting phone shows them.

A number is brought to its international digits, so that ``0834…`` and ``+62 834-…`` are one account. A name serves as
handle, so that ``@Mawar Melati`` in a text leads to it, with an unseen mark at its end: ``mawar`` may be the handle of
somebody else on another platform.
"""

from __future__ import annotations

import re

from makna.corpus.records import RawAccount

SHOWN_AS = "\u2060"  # ends a handle that is a name as somebody's phone shows it
_MARKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
UNSEEN = dict.fromkeys(map(ord, _MARKS + SHOWN_AS))
_PHONE = re.compile(r"\+?[\d\s()./\-\u2010-\u2015\xa0\u202f]{7,30}")
_HOME = "62"  # numbers without a country are Indonesian


def plain(name: str) -> str:
    """*name* without marks of direction, with single spaces, without the tilde that WhatsApp sets before some names."""
    return " ".join(name.translate(UNSEEN).split()).removeprefix("~").strip()


def phone(name: str) -> str | None:
    """The international digits of *name*, where it is a telephone number; else None."""
    if not _PHONE.fullmatch(name.strip()):
        return None
    digits = re.sub(r"\D", "", name)
    if name.lstrip().startswith("+") or digits.startswith(_HOME):
        return digits if 7 <= len(digits) <= 15 else None
    if digits.startswith("00"):
        return digits[2:] if len(digits) >= 9 else None
    if digits.startswith("0"):
        return _HOME + digits[1:] if 8 <= len(digits) <= 15 else None
    return _HOME + digits if digits.startswith("8") and 9 <= len(digits) <= 12 else None


def handle(name: str) -> str | None:
    """The handle of whom a chat shows as *name*; None for nobody."""
    shown = plain(name)
    return phone(shown) or (shown + SHOWN_AS if shown else None)


def account(name: str) -> RawAccount | None:
    """The account of whom a chat shows as *name*; None for nobody."""
    shown = plain(name)
    if not shown:
        return None
    return RawAccount(handle=handle(shown), name=None if phone(shown) else shown)
