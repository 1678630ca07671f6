"""Adding a source: what the researcher states about it, checked and disguised, before its import begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.model import AccessBasis, SourceKind
from makna.corpus.readers import dates
from makna.corpus.readers.base import ClosedPlace, Head, Reader
from makna.errors import ConsentMissing, ReadError
from makna.i18n import _


def check_access(kind: SourceKind, access: AccessBasis, permission: str | None) -> None:
    """Refuse closed material without a permission and private material without a consent.

    Interviews carry their consent in ``participants.toml``; literature is published.
    """
    if (permission and permission.strip()) or kind is SourceKind.LITERATURE:
        return
    if access is AccessBasis.CLOSED:
        raise ConsentMissing(
            _(
                'Closed material needs a permission: say whose and when, as in --permission "moderator of the forum,'
                ' by letter, 3 March 2021". A name does not belong there.'
            )
        )
    if access is AccessBasis.PRIVATE and kind is not SourceKind.INTERVIEW:
        raise ConsentMissing(
            _(
                'Private material needs a consent: say whose and when, as in --permission "all members, in writing,'
                ' 3 March 2021". A name does not belong there.'
            )
        )


def check_place(name: str, reader: Reader, head: Head, access: AccessBasis) -> None:
    """Refuse to take the file called *name* for public where it can only come from a closed or private place."""
    if access is AccessBasis.PUBLIC and isinstance(reader, ClosedPlace) and reader.is_closed(head):
        message = _(
            "{name} is a chat, which is no public place: state --access closed with whose permission, or --access private with"
            ' whose consent, as in --access private --permission "all members, in writing, 3 March 2021". Only accounts'
            " on record with makna consent add are read; type your own too."
        )
        raise ConsentMissing(message.format(name=name))


def stated_date(text: str | None) -> str | None:
    """The day or month that a researcher states for a source, as ISO; raises :class:`ReadError` for what is none."""
    if text is None:
        return None
    found = dates.iso(text)
    if found is None:
        raise ReadError(
            _("{text} is no date: write it as 2021-03-14, or a month as 2021-03.").format(text=text)
        )
    return found


def typed(settings: DoorSettings) -> Callable[[Any], Any]:
    """A function that takes what was typed about a source through the door: texts, lists and tables of them."""
    door = Door(settings, Roster.empty(), Pseudonyms(Macs(settings.key)))

    def through(value: Any) -> Any:
        if isinstance(value, str):
            return door.disguise([value])[0].text
        if isinstance(value, Mapping):
            return {key: one if key in ("from", "to") else through(one) for key, one in value.items()}
        return [through(one) for one in value] if isinstance(value, list | tuple) else value

    return through
