"""Telegram's side of a webhook: each update again and again until it is taken."""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict
from collections.abc import Coroutine, Sequence

import aiohttp

from tests.fakes.fake_bot_api import JSON
from tests.promises.torture.bots import SECRET
from tests.promises.torture.telegram import BadTelegram


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Deliverer:
    """Delivers updates to replicas at random, as a load balancer does; an async context.

    A chat's messages come one after another, and so do its taps; but the two queues know nothing
    of each other, and further copies of an update come at any time.
    """

    def __init__(self, api: BadTelegram, ports: Sequence[int]) -> None:
        self._api = api
        self._urls = [f"http://127.0.0.1:{port}/hook" for port in ports]
        self._queues: defaultdict[tuple[int, str], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Deliverer:
        self._session = aiohttp.ClientSession(
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
            timeout=aiohttp.ClientTimeout(60),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._session.close()

    async def __call__(self, update: JSON, queue: str) -> None:
        """Send an update, and its copies, on their way."""
        sender = (update.get("message") or update["callback_query"])["from"]["id"]
        self._start(self._in_turn(self._queues[sender, queue], update))

    async def acknowledged(self) -> None:
        """Wait until all updates were taken."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def idle(self, chat: int) -> None:
        """Wait until all updates of a chat were taken."""
        async with self._queues[chat, "messages"], self._queues[chat, "taps"]:
            pass

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _in_turn(self, queue: asyncio.Lock, update: JSON) -> None:
        async with queue:
            for _ in range(self._api.copies - 1):
                self._start(self._again(update))
            await self._until_taken(update)

    async def _again(self, update: JSON) -> None:
        await asyncio.sleep(self._api.chance.uniform(0, 0.5))
        await self._until_taken(update)

    async def _until_taken(self, update: JSON) -> None:
        while True:
            pause = self._api.chance.uniform(0.05, 0.3)
            try:
                url = self._api.chance.choice(self._urls)
                async with self._session.post(url, json=update) as response:
                    if response.status == 200:
                        return
                    if response.status != 503:
                        self._api.violations.append(f"the webhook answered {response.status}")
                        return
                    pause = min(1.0, float(response.headers["Retry-After"]))
            except (aiohttp.ClientError, TimeoutError):
                pass  # that replica was killed
            await asyncio.sleep(pause)
