"""From a database's address to its store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.store.memory import MemoryStore
from bot.store.protocol import Backend, StoreError
from bot.store.sealed import SealedStore


def store_at(url: str, state_keys: Sequence[str] = ()) -> SealedStore:
    """Return the store at an address: sqlite:///file, postgresql://… or memory:.

    It is opened at its first use.
    """
    return SealedStore(partial(_backend, url), state_keys)


async def open_store(url: str, state_keys: Sequence[str] = ()) -> SealedStore:
    """Open the store at an address.

    Errors: StoreError.
    """
    store = store_at(url, state_keys)
    await store.open()
    return store


async def _backend(url: str) -> Backend:
    scheme, colon, rest = url.partition(":")
    if scheme == "memory" and colon:
        return MemoryStore()
    if scheme == "sqlite" and rest.startswith("///") and rest != "///":
        from bot.store.sqlite import SQLiteStore

        return SQLiteStore.open(Path(rest.removeprefix("///")))
    # Frameworks write the driver that they use behind a plus.
    if scheme.partition("+")[0] in ("postgres", "postgresql") and rest.startswith("//"):
        from bot.store.postgres import PostgresStore  # asyncpg takes 130 ms to import

        return await PostgresStore.open(url)
    # Not the address itself: there may be a password in it.
    raise StoreError(
        "DATABASE_URL is neither sqlite:///folder/file.db nor postgresql://user@host/name."
    )
