"""Proxies that the environment names."""

from __future__ import annotations

import importlib.util
import sys
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram.proxy import LIBRARY, Proxy, proxy_for
from bot.config import ConfigError

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
ORIGIN = "https://api.telegram.org"


@pytest.fixture(autouse=True)
def _none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("settings", "proxy"),
    [
        ({}, Proxy()),
        ({"HTTPS_PROXY": "http://u:p@proxy:3128"}, Proxy("http://u:p@proxy:3128")),
        ({"https_proxy": "proxy:3128"}, Proxy("http://proxy:3128")),
        ({"ALL_PROXY": "http://proxy:1"}, Proxy("http://proxy:1")),
        ({"HTTP_PROXY": "http://proxy:1"}, Proxy()),
        ({"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "telegram.org"}, Proxy()),
        ({"ALL_PROXY": "http://proxy:1", "NO_PROXY": "*"}, Proxy()),
    ],
)
def test_it_is_found(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], proxy: Proxy
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(ORIGIN) == proxy
    assert "proxy:" not in repr(proxy)


def test_without_its_library_a_socks_proxy_is_a_fault_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://u:hunter2@proxy:1080")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="pip install aiohttp-socks") as fault:
        proxy_for(ORIGIN)
    assert "hunter2" not in str(fault.value)


@pytest.mark.parametrize(
    ("named", "meant"),
    [("socks5h://proxy:1", "socks5://proxy:1"), ("socks4a://proxy:1", "socks4://proxy:1")],
)
async def test_with_its_library_a_socks_proxy_is_used(
    monkeypatch: pytest.MonkeyPatch, named: str, meant: str
) -> None:
    made: list[tuple[str, dict[str, Any]]] = []

    def from_url(url: str, **settings: Any) -> aiohttp.BaseConnector:
        made.append((url, settings))
        return aiohttp.TCPConnector()

    library = SimpleNamespace(ProxyConnector=SimpleNamespace(from_url=from_url))
    monkeypatch.setitem(sys.modules, LIBRARY, library)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: library)
    monkeypatch.setenv("HTTPS_PROXY", named)
    connector = proxy_for(ORIGIN).connector(limit=3)
    await connector.close()
    assert made == [(meant, {"rdns": True, "limit": 3})]
