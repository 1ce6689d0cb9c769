"""A client that goes through the proxy which the environment names."""

from __future__ import annotations

import ssl
from typing import Final

import aiohttp

from bot.telegram_app.http1 import Answer

JSON: Final = {"Content-Type": "application/json"}


class ProxiedClient:
    """Makes requests with aiohttp: it knows all about proxies."""

    def __init__(self, trusted: ssl.SSLContext | None, connections: int) -> None:
        self._trusted = trusted
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: bytes, within: float) -> Answer:
        """Post JSON and return the answer, within so many seconds.

        Errors: OSError, TimeoutError among them.
        """
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ssl=self._trusted or True),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(),
                trust_env=True,
            )
        timeout = aiohttp.ClientTimeout(within)
        try:
            async with self._session.post(
                url, data=body, headers=JSON, allow_redirects=False, timeout=timeout
            ) as response:
                return response.status, await response.read()
        except aiohttp.ClientError as error:
            raise ConnectionError(type(error).__name__) from None

    async def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
