"""The webhook: 200 only when the answer is out; Telegram sends all else again.

So what cannot be read gets 200 too: sent again for ever, it would stand in front of others.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import math
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError
from telegram import Bot
from yarl import URL

from bot.channels.telegram import updates
from bot.config import Webhook
from bot.delivery.health import Health, later
from bot.delivery.outcomes import Held, where
from bot.delivery.serving import serve
from bot.delivery.turns import Turns

log = logging.getLogger(__name__)

LARGEST: Final = 1_000_000  # bytes of a body
PATIENCE: Final = 20.0  # seconds; Telegram gives up on a request after a minute
BODY_SECONDS: Final = 10.0  # in which a body has to come
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class Refused(Exception):
    """A request that Telegram did not send; `status` is all that is said about it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class WebhookServer:
    """Takes updates over HTTP."""

    def __init__(
        self,
        bot: Bot,
        turns: Turns,
        settings: Webhook,
        health: Health,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bot = bot
        self._turns = turns
        self._settings = settings
        self._health = health
        self._clock = clock
        # Told apart by what it means: percent signs may stand for other signs, or for themselves.
        self._path = URL(f"http://any{settings.path}").path
        self.named = asyncio.Event()  # once the bot knows its name; messages to a group need it

    @asynccontextmanager
    async def served(self, at: int | socket.socket) -> AsyncIterator[None]:
        """Serve meanwhile, then finish what is in flight."""
        app = web.Application(client_max_size=LARGEST)
        app.add_routes([*self._health.routes(), web.route("*", "/{any:.*}", self._updates)])
        runner, port = await serve(app, at)
        log.info("webhook served on port %d", port)
        try:
            yield
        finally:
            self._health.stopping = True
            await runner.cleanup()

    async def _updates(self, request: web.Request) -> web.Response:
        if request.rel_url.path != self._path:
            return web.Response(status=404)
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        if self._health.stopping:
            return later(1)
        try:
            update = await self._update(request)
        except Refused as refused:
            return web.Response(status=refused.status)
        deadline = asyncio.get_running_loop().time() + PATIENCE
        try:
            async with asyncio.timeout_at(deadline):
                await self.named.wait()
        except TimeoutError:
            return later(1)
        try:
            incoming = updates.read(update, self._bot.username, self._clock()) if update else None
            if isinstance(incoming, updates.Ignored):
                return web.Response()
            if incoming is None or isinstance(incoming, updates.Malformed):
                log.error("an update that cannot be read is passed over")
                return web.Response()
            outcome = await self._turns.answer(incoming, deadline)
        except Exception as error:
            log.error("fault: %s", where(error))
            return later(1)
        if isinstance(outcome, Held):
            return later(math.ceil(outcome.seconds))
        return web.Response()

    async def _update(self, request: web.Request) -> Any:
        """Return the update that a request brings; None for one that cannot be read."""
        secret = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(secret, self._settings.secret.encode()):
            raise Refused(403)
        if request.content_type != "application/json":
            raise Refused(415)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                read = await request.read()
        except web.HTTPRequestEntityTooLarge:
            raise Refused(413) from None
        except TimeoutError:
            raise Refused(408) from None
        except (web.RequestPayloadError, ClientPayloadError, HttpProcessingError):
            raise Refused(400) from None  # not packed as it says, or cut off
        try:
            body: Any = json.loads(read)
        except ValueError:
            raise Refused(400) from None
        except RecursionError:
            if read.strip()[:1] + read.strip()[-1:] != b"{}":
                raise Refused(400) from None
            return None
        if not isinstance(body, dict):
            raise Refused(400)
        return None if updates.number_of(body) is None else body
