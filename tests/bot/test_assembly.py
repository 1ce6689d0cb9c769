"""Every start: what it loads, what it says, and how it ends."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from bot import assembly
from bot.__main__ import main
from bot.config import ConfigError
from bot.delivery import health
from bot.dialogue.events import Event, Reply, Say
from bot.dialogue.state import State
from bot.store.memory import MemoryStore
from tests.conftest import ROOT, SMALL, utterance
from tests.fakes.bot_process import bot, free_port, webhook
from tests.fakes.fake_bot_api import FakeBotApi

DEAR = {"telegram", "asyncpg", "cryptography", "prometheus_client", "aiohttp", "onnx", "uvloop"}


def test_a_chat_from_file_to_farewell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.StringIO("when do you open\n"))
    talk = tmp_path / "talk.txt"
    assert main(["chat", "--faq", str(SMALL), "--transcript", str(talk)]) == 0
    assert "nine to six" in capsys.readouterr().out
    assert "nine to six" in talk.read_text(encoding="utf-8")


def test_a_transcript_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = tmp_path / "missing" / "talk.txt"
    assert main(["chat", "--faq", str(SMALL), "--transcript", str(talk)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_content_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chat", "--faq", str(tmp_path / "none.yaml")]) == 1
    assert "none.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["run"]])
def test_without_a_token_it_says_what_to_do(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    assert main(arguments) == 2
    assert "TELEGRAM_BOT_TOKEN is not set" in capsys.readouterr().err


def test_a_chat_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    program = (
        "import sys; from bot.__main__ import main;"
        f" main(['chat', '--faq', {str(SMALL)!r}]); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        input="hello\n",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert not DEAR & set(done.stderr.split())


@pytest.fixture(name="api")
def _api() -> FakeBotApi:
    return FakeBotApi()


async def test_an_unknown_token_is_one_line_and_exit_code_2(
    api: FakeBotApi, tmp_path: Path
) -> None:
    async with (
        api,
        bot(
            api,
            tmp_path,
            TELEGRAM_BOT_TOKEN="1:wrong",
            DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
        ) as running,
    ):
        assert await running.process.wait() == 2
    assert "Telegram does not know TELEGRAM_BOT_TOKEN. Copy it again" in running.said()
    assert "Traceback" not in running.said()


async def test_a_port_that_is_taken_is_one_line_and_exit_code_2(
    api: FakeBotApi, tmp_path: Path
) -> None:
    async with api:
        for name in ("webhook", "metrics"):
            folder = tmp_path / name
            folder.mkdir()
            with socket.socket() as taken:
                taken.bind(("", 0))
                taken.listen()
                port = taken.getsockname()[1]
                ports = webhook(port) if name == "webhook" else {"METRICS_PORT": str(port)}
                database = {"DATABASE_URL": f"sqlite:///{folder}/bot.db"}
                async with bot(api, folder, None, **ports, **database) as running:
                    assert await running.process.wait() == 2
            assert "A port cannot be opened: " in running.said()
            assert "Is another program using it?" in running.said()
            assert "Traceback" not in running.said()


async def test_asked_to_stop_before_the_loop_runs_it_ends_well(
    api: FakeBotApi, tmp_path: Path
) -> None:
    """Here it reads its content from a pipe in which there is none yet."""
    pipe = tmp_path / "faq.yaml"
    os.mkfifo(pipe)
    async with api, bot(api, tmp_path, FAQ_PATH=str(pipe)) as running:
        writing = await asyncio.to_thread(os.open, pipe, os.O_WRONLY)  # waits for the reader
        assert await running.stop() == 0
        os.close(writing)
    assert "Traceback" not in running.said()


@pytest.mark.parametrize("has_webhook", [True, False])
async def test_its_port_is_open_before_anything_is_read(
    api: FakeBotApi, tmp_path: Path, has_webhook: bool
) -> None:
    """Hosts kill what does not open its port at once; here the content never comes."""
    pipe, port = tmp_path / "faq.yaml", free_port()
    os.mkfifo(pipe)
    ports = webhook(port) if has_webhook else {"PORT": str(port)}
    async with api, bot(api, tmp_path, None, FAQ_PATH=str(pipe), **ports) as running:
        writing = await asyncio.to_thread(os.open, pipe, os.O_WRONLY)  # waits for the reader
        assert await asyncio.to_thread(health.answers, port)
        assert await running.stop() == 0
        os.close(writing)
    assert ("PORT is set and WEBHOOK_URL is not" in running.said()) is not has_webhook
    assert "Traceback" not in running.said()


async def test_a_bot_that_polls_says_how_it_is_where_a_port_is_asked_for(
    api: FakeBotApi, tmp_path: Path
) -> None:
    port = free_port()
    database = f"sqlite:///{tmp_path}/bot.db"
    async with api, bot(api, tmp_path, PORT=str(port), DATABASE_URL=database) as running:
        await api.write("/start")
        await api.until(lambda: api.texts(), 30)
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/readyz") as answer,
        ):
            assert (answer.status, await answer.text()) == (200, "ready\n")
        assert await running.stop() == 0
    assert ("runs as root" in running.said()) is (os.geteuid() == 0)


async def test_only_who_may_be_slowed_down_is() -> None:
    def step(state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
        return state, (Say("Hm."),)

    def say(name: str, **values: str) -> str:
        return name

    for any_pace in (False, True):
        open_chats = assembly.open_conversations
        conversations = open_chats(step, say, MemoryStore(), lambda: 5.0, any_pace=any_pace)
        said = [await conversations.handle("a", n, utterance("x", 5.0)) for n in range(40)]
        assert ((Say("too_fast"),) in said) is not any_pace
        assert conversations.trouble == Say("trouble")
        assert await conversations.in_public(utterance("x")) == (Say("group_chat"),)


def test_faults_of_settings_are_one_type() -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        assembly.chat(SMALL, Path("/nowhere/talk.txt"), False)
