"""Queries that would look a person up are refused."""

from __future__ import annotations

import re
from functools import cache

from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.errors import (
    IdentifierQuery,
)
from makna.i18n import _


@cache
def _query_door() -> Door:
    """A door that knows nobody: it sees shapes. Nothing is stored under its key."""
    key = bytes(32)
    return Door(DoorSettings(key), Roster.empty(), Pseudonyms(Macs(key)))


def refuse_identifiers(query: str) -> None:
    """Raise :class:`IdentifierQuery` where the door would replace a part of *query*."""
    shown = query if "⟦" not in query else re.sub("⟦[^⟦⟧]*⟧", " ", query)
    if shown.strip() and _query_door().disguise([shown])[0].classes:
        raise IdentifierQuery(
            _("Makna does not look people up: this query has the shape of a contact, a handle or a name.")
        )
