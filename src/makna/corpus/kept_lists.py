"""Lists of what identifies people, such as the names to mask: encrypted, in the user's configuration folder.

They lie under the study's own key, never in or beside the study, mode 0600, one file a list, written whole or not at
all. Nothing gives their entries out but the door that works with them; screens and reports show a count.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import orjson
from cryptography.fernet import Fernet, InvalidToken

from makna.errors import DoorError
from makna.i18n import _

NAMES, CONSENTING = "names", "consenting"  # names to mask; handles of accounts that gave consent
HARMLESS = "harmless"  # MACs of spans that are not asked about again
EVERYWHERE = "everywhere"  # CLASS:words that are being masked wherever they stand, until that is done
ERASED = "erased"  # MACs of accounts and posts that were erased and stay out


class KeptList:
    """One list (``names``, ``consenting``, …) of one study under the configuration *folder*."""

    def __init__(self, folder: Path, study_id: str, key: bytes, *, what: str) -> None:
        self._path = folder / what / f"{study_id}.list"
        secret = blake2b(what.encode(), digest_size=32, key=key, person=b"kept list").digest()
        self._cipher = Fernet(urlsafe_b64encode(secret))

    def read(self) -> tuple[str, ...]:
        """The entries, in the order they came. Raises :class:`DoorError` where the key does not open the file."""
        if not self._path.is_file():
            return ()
        try:
            return tuple(orjson.loads(self._cipher.decrypt(self._path.read_bytes())))
        except InvalidToken:
            raise DoorError(
                _(
                    "The key of this study does not open its list of names. Was the key replaced since they were typed?"
                )
            ) from None

    def add(self, entries: Iterable[str]) -> int:
        """Keep more entries; returns how many were new. Spelling counts, case and space do not."""
        kept = self.read()
        known = {_fold(entry) for entry in kept}
        fresh: dict[str, str] = {}
        for entry in entries:
            plain = " ".join(entry.split())
            if plain and _fold(plain) not in known:
                fresh.setdefault(_fold(plain), plain)
        if fresh:
            self._replace((*kept, *fresh.values()))
        return len(fresh)

    def forget(self, entries: Iterable[str]) -> int:
        """Forget entries; returns how many stood in the list."""
        gone = {_fold(entry) for entry in entries}
        kept = self.read()
        rest = tuple(entry for entry in kept if _fold(entry) not in gone)
        if len(rest) < len(kept):
            self._replace(rest)
        return len(kept) - len(rest)

    def destroy(self) -> None:
        """Forget the whole list."""
        self._path.unlink(missing_ok=True)

    def _replace(self, entries: tuple[str, ...]) -> None:
        if not entries:
            self.destroy()
            return
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._path.with_suffix(".tmp")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(self._cipher.encrypt(orjson.dumps(entries)))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._path)


def _fold(entry: str) -> str:
    return " ".join(entry.split()).casefold().removeprefix("@")
