"""One update from its arrival until its answer is sent, each chat's in order."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Final

from bot.delivery.channel import Channel, Place, emergency_first
from bot.delivery.conversations import Conversations
from bot.delivery.incoming import Incoming, Left
from bot.delivery.lines import Chat, Waiting
from bot.delivery.metrics import Metrics, kind
from bot.delivery.outbox import Answer, Outbox, Parcel, Slots
from bot.delivery.outcomes import Done, End, Gone, Held, pause_after, where
from bot.delivery.rescues import Rescues
from bot.dialogue.events import Reply, erases
from bot.store import StoreError

log = logging.getLogger(__name__)

SLOW: Final = 0.4  # seconds after which who still waits for an answer is shown "typing"
BUSY: Final = 16  # chats at once from which on "typing" would only delay answers


class Turns:
    """Answers updates: strictly in order within a chat, chats side by side."""

    def __init__(self, conversations: Conversations, channel: Channel, metrics: Metrics) -> None:
        self._conversations = conversations
        self._channel = channel
        self._metrics = metrics
        self._slots = Slots()
        self._chats: dict[str, Chat] = {}
        self._background: set[asyncio.Task[object]] = set()
        self._rescues = Rescues(conversations, channel)
        self._outage: float | None = None  # since when the store is away; the loop's clock

    @property
    def store_is_away(self) -> bool:
        """Whether nothing can be kept now, so that only emergencies are answered."""
        return self._outage is not None

    async def answer(self, incoming: Incoming, deadline: float = math.inf) -> End:
        """Answer one update; Held when that cannot be done before `deadline` (loop's clock)."""
        parcel = await self.take(incoming, deadline)
        return parcel if isinstance(parcel, Held) else await self.finish(parcel)

    async def take(self, incoming: Incoming, deadline: float = math.inf) -> Parcel | Held:
        """Let an update move its chat; when this returns, the answer is committed and queued."""
        loop = asyncio.get_running_loop()
        self._metrics.update(kind(incoming))
        chat = self._chat(incoming.key, incoming.place)
        if chat.typing is None and not isinstance(incoming.event, Left):
            chat.typing = loop.call_later(SLOW, self._show_typing, chat)
        waiting = Waiting(incoming, deadline, loop.create_future())
        chat.line.append(waiting)
        chat.came.set()
        if chat.reader is None or chat.reader.done():
            chat.reader = loop.create_task(self._read_line(chat))
        return await waiting.parcel

    async def finish(self, parcel: Parcel) -> End:
        """Wait until the answer is sent and drop what was kept of it."""
        # Several may wait for one parcel, so that the end of one must not end the others.
        end = await asyncio.shield(parcel.sent)
        took = asyncio.get_running_loop().time() - parcel.begun
        self._metrics.answered(type(end).__name__, took)
        key = parcel.answer.key
        try:
            if isinstance(end, Gone):
                await self._conversations.forget(key)
            elif isinstance(end, Done):
                await self._conversations.sent(key, parcel.answer.update_id)
        except StoreError as error:
            # The answer is out. At worst it is sent again, or erased when its time is over.
            self._metrics.store_error()
            log.warning("sent, but not noted: %s", error)
        self._leave(key)
        return end

    def resume(self, answer: Answer) -> None:
        """Send, as soon as possible, what an earlier run had committed."""
        outbox = self._chat(answer.key, answer.place).outbox
        self._start(self.finish(outbox.post(answer, math.inf)))

    async def _read_line(self, chat: Chat) -> None:
        failures = 0
        while chat.line:
            if self._outage is not None:
                await self._rescue(chat, at_once=True)
            waiting = chat.line[0]
            try:
                answer = await self._answer(waiting.incoming)
            except StoreError as error:
                failures += 1
                self._store_is_away(error)
                await self._without_store(chat, pause_after(failures))
                continue
            failures = 0
            self._store_is_back()
            chat.line.popleft()
            unsaid = self._rescues.unsaid(waiting.incoming, answer.calls)
            waiting.give(chat.outbox.post(replace(answer, calls=unsaid), waiting.deadline))
            await asyncio.sleep(0)  # whoever else waits comes before this chat's next update

    async def _answer(self, incoming: Incoming) -> Answer:
        """Let an update move its chat and return the answer; StoreError: nothing has moved."""
        try:
            return self._as_answer(incoming, await self._replies(incoming))
        except StoreError:
            raise
        except Exception as error:
            # A fault of ours; to try the same again would hold the chat up for ever.
            log.error("fault: %s", where(error))
            return self._as_answer(incoming, (self._conversations.trouble,))

    async def _replies(self, incoming: Incoming) -> tuple[Reply, ...]:
        key, event = incoming.key, incoming.event
        if isinstance(event, Left):
            await self._conversations.forget(key)
            return ()
        number, by_bot = incoming.update_id, incoming.by_bot
        if incoming.in_public:
            return await self._conversations.in_public(event, key, number, by_bot=by_bot)
        written = incoming.written
        return await self._conversations.handle(key, number, event, written, by_bot=by_bot)

    def _as_answer(self, incoming: Incoming, replies: tuple[Reply, ...]) -> Answer:
        calls = emergency_first(self._channel.calls(replies, incoming.place)) if replies else ()
        return Answer(incoming.key, incoming.update_id, incoming.place, replies, calls)

    def _store_is_away(self, error: StoreError) -> None:
        self._metrics.store_error()
        if self._outage is None:
            self._outage = asyncio.get_running_loop().time()
            log.error("%s Until then only emergency answers are given.", error)

    def _store_is_back(self) -> None:
        if self._outage is not None:
            self._outage = None
            log.warning("the database is back")

    async def _without_store(self, chat: Chat, pause: float) -> None:
        """While the store is down: emergency answers go out, all else waits or is given back."""
        now = asyncio.get_running_loop().time()
        await self._rescue(chat)
        await self._erase_first(chat)
        for waiting in tuple(chat.line):
            if waiting.deadline < math.inf:
                if not (self._rescues.has(waiting.incoming) and chat.is_first_of_update(waiting)):
                    chat.line.remove(waiting)
                waiting.give(Held(pause))
        if chat.line:
            chat.came.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(now + pause):
                    await chat.came.wait()

    async def _rescue(self, chat: Chat, *, at_once: bool = False) -> None:
        """Send the emergency answers of those who wait; `at_once` without asking for their state.

        While the store is known to be away, that may take its time to say so.
        """
        for waiting in tuple(chat.line):
            if waiting.rescues_tried < (1 if at_once else 2):
                waiting.rescues_tried = 1 if at_once else 2
                await self._rescues.attempt(waiting.incoming, chat.outbox, with_state=not at_once)

    async def _erase_first(self, chat: Chat) -> None:
        """Let who wants to be forgotten pass what cannot be kept, as on a disk that is full."""
        for waiting in tuple(chat.line)[1:]:
            if erases(waiting.incoming.event) and not waiting.incoming.in_public:
                with suppress(StoreError):
                    answer = await self._answer(waiting.incoming)
                    chat.line.remove(waiting)
                    waiting.give(chat.outbox.post(answer, waiting.deadline))

    def give_up(self, incoming: Incoming) -> None:
        """Ask someone who waits to write again later: the bot ends, and nobody else knows."""
        chat = self._chats.get(incoming.key)
        waiting = next((w for w in chat.line if w.incoming is incoming), None) if chat else None
        if chat is None or waiting is None or isinstance(incoming.event, Left):
            return
        chat.line.remove(waiting)
        sorry = () if self._rescues.has(incoming) else (self._conversations.trouble,)
        waiting.give(chat.outbox.post(self._as_answer(incoming, sorry), waiting.deadline))

    def _chat(self, key: str, place: Place) -> Chat:
        chat = self._chats.get(key)
        if chat is None:
            outbox = Outbox(self._channel, self._slots, self._metrics)
            chat = self._chats[key] = Chat(outbox, place)
        chat.place = place
        return chat

    def _leave(self, key: str) -> None:
        chat = self._chats.get(key)
        now = asyncio.get_running_loop().time()
        if chat and not chat.is_waited_for and chat.outbox.not_before <= now:
            chat.stop_typing()
            del self._chats[key]

    def _show_typing(self, chat: Chat) -> None:
        chat.typing = None
        may = chat.outbox.not_before <= asyncio.get_running_loop().time()
        if may and chat.is_waited_for and len(self._chats) < BUSY:
            self._start(self._channel.typing(chat.place))

    def _start(self, work: Coroutine[None, None, object]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """End what is still under way."""
        tasks: list[asyncio.Task[object]] = list(self._background)
        for chat in self._chats.values():
            chat.stop_typing()
            tasks += chat.outbox.couriers.values()
            tasks += [chat.reader] if chat.reader else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
