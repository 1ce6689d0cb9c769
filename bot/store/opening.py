"""From a database's address to its store."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.store.memory import MemoryStore
from bot.store.protocol import Backend, Kept, Store, StoreError, Turn
from bot.store.sealed import sealed

_RETRY_SECONDS: Final = 1.0


async def open_store(url: str, state_keys: Sequence[str] = ()) -> Store:
    """Open the store at an address: sqlite:///file, postgresql://… or memory:.

    Errors: StoreError.
    """
    backend = await _backend(url)
    try:
        return await sealed(backend, state_keys)
    except BaseException:
        await backend.close()
        raise


async def _backend(url: str) -> Backend:
    scheme, colon, rest = url.partition(":")
    if scheme == "memory" and colon:
        return MemoryStore()
    if scheme == "sqlite" and rest.startswith("///") and rest != "///":
        from bot.store.sqlite import SQLiteStore

        return SQLiteStore.open(Path(rest.removeprefix("///")))
    if scheme in ("postgres", "postgresql") and rest.startswith("//"):
        from bot.store.postgres import PostgresStore  # asyncpg takes 130 ms to import

        return await PostgresStore.open(url)
    # Not the address itself: there may be a password in it.
    raise StoreError(
        "DATABASE_URL is neither sqlite:///folder/file.db nor postgresql://user@host/name."
    )


class LateStore:
    """A store that could not be opened yet: each use tries again, at most once a second."""

    def __init__(self, url: str, state_keys: Sequence[str] = ()) -> None:
        self._url = url
        self._state_keys = tuple(state_keys)
        self._store: Store | None = None
        self._try_at = 0.0
        self._opening: asyncio.Task[Store] | None = None

    async def _opened(self) -> Store:
        if self._store is None:
            # Whoever asks may give up waiting, but not break off what others wait for too.
            self._store = await asyncio.shield(self._latest_try())
        return self._store

    def _latest_try(self) -> asyncio.Task[Store]:
        loop = asyncio.get_running_loop()
        if self._opening is None or (self._opening.done() and loop.time() >= self._try_at):
            self._opening = loop.create_task(open_store(self._url, self._state_keys))
            self._opening.add_done_callback(self._tried)
        return self._opening

    def _tried(self, opening: asyncio.Task[Store]) -> None:
        if not opening.cancelled() and opening.exception():  # which is so marked as noticed
            self._try_at = opening.get_loop().time() + _RETRY_SECONDS

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        """Return what is kept of a chat, and whether it has seen this update."""
        return await (await self._opened()).load(key, update_id, now)

    async def commit(self, key: str, turn: Turn) -> bool:
        """Keep a turn; False, and nothing kept, if the version moved on or the update was seen."""
        return await (await self._opened()).commit(key, turn)

    async def sent(self, key: str, update_id: int) -> None:
        """Drop the replies and the parcel of an update."""
        await (await self._opened()).sent(key, update_id)

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat."""
        await (await self._opened()).forget(key)

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        """Keep a parcel beside an update's unsent replies; without those do nothing."""
        await (await self._opened()).park(key, update_id, parcel)

    async def parked(self) -> tuple[bytes, ...]:
        """Return all parcels, oldest first."""
        return await (await self._opened()).parked()

    async def prune(self, now: float) -> None:
        """Erase what is past its time."""
        await (await self._opened()).prune(now)

    async def close(self) -> None:
        """Let go of files and connections, if any were opened."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait((self._opening,))
            if not self._opening.cancelled() and not self._opening.exception():
                await self._opening.result().close()
