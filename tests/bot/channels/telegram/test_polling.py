"""Getting updates: what is new, what is shown again, and what is no answer of Telegram's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import polling
from bot.config import Config
from bot.delivery import outcomes
from tests.fakes import tiny_bot
from tests.fakes.fake_bot_api import JSON, TOKEN, FakeBotApi


class Telegram(FakeBotApi):
    """A Bot API that shows some nonsense first."""

    def __init__(self) -> None:
        super().__init__()
        self.nonsense: list[JSON] = []
        self.shown: list[int] = []

    async def _getUpdates(self, values: dict[str, JSON]) -> JSON:
        if self.nonsense:
            return self.nonsense.pop(0)
        shown = await super()._getUpdates(values)
        self.shown.append(len(shown))
        return shown


@pytest.fixture(name="api")
async def _api() -> AsyncIterator[Telegram]:
    api = Telegram()
    async with api:
        yield api


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(polling, "LONG_POLL", 0.05)


@pytest.fixture(name="running")
async def _running(api: Telegram, tmp_path: Path) -> AsyncIterator[None]:
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.url,
        "DATABASE_URL": f"sqlite:///{tmp_path}/test.db",
    }
    stop = asyncio.Event()
    bot = asyncio.create_task(tiny_bot.run(Config.read(settings), stop))
    yield
    stop.set()
    await asyncio.wait_for(bot, 15)


@pytest.mark.usefixtures("running")
async def test_after_an_idle_week_ids_may_start_anew_below(api: Telegram) -> None:
    api.queue.append({"update_id": 9_000, "message": api.message(7, text="one")})
    await api.until(lambda: api.texts() and not api.queue)
    polls = len(api.shown)
    await api.until(lambda: 0 in api.shown[polls:])
    api.queue.append({"update_id": 5, "message": api.message(7, text="two")})
    await api.until(lambda: len(api.texts()) == 2 and not api.queue)
    assert api.texts() == ["You said one", "You said two"]


@pytest.mark.usefixtures("running")
async def test_what_cannot_be_read_holds_nobody_up(api: Telegram) -> None:
    await api.push(message={"text": "no chat"})
    await api.push(message="no message")
    await api.write("hello")
    await api.push(callback_query={"id": 7})
    await api.until(lambda: api.texts() and not api.queue)
    assert api.texts() == ["You said hello"]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("nonsense", [True, 7, None, {"a": 1}, [None], [{"update_id": "1"}]])
async def test_what_is_no_answer_of_telegrams_is_asked_for_again(
    api: Telegram, nonsense: JSON
) -> None:
    api.nonsense = [nonsense] * 3
    await api.write("hello")
    await api.until(lambda: api.texts() and not api.queue)
    assert api.texts() == ["You said hello"]


@pytest.mark.usefixtures("running")
async def test_one_without_a_number_is_passed_over(api: Telegram) -> None:
    """It cannot be confirmed; those behind it are answered all the same."""
    update = {"update_id": 8, "message": api.message(7, text="hello")}
    api.nonsense = [[{"message": {"text": "?"}}, update]]
    api.queue.append(update)
    await api.until(lambda: api.texts() and not api.queue)
    assert api.texts() == ["You said hello"]
