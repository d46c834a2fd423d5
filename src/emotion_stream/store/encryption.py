"""Encryption at rest: tokens and secrets of sign-ins cannot be read from the database alone.

The key lies beside the database, in a file for its owner only. Without it everything encrypted is
worthless, and people sign in again.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from emotion_stream.errors import StoreUnavailable

KEY_FILE = "spotify.key"
OTHERS = 0o077


class Undecryptable(Exception):
    """Encrypted with another key, or damaged. The message holds nothing of it."""


class TokenCipher:
    """Encrypts and decrypts text with the key in `file`, which is made when it is first needed.

    Every method raises StoreUnavailable where the key cannot be used: damaged, or open to others.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._fernet: Fernet | None = None

    def check(self) -> None:
        """Whether the key can be used, without making one."""
        if self._fernet is None and self._file.exists():
            self._key()

    def encrypt(self, text: str) -> str:
        """The text, encrypted: another result each time."""
        return self._key().encrypt(text.encode("utf-8")).decode("ascii")

    def decrypt(self, encrypted: str) -> str:
        """The text again. Raises Undecryptable where the key is another one."""
        try:
            return self._key().decrypt(encrypted.encode("utf-8")).decode("utf-8")
        except (InvalidToken, UnicodeError):
            raise Undecryptable("encrypted with another key, or damaged") from None

    def _key(self) -> Fernet:
        if self._fernet is None:
            self._fernet = _read(self._file)
        return self._fernet


def _read(file: Path) -> Fernet:
    try:
        if not file.exists():
            _make(file)
        with file.open("rb") as opened:
            # Of what is read, and not of what may lie there by then.
            mode = os.fstat(opened.fileno()).st_mode
            key = opened.read(1000).strip()
    except OSError as error:
        raise _unusable(f"{file}: {error.strerror}.") from error
    if os.name == "posix" and mode & OTHERS:
        raise _unusable(f"{file} is open to others: chmod 600 it, or delete it if they read it.")
    try:
        return Fernet(key)
    except ValueError:
        raise _unusable(f"{file} is damaged: put it back, or delete it.") from None


def _make(file: Path) -> None:
    """Write a new key beside its place and link it there whole: the first of two makers wins."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(Fernet.generate_key())
            opened.flush()
            os.fsync(opened.fileno())
        try:
            # A link fails where the name is taken; renaming would replace the key of a faster
            # process.
            os.link(draft, file)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)


def _unusable(detail: str) -> StoreUnavailable:
    return StoreUnavailable(
        "The key that protects sign-ins to Spotify cannot be used.",
        detail=f"{detail} Without it everybody signs in to Spotify again.",
    )
