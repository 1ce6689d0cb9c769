"""All that a bot writes at its most talkative: no token, no secret, no word of anybody."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.bot_process import (
    EMERGENCY,
    SECRET,
    SECRET_HEADER,
    BotProcess,
    bot,
    free_port,
    served,
    webhook,
)
from tests.fakes.fake_bot_api import JSON, TOKEN, Failure, FakeBotApi

STATE_KEY = "0123456789abcdef" * 4
WORDS = "my radiators are cold, says Zaphod"
HEX = b"Zaphod".hex()


@pytest.fixture(name="api")
async def _api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


def holds_no_secret(running: BotProcess) -> None:
    """Look for tokens, keys, and what people wrote or were told."""
    said = running.said()
    assert "DEBUG" in said or "INFO" in said
    found = [
        secret
        for secret in (TOKEN, TOKEN.split(":")[1], SECRET, STATE_KEY, "hunter2", "Zaphod",
                       "radiators", "smell", "Leave the house", HEX)
        if secret in said
    ]  # fmt: skip
    assert found == [], said


async def test_polling_through_errors(api: FakeBotApi, tmp_path: Path) -> None:
    quoting = f'can\'t parse entities in "{WORDS}"'
    api.failures += [
        Failure("getMe", 502, f"'{WORDS}'"),
        Failure("getUpdates", 409, f"“{WORDS}”"),
        Failure("getUpdates", 400, quoting),
        Failure("setMyCommands", 400, quoting),
        Failure("sendMessage", 400, quoting, chat=7),
        Failure("sendMessage", 429, quoting, retry_after=1, chat=8),
        Failure("sendMessage", 502, f"failed: at: byte 7: {WORDS}", chat=9),
        Failure("sendMessage", 0, chat=10),
        Failure("sendMessage", 403, quoting, chat=11),
        Failure("answerCallbackQuery", 400, quoting),
        Failure("editMessageText", 400, quoting),
    ]
    async with bot(
        api, tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/bot.db", STATE_KEY=STATE_KEY
    ) as running:
        for chat in range(7, 13):
            await api.write(WORDS, chat=chat)
        await api.write(f"{EMERGENCY}, says Zaphod", chat=13)
        await api.write(f"/check@the_bot {WORDS}", chat=13)
        await api.push(message={"text": WORDS})
        await api.push(message={**api.message(14, caption=WORDS), "photo": [{"text": WORDS}]})
        await api.push(edited_message={**api.message(12, text=WORDS), "edit_date": 1})
        await api.until(lambda: api.texts(12) and not api.queue, 30)
        await api.tap(api.last(7), "None of these") if api.last(7).buttons else None
        await api.push(callback_query=api.query(api.last(12), WORDS[:20]))
        await api.until(lambda: not api.queue, 30)
        assert await running.stop() == 0
    holds_no_secret(running)


async def test_webhook_through_bad_requests(api: FakeBotApi, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/hook"

    def update(**content: JSON) -> JSON:
        return {"update_id": api.next_number(), **content}

    async with bot(
        api,
        tmp_path,
        DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
        METRICS_PORT=str(free_port()),
        before=None,
        **webhook(port),
    ) as running:
        await served(port)
        async with aiohttp.ClientSession(headers=SECRET_HEADER) as session:
            good = update(message=api.message(7, text=WORDS))
            for body in (
                {"json": good},
                {"json": good, "headers": {"X-Telegram-Bot-Api-Secret-Token": "Zaphod"}},
                {"data": f"{{{WORDS}"},
                {"data": f"{{{WORDS}", "headers": {"Content-Type": "application/json"}},
                {"json": update(message={"text": WORDS})},
                {"json": update(callback_query={"id": WORDS, "from": WORDS})},
                {"data": io.BytesIO(WORDS.encode() * 100_000)},
            ):
                async with session.post(url, **body) as response:
                    assert "Zaphod" not in await response.text()
        async with aiohttp.ClientSession() as session, session.get(f"{url}/Zaphod?Zaphod"):
            pass
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST /hook Zaphod {WORDS}\r\n\r\n".encode())
        await reader.read()
        writer.close()
        assert await running.stop() == 0
    holds_no_secret(running)


async def test_crashes(api: FakeBotApi, tmp_path: Path) -> None:
    """Damaged files, a database that is not there, a kill in the middle."""
    path = tmp_path / "bot.db"
    path.write_text(WORDS * 300)
    address = f"sqlite:///{path}"
    await api.write(f"{EMERGENCY}, says Zaphod")
    await api.write(WORDS)
    async with bot(api, tmp_path, DATABASE_URL=address) as running:
        await api.until(lambda: api.texts(), 20)
    path.unlink()
    api.failures.append(Failure("sendMessage", -1, times=9))
    async with bot(api, tmp_path, DATABASE_URL=address) as running:
        await api.until(lambda: any(not f.times > 8 for f in api.failures), 20)
        running.process.kill()
        await running.process.wait()
    api.failures.clear()
    nobody = "postgresql://bot:hunter2@127.0.0.1:1/x"
    async with bot(api, tmp_path, DATABASE_URL=nobody, STATE_KEY=STATE_KEY) as running:
        await api.until(lambda: len(api.texts()) > 1, 20)
    holds_no_secret(running)


async def test_wrong_settings(api: FakeBotApi, tmp_path: Path) -> None:
    async with bot(
        api,
        tmp_path,
        TELEGRAM_BOT_TOKEN="Zaphod",
        DATABASE_URL="mysql://bot:hunter2@x",
        STATE_KEY="Zaphod",
        WEBHOOK_URL="ftp://Zaphod",
        WEBHOOK_SECRET="Zaphod!",
    ) as running:
        assert await asyncio.wait_for(running.process.wait(), 10) == 2
    assert "Zaphod" not in running.said()
    assert "hunter2" not in running.said()
