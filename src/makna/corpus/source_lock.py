"""What becomes of a source file after its import: put under a passphrase, given back, or deleted.

A locked file is ``makna-locked-1``, a salt, and the source in pieces of 1 MiB, each under AES-256-GCM by a key that
scrypt makes from the passphrase (as for an exported key). A piece's nonce holds its number and whether it is the
last, so pieces can neither be moved nor cut off unseen (Hoang et al. 2015, *STREAM*). Memory stays flat.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from makna.corpus.keys import stretch
from makna.errors import DoorError, ReadError, UnreadableFile
from makna.i18n import _

SUFFIX = ".makna-locked"
Told = Callable[[int], None]  # bytes done since the last call
_HEAD = b"makna-locked-1\n"
_SALT, _PREFIX, _TAG = 16, 7, 16
_PIECE = 1 << 20


def lock(path: Path, passphrase: str, *, told: Told = lambda done: None) -> Path:
    """Put the file *path* under *passphrase* and delete the original once the locked file opens; returns its path.

    Raises :class:`UnreadableFile` where a locked file stands already or the source cannot be read.
    """
    target = path.with_name(path.name + SUFFIX)
    _refuse_taken(target)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with _opened(path) as source, _fresh(aside) as out:
            digest = _encrypt(source, out, passphrase, told)
        with _opened(aside) as locked:
            check = hashlib.sha256()
            for piece in _pieces(locked, passphrase, aside.name):
                check.update(piece)
        if check.digest() != digest:
            raise DoorError(
                _("{name} was not locked: what was written does not give it back.").format(name=path.name)
            )
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    delete(path)
    return target


def unlock(path: Path, passphrase: str, *, told: Told = lambda done: None) -> Path:
    """Give the source back beside its locked file, which stays; returns its path.

    Raises :class:`DoorError` for a wrong passphrase, a damaged file or one that Makna did not lock.
    """
    name = path.name.removesuffix(SUFFIX)
    target = path.with_name(name if name != path.name else f"{name}.unlocked")
    _refuse_taken(target)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with _opened(path) as locked, _fresh(aside) as out:
            for piece in _pieces(locked, passphrase, path.name):
                out.write(piece)
                told(len(piece))
            out.flush()
            os.fsync(out.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return target


def refuse_locked(path: Path) -> None:
    """Raise :class:`UnreadableFile` for a locked file, with the way to open it."""
    if path.suffix == SUFFIX:
        message = _("{name} lies under a passphrase. Open it first: makna unlock {name}")
        raise UnreadableFile(message.format(name=path.name))


def delete(path: Path) -> None:
    """Overwrite the file *path* and delete it, with the link that led to it where there is one."""
    real = path.resolve()
    try:
        with real.open("r+b") as out:
            left = real.stat().st_size
            while left > 0:
                left -= out.write(secrets.token_bytes(min(left, _PIECE)))
            out.flush()
            os.fsync(out.fileno())
        real.unlink()
        path.unlink(missing_ok=True)
    except OSError as error:
        message = _("{name} could not be deleted ({reason}): delete it yourself.")
        raise UnreadableFile(message.format(name=path.name, reason=error.strerror)) from None


def _encrypt(source: IO[bytes], out: IO[bytes], passphrase: str, told: Told) -> bytes:
    """Write the locked form of *source*; returns the SHA-256 of what was read."""
    salt, prefix = secrets.token_bytes(_SALT), secrets.token_bytes(_PREFIX)
    head = _HEAD + salt + prefix
    cipher, digest = AESGCM(stretch(passphrase, salt)), hashlib.sha256()
    out.write(head)
    piece, number = source.read(_PIECE), 0
    while True:
        following = source.read(_PIECE)
        digest.update(piece)
        out.write(cipher.encrypt(_nonce(prefix, number, last=not following), piece, head))
        told(len(piece))
        if not following:
            break
        piece, number = following, number + 1
    out.flush()
    os.fsync(out.fileno())
    return digest.digest()


def _pieces(locked: IO[bytes], passphrase: str, name: str) -> Iterator[bytes]:
    """The pieces of a locked file, each checked before it is given."""
    head = locked.read(len(_HEAD) + _SALT + _PREFIX)
    if not head.startswith(_HEAD) or len(head) < len(_HEAD) + _SALT + _PREFIX:
        raise DoorError(_("{name} is no file that Makna locked.").format(name=name))
    salt, prefix = head[len(_HEAD) : -_PREFIX], head[-_PREFIX:]
    cipher = AESGCM(stretch(passphrase, salt))
    piece, number = locked.read(_PIECE + _TAG), 0
    while True:
        following = locked.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, last=not following), piece, head)
        except InvalidTag:
            raise DoorError(
                _("The passphrase does not fit {name}, or the file is damaged.").format(name=name)
                if number == 0
                else _("{name} is damaged: only its beginning can be read.").format(name=name)
            ) from None
        if not following:
            return
        piece, number = following, number + 1


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _refuse_taken(target: Path) -> None:
    if target.exists():
        raise UnreadableFile(_("{file} exists already: move it away first.").format(file=target))


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        message = _("{name} cannot be opened ({reason}): check that the file is there.")
        raise UnreadableFile(message.format(name=path.name, reason=error.strerror)) from None


def _fresh(path: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
    except OSError as error:
        message = _("Nothing can be written into {folder} ({reason}).")
        raise ReadError(message.format(folder=path.parent, reason=error.strerror)) from None
