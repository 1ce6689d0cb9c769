"""The Telegram shell from end to end: over real HTTP, against a strict Bot API."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram import app, outbox, turns
from bot.config import Config
from bot.delivery import flood
from bot.store import StoreError, open_store
from bot.store.protocol import Kept, Store, Turn
from tests.fakes import tiny_bot
from tests.fakes.fake_bot_api import TOKEN, Failure, FakeBotApi

SECRET = "a-word_between-us"
Settings = dict[str, str]


@pytest.fixture(name="api")
async def _api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture(name="settings")
def _settings(api: FakeBotApi, tmp_path: Path) -> Settings:
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.url,
        "DATABASE_URL": f"sqlite:///{tmp_path}/test.db",
    }


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "FIRST_PAUSE", 0.02)


@pytest.fixture(name="log")
def _log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


@asynccontextmanager
async def running(settings: Settings, store: Store | None = None) -> AsyncIterator[None]:
    stop = asyncio.Event()
    bot = asyncio.create_task(tiny_bot.run(Config.read(settings), stop, store))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(bot, 15)


async def test_start_is_answered_and_the_menu_set(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("/start@the_bot x")
        await api.until(lambda: api.texts() and api.made("setMyShortDescription"))
    assert api.texts() == ["Hello, start."]
    menu = api.made("setMyCommands")[0].values["commands"]
    assert [c["command"] for c in menu] == [name for name, _ in app.COMMANDS]
    assert api.made("deleteWebhook")
    assert not api.violations


async def test_what_was_answered_is_confirmed(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("hello <b> & *you*")
        await api.until(lambda: api.texts())
    assert api.texts() == ["You said hello <b> & you"]
    assert api.queue == []


async def test_a_button_shows_its_choice_and_goes(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("ask")
        await api.until(lambda: api.texts())
        question = api.last()
        await api.tap(question, "Yes")
        await api.until(lambda: len(api.texts()) == 2)
    assert api.texts() == ["Is it so & so?\n\n→ Yes", "Good."]
    assert question.buttons == []
    assert not api.taps
    assert not api.violations


async def test_two_taps_at_once_are_both_answered(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("ask")
        await api.until(lambda: api.texts())
        question = api.last()
        first, second = api.query(question, "tick"), api.query(question, "tick")
        await asyncio.gather(api.push(callback_query=first), api.push(callback_query=second))
        await api.until(lambda: not api.taps)
        await api.until(lambda: question.buttons == [("✓ Tick", "tick")])
    toasts = [c.values.get("text") for c in api.made("answerCallbackQuery")]
    assert toasts == ["Ticked", "Ticked"]


async def test_a_long_answer_comes_in_parts(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("long 800")
        await api.until(lambda: len(api.texts()) == 3)
    messages = list(api.messages.values())
    assert " ".join(m.text for m in messages) == ("Many words. " * 800).strip()
    assert [bool(m.buttons) for m in messages] == [False, False, True]
    assert not api.violations


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Failure("sendMessage", 429, retry_after=1), id="429"),
        pytest.param(Failure("sendMessage", 502, times=2), id="502"),
        pytest.param(Failure("sendMessage", 0), id="reset"),
        pytest.param(Failure("getUpdates", 409), id="conflict"),
        pytest.param(Failure("getUpdates", 502), id="polling-502"),
        pytest.param(Failure("deleteWebhook", 500), id="start"),
    ],
)
async def test_failures_only_delay(api: FakeBotApi, settings: Settings, failure: Failure) -> None:
    api.failures.append(failure)
    async with running(settings):
        await api.write("hello")
        await api.until(lambda: api.texts())
    assert api.texts() == ["You said hello"]
    assert api.queue == []


async def test_a_refused_message_goes_out_plainly(
    api: FakeBotApi, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    api.failures.append(Failure("sendMessage", 400, 'can\'t parse "my secret"'))
    async with running(settings):
        await api.write("ask")
        await api.until(lambda: api.texts())
    assert api.texts() == ["Is it so & so?"]
    assert "sendMessage: Telegram refused it" in log.text
    assert "my secret" not in log.text


async def test_one_waiting_chat_holds_nobody_up(api: FakeBotApi, settings: Settings) -> None:
    """More than a batch of updates gets past it, and its answer survives a restart."""
    api.failures.append(Failure("sendMessage", 429, retry_after=3600, chat=1))
    async with running(settings):
        await api.write("first", chat=1)
        for chat in range(2, 252):
            await api.write("hello", chat=chat)
        await api.until(lambda: len(api.made("sendMessage")) == 250)
        await api.until(lambda: not api.queue)
    assert api.texts(1) == []
    async with running(settings):
        await api.until(lambda: api.texts(1))
    assert api.texts(1) == ["You said first"]


async def test_an_emergency_goes_ahead_of_what_waits(api: FakeBotApi, settings: Settings) -> None:
    api.failures.append(Failure("sendMessage", 429, retry_after=1))
    async with running(settings):
        for text in ("one", "two", "chest pain"):
            await api.write(text)
        await api.until(lambda: len(api.texts()) == 3)
    assert api.texts() == ["Call for help <now>.", "You said one", "You said two"]


async def test_a_flood_gets_one_word_then_only_emergency_answers(
    api: FakeBotApi, settings: Settings
) -> None:
    """Others are answered meanwhile, and the bot neither writes nor waits for each message."""
    said = [f"You said {n}" for n in range(flood.MOST)]
    async with running(settings):
        for n in range(250):
            await api.write(str(n), chat=1)
            if n % 50 == 0:
                await api.write("hello", chat=1000 + n)
        await api.write("chest pain", chat=1)
        for _ in range(20):
            await api.write("still here", chat=1)
        await api.write("hello", chat=2)
        await api.until(lambda: api.texts(2) and not api.queue)
    texts = api.texts(1)
    urgent = texts.index("Call for help <now>.")
    assert texts[:urgent] + texts[urgent + 1 :] == [*said, "Slowly, please."]
    for chat in (2, *range(1000, 1250, 50)):
        assert api.texts(chat) == ["You said hello"]


async def test_one_flood_slows_down_nobody_else(api: FakeBotApi, settings: Settings) -> None:
    """Its answers wait for Telegram; those of others do not, nor does its emergency answer."""
    async with running(settings):
        await api.write("first", chat=1)
        await api.until(lambda: api.texts(1) and not api.queue)
        api.failures.append(Failure("sendMessage", -1, chat=1))
        for n in range(80):
            await api.write(str(n), chat=1)
        for chat in range(2, 152):
            await api.write("hello", chat=chat)
        await api.write("chest pain", chat=1)
        await api.until(lambda: len(api.texts(1)) == 2, 8)
        await api.until(lambda: all(api.texts(chat) for chat in range(2, 152)), 8)
        assert api.texts(1) == ["You said first", "Call for help <now>."]


async def test_being_blocked_ends_it(api: FakeBotApi, settings: Settings) -> None:
    api.failures.append(Failure("sendMessage", 403, "bot was blocked by the user"))
    async with running(settings):
        await api.write("one")
        await api.until(lambda: not api.queue)
        await api.write("two", chat=8)
        await api.until(lambda: api.texts(8))
        await api.until(lambda: not api.queue)
    assert api.texts() == []


async def test_in_a_group_it_asks_for_a_private_chat(api: FakeBotApi, settings: Settings) -> None:
    group = {"id": -5, "type": "group", "title": "Runners"}
    async with running(settings):
        for text in ("/check@other_bot", "my calf twitches", "/check"):
            await api.push(message={**api.message(-5, text=text), "chat": group})
        await api.until(lambda: api.texts(-5))
        await api.until(lambda: not api.queue)
    assert api.texts(-5) == ["Write to me in private."]


class Broken:
    """A store that is down until `mended` is set."""

    def __init__(self, store: Store) -> None:
        self.mended = False
        self._store = store

    def _use(self) -> Store:
        if not self.mended:
            raise StoreError("The database is away.")
        return self._store

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        return await self._use().load(key, update_id, now)

    async def commit(self, key: str, turn: Turn) -> bool:
        return await self._use().commit(key, turn)

    async def sent(self, key: str, update_id: int) -> None:
        await self._use().sent(key, update_id)

    async def forget(self, key: str) -> None:
        await self._use().forget(key)

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        await self._use().park(key, update_id, parcel)

    async def parked(self) -> tuple[bytes, ...]:
        return await self._use().parked()

    async def prune(self, now: float) -> None:
        await self._use().prune(now)

    async def close(self) -> None:
        await self._store.close()


async def test_without_its_store_it_answers_emergencies(
    api: FakeBotApi, settings: Settings
) -> None:
    store = Broken(await open_store("memory:"))
    async with running(settings, store):
        await api.write("one")
        await api.write("chest pain")
        await api.until(lambda: api.texts())
        assert api.texts() == ["Call for help <now>."]
        assert len(api.queue) == 2
        store.mended = True
        await api.until(lambda: not api.queue)
    assert api.texts() == ["Call for help <now>.", "You said one"]


async def test_while_its_store_is_away_it_says_so_once(
    api: FakeBotApi, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    store = Broken(await open_store("memory:"))
    async with running(settings, store):
        for chat in range(20):
            await api.write("hello", chat=chat)
        await api.write("chest pain")
        await api.until(lambda: api.texts())
        store.mended = True
        await api.until(lambda: not api.queue)
    assert log.text.count("Until then only emergency answers are given") == 1
    assert log.text.count("the database is back") == 1


async def test_while_its_store_is_away_a_crowd_hides_no_emergency(
    api: FakeBotApi, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram shows a hundred unconfirmed updates: those ahead are asked to write again."""
    monkeypatch.setattr(turns, "OUTAGE", 0.1)
    store = Broken(await open_store("memory:"))
    async with running(settings, store):
        for chat in range(100, 250):
            await api.write("hello", chat=chat)
        await api.write("chest pain")
        await api.until(lambda: api.texts(), 20)
        store.mended = True
        await api.until(lambda: not api.queue)
    assert api.texts() == ["Call for help <now>."]
    sorry = sum(api.texts(chat) == ["Something went wrong."] for chat in range(100, 250))
    said = sum(api.texts(chat) == ["You said hello"] for chat in range(100, 250))
    assert sorry >= 51
    assert sorry + said == 150


async def test_a_tap_waits_for_the_emergency_turn_before_it(
    api: FakeBotApi, hook: Settings
) -> None:
    """The answer went ahead of its turn; what is tapped below it still comes after that turn."""
    store = Broken(await open_store("memory:"))
    async with running(hook, store):
        await served(api, hook)
        urgent = message(api, "chest pain")
        assert (await deliver(hook, urgent))[0] == 503
        await api.until(lambda: api.texts())
        store.mended = True
        tap = {"update_id": api.next_number(), "callback_query": api.query(api.last(), "yes")}
        assert (await deliver(hook, tap))[0] == 200
        assert (await store.load("7", urgent["update_id"], 0.0)).seen
        assert (await deliver(hook, urgent))[0] == 200
    assert [t.split("\n")[0] for t in api.texts()] == ["Call for help <now>.", "Good."]


async def test_no_token_and_no_text_reach_the_log(
    api: FakeBotApi, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    for failure in (Failure("sendMessage", 502), Failure("sendMessage", 0)):
        api.failures.append(failure)
    async with running(settings):
        await api.write("my secret")
        await api.until(lambda: api.texts())
        await api.push(message={"no": "message", "text": "my secret"})
        await api.write("after that")
        await api.until(lambda: len(api.texts()) == 2 and not api.queue)
    assert log.records
    assert "my secret" not in log.text
    assert TOKEN not in log.text
    assert TOKEN.split(":")[1] not in log.text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(name="hook")
def _hook(settings: Settings) -> Settings:
    port = free_port()
    return {
        **settings,
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": SECRET,
        "PORT": str(port),
    }


async def deliver(
    hook: Settings, update: Any, secret: str | None = SECRET, **more: Any
) -> tuple[int, Mapping[str, str]]:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    body = more or {"json": update}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(hook["WEBHOOK_URL"], **body) as response,
    ):
        assert "secret" not in await response.text()
        return response.status, response.headers


def message(api: FakeBotApi, text: str) -> Any:
    return {"update_id": api.next_number(), "message": api.message(7, text=text)}


async def served(api: FakeBotApi, hook: Settings) -> None:
    """Wait until the webhook answers: it is set before it is served."""
    await api.until(lambda: api.webhook)
    health = hook["WEBHOOK_URL"].replace("/hook", "/healthz")
    async with aiohttp.ClientSession() as session, asyncio.timeout(10):
        while True:
            try:
                async with session.get(health) as response:
                    assert response.status == 200
                    return
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0)


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
        hello, urgent = message(api, "hello"), message(api, "chest pain")
        for _ in range(3):
            assert (await deliver(hook, hello))[0] == 503
            assert (await deliver(hook, urgent))[0] == 503
            assert api.texts() == ["Call for help <now>."]
        store.mended = True
        assert (await deliver(hook, hello))[0] == 200
        assert (await deliver(hook, urgent))[0] == 200
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
        pytest.param(SECRET, {"data": b'{"update_id":1,"message":{"text":"secret"}}'}, 400,
                     id="half-an-update"),
        pytest.param(SECRET, {"data": b'"' + b"x" * 1_000_001 + b'"'}, 413, id="too-large"),
    ],
)  # fmt: skip
async def test_the_webhook_refuses(
    api: FakeBotApi,
    hook: Settings,
    log: pytest.LogCaptureFixture,
    secret: str | None,
    body: dict[str, Any],
    status: int,
) -> None:
    if body and status != 415:
        body = {**body, "headers": {"Content-Type": "application/json"}}
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


@asynccontextmanager
async def process(settings: Settings) -> AsyncIterator[asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.fakes.tiny_bot",
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def test_sigterm_finishes_what_is_in_flight(api: FakeBotApi, settings: Settings) -> None:
    api.failures.append(Failure("sendMessage", 429, retry_after=1))
    async with process(settings) as child:
        await api.write("hello")
        await api.until(lambda: any(c.method == "sendMessage" for c in api.calls))
        child.send_signal(signal.SIGTERM)
        output, _ = await asyncio.wait_for(child.communicate(), 10)
    assert child.returncode == 0
    assert b"Traceback" not in output
    assert b"hello" not in output
    assert TOKEN.encode() not in output
    assert api.texts() == ["You said hello"]
    assert api.queue == []


async def test_sigterm_with_the_answer_just_out_ends_at_once(
    api: FakeBotApi, settings: Settings
) -> None:
    async with process(settings) as child:
        await api.write("hello")
        await api.until(lambda: api.texts())
        child.send_signal(signal.SIGTERM)
        await asyncio.wait_for(child.communicate(), 10)
    assert child.returncode == 0


async def test_killed_in_the_middle_it_answers_the_rest(
    api: FakeBotApi, settings: Settings
) -> None:
    api.failures.append(Failure("sendMessage", -1, chat=1, after_doing_it=True))
    async with process(settings) as child:
        await api.write("one", chat=1)
        await api.until(lambda: api.texts(1))  # sent, but the bot does not know
        child.kill()
        await child.communicate()
    await api.write("two", chat=2)
    async with process(settings):
        await api.until(lambda: api.texts(2) and not api.queue)
    assert api.texts(1) in (["You said one"], ["You said one"] * 2)
    assert api.texts(2) == ["You said two"]


async def test_it_stops_while_telegram_does_not_answer(
    api: FakeBotApi, settings: Settings
) -> None:
    api.failures.append(Failure("deleteWebhook", -1))
    async with running(settings):
        await api.until(lambda: not api.failures)


async def test_an_unknown_token_is_one_clear_error(api: FakeBotApi, settings: Settings) -> None:
    with pytest.raises(app.TokenRefused):
        await tiny_bot.run(
            Config.read({**settings, "TELEGRAM_BOT_TOKEN": "1:wrong"}), asyncio.Event()
        )
