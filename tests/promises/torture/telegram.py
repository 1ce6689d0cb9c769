"""Telegram on a bad day: a Bot API whose calls fail, and which remembers what each chat saw."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from aiohttp import web

from tests.fakes.fake_bot_api import JSON, Failure, FakeBotApi, Message

Shown = tuple[str, tuple[tuple[str, str], ...]]  # a text, and its buttons' labels and data

# What becomes of a call that fails, and how often out of a hundred. -1 is an answer that never
# comes: the bot waits ten seconds for one.
_WAYS: Final = (
    (24, Failure("", 429, retry_after=1)),
    (24, Failure("", 502)),
    (24, Failure("", 0)),
    (24, Failure("", 0, after_doing_it=True)),
    (1, Failure("", -1)),
    (1, Failure("", -1, after_doing_it=True)),
)
_HARMLESS: Final = ("message is not modified", "query is too old")


class Deliver(Protocol):
    """Whoever brings updates to a webhook."""

    async def __call__(self, update: JSON, queue: str) -> None:
        """Send an update on its way, behind those of its chat's same queue."""

    async def acknowledged(self) -> None:
        """Wait until all updates were taken."""

    async def idle(self, chat: int) -> None:
        """Wait until all updates of a chat were taken."""


@dataclass(eq=False)
class Chat:
    """What a person sees of the bot."""

    messages: list[tuple[int, Message]] = field(default_factory=list)  # with the place in `first`
    first: list[Shown] = field(default_factory=list)  # each different message, as it came
    ever: set[Shown] = field(default_factory=set)  # all that its messages showed at some time
    repeats: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def see(self, message: Message) -> None:
        """Note a new message; one that was seen before is a repeat."""
        if shown(message) in self.first:
            self.repeats += 1
        else:
            self.first.append(shown(message))
        self.messages.append((self.first.index(shown(message)), message))
        self.look(message)

    def look(self, message: Message) -> None:
        """Note what a message shows now."""
        self.ever.add(shown(message))
        self.changed.set()

    def latest(self, is_meant: Callable[[Message], bool]) -> Message:
        """Return the newest message of a kind, no repeat of an older one; LookupError."""
        found = [(place, n) for n, (place, m) in enumerate(self.messages) if is_meant(m)]
        if not found:
            raise LookupError("there is no such message")
        return self.messages[max(found)[1]][1]


def shown(message: Message) -> Shown:
    """Return what a message shows now."""
    return message.text, tuple(message.buttons)


def labels(message: Message) -> set[str]:
    """Return what stands on a message's buttons now."""
    return {label for label, _ in message.buttons}


class BadTelegram(FakeBotApi):
    """Telegram with a share of failing calls; each update is delivered `copies` times."""

    def __init__(self, chance: random.Random, failing: float = 0.0, copies: int = 1) -> None:
        super().__init__()
        self.chance = chance
        self.failing = failing
        self.copies = copies
        self.chats: dict[int, Chat] = {}
        self.updates = 0
        self.failed = 0
        self.deliver: Deliver | None = None  # set where there is a webhook
        self.calls_until: dict[Callable[[], None], int] = {}  # what to do after so many calls

    # What people do

    async def push(self, **update: JSON) -> int:
        """Send an update on its way and return its id."""
        self.updates += 1
        if self.deliver is None:
            return await super().push(**update)
        number = self.next_number()
        queue = "taps" if "callback_query" in update else "messages"
        await self.deliver({"update_id": number, **update}, queue)
        return number

    def message(self, chat: int, **fields: JSON) -> JSON:
        """Return a message of a person, written now."""
        return {**super().message(chat, **fields), "date": int(time.time())}

    def chat(self, number: int) -> Chat:
        """Return what one person sees."""
        return self.chats.setdefault(number, Chat())

    async def acknowledged(self, seconds: float) -> None:
        """Wait until the bot has acknowledged every update; TimeoutError."""
        if self.deliver is None:
            await self.until(lambda: not self.queue, seconds)
        else:
            await asyncio.wait_for(self.deliver.acknowledged(), seconds)

    def refused(self) -> list[str]:
        """Return what the bot asked for that Telegram does not take."""
        return [v for v in self.violations if not any(words in v for words in _HARMLESS)]

    # What the bot calls

    async def _getUpdates(self, values: dict[str, JSON]) -> JSON:
        batch = await super()._getUpdates({**values, "limit": 100 // self.copies})
        again = list(batch)
        self.chance.shuffle(again)
        return [*batch, *(again * (self.copies - 1))]

    async def _sendMessage(self, values: dict[str, JSON]) -> JSON:
        sent = await super()._sendMessage(values)
        self.chat(values["chat_id"]).see(self.messages[values["chat_id"], sent["message_id"]])
        return sent

    async def _editMessageText(self, values: dict[str, JSON]) -> JSON:
        edited = await super()._editMessageText(values)
        self.chat(values["chat_id"]).look(self.messages[values["chat_id"], edited["message_id"]])
        return edited

    async def _editMessageReplyMarkup(self, values: dict[str, JSON]) -> JSON:
        edited = await super()._editMessageReplyMarkup(values)
        self.chat(values["chat_id"]).look(self.messages[values["chat_id"], edited["message_id"]])
        return edited

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        for action, calls in tuple(self.calls_until.items()):
            self.calls_until[action] = calls - 1
            if calls <= 1:
                del self.calls_until[action]
                action()
        return await super()._handle(request)

    def _failure(self, method: str, values: dict[str, JSON]) -> Failure | None:
        if self.chance.random() >= self.failing:
            return super()._failure(method, values)
        weights, ways = zip(*_WAYS, strict=True)
        way: Any = self.chance.choices(ways, weights)[0]
        # A poll that hangs would only show how long a poll is.
        if way.status == -1 and method == "getUpdates":
            return None
        self.failed += 1
        return Failure(method, way.status, "scripted", way.retry_after, None, 1,
                       way.after_doing_it)  # fmt: skip
