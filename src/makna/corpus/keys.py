"""The study's secret: a random key in the user's own configuration folder, never inside or beside the study.

The key is used only for keyed MACs (:mod:`makna.corpus.disguise.macs`) and for what lies encrypted beside it: the
doubts, and the lists of :mod:`makna.corpus.kept_lists`. Whoever has the study folder without the key can test no
guess about who wrote what. ``seal`` destroys it.
"""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from platformdirs import user_config_path

from makna.errors import DoorError, KeyMissing
from makna.i18n import _

KEY_BYTES = 32
_EXPORT_HEAD = b"makna-key-1\n"


def config_folder() -> Path:
    """``MAKNA_CONFIG``, else the user's configuration folder; made with mode 0700."""
    folder = Path(os.environ["MAKNA_CONFIG"]) if "MAKNA_CONFIG" in os.environ else user_config_path("makna")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def path(study_id: str) -> Path:
    """Where the key of a study lies."""
    return config_folder() / "keys" / f"{study_id}.key"


def create(study_id: str, key: bytes | None = None) -> bytes:
    """Make and keep the key of a new study; refuses to overwrite one."""
    key = key or secrets.token_bytes(KEY_BYTES)
    file = path(study_id)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(key)
        out.flush()
        os.fsync(out.fileno())
    return key


def exists(study_id: str) -> bool:
    """Whether this user holds the key."""
    return path(study_id).is_file()


def load(study_id: str) -> bytes:
    """The key, or :class:`KeyMissing` with the way to get it."""
    try:
        return path(study_id).read_bytes()
    except FileNotFoundError:
        raise KeyMissing(
            _(
                "The key of this study is not in your configuration folder. Ask the colleague who made the study"
                " for it (makna key export there, makna key import here)."
            )
        ) from None


def destroy(study_id: str) -> None:
    """Overwrite and delete the key; nothing happens when there is none."""
    file = path(study_id)
    if not file.exists():
        return
    with file.open("r+b") as out:
        out.write(secrets.token_bytes(KEY_BYTES))
        out.flush()
        os.fsync(out.fileno())
    file.unlink()


def wrap(key: bytes, passphrase: str) -> bytes:
    """The key under a passphrase (scrypt and Fernet), to hand to a colleague."""
    salt = secrets.token_bytes(16)
    return _EXPORT_HEAD + salt + Fernet(urlsafe_b64encode(stretch(passphrase, salt))).encrypt(key)


def unwrap(data: bytes, passphrase: str) -> bytes:
    """The key in an export; refuses a wrong passphrase or another file."""
    if not data.startswith(_EXPORT_HEAD):
        raise DoorError(_("This file is not a key exported by Makna."))
    body = data[len(_EXPORT_HEAD) :]
    try:
        return Fernet(urlsafe_b64encode(stretch(passphrase, body[:16]))).decrypt(body[16:])
    except InvalidToken:
        raise DoorError(_("The passphrase does not fit this key file.")) from None


def stretch(passphrase: str, salt: bytes) -> bytes:
    """32 bytes of key from a passphrase, by scrypt."""
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
