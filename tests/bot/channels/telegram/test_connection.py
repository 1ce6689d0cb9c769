"""What we ask of the HTTP client, against servers that keep silent, hang up or pretend."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels.telegram.connection import Connection

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers each request with the next of its raw answers; None hangs up, "" stays silent."""

    def __init__(self) -> None:
        self.answers: list[bytes | None] = []
        self.requests: list[bytes] = []
        self.came = asyncio.Event()
        self.connections = 0
        self.writers: list[asyncio.StreamWriter] = []
        self.serving: list[asyncio.Task[Any]] = []
        self.origin = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        self.writers.append(writer)
        task = asyncio.current_task()
        assert task
        self.serving.append(task)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r")[0])
                self.requests.append(head + await reader.readexactly(length))
                self.came.set()
                answer = self.answers.pop(0) if self.answers else WHOLE
                writer.write(answer or b"")
                await writer.drain()
                if answer is None or b"Connection: close" in answer or b"/1.0" in answer:
                    break
        await self.end(writer)

    async def end(self, writer: asyncio.StreamWriter) -> None:
        """Hang up."""
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()


@contextlib.asynccontextmanager
async def serving(context: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context)
    scheme = "https" if context else "http"
    server.origin = f"{scheme}://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield server
    listening.close()
    for writer in server.writers:
        await server.end(writer)
    await asyncio.gather(*server.serving, return_exceptions=True)


@pytest.fixture(name="server")
async def _server() -> AsyncIterator[Server]:
    async with serving() as server:
        yield server


@pytest.fixture(name="client")
async def _client(server: Server) -> AsyncIterator[Connection]:
    client = Connection(server.origin, 60, None)
    yield client
    await client.shutdown()


async def ask(client: Connection, server: Server, within: float = 5) -> tuple[int, bytes]:
    return await client.ask(f"{server.origin}/bot1:x/getMe", b"{}", within)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(None, id="hung-up"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\nok", id="half"
        ),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="not-http"),
    ],
)
async def test_what_is_no_whole_answer_is_an_error(
    client: Connection, server: Server, raw: bytes | None
) -> None:
    server.answers = [raw]
    with pytest.raises((aiohttp.ClientError, OSError)):
        await ask(client, server)
    assert await ask(client, server) == (200, b"ok")


async def test_a_silent_server_is_given_up(client: Connection, server: Server) -> None:
    server.answers = [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"]
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await ask(client, server, within=0.05)
    assert await ask(client, server) == (200, b"ok")
    assert server.connections == 3


async def test_nobody_gets_the_answer_of_one_who_left(client: Connection, server: Server) -> None:
    server.answers = [b"", WHOLE.replace(b"ok", b"me")]
    leaver = asyncio.create_task(ask(client, server))
    await server.came.wait()
    leaver.cancel()
    await asyncio.gather(leaver, return_exceptions=True)
    with contextlib.suppress(ConnectionError):
        server.writers[0].write(WHOLE.replace(b"ok", b"no"))
    assert await ask(client, server) == (200, b"me")


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 408 Request Timeout\r\n\r\n"])
async def test_a_kept_connection_that_the_server_ended_is_not_used(
    client: Connection, server: Server, said: bytes
) -> None:
    await ask(client, server)
    server.writers[0].write(said)
    server.writers[0].close()
    await asyncio.sleep(0.05)
    assert await ask(client, server) == (200, b"ok")
    assert server.connections == 2


async def test_requests_at_once_have_connections_of_their_own(
    client: Connection, server: Server
) -> None:
    server.answers = [WHOLE.replace(b"ok", b"%02d" % n) for n in range(60)]
    answers = await asyncio.gather(*(ask(client, server) for _ in range(60)))
    assert sorted(body for _, body in answers) == [b"%02d" % n for n in range(60)]
    await asyncio.gather(*(ask(client, server) for _ in range(60)))
    assert server.connections == 60


async def test_an_address_with_a_login_and_a_path(server: Server) -> None:
    origin = server.origin.replace("//", "//ann:p%40ss@")
    client = Connection(f"{origin}/api", 1, None)
    assert await client.ask(f"{origin}/api/bot1:x/a b", b"", 5) == (200, b"ok")
    head = server.requests[0].split(b"\r\n")
    assert head[0] == b"POST /api/bot1:x/a%20b HTTP/1.1"
    assert b"Host: " + server.origin.removeprefix("http://").encode() in head
    assert b"Authorization: Basic YW5uOnBAc3M=" in head
    await client.shutdown()


async def test_nobody_there_is_an_error_until_somebody_is() -> None:
    async with serving() as gone:
        pass
    client = Connection(gone.origin, 1, None)
    with pytest.raises(aiohttp.ClientConnectorError):
        await ask(client, gone)
    server = Server()
    port = int(gone.origin.rpartition(":")[2])
    async with await asyncio.start_server(server.serve, "127.0.0.1", port):
        assert await ask(client, gone) == (200, b"ok")
        await client.shutdown()
        await asyncio.gather(*server.serving)


async def test_to_close_ends_what_waits(client: Connection, server: Server) -> None:
    server.answers = [b"HTTP/1.1 200 OK\r\n\r\nha"]
    asking = asyncio.create_task(ask(client, server))
    await server.came.wait()
    await client.shutdown()
    with pytest.raises((aiohttp.ClientError, OSError)):
        await asking


def certificate(folder: Path) -> Path:
    """Make a key and a certificate for 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem)
    )
    return path


@pytest.fixture(name="secure")
async def _secure(tmp_path: Path) -> AsyncIterator[tuple[Server, Path]]:
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    async with serving(context) as server:
        yield server, path


async def test_a_trusted_server_is_spoken_to(secure: tuple[Server, Path]) -> None:
    server, path = secure
    client = Connection(server.origin, 1, ssl.create_default_context(cafile=path))
    for _ in range(2):
        assert await ask(client, server) == (200, b"ok")
    assert server.connections == 1
    await client.shutdown()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda origin: origin, id="unknown-certificate"),
        pytest.param(lambda origin: origin.replace("127.0.0.1", "localhost"), id="another-name"),
    ],
)
async def test_no_other_server_is(
    secure: tuple[Server, Path], changed: Callable[[str], str]
) -> None:
    server, path = secure
    origin = changed(server.origin)
    trusted = ssl.create_default_context(cafile=None if origin == server.origin else path)
    client = Connection(origin, 1, trusted)
    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        await client.ask(f"{origin}/bot1:x/getMe", b"secret", 5)
    assert server.requests == []
    await client.shutdown()
