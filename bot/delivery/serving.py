"""Ports that the bot serves: one for a channel that delivers by HTTP, one for metrics."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.delivery.metrics import Metrics, Prometheus, Uncounted

log = logging.getLogger(__name__)

GRACE: Final = 3.5  # seconds, which aiohttp grants twice to what is in flight at the end
FIRST_WORD: Final = 10.0  # seconds in which a connection has to bring a whole request
NEXT_WORD: Final = 75.0  # seconds until the next one
BACKLOG: Final = 256


def listen(port: int) -> socket.socket:
    """Listen on all addresses at a port, which the system picks for 0.

    Errors: OSError.
    """
    if socket.has_dualstack_ipv6():
        try:
            return socket.create_server(
                ("", port), family=socket.AF_INET6, backlog=BACKLOG, dualstack_ipv6=True
            )
        except OSError:  # a system without IPv6, or the port is taken, as is found out now
            pass
    return socket.create_server(("", port), backlog=BACKLOG)


async def serve(app: web.Application, at: int | socket.socket) -> tuple[web.AppRunner, int]:
    """Serve at a port, or at a socket that listens; return the runner and the port."""
    listening = listen(at) if isinstance(at, int) else at
    silence = Silence()
    app.middlewares.append(silence.middleware)
    # The access log would hold the paths, and a webhook's path may be a secret.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    await _Site(runner, listening, silence).start()
    return runner, int(listening.getsockname()[1])


class Silence:
    """Closes connections that bring no whole request: who went away without a word, or lurks."""

    def __init__(self) -> None:
        self._timers: dict[asyncio.Protocol, asyncio.TimerHandle] = {}

    def began(self, connection: web.RequestHandler) -> None:
        """Wait for the first request of a connection."""
        self._wait(connection, FIRST_WORD)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request, and wait for the next."""
        timer = self._timers.pop(request.protocol, None)
        if timer is not None:
            timer.cancel()
        try:
            return await handler(request)
        finally:
            self._wait(request.protocol, NEXT_WORD)

    def _wait(self, connection: web.RequestHandler, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timers[connection] = loop.call_later(seconds, self._close, connection)

    def _close(self, connection: web.RequestHandler) -> None:
        self._timers.pop(connection, None)
        if connection.transport is not None:
            connection.transport.abort()


class _Site(web.SockSite):
    """A socket whose every connection is watched for silence."""

    def __init__(self, runner: web.AppRunner, listening: socket.socket, silence: Silence) -> None:
        super().__init__(runner, listening)
        self._silence = silence

    async def start(self) -> None:
        await web.BaseSite.start(self)
        server = self._runner.server
        assert server is not None

        def connection() -> web.RequestHandler:
            handler = server()
            self._silence.began(handler)
            return handler

        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(connection, sock=self._sock, backlog=BACKLOG)


@asynccontextmanager
async def counting(port: int | None) -> AsyncIterator[Metrics]:
    """Count meanwhile, and serve /metrics on a port of its own; without a port count nothing."""
    if port is None:
        yield Uncounted()
        return
    metrics = Prometheus()

    async def page(request: web.Request) -> web.Response:
        return web.Response(
            body=metrics.page(), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    app = web.Application()
    app.add_routes([web.get("/metrics", page)])
    runner, bound = await serve(app, port)
    log.info("metrics served on port %d", bound)
    try:
        yield metrics
    finally:
        await runner.cleanup()
