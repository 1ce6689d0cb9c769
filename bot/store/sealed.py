"""The one wrapper around every store: opened late where need be, and sealed.

The inner store sees only hashed chat keys and sealed texts. Chat keys are hashed with a secret
that the inner store keeps. It is made once and sealed as the states are, so that STATE_KEY can be
changed without losing sight of any chat.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bot.store.protocol import Backend, Kept, Move, StoreError
from bot.store.sealing import Cipher, Sealed, cipher_for, hashed

_REMEMBERED: Final = 1000  # chats
_RETRY_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Opened:
    """A backend, and what seals its texts and names its rows."""

    backend: Backend
    cipher: Cipher
    parcels: Cipher  # tell where an answer goes, so that they are sealed without a key, too
    row: Callable[[str], str]  # the name of a chat's rows


class SealedStore:
    """A store around another one, which sees neither chats nor what was said.

    It opens the inner store at its first use; where that fails, a later use tries again, at most
    once a second.
    """

    def __init__(
        self, open_backend: Callable[[], Awaitable[Backend]], state_keys: Sequence[str]
    ) -> None:
        """Take the keys, the newest first; without keys only the chats are hashed."""
        self._open_backend = open_backend
        self._state_keys = tuple(state_keys)
        self._opened: _Opened | None = None
        self._try_at = 0.0
        self._opening: asyncio.Task[_Opened] | None = None

    async def open(self) -> None:
        """Open the inner store now.

        Errors: StoreError, also where the keys are not those that sealed this database.
        """
        await self._inner()

    async def _inner(self) -> _Opened:
        if self._opened is None:
            # Whoever asks may give up waiting, but not break off what others wait for too.
            self._opened = await asyncio.shield(self._latest_try())
        return self._opened

    def _latest_try(self) -> asyncio.Task[_Opened]:
        loop = asyncio.get_running_loop()
        if self._opening is None or (self._opening.done() and loop.time() >= self._try_at):
            self._opening = loop.create_task(self._unlocked())
            self._opening.add_done_callback(self._tried)
        return self._opening

    def _tried(self, opening: asyncio.Task[_Opened]) -> None:
        # To ask for the exception keeps asyncio from logging one that nobody waited for.
        if not opening.cancelled() and opening.exception():
            self._try_at = opening.get_loop().time() + _RETRY_SECONDS

    async def _unlocked(self) -> _Opened:
        backend = await self._open_backend()
        try:
            return await _unlock(backend, self._state_keys)
        except BaseException:
            await backend.close()
            raise

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        """Return what is kept of a chat; a state that no key opens counts as none."""
        inner = await self._inner()
        kept = await inner.backend.load(inner.row(key), update_id, now)
        unseal, state, replies = inner.cipher.unseal, kept.state, kept.replies
        return replace(
            kept,
            state=unseal(state) if state else b"",
            # Unsent replies that no key opens stay unsent: their reader has to notice.
            replies=(unseal(replies) or replies) if replies else b"",
        )

    async def commit(self, key: str, move: Move) -> bool:
        inner = await self._inner()
        seal = inner.cipher.seal
        sealed = replace(
            move,
            state=seal(move.state) if move.state else b"",
            replies=seal(move.replies) if move.replies else b"",
        )
        return await inner.backend.commit(inner.row(key), sealed)

    async def sent(self, key: str, update_id: int) -> None:
        inner = await self._inner()
        await inner.backend.sent(inner.row(key), update_id)

    async def forget(self, key: str) -> None:
        inner = await self._inner()
        await inner.backend.forget(inner.row(key))

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        inner = await self._inner()
        await inner.backend.park(inner.row(key), update_id, inner.parcels.seal(parcel))

    async def parked(self) -> tuple[bytes, ...]:
        """Return the parcels that a key opens, oldest first."""
        inner = await self._inner()
        parcels = map(inner.parcels.unseal, await inner.backend.parked())
        return tuple(parcel for parcel in parcels if parcel)

    async def prune(self, now: float) -> None:
        await (await self._inner()).backend.prune(now)

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait((self._opening,))
            if not self._opening.cancelled() and not self._opening.exception():
                await self._opening.result().backend.close()


async def _unlock(backend: Backend, state_keys: Sequence[str]) -> _Opened:
    """Read a backend's secret with the keys; StoreError where they do not open it."""
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

    @lru_cache(_REMEMBERED)  # a message asks for its chat three times
    def row(key: str) -> str:
        return hashed(secret, key)

    # With the database's own secret where there is no other: not against who has its file, but no
    # number of a chat stands in it for all to see.
    parcels = Sealed((*state_keys, secret.hex()))
    return _Opened(backend, cipher, parcels, row)
