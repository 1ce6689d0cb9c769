"""A store that can be switched off, or made to keep everybody waiting."""

from __future__ import annotations

import asyncio

from bot.store import Kept, Move, StoreError
from bot.store.memory import MemoryStore


class SlowStore(MemoryStore):
    """A store in memory that is away, or slow, when it is told to be."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.slow = False
        self.full = False  # takes nothing new
        self.asked = asyncio.Event()  # once somebody was told that it cannot be done
        self._goes = asyncio.Event()

    def go_on(self) -> None:
        """Answer all who wait, and from now on at once."""
        self.slow = False
        self._goes.set()

    async def _use(self) -> None:
        if self.slow:
            await self._goes.wait()
        if self.away:
            self.asked.set()
            raise StoreError("The database is away.")

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        """Answer, if it may."""
        await self._use()
        return await super().load(key, update_id, now)

    async def commit(self, key: str, move: Move) -> bool:
        """Answer, if it may."""
        await self._use()
        if self.full:
            self.asked.set()
            raise StoreError("The disk is full.")
        return await super().commit(key, move)

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        """Answer, if it may."""
        await self._use()
        await super().park(key, update_id, parcel)

    async def parked(self) -> tuple[bytes, ...]:
        """Answer, if it may."""
        await self._use()
        return await super().parked()
