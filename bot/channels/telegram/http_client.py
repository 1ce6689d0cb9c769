"""A client of one HTTP server, whose connections are kept for one request after another."""

from __future__ import annotations

import ssl
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

JSON: Final = {"Content-Type": "application/json"}

Answer = tuple[int, bytes]  # status and body


class Client:
    """Makes requests, each on a connection of its own while it lasts."""

    def __init__(self, origin: str, connections: int, trusted: ssl.SSLContext | None) -> None:
        """Take the address of the server; `trusted` is needed for https."""
        self._origin = origin
        self._connections = connections
        self._trusted = trusted
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: bytes, within: float) -> Answer:
        """Post JSON to a URL of the server, and return its answer within so many seconds.

        Errors: TimeoutError, other OSErrors, aiohttp.ClientError. What they say may hold the URL.
        """
        if self._session is None:
            self._session = self._opened()
        async with self._session.post(
            url,
            data=body,
            headers=JSON,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(within),
        ) as response:
            return response.status, await response.read()

    async def close(self) -> None:
        """Close the connections; what still waits for an answer gets none."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _opened(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ssl=self._trusted or True),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=_needs_proxy(self._origin),
        )


def _needs_proxy(origin: str) -> bool:
    """Tell whether the environment names a proxy: to look for one at each request is dear."""
    parts = urlsplit(origin)
    return parts.scheme in getproxies() and not proxy_bypass(parts.hostname or "")
