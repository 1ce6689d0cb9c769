"""How the bot is: told to whoever asks at its port, and asked from another process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from typing import Final

from aiohttp import web

LIVE: Final = "/healthz"  # 200 while it runs: who gets anything else starts it anew
READY: Final = "/readyz"  # 200 while it can do all that it is for
PATH: Final = LIVE
_PATIENCE: Final = 5.0  # seconds
_FRESH: Final = 2.0  # seconds for which what the database said holds


class Word(StrEnum):
    """How the bot is."""

    STARTING = "starting"
    READY = "ready"
    DEGRADED = "degraded"  # the database is away: only emergencies are answered
    STOPPING = "stopping"


class Health:
    """Tells how the bot is; `reaches_store` asks the database."""

    def __init__(self, reaches_store: Callable[[], Awaitable[bool]]) -> None:
        self._reaches_store = reaches_store
        self._asked: asyncio.Task[bool] | None = None
        self._asked_at = 0.0
        self.started = False
        self.stopping = False

    async def word(self) -> Word:
        """Return how the bot is now."""
        if self.stopping:
            return Word.STOPPING
        if not self.started:
            return Word.STARTING
        return Word.READY if await self._store_answers() else Word.DEGRADED

    async def _store_answers(self) -> bool:
        """Ask the database, once for all who ask at the same time."""
        loop = asyncio.get_running_loop()
        if self._asked is None or loop.time() - self._asked_at > _FRESH:
            self._asked_at = loop.time()
            self._asked = loop.create_task(self._ask())
        return await asyncio.shield(self._asked)

    async def _ask(self) -> bool:
        return await self._reaches_store()

    def routes(self) -> list[web.RouteDef]:
        """Return what is served of it."""
        return [web.get(LIVE, self._live), web.get(READY, self._ready)]

    async def _live(self, request: web.Request) -> web.Response:
        word = await self.word()
        return later(1, word) if word is Word.STOPPING else web.Response(text=f"{word}\n")

    async def _ready(self, request: web.Request) -> web.Response:
        word = await self.word()
        return web.Response(text=f"{word}\n") if word is Word.READY else later(1, word)


def later(seconds: int, word: str = "") -> web.Response:
    """Return the answer that asks to come back in so many seconds."""
    text = f"{word}\n" if word else ""
    return web.Response(status=503, text=text, headers={"Retry-After": str(max(1, seconds))})


def answers(port: int) -> bool:
    """Tell whether the bot at a port of this machine says that it is well."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", LIVE)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
