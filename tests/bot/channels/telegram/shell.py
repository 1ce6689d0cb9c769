"""The tiny bot as it runs in tests of the Telegram shell, and what is delivered to its webhook."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.config import Config
from bot.store import Kept, Move, Store, StoreError
from tests.fakes import tiny_bot
from tests.fakes.fake_bot_api import FakeBotApi

SECRET = "a-word_between-us"
Settings = dict[str, str]


@asynccontextmanager
async def running(settings: Settings, store: Store | None = None) -> AsyncIterator[None]:
    stop = asyncio.Event()
    bot = asyncio.create_task(tiny_bot.run(Config.read(settings), stop, store))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(bot, 15)


class Broken:
    """A store that is down until `mended` is set."""

    def __init__(self, store: Store) -> None:
        self.mended = False
        self._store = store

    def _use(self) -> Store:
        if not self.mended:
            raise StoreError("The database is away.")
        return self._store

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        return await self._use().load(key, update_id, now)

    async def commit(self, key: str, move: Move) -> bool:
        return await self._use().commit(key, move)

    async def sent(self, key: str, update_id: int) -> None:
        await self._use().sent(key, update_id)

    async def forget(self, key: str) -> None:
        await self._use().forget(key)

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        await self._use().park(key, update_id, parcel)

    async def parked(self) -> tuple[bytes, ...]:
        return await self._use().parked()

    async def prune(self, now: float) -> None:
        await self._use().prune(now)

    async def close(self) -> None:
        await self._store.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def deliver(
    hook: Settings, update: Any, secret: str | None = SECRET, **more: Any
) -> tuple[int, Mapping[str, str]]:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    body = more or {"json": update}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(hook["WEBHOOK_URL"], **body) as response,
    ):
        assert "secret" not in await response.text()
        return response.status, response.headers


def message(api: FakeBotApi, text: str) -> Any:
    return {"update_id": api.next_number(), "message": api.message(7, text=text)}


async def served(api: FakeBotApi, hook: Settings) -> None:
    """Wait until the bot has begun: its port is open before."""
    await api.until(lambda: api.webhook)
    health = f"http://127.0.0.1:{hook['PORT']}/healthz"
    async with aiohttp.ClientSession() as session, asyncio.timeout(10):
        while True:
            try:
                async with session.get(health) as response:
                    assert response.status == 200
                    if await response.text() != "starting\n":
                        return
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0)
