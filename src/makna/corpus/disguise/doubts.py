"""Doubtful spans, kept until a person decides: encrypted, in the user's configuration folder, never in the study.

One file per batch and revision under ``doubts/<study id>/``, mode 0600, written whole or not at all. What is decided is
forgotten: the next revision's file stands without it, the earlier one goes, and the last goes with the last doubt.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path

import orjson
from cryptography.fernet import Fernet, InvalidToken

from makna.corpus.disguise.door import Doubt
from makna.errors import DoorError
from makna.i18n import _


@dataclass(frozen=True)
class KeptDoubt:
    """A doubt as it is kept: the unit it stands in, where its ⟦?⟧ stands there, the raw span, the reason.

    *decided* is what a person decided, until it is carried out.
    """

    unit_id: int
    start: int
    end: int
    span: str = field(repr=False)
    reason: str
    decided: str | None = None


class DoubtFiles:
    """The doubts of one study under the configuration *folder*, encrypted by a key drawn from the study's *key*."""

    def __init__(self, folder: Path, study_id: str, key: bytes) -> None:
        self._folder = folder / "doubts" / study_id
        secret = blake2b(b"doubts", digest_size=32, key=key, person=b"doubts").digest()
        self._cipher = Fernet(urlsafe_b64encode(secret))

    def write(self, batch: int, rows: Iterable[tuple[int, Doubt]]) -> int:
        """Keep the doubts (unit id, doubt) of a new *batch*; returns how many."""
        kept = [KeptDoubt(unit, d.start, d.end, d.span, d.reason) for unit, d in rows]
        self.drop(batch)
        self.keep(batch, kept)
        return len(kept)

    def read(self, batch: int, revision: int = 0) -> list[KeptDoubt]:
        """The doubts of *batch* as it stands after *revision*, in the order of the texts.

        Raises DoorError where the key does not open the file.
        """
        path = self._path(batch, revision)
        if not path.is_file():
            return []
        try:
            data = self._cipher.decrypt(path.read_bytes())
        except InvalidToken:
            raise DoorError(
                _(
                    "The key of this study does not open its file of doubts. Was the key replaced since the import?"
                )
            ) from None
        return [KeptDoubt(**row) for row in orjson.loads(data)]

    def batches(self) -> list[int]:
        """The batches that have doubts, sorted."""
        return sorted({int(path.stem.partition("-")[0]) for path in self._folder.glob("*.doubts")})

    def keep(self, batch: int, kept: list[KeptDoubt], revision: int = 0) -> None:
        """Keep what is still doubtful in *batch* once it stands as *revision*.

        Those of other revisions stay until :meth:`forget_others`: the batch may not have been written yet.
        """
        path = self._path(batch, revision)
        if not kept:
            path.unlink(missing_ok=True)
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        data = self._cipher.encrypt(orjson.dumps([asdict(d) for d in kept]))
        fresh = path.with_suffix(".tmp")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)

    def forget_others(self, batch: int, revision: int) -> None:
        """Forget the doubts of *batch* but those of *revision*, the one that stands."""
        for path in self._all(batch):
            if path != self._path(batch, revision):
                path.unlink()
        for left in self._folder.glob("*.tmp"):  # by a writer that died
            left.unlink()

    def drop(self, batch: int) -> None:
        """Forget all doubts of *batch*."""
        for path in self._all(batch):
            path.unlink()

    def destroy(self) -> None:
        """Forget all doubts of the study."""
        for batch in self.batches():
            self.drop(batch)

    def _path(self, batch: int, revision: int) -> Path:
        return self._folder / (f"{batch}.doubts" if not revision else f"{batch}-{revision}.doubts")

    def _all(self, batch: int) -> list[Path]:
        return [path for path in self._folder.glob("*.doubts") if path.stem.partition("-")[0] == str(batch)]
