"""Ports that the bot serves: one for a channel that delivers by HTTP, one for metrics."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.delivery.metrics import Metrics, Prometheus, Uncounted

log = logging.getLogger(__name__)

GRACE: Final = 3.5  # seconds, which aiohttp grants twice to what is in flight at the end


async def serve(app: web.Application, port: int) -> tuple[web.AppRunner, int]:
    """Serve on all addresses; return the runner and the port, which the system picks for 0."""
    # The access log would hold the paths, and a webhook's path may be a secret.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    await web.TCPSite(runner, None, port).start()
    return runner, int(runner.addresses[0][1])


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
