"""Ciphers for what is kept: states, replies and parcels, and the secret that hashes chat keys."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from cryptography.fernet import Fernet, MultiFernet

MIN_KEY_LENGTH: Final = 32  # characters
_SEALED: Final = b"gAAAA"  # how every Fernet token begins, and no JSON and no hexadecimal text


class Cipher(Protocol):
    """How states and replies are written down."""

    def seal(self, plain: bytes) -> bytes:
        """Return what to keep."""

    def unseal(self, kept: bytes) -> bytes:
        """Return what was sealed; nothing where that cannot be read."""

    def is_newest(self, kept: bytes) -> bool:
        """Tell whether `seal` would seal with the same key."""


class Plain:
    """No key: everything is kept as it is."""

    def seal(self, plain: bytes) -> bytes:
        """Return the same bytes."""
        return plain

    def unseal(self, kept: bytes) -> bytes:
        """Return the same bytes; nothing where a key sealed them."""
        return b"" if kept.startswith(_SEALED) else kept

    def is_newest(self, kept: bytes) -> bool:
        """Tell whether no key sealed it."""
        return not kept.startswith(_SEALED)


class Sealed:
    """Everything is kept encrypted and authenticated (Fernet: AES-128-CBC, HMAC-SHA256)."""

    def __init__(self, newest: Fernet, all_keys: MultiFernet) -> None:
        self._newest = newest
        self._all = all_keys

    def seal(self, plain: bytes) -> bytes:
        """Encrypt with the newest key."""
        return self._newest.encrypt(plain)

    def unseal(self, kept: bytes) -> bytes:
        """Decrypt with whichever key fits; text from before there was a key is read as it is."""
        return _decrypted(self._all, kept) if kept.startswith(_SEALED) else kept

    def is_newest(self, kept: bytes) -> bool:
        """Tell whether the newest key sealed it."""
        return bool(_decrypted(self._newest, kept))


def cipher_for(state_keys: Sequence[str]) -> Cipher:
    """Return the cipher for these keys, the newest first.

    Errors: ValueError, one line, for a key that is too short.
    """
    if not state_keys:
        return Plain()
    for number, key in enumerate(state_keys, 1):
        if len(key) < MIN_KEY_LENGTH:
            raise ValueError(
                f"STATE_KEY: key {number} has {len(key)} characters, it needs {MIN_KEY_LENGTH} or"
                " more. This makes one: openssl rand -hex 32"
            )
    from cryptography.fernet import Fernet, MultiFernet  # 30 ms, for those who seal

    fernets = [Fernet(_fernet_key(key)) for key in state_keys]
    return Sealed(fernets[0], MultiFernet(fernets))


def hashed(secret: bytes, key: str) -> str:
    """Return the name of a chat that only who has the secret can tie to it (HMAC-SHA256).

    It is the first half of the hash: 128 bits tell all chats apart and keep the tables small.
    """
    return hmac.digest(secret, key.encode(), "sha256").hex()[:32]


def _fernet_key(text: str) -> bytes:
    """Make the 32 bytes that Fernet wants of a key of any length and alphabet."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"TwitchCheck states" + text.encode()).digest())


def _decrypted(fernet: Fernet | MultiFernet, kept: bytes) -> bytes:
    from cryptography.fernet import InvalidToken

    try:
        return fernet.decrypt(kept)
    except InvalidToken:
        return b""
