"""Ciphers for what is kept: states, replies and parcels, and the secret that hashes chat keys."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MIN_KEY_LENGTH: Final = 32  # characters
_SEALED: Final = b"\x00AES"  # how every sealed text begins, and no JSON and no hexadecimal text
_SALT: Final = 16  # bytes, after that
# The channel whose chats had no channel in their keys. Their rows keep the names that they had, so
# that what an older version kept is found, and both versions may run on one database.
_FIRST_CHANNEL: Final = "telegram:"
_NONCE: Final = bytes(12)  # always the same: with its salt, each text has a key of its own


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
    """Everything is kept encrypted and authenticated: AES-256-GCM, a key for each text.

    The key of a text is HMAC(key, salt) with a salt of 128 random bits, so that a state key never
    wears out, however much it seals.
    """

    def __init__(self, state_keys: Sequence[str]) -> None:
        from cryptography.exceptions import InvalidTag  # 30 ms, for those who seal
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._aes = AESGCM
        self._invalid = InvalidTag
        self._keys = [hashlib.sha256(b"states" + key.encode()).digest() for key in state_keys]

    def seal(self, plain: bytes) -> bytes:
        """Encrypt with the newest key."""
        salt = os.urandom(_SALT)
        return _SEALED + salt + self._aes_of(self._keys[0], salt).encrypt(_NONCE, plain, None)

    def unseal(self, kept: bytes) -> bytes:
        """Decrypt with whichever key fits; text from before there was a key is read as it is."""
        if not kept.startswith(_SEALED):
            return kept
        return next(filter(None, (self._decrypted(key, kept) for key in self._keys)), b"")

    def is_newest(self, kept: bytes) -> bool:
        """Tell whether the newest key sealed it."""
        return kept.startswith(_SEALED) and bool(self._decrypted(self._keys[0], kept))

    def _decrypted(self, key: bytes, kept: bytes) -> bytes:
        salt, rest = kept[len(_SEALED) :][:_SALT], kept[len(_SEALED) + _SALT :]
        try:
            return self._aes_of(key, salt).decrypt(_NONCE, rest, None)
        except self._invalid:
            return b""

    def _aes_of(self, key: bytes, salt: bytes) -> AESGCM:
        return self._aes(hmac.digest(key, salt, "sha256"))


def cipher_for(state_keys: Sequence[str]) -> Cipher:
    """Return the cipher for these keys, the newest first.

    Errors: ValueError, one line, for a key that is too short.
    """
    check_keys(state_keys)
    return Sealed(state_keys) if state_keys else Plain()


def check_keys(state_keys: Sequence[str]) -> None:
    """Raise ValueError, one line, unless each key is long enough; any alphabet will do."""
    for number, key in enumerate(state_keys, 1):
        if len(key) < MIN_KEY_LENGTH:
            raise ValueError(
                f"STATE_KEY needs {MIN_KEY_LENGTH} characters or more, key {number} has"
                f" {len(key)}. This makes one: openssl rand -hex 32"
            )


def hashed(secret: bytes, key: str) -> str:
    """Return the name of a chat's rows, which only who has the secret can tie to it (HMAC-SHA256).

    It is the first half of the hash: 128 bits tell all chats apart and keep the tables small.
    """
    name = key.removeprefix(_FIRST_CHANNEL)
    return hmac.digest(secret, name.encode(), "sha256").hex()[:32]
