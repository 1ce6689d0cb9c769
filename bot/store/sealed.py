"""A store around a store: the inner one sees only hashed chat keys and sealed texts.

Chat keys are hashed with a secret that the inner store keeps. It is made once and sealed as the
states are, so that STATE_KEY can be changed without losing sight of any chat.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Final

from bot.store.protocol import Backend, Kept, Store, StoreError, Turn
from bot.store.sealing import Cipher, cipher_for, hashed

_REMEMBERED: Final = 1000  # chats


class SealedStore:
    """A store around another one, which sees neither chats nor what was said."""

    def __init__(self, inner: Store, cipher: Cipher, secret: bytes) -> None:
        self._inner = inner
        self._cipher = cipher
        # A message asks for its chat three times.
        self._hashed = lru_cache(_REMEMBERED)(partial(hashed, secret))

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        """Return what is kept of a chat; a state that no key opens counts as none."""
        kept = await self._inner.load(self._hashed(key), update_id, now)
        state, replies = kept.state, kept.replies
        return Kept(
            self._cipher.unseal(state) if state else b"",
            kept.version,
            kept.seen,
            # Unsent replies that no key opens stay unsent: their reader has to notice.
            (self._cipher.unseal(replies) or replies) if replies else b"",
            kept.seen_at,
        )

    async def commit(self, key: str, turn: Turn) -> bool:
        """Keep a turn; False, and nothing kept, if the version moved on or the update was seen."""
        sealed = Turn(
            turn.update_id,
            turn.expected,
            self._cipher.seal(turn.state) if turn.state else b"",
            self._cipher.seal(turn.replies) if turn.replies else b"",
            turn.at,
            turn.erase,
        )
        return await self._inner.commit(self._hashed(key), sealed)

    async def sent(self, key: str, update_id: int) -> None:
        """Drop the replies and the parcel of an update."""
        await self._inner.sent(self._hashed(key), update_id)

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat."""
        await self._inner.forget(self._hashed(key))

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        """Keep a parcel beside an update's unsent replies; without those do nothing."""
        await self._inner.park(self._hashed(key), update_id, self._cipher.seal(parcel))

    async def parked(self) -> tuple[bytes, ...]:
        """Return the parcels that a key opens, oldest first."""
        parcels = map(self._cipher.unseal, await self._inner.parked())
        return tuple(parcel for parcel in parcels if parcel)

    async def prune(self, now: float) -> None:
        """Erase what is past its time."""
        await self._inner.prune(now)

    async def close(self) -> None:
        """Let go of files and connections."""
        await self._inner.close()


async def sealed(backend: Backend, state_keys: Sequence[str]) -> SealedStore:
    """Seal a store with these keys, the newest first; without keys only hash the chats.

    Errors: StoreError, also where the keys are not those that sealed this database.
    """
    try:
        cipher = cipher_for(state_keys)
    except ValueError as error:
        raise StoreError(str(error)) from error
    kept = await backend.secret(cipher.seal(secrets.token_hex(32).encode()))
    secret = cipher.unseal(kept)
    if not secret:
        raise StoreError(
            "STATE_KEY does not open this database. Set the key that it was made with; to change"
            " it, list both: the new one, a comma, the old one."
            if state_keys
            else "This database was sealed with a STATE_KEY. Set the same one."
        )
    if not cipher.is_newest(kept):
        await backend.replace_secret(kept, cipher.seal(secret))
    return SealedStore(backend, cipher, secret)
