"""The port is open, and says so, before anything else is done."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket

import pytest
from aiohttp import web

from bot.delivery.doorstep import Doorstep
from bot.delivery.serving import serve


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    with contextlib.closing(
        http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    ) as connection:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode().strip()


def test_it_says_that_the_bot_is_starting() -> None:
    door = Doorstep(0)
    assert asked(door.port, "/healthz") == (200, "starting")
    assert asked(door.port, "/readyz") == (503, "starting")
    assert asked(door.port, "/hook", "POST") == (503, "starting")
    door.close()


async def test_who_comes_while_it_is_handed_over_is_answered() -> None:
    door = Doorstep(0)
    listening = door.hand_over()
    early = asyncio.create_task(asyncio.to_thread(asked, door.port, "/"))

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="here")

    app = web.Application()
    app.add_routes([web.get("/", page)])
    runner, port = await serve(app, listening)
    assert port == door.port
    assert await early == (200, "here")
    await runner.cleanup()


def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.create_server(("", 0)) as taken, pytest.raises(OSError, match="in use"):
        Doorstep(taken.getsockname()[1])
