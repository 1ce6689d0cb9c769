"""Whether a bot is well, as another process on its machine is told."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from bot.delivery import health
from bot.delivery.serving import serve
from tests.fakes.bot_process import free_port


@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False)])
async def test_the_answer_tells(status: int, well: bool) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.add_routes([web.get(health.PATH, answer)])
    runner, port = await serve(app, 0)
    try:
        assert await asyncio.to_thread(health.answers, port) is well
    finally:
        await runner.cleanup()


def test_where_nobody_listens_nobody_is_well() -> None:
    assert health.answers(free_port()) is False
