"""The webhook: 200 only when the answer is out, and nothing for strangers."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import re
from typing import Any

import aiohttp
import pytest

from bot.store import open_store
from tests.bot.channels.telegram.shell import (
    SECRET,
    Broken,
    Settings,
    deliver,
    free_port,
    message,
    running,
    served,
)
from tests.fakes.fake_bot_api import Failure, FakeBotApi


async def test_the_webhook_answers_when_the_answer_is_out(api: FakeBotApi, hook: Settings) -> None:
    async with running(hook):
        await served(api, hook)
        update = message(api, "hello")
        assert (await deliver(hook, update))[0] == 200
        assert api.texts() == ["You said hello"]
        assert (await deliver(hook, update))[0] == 200
    assert api.texts() == ["You said hello"]
    assert api.webhook["secret_token"] == SECRET
    assert not api.violations


async def test_the_webhook_lets_telegram_send_again(api: FakeBotApi, hook: Settings) -> None:
    api.failures.append(Failure("sendMessage", 429, retry_after=90))
    async with running(hook):
        await served(api, hook)
        update = message(api, "hello")
        status, headers = await deliver(hook, update)
        assert (status, int(headers["Retry-After"])) == (503, 90)
    async with running(hook):
        await served(api, hook)
        assert (await deliver(hook, update))[0] == 200
    assert api.texts() == ["You said hello"]


async def test_what_polling_put_aside_is_sent_by_a_webhook_too(
    api: FakeBotApi, settings: Settings, hook: Settings
) -> None:
    api.failures.append(Failure("sendMessage", 429, retry_after=3600, chat=1))
    async with running(settings):
        await api.write("first", chat=1)
        await api.until(lambda: not api.queue)
    async with running(hook):
        await api.until(lambda: api.texts(1))
    assert api.texts(1) == ["You said first"]


async def test_the_webhook_says_503_while_the_store_is_down(
    api: FakeBotApi, hook: Settings
) -> None:
    store = Broken(await open_store("memory:"))
    async with running(hook, store):
        await served(api, hook)
        hello, emergency = message(api, "hello"), message(api, "chest pain")
        for _ in range(3):
            assert (await deliver(hook, hello))[0] == 503
            assert (await deliver(hook, emergency))[0] == 503
            assert api.texts() == ["Call for help <now>."]
        store.mended = True
        assert (await deliver(hook, hello))[0] == 200
        assert (await deliver(hook, emergency))[0] == 200
    assert api.texts() == ["Call for help <now>.", "You said hello"]


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        pytest.param(None, {}, 403, id="no-secret"),
        pytest.param("wrong", {}, 403, id="wrong-secret"),
        pytest.param("\u00fc", {}, 403, id="odd-secret"),
        pytest.param(SECRET, {"data": b"{}"}, 415, id="wrong-type"),
        pytest.param(SECRET, {"data": b"{secret"}, 400, id="bad-json"),
        pytest.param(SECRET, {"data": b"\xff\xfe"}, 400, id="not-utf8"),
        pytest.param(SECRET, {"data": b"[" * 100_000}, 400, id="deep"),
        pytest.param(SECRET, {"data": b"[]"}, 400, id="no-update"),
        pytest.param(SECRET, {"data": b'{"update_id":1,"message":{"text":"secret"}}'}, 200,
                     id="half-an-update"),
        pytest.param(SECRET, {"data": b'{"message":{"text":"secret"}}'}, 200, id="no-number"),
        pytest.param(SECRET, {"data": b'{"update_id":1,"a":' + b"[" * 9999 + b"]" * 9999 + b"}"},
                     200, id="too-deep"),
        pytest.param(SECRET, {"data": b"secret", "packed": True}, 400, id="not-packed"),
        pytest.param(SECRET, {"data": gzip.compress(b"x" * 99)[:-20], "packed": True}, 400,
                     id="half-packed"),
        pytest.param(SECRET, {"data": b'"' + b"x" * 1_000_001 + b'"'}, 413, id="too-large"),
    ],
)  # fmt: skip
async def test_the_webhook_refuses_or_passes_over(
    api: FakeBotApi,
    hook: Settings,
    log: pytest.LogCaptureFixture,
    secret: str | None,
    body: dict[str, Any],
    status: int,
) -> None:
    if body and status != 415:
        packed = {"Content-Encoding": "gzip"} if body.pop("packed", False) else {}
        body = {**body, "headers": {"Content-Type": "application/json", **packed}}
    async with running(hook):
        await served(api, hook)
        assert (await deliver(hook, message(api, "hello"), secret, **body))[0] == status
    assert api.texts() == []
    assert "Traceback" not in log.text
    assert not [r for r in log.records if r.exc_info]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"GET /hook secret\r\n\r\n", id="bad-request-line"),
        pytest.param(b"POST /hook HTTP/1.1\r\nsecret\x00: 1\r\n\r\n", id="bad-header"),
        pytest.param(b"\x16\x03\x01secret", id="tls"),
        pytest.param(
            b"POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: "
            + SECRET.encode() + b"\r\n\r\n" + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 20,
            id="too-large-in-chunks",
        ),
    ],
)  # fmt: skip
async def test_what_is_no_proper_request_leaves_no_trace(
    api: FakeBotApi, hook: Settings, log: pytest.LogCaptureFixture, raw: bytes
) -> None:
    async with running(hook):
        await served(api, hook)
        reader, writer = await asyncio.open_connection("127.0.0.1", int(hook["PORT"]))
        writer.write(raw)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            assert b" 4" in (await asyncio.wait_for(reader.read(20), 5))[:14]
        writer.transport.abort()
    assert not [r for r in log.records if r.exc_info]
    assert "secret" not in log.text


@pytest.mark.parametrize("path", ["/", "/metrics", "/hook/more", "/docs", "/.env"])
async def test_nothing_else_is_served(api: FakeBotApi, hook: Settings, path: str) -> None:
    async with running(hook):
        await served(api, hook)
        async with aiohttp.ClientSession() as session:
            for method in ("GET", "POST", "PUT"):
                url = hook["WEBHOOK_URL"].replace("/hook", path)
                async with session.request(method, url) as response:
                    assert response.status in (404, 405)


async def test_metrics_have_a_port_of_their_own(api: FakeBotApi, hook: Settings) -> None:
    port = free_port()
    async with running({**hook, "METRICS_PORT": str(port)}):
        await served(api, hook)
        await deliver(hook, message(api, "hello"))
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
                page = await response.text()
            public = hook["WEBHOOK_URL"].replace("/hook", "/metrics")
            async with session.get(public) as response:
                assert response.status == 404
    assert 'bot_updates_total{kind="Turn"} 1.0' in page
    assert re.search(r'bot_answer_seconds_count\{outcome="Done"\} 1', page)


async def test_a_tap_waits_for_the_emergency_turn_before_it(
    api: FakeBotApi, hook: Settings
) -> None:
    """The answer went ahead of its turn; what is tapped below it still comes after that turn."""
    store = Broken(await open_store("memory:"))
    async with running(hook, store):
        await served(api, hook)
        emergency = message(api, "chest pain")
        assert (await deliver(hook, emergency))[0] == 503
        await api.until(lambda: api.texts())
        store.mended = True
        tap = {"update_id": api.next_number(), "callback_query": api.query(api.last(), "yes")}
        assert (await deliver(hook, tap))[0] == 200
        assert (await store.load("telegram:7", emergency["update_id"], 0.0)).seen
        assert (await deliver(hook, emergency))[0] == 200
    assert [t.split("\n")[0] for t in api.texts()] == ["Call for help <now>.", "Good."]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/h%20k/{token}", "/h%20k/%7Btoken%7D"),
        ("/h%20k/{token}", "/h%20k/{token}"),
        ("/%7Bx%7D", "/{x}"),
        ("/a%zz", "/a%zz"),
        ("/a%25b", "/a%25b"),
        ("/{any:.*}", "/{any:.*}"),
    ],
)
async def test_any_sign_may_stand_in_its_address(
    api: FakeBotApi, hook: Settings, path: str, asked: str
) -> None:
    odd = {**hook, "WEBHOOK_URL": hook["WEBHOOK_URL"].replace("/hook", path)}
    async with running(odd):
        await served(api, hook)
        for where, status in ((asked, 200), ("/else", 404), ("/h", 404)):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(hook["PORT"]))
            body = json.dumps(message(api, "hello")).encode()
            writer.write(
                f"POST {where} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nConnection: close\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            assert f" {status} ".encode() in await asyncio.wait_for(reader.readline(), 5)
            writer.close()
    assert api.texts() == ["You said hello"]


async def health(hook: Settings, path: str) -> tuple[int, str]:
    url = f"http://127.0.0.1:{hook['PORT']}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, (await response.text()).strip()


async def test_how_it_is_can_be_asked(
    api: FakeBotApi, hook: Settings, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its port is open before Telegram takes the webhook; why it does not is in the log."""
    monkeypatch.setattr("bot.delivery.health._FRESH", 0.0)
    why = "Bad Request: bad webhook: HTTPS url must be provided"
    api.failures.append(Failure("setWebhook", 400, why, times=1_000_000))
    store = Broken(await open_store("memory:"))
    async with running(hook, store):
        await api.until(lambda: [c for c in api.calls if c.method == "setWebhook"])
        assert await health(hook, "/healthz") == (200, "starting")
        assert await health(hook, "/readyz") == (503, "starting")
        api.failures.clear()
        await served(api, hook)
        assert await health(hook, "/healthz") == (200, "degraded")
        assert await health(hook, "/readyz") == (503, "degraded")
        store.mended = True
        assert await health(hook, "/healthz") == (200, "ready")
        assert await health(hook, "/readyz") == (200, "ready")
    assert re.search(r"setWebhook: .*HTTPS url must be provided, again in", log.text)
