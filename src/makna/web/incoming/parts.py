"""Large files come in pieces: each is sealed on its way, and they become one sealed file."""

from __future__ import annotations

import threading

from makna.corpus.sealed_file import SealedFile, SealedWriter
from makna.errors import UnreadableFile
from makna.i18n import _
from makna.web.incoming.uploads import place

_MOST = 8  # files that come in pieces at once
_writers: dict[str, SealedWriter] = {}
_lock = threading.Lock()


def add(key: str, piece: SealedFile, *, name: str, at: int, size: int) -> SealedFile | None:
    """Add a piece that begins *at* to the file that the browser calls *key*; the file, once all of its *size* is there.

    Raises :class:`UnreadableFile` for a piece that does not follow on what came before.
    """
    try:
        with _lock:
            writer = _begun(key) if at == 0 else _writers.get(key)
            if writer is None or writer.size != at:
                raise UnreadableFile(_("{name} did not come whole: drop it again.").format(name=name))
            writer.write(piece.read_bytes())
            if writer.size < size:
                return None
            return _writers.pop(key).finish(name)
    finally:
        piece.unlink(missing_ok=True)


def _begun(key: str) -> SealedWriter:
    """A new file; one of the same key, and the oldest of many, was given up."""
    if key in _writers:
        _writers.pop(key).abandon()
    while len(_writers) >= _MOST:
        _writers.pop(next(iter(_writers))).abandon()
    _writers[key] = SealedWriter(place())
    return _writers[key]
