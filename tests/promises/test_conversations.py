"""Whole conversations, as scripts: each in the core, and the same through Telegram's shell."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from bot.assembly import on_telegram, open_conversations
from bot.channels.telegram import markup
from bot.config import Config
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import (
    Command,
    Edited,
    Event,
    Press,
    Redraw,
    Reply,
    Say,
    Toast,
    Unreadable,
)
from bot.dialogue.events import Utterance as Written
from bot.dialogue.state import State
from bot.dialogue.wording import Wording
from bot.store import open_store
from intents.content.faq import Faq
from tests.conftest import NOW
from tests.fakes.fake_bot_api import TOKEN, FakeBotApi, Message
from tests.promises.scripts import Heard, Turn, play, read

SCRIPTS: Final = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))
PHOTO: Final = [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}]
STICKER: Final = {
    "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 512, "height": 512,
    "is_animated": False, "is_video": False,
}  # fmt: skip


@pytest.fixture(name="wording", scope="module")
def _wording(faq: Faq) -> Wording:
    return Wording(faq)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_in_the_core(path: Path, dialogue: Dialogue, wording: Wording) -> None:
    await play(read(path), Core(dialogue), wording)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_through_telegram(
    path: Path, dialogue: Dialogue, faq: Faq, wording: Wording, tmp_path: Path
) -> None:
    """It says there, message by message, what the core says."""
    turns = read(path)
    said = await play(turns, Core(dialogue), wording)
    async with Telegram.running(dialogue, faq, tmp_path / "test.db") as telegram:
        assert await play(turns, telegram, wording) == said
        assert not telegram.api.violations


def test_there_is_a_story_for_each_promise() -> None:
    assert len(SCRIPTS) >= 45


class Core:
    """Plays a script to the core; the state goes through its JSON between two turns."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._kept = State().to_json()
        self._now = NOW
        self._shown: list[tuple[str, str]] = []  # labels and data of all buttons, newest last
        self._pressed: dict[str, str] = {}

    async def play(self, turn: Turn) -> Heard:
        """Do what a turn says; return what came back."""
        self._now += turn.seconds
        state, replies = self._dialogue.step(State.from_json(self._kept), self._event(turn))
        self._kept = state.to_json()
        return self._heard(replies)

    def _event(self, turn: Turn) -> Event:
        if turn.deed == "press":
            return Press(self._data(turn), self._now)
        if turn.deed == "command":
            name, _, argument = turn.value.partition(" ")
            return Command(name, argument, self._now)
        if turn.how == "edit":
            return Edited(turn.value, self._now)
        if turn.how == "sends":
            return Unreadable(turn.value, self._now)
        return Written(turn.value, self._now)

    def _data(self, turn: Turn) -> str:
        if turn.how == "data":
            return turn.value
        if turn.how == "label":
            self._pressed[turn.value] = next(
                data for label, data in reversed(self._shown) if label == turn.value
            )
        return self._pressed[turn.value]

    def _heard(self, replies: tuple[Reply, ...]) -> Heard:
        heard = Heard()
        for reply in replies:
            if isinstance(reply, Say):
                parts = markup.parts(reply.text, folded=reply.folded)
                heard.texts += [markup.to_plain(part).strip() for part in parts]
            if isinstance(reply, Toast):
                heard.toast = reply.text
            if isinstance(reply, Say | Redraw) and reply.keyboard:
                buttons = [(b.label, b.data) for row in reply.keyboard for b in row]
                heard.buttons = [label for label, _ in buttons]
                self._shown += buttons
        return heard


class Clock:
    """A clock that stands still between two turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        """Return the seconds since 1970."""
        return self.now


class Telegram:
    """Plays a script to the whole bot, over Telegram's side of real HTTP."""

    def __init__(self, api: FakeBotApi, clock: Clock) -> None:
        self.api = api
        self._clock = clock
        self._written = 0
        self._shown: list[tuple[Message, str, str]] = []  # buttons with their message, newest last
        self._pressed: dict[str, tuple[Message, str]] = {}

    @staticmethod
    @asynccontextmanager
    async def running(dialogue: Dialogue, faq: Faq, file: Path) -> AsyncIterator[Telegram]:
        """Run the bot meanwhile."""
        clock, stop = Clock(), asyncio.Event()
        say = Wording(faq).say
        store = await open_store(f"sqlite:///{file}")
        conversations = open_conversations(dialogue.step, say, store, clock)
        async with FakeBotApi() as api:
            config = Config.read({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url})
            bot = asyncio.create_task(on_telegram(config, conversations, say, stop, clock))
            try:
                yield Telegram(api, clock)
            finally:
                stop.set()
                await asyncio.wait_for(bot, 15)
                await store.close()

    async def play(self, turn: Turn) -> Heard:
        """Do what a turn says; return what came back."""
        self._clock.now += turn.seconds
        before, taps = dict(self.api.messages), len(self.api.made("answerCallbackQuery"))
        shown = {key: list(message.buttons) for key, message in before.items()}
        await self._do(turn)
        await self.api.until(lambda: not self.api.queue)
        heard = Heard()
        for key, message in self.api.messages.items():
            if key not in before:
                heard.texts.append(message.text)
            if message.buttons and message.buttons != shown.get(key):
                heard.buttons = [label for label, _ in message.buttons]
                self._shown += [(message, label, data) for label, data in message.buttons]
        for call in self.api.made("answerCallbackQuery")[taps:]:
            heard.toast = call.values.get("text", "")
        return heard

    async def _do(self, turn: Turn) -> None:
        if turn.deed == "press":
            message, data = self._button(turn)
            await self.api.push(callback_query=self.api.query(message, data))
        elif turn.deed == "command":
            await self.api.write(f"/{turn.value}")
        elif turn.how == "edit":
            await self.api.push(edited_message=self.api.message(7, text=turn.value, edit_date=1))
        else:
            await self.api.push(message=self.api.message(7, **_content(turn)))

    def _button(self, turn: Turn) -> tuple[Message, str]:
        if turn.how == "data":
            return self.api.last(), turn.value
        if turn.how == "label":
            self._pressed[turn.value] = next(
                (message, data)
                for message, label, data in reversed(self._shown)
                if label == turn.value
            )
        return self._pressed[turn.value]


def _content(turn: Turn) -> dict[str, Any]:
    if turn.how == "caption":
        return {"photo": PHOTO, "caption": turn.value}
    if turn.how == "sends":
        return {turn.value: {"sticker": STICKER, "photo": PHOTO}[turn.value]}
    return {"text": turn.value}
