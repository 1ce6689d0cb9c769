"""Bots as a host runs them: real processes, started again whenever they end."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.conftest import ROOT
from tests.fakes.fake_bot_api import TOKEN
from tests.promises.torture.telegram import BadTelegram

FAQ: Final = ROOT / "tests" / "data" / "boiler.yaml"
SECRET: Final = "a-word_between-us"
STATE_KEY: Final = "0123456789abcdef" * 4
END: Final = 10.0  # seconds in which a bot that is asked to stop has to be gone
_LATE: Final = 0.02  # seconds; some kills strike after the call that set them off


class Bot:
    """One `python -m bot`; use it as an async context."""

    def __init__(self, api: BadTelegram, database: str, log: Path, port: int = 0) -> None:
        self._settings = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api.url,
            "DATABASE_URL": database,
            "FAQ_PATH": str(FAQ),
            "STATE_KEY": STATE_KEY,
            "LOG_LEVEL": "DEBUG",
        }
        if port:
            # The address that Telegram knows; in front of replicas there is a load balancer.
            self._settings["WEBHOOK_URL"] = "http://127.0.0.1:1/hook"
            self._settings["WEBHOOK_SECRET"] = SECRET
            self._settings["PORT"] = str(port)
        self.log = log
        self.kills = 0
        self.faults: list[str] = []
        self._process: asyncio.subprocess.Process | None = None
        self._killed = False

    async def __aenter__(self) -> Bot:
        await self._start()
        self._keeping = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._keeping.cancel()
        await asyncio.gather(self._keeping, return_exceptions=True)
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            code = await asyncio.wait_for(process.wait(), END)
            if code:
                self.faults.append(f"asked to stop, it ended with {code}")
        except TimeoutError:
            self.faults.append(f"asked to stop, it was not gone after {END:.0f} s")
            process.kill()
            await process.wait()

    def kill(self) -> bool:
        """Kill it, as kill -9 does; False where it is dead already."""
        if self._process is None or self._process.returncode is not None or self._killed:
            return False
        self._killed = True
        self.kills += 1
        self._process.kill()
        return True

    async def _start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", cwd=ROOT, env=self._settings, stdout=log, stderr=log
            )
        self._killed = False

    async def _keep(self) -> None:
        while self._process:
            code = await self._process.wait()
            if not self._killed:
                self.faults.append(f"it ended by itself, with {code}")
            await self._start()


class Killer:
    """Kills bots at random moments, each counted in calls since the last."""

    def __init__(
        self, api: BadTelegram, bots: Sequence[Bot], times: int, calls: tuple[int, int]
    ) -> None:
        self._api = api
        self._bots = bots
        self._times = times
        self._calls = calls
        self._chance: random.Random = api.chance
        self._arm()

    def _arm(self) -> None:
        if self._times:
            self._api.calls_until[self._strike] = self._chance.randint(*self._calls)

    def _strike(self) -> None:
        if self._chance.random() < 0.5:
            self._kill()  # Telegram has the call, the bot never hears of it
        else:
            asyncio.get_running_loop().call_later(self._chance.uniform(0, _LATE), self._kill)

    def _kill(self) -> None:
        self._times -= self._chance.choice(self._bots).kill()
        self._arm()
