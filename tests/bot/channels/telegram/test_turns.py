"""Who waits for an answer is shown that it is coming; a quick answer comes alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import turns
from bot.channels.telegram.metrics import Uncounted
from bot.channels.telegram.render import Call
from bot.channels.telegram.transport import Done, Outcome, Wait
from bot.channels.telegram.turns import Turns
from bot.channels.telegram.updates import Turn
from bot.dialogue.events import Event, Reply, Say, Utterance


class Talk:
    """Answers at once, but "think" only when it is told to."""

    def __init__(self) -> None:
        self.thought = asyncio.Event()

    async def handle(
        self, key: str, update_id: int, event: Event, written: float | None = None
    ) -> tuple[Reply, ...]:
        """Answer."""
        if isinstance(event, Utterance) and event.text == "think":
            await self.thought.wait()
        return (Say("Hello."),)

    async def sent(self, key: str, update_id: int) -> None:
        """Do nothing."""

    async def forget(self, key: str) -> None:
        """Do nothing."""

    async def rescue(self, event: Event, key: str = "") -> tuple[Reply, ...]:
        """Know no emergency."""
        return ()


class Wire:
    """Telegram: answers as it is told to, then takes every call; notes what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str]] = []
        self.outcomes: list[Outcome] = []
        self.typed = asyncio.Event()

    async def attempt(self, chat: int, call: Call) -> Outcome:
        """Take a call."""
        self.got.append((chat, call.method))
        return self.outcomes.pop(0) if self.outcomes else Done()

    async def typing(self, chat: int) -> None:
        """Take it."""
        self.got.append((chat, "typing"))
        self.typed.set()


class Shell:
    """Turns between the two."""

    def __init__(self) -> None:
        self.talk, self.wire = Talk(), Wire()
        self.turns = Turns(self.talk, self.wire, {}, Uncounted())

    async def write(self, chat: int, text: str) -> None:
        """Write something and wait for the answer."""
        await self.turns.answer(Turn(chat, chat, Utterance(text, 0.0)))


@pytest.fixture(name="shell")
async def _shell(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shell]:
    monkeypatch.setattr(turns, "SLOW", 0.02)
    shell = Shell()
    yield shell
    await shell.turns.close()


async def test_who_waits_is_shown_typing_once(shell: Shell) -> None:
    waiting = asyncio.create_task(shell.write(1, "think"))
    await shell.wire.typed.wait()
    shell.talk.thought.set()
    await waiting
    assert shell.wire.got == [(1, "typing"), (1, "sendMessage")]


async def test_a_quick_answer_comes_alone(shell: Shell) -> None:
    await shell.write(1, "hello")
    later = asyncio.create_task(shell.write(2, "think"))
    await shell.wire.typed.wait()
    assert shell.wire.got == [(1, "sendMessage"), (2, "typing")]
    shell.talk.thought.set()
    await later


async def test_a_chat_that_has_to_wait_is_left_alone(shell: Shell) -> None:
    shell.wire.outcomes = [Wait(0.05)]
    await shell.write(1, "hello")
    assert shell.wire.got == [(1, "sendMessage")] * 2


async def test_a_crowd_is_not_delayed_by_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BUSY", 2)
    crowd = [asyncio.create_task(shell.write(chat, "think")) for chat in (1, 2)]
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(0.04, over.set)
    await over.wait()
    shell.talk.thought.set()
    await asyncio.gather(*crowd)
    assert sorted(shell.wire.got) == [(1, "sendMessage"), (2, "sendMessage")]
