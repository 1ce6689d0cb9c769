"""A port for metrics, and none without."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import aiohttp
import pytest
from aiohttp import web

from bot.delivery import serving
from bot.delivery.metrics import Prometheus, Uncounted
from bot.delivery.serving import counting


async def test_without_a_port_nothing_is_counted() -> None:
    async with counting(None) as metrics:
        assert isinstance(metrics, Uncounted)


async def test_with_a_port_what_was_counted_is_served_until_the_end() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/metrics"
    async with aiohttp.ClientSession() as session:
        async with counting(port) as metrics:
            assert isinstance(metrics, Prometheus)
            metrics.store_error()
            async with session.get(url) as response:
                assert "bot_store_errors_total 1.0" in await response.text()
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)


async def test_a_port_that_is_taken_is_an_os_error() -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            async with counting(taken.getsockname()[1]):
                pass


@pytest.mark.parametrize(
    "said", [b"", b"GET / HTTP/1.1\r\nHo", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"]
)
async def test_who_falls_silent_is_let_go(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-open connections, and who has been answered and asks nothing more."""
    monkeypatch.setattr(serving, "FIRST_WORD", 0.02)
    monkeypatch.setattr(serving, "NEXT_WORD", 0.02)
    runner, port = await serving.serve(web.Application(), 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    with contextlib.suppress(ConnectionError):
        await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await runner.cleanup()


async def test_who_waits_long_for_an_answer_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FIRST_WORD", 0.02)

    async def slow(request: web.Request) -> web.Response:
        over = asyncio.Event()
        asyncio.get_running_loop().call_later(0.1, over.set)
        await over.wait()
        return web.Response(text="at last")

    app = web.Application()
    app.add_routes([web.get("/", slow)])
    runner, port = await serving.serve(app, 0)
    url = f"http://127.0.0.1:{port}/"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert await answer.text() == "at last"
    await runner.cleanup()
