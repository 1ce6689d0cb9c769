"""A bot of a few sentences at a strict Bot API, and the settings that it is started with."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.delivery import outcomes
from tests.bot.channels.telegram.shell import SECRET, Settings, free_port
from tests.fakes.fake_bot_api import TOKEN, FakeBotApi


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
    monkeypatch.setattr(outcomes, "FIRST_PAUSE", 0.02)


@pytest.fixture(name="hook")
def _hook(settings: Settings) -> Settings:
    port = free_port()
    return {
        **settings,
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": SECRET,
        "PORT": str(port),
    }


@pytest.fixture(name="log")
def _log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog
