"""The least HTTP/1.1 that a stand-in needs, both ways: it must cost less than who is measured."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Final, cast

Answer = Callable[[str, bytes], bytes | Awaitable[bytes]]  # path and body -> body, all JSON

_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_OK: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


class ServerConnection(asyncio.Protocol):
    """One client, that waits for each answer before its next request."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self._late: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self._received += data
        while (end := self._received.find(_HEAD_END)) >= 0:
            head = self._received[:end]
            length = _LENGTH.search(head)
            after = end + len(_HEAD_END) + (int(length[1]) if length else 0)
            if len(self._received) < after:
                return
            body = self._received[end + len(_HEAD_END) : after]
            self._received = self._received[after:]
            answer = self._answer(head.split(b" ", 2)[1].decode(), body)
            if isinstance(answer, bytes):
                self._write(answer)
            else:
                task = asyncio.ensure_future(self._write_later(answer))
                self._late.add(task)
                task.add_done_callback(self._late.discard)

    def connection_lost(self, error: Exception | None) -> None:
        """Give up the answers that nobody waits for any more."""
        for task in self._late:
            task.cancel()

    async def _write_later(self, answer: Awaitable[bytes]) -> None:
        self._write(await answer)

    def _write(self, body: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(_OK % (len(body), body))


class ClientConnection:
    """A connection that is kept for one POST after the other."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> None:
        """Connect; OSError where nobody listens."""
        self._streams = await asyncio.open_connection(self._host, self._port)

    async def post(self, path: str, body: bytes, headers: bytes) -> int:
        """Send JSON, connecting if need be, and return the status."""
        if self._streams is None:
            await self.open()
        assert self._streams
        reader, writer = self._streams
        start = f"POST {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
        fixed = b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
        writer.write(start.encode() + headers + fixed + b"\r\n" + body)
        head = await reader.readuntil(_HEAD_END)
        length = _LENGTH.search(head)
        if length and int(length[1]):
            await reader.readexactly(int(length[1]))
        return int(head.split(b" ", 2)[1])
