"""`python -m bot` as a process of its own, all that it writes kept."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import aiohttp

from tests.conftest import ROOT
from tests.fakes.fake_bot_api import TOKEN, FakeBotApi

FAQ: Final = ROOT / "tests" / "data" / "boiler.yaml"
EMERGENCY: Final = "i can smell gas"
SECRET: Final = "a-word_between-us"
SECRET_HEADER: Final = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@dataclass
class BotProcess:
    """A running bot, and the file that it writes its log to."""

    process: asyncio.subprocess.Process
    log: Path

    def said(self) -> str:
        """Return all that it wrote so far."""
        return self.log.read_text(encoding="utf-8")

    async def stop(self) -> int:
        """Ask it to stop; return its exit code."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 10)


@asynccontextmanager
async def bot(
    api: FakeBotApi,
    folder: Path,
    before: Callable[[], None] | None = None,
    **settings: str,
) -> AsyncIterator[BotProcess]:
    """Run a bot on a small content; `before` is called in the new process first."""
    log = folder / "bot.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            cwd=ROOT,
            env={
                **os.environ,
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "TELEGRAM_API_URL": api.url,
                "FAQ_PATH": str(FAQ),
                "LOG_LEVEL": "DEBUG",
                **settings,
            },
            stdout=output,
            stderr=output,
            preexec_fn=before,
        )
    try:
        yield BotProcess(process, log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def webhook(port: int) -> dict[str, str]:
    """Return the settings of a webhook at a port."""
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": SECRET,
        "PORT": str(port),
    }


async def served(port: int) -> None:
    """Wait until a webhook is served."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(20):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    if await answer.text() != "starting\n":
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.02)
