"""The proxy that the environment names for a server, if it names one."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from bot.config import ConfigError

SOCKS: Final = ("socks", "socks4", "socks4a", "socks5", "socks5h")
LIBRARY: Final = "aiohttp_socks"
MISSING: Final = (
    "The environment names a SOCKS proxy (HTTPS_PROXY or ALL_PROXY), for which a package is"
    " missing: python -m pip install aiohttp-socks. An HTTP proxy needs none."
)


@dataclass(frozen=True, slots=True)
class Proxy:
    """How to reach a server: directly, or by an HTTP or a SOCKS proxy."""

    url: str | None = None  # of an HTTP proxy, with a name and a password if it wants them
    socks: str | None = None

    def __repr__(self) -> str:
        return "Proxy(…)"  # there may be a password in it

    def connector(self, **settings: Any) -> aiohttp.BaseConnector:
        """Return what opens connections."""
        if self.socks is None:
            return aiohttp.TCPConnector(**settings)
        library = importlib.import_module(LIBRARY)
        # The proxy looks up the name: where one is needed, the machine itself often cannot.
        made: aiohttp.BaseConnector = library.ProxyConnector.from_url(
            self.socks, rdns=True, **settings
        )
        return made


def proxy_for(origin: str) -> Proxy:
    """Return the proxy that the environment names for a server.

    Raises ConfigError for one that cannot be used.
    """
    parts, named = urlsplit(origin), getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return Proxy()
    scheme, separator, rest = proxy.partition("://")
    if not separator:
        return Proxy(f"http://{proxy}")
    if scheme.lower() not in SOCKS:
        return Proxy(proxy)
    if importlib.util.find_spec(LIBRARY) is None:
        raise ConfigError((MISSING,))
    version = "socks4" if scheme.lower().startswith("socks4") else "socks5"
    return Proxy(socks=f"{version}://{rest}")
