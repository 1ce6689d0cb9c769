"""Telegram's end of a webhook, for the stand-in."""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import urlsplit

from benchmarks.throughput_http import ClientConnection

CONNECTIONS: Final = 40  # to a webhook that does not say how many


class Webhook:
    """So many deliveries at once, and again what was not taken."""

    def __init__(self, settings: dict[str, str]) -> None:
        address = urlsplit(settings["url"])
        self._place = (address.hostname or "", address.port or 80)
        self._path = address.path
        secret = settings.get("secret_token", "")
        self._headers = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n".encode()
        self._most = int(settings.get("max_connections", CONNECTIONS))
        self._deliveries: list[asyncio.Task[None]] = []
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue()

    async def connect(self) -> None:
        """Return once the bot listens."""
        while True:
            first = ClientConnection(*self._place)
            try:
                await first.open()
                break
            except OSError:
                await asyncio.sleep(0.002)
        others = [ClientConnection(*self._place) for _ in range(self._most - 1)]
        self._deliveries = [asyncio.ensure_future(self._deliver(c)) for c in (first, *others)]

    async def _deliver(self, connection: ClientConnection) -> None:
        while True:
            update = await self.waiting.get()
            if await connection.post(self._path, update, self._headers) != 200:
                await asyncio.sleep(1)
                self.waiting.put_nowait(update)
