"""A port for metrics, and none without."""

from __future__ import annotations

import socket

import aiohttp
import pytest

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
