"""A client of one HTTP/1.1 server, whose connections are kept for one request after another.

It does what the Bot API needs, POST and an answer, at a sixth of the CPU that aiohttp's client
takes: no redirects, cookies or compression.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

import httptools
from aiohappyeyeballs import start_connection

CONNECT_SECONDS: Final = 10.0  # for address, connection and TLS
IDLE_SECONDS: Final = 15.0  # for which a connection is kept: later the server may have hung up
ADDRESS_SECONDS: Final = 10.0  # for which a server's addresses are not looked up again
HEAD_START: Final = 0.25  # seconds of the first address before the next is tried too (RFC 8305)
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

Answer = tuple[int, bytes]  # status and body


class Line(asyncio.Protocol):
    """One connection: a request, its answer, then the next request."""

    def __init__(self, lost: Callable[[Line], None]) -> None:
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._transport: Any = None  # uvloop's is no subclass of asyncio's
        self._answer: asyncio.Future[Answer] | None = None
        self._forget()
        self.reusable = False

    def _forget(self) -> None:
        self._body: list[bytes] = []
        self._has_head = False
        self._has_end = False  # the head says where the body ends; else the connection's end does

    @property
    def is_open(self) -> bool:
        """Whether the server has not hung up, as far as is known."""
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes, within: float) -> Answer:
        """Send a request and return its answer. Errors: OSError, TimeoutError among them."""
        self._forget()
        self.reusable = False
        self._answer = self._loop.create_future()
        late = self._loop.call_later(within, self._fail, TimeoutError())
        self._transport.write(request)
        try:
            return await self._answer
        finally:
            late.cancel()

    def abort(self) -> None:
        """Hang up; whoever waits gets a ConnectionResetError."""
        self.reusable = False
        self._forget()  # the end is of our making, so that it is not that of an answer
        if self._transport is not None:
            self._transport.abort()

    # What the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the server."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Read on."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail(ConnectionAbortedError())

    def connection_lost(self, error: Exception | None) -> None:
        """Give up what waits, unless the end of the connection is that of its answer."""
        self._transport = None
        if error is None and self._has_head and not self._has_end:
            self._settle()
        else:
            self._fail(ConnectionResetError())
        self._lost(self)

    # What the parser calls

    def on_message_begin(self) -> None:
        """Hang up on a server that speaks without being asked."""
        if self._answer is None:
            self.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note whether the body has an end of its own."""
        self._has_end |= name.lower() in (b"content-length", b"transfer-encoding")

    def on_headers_complete(self) -> None:
        """Note that there is a status."""
        self._has_head = True

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Hand the answer over; what begins with 1 only announces it."""
        if self._parser.get_status_code() < 200:
            self._forget()
        else:
            self.reusable = self._answer is not None and self._parser.should_keep_alive()
            self._settle()

    def _settle(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result((self._parser.get_status_code(), b"".join(self._body)))

    def _fail(self, error: OSError) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(error)
        self.abort()


class Client:
    """Makes requests, each on a connection of its own while it lasts."""

    def __init__(self, origin: str, trusted: ssl.SSLContext | None = None) -> None:
        """Take the address of the server, scheme://host:port; `trusted` is needed for https."""
        parts = urlsplit(origin)
        self._host = parts.hostname or ""
        self._port = parts.port or DEFAULT_PORTS[parts.scheme]
        self._trusted = trusted
        self._fixed = f" HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"
        if parts.username is not None:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._fixed += f"Authorization: Basic {b64encode(login.encode()).decode()}\r\n"
        self._fixed += "Content-Type: application/json\r\nContent-Length: "
        self._heads: dict[str, bytes] = {}  # by URL: a bot asks for a handful
        self._lines: set[Line] = set()  # all that are open
        self._idle: dict[Line, float] = {}  # since when; the newest last
        self._lookup: asyncio.Task[list[Any]] | None = None
        self._looked_up = 0.0

    async def post(self, url: str, body: bytes, within: float) -> Answer:
        """Post JSON to a URL of the server, and return its answer within so many seconds.

        Errors: OSError, TimeoutError among them.
        """
        head = self._heads.get(url) or self._head(url)
        request = b"%b%d\r\n\r\n%b" % (head, len(body), body)
        line = self._kept() or await self._connected()
        try:
            answer = await line.ask(request, within)
        except BaseException:
            line.abort()
            raise
        if line.reusable:
            self._idle[line] = asyncio.get_running_loop().time()
        else:
            line.abort()
        return answer

    async def close(self) -> None:
        """Close the connections; what still waits for an answer gets none."""
        if self._lookup is not None:
            self._lookup.cancel()
        for line in tuple(self._lines):
            line.abort()

    def _head(self, url: str) -> bytes:
        path = quote(urlsplit(url).path, safe="/%:@!$&'()*+,;=~")
        head = f"POST {path}{self._fixed}".encode()
        self._heads[url] = head
        return head

    def _kept(self) -> Line | None:
        """Return the connection used last, if it is fresh enough."""
        stale = asyncio.get_running_loop().time() - IDLE_SECONDS
        while self._idle:
            line, since = self._idle.popitem()
            if line.is_open and since > stale:
                return line
            line.abort()
        return None

    async def _connected(self) -> Line:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(CONNECT_SECONDS):
            addresses = await self._addresses()
            try:
                connection = await start_connection(addresses, happy_eyeballs_delay=HEAD_START)
            except (OSError, RuntimeError) as error:  # the latter is uvloop's for some of them
                self._lookup = None  # the server may have moved
                raise ConnectionRefusedError from error
            try:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                _, line = await loop.create_connection(
                    lambda: Line(self._left),
                    sock=connection,
                    ssl=self._trusted,
                    server_hostname=self._host if self._trusted else None,
                )
            except BaseException:
                connection.close()
                raise
        self._lines.add(line)
        return line

    def _left(self, line: Line) -> None:
        self._lines.discard(line)
        self._idle.pop(line, None)

    async def _addresses(self) -> list[Any]:
        """Look the server up, once for all who ask meanwhile."""
        loop = asyncio.get_running_loop()
        lookup = self._lookup
        if lookup is None or (lookup.done() and not self._is_fresh(lookup, loop.time())):
            self._looked_up = loop.time()
            lookup = loop.create_task(self._look_up())
            self._lookup = lookup
        return await asyncio.shield(lookup)

    def _is_fresh(self, lookup: asyncio.Task[list[Any]], now: float) -> bool:
        failed = lookup.cancelled() or lookup.exception() is not None
        return not failed and now - self._looked_up < ADDRESS_SECONDS

    async def _look_up(self) -> list[Any]:
        loop = asyncio.get_running_loop()
        return await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
