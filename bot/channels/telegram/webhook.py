"""The webhook: 200 only when the answer is out; Telegram sends all else again."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import math
import time
from collections.abc import Callable
from typing import Any, Final

from aiohttp import web
from telegram import Bot

from bot.channels.telegram import updates
from bot.config import Webhook
from bot.delivery.health import PATH
from bot.delivery.outcomes import Held, where
from bot.delivery.serving import serve
from bot.delivery.turns import Turns

log = logging.getLogger(__name__)

LARGEST: Final = 1_000_000  # bytes of a body
PATIENCE: Final = 20.0  # seconds; Telegram gives up on a request after a minute
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class Refused(Exception):
    """A request that Telegram did not send; `status` is all that is said about it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class WebhookServer:
    """Takes updates over HTTP."""

    def __init__(
        self, bot: Bot, turns: Turns, settings: Webhook, clock: Callable[[], float] = time.time
    ) -> None:
        self._bot = bot
        self._turns = turns
        self._settings = settings
        self._clock = clock
        self._stopping = False
        self.port = 0  # where it is served, once it is

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what is in flight."""
        app = web.Application(client_max_size=LARGEST)
        app.add_routes(
            [
                web.post(self._settings.path, self._updates),
                web.get(PATH, self._health),
            ]
        )
        runner, self.port = await serve(app, self._settings.port)
        log.info("webhook served on port %d", self.port)
        try:
            await stop.wait()
        finally:
            self._stopping = True
            await runner.cleanup()

    async def _updates(self, request: web.Request) -> web.Response:
        if self._stopping:
            return _later(1)
        try:
            update = await self._update(request)
        except Refused as refused:
            return web.Response(status=refused.status)
        try:
            incoming = updates.read(update, self._bot.username, self._clock())
            if isinstance(incoming, updates.Ignored):
                return web.Response()
            if isinstance(incoming, updates.Malformed):
                log.error("an update that cannot be read is refused")
                return web.Response(status=400)
            deadline = asyncio.get_running_loop().time() + PATIENCE
            outcome = await self._turns.answer(incoming, deadline)
        except Exception as error:
            log.error("fault: %s", where(error))
            return _later(1)
        return _later(outcome.seconds) if isinstance(outcome, Held) else web.Response()

    async def _update(self, request: web.Request) -> Any:
        secret = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(secret, self._settings.secret.encode()):
            raise Refused(403)
        if request.content_type != "application/json":
            raise Refused(415)
        try:
            body: Any = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            raise Refused(413) from None
        except (ValueError, RecursionError):
            raise Refused(400) from None
        if updates.number_of(body) is None:
            raise Refused(400)
        return body

    async def _health(self, request: web.Request) -> web.Response:
        return _later(1) if self._stopping else web.Response(text="ok\n")


def _later(seconds: float) -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(max(1, math.ceil(seconds)))})
