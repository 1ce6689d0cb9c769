"""One update from its arrival until its answer is sent, each chat's in order."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Coroutine, Mapping
from typing import Final, Protocol

from bot.channels.telegram import render
from bot.channels.telegram.chats import Chat, Entry
from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.outbox import Held, Outbox, Parcel, Places, pause_after
from bot.channels.telegram.rescues import Rescues
from bot.channels.telegram.transport import Done, Gone, Transport, where
from bot.channels.telegram.updates import Addressed, InGroup, Left, Turn
from bot.dialogue.events import Event, Reply, Say
from bot.store import StoreError

log = logging.getLogger(__name__)

SLOW: Final = 0.4  # seconds after which who still waits for an answer is shown "typing"
BUSY: Final = 16  # chats at once from which on "typing" would only delay answers
OUTAGE: Final = 30.0  # seconds without the store after which a crowd is sent away


class Dialogues(Protocol):
    """What the shell asks of the conversations."""

    async def handle(
        self, key: str, update_id: int, event: Event, written: float | None = None
    ) -> tuple[Reply, ...]:
        """Move a conversation on and return its unsent replies; StoreError."""

    async def sent(self, key: str, update_id: int) -> None:
        """Drop replies that went out; StoreError."""

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat; StoreError."""

    async def rescue(self, event: Event, key: str = "") -> tuple[Reply, ...]:
        """Return what can be said without the store; never raises."""


class Turns:
    """Answers updates: strictly in order within a chat, chats side by side.

    `crowded` says that nobody behind those who wait can be seen. Then, should the store stay away,
    they are asked to write again later: somebody behind them may need an emergency answer.
    """

    def __init__(
        self,
        conversations: Dialogues,
        transport: Transport,
        words: Mapping[str, str],
        metrics: Metrics,
    ) -> None:
        self._conversations = conversations
        self._transport = transport
        self._words = words
        self._metrics = metrics
        self._places = Places()
        self._chats: dict[int, Chat] = {}
        self._background: set[asyncio.Task[object]] = set()
        self._rescues = Rescues(conversations, words)
        self._outage: float | None = None  # since when the store is away; the loop's clock
        self.crowded = False

    async def answer(self, incoming: Addressed, deadline: float = math.inf) -> Done | Gone | Held:
        """Answer one update; Held when that cannot be done before `deadline` (loop's clock)."""
        parcel = await self.read(incoming, deadline)
        return parcel if isinstance(parcel, Held) else await self.finish(parcel)

    async def read(self, incoming: Addressed, deadline: float = math.inf) -> Parcel | Held:
        """Move the conversation on; when this returns, the answer is committed and queued."""
        loop = asyncio.get_running_loop()
        self._metrics.update(type(incoming).__name__)
        chat = self._chat(incoming.chat)
        if chat.typing is None and not isinstance(incoming, Left):
            chat.typing = loop.call_later(SLOW, self._show_typing, chat)
        entry = Entry(incoming, deadline, loop.create_future())
        chat.line.append(entry)
        chat.came.set()
        if chat.reader is None or chat.reader.done():
            chat.reader = loop.create_task(self._read_line(chat))
        return await entry.parcel

    async def finish(self, parcel: Parcel) -> Done | Gone | Held:
        """Wait until the answer is sent and drop what was kept of it."""
        # Several may wait for one parcel, so that the end of one must not end the others.
        outcome = await asyncio.shield(parcel.sent)
        took = asyncio.get_running_loop().time() - parcel.begun
        self._metrics.answered(type(outcome).__name__, took)
        try:
            if isinstance(outcome, Gone):
                await self._conversations.forget(str(parcel.chat))
            elif isinstance(outcome, Done):
                await self._conversations.sent(str(parcel.chat), parcel.update_id)
        except StoreError as error:
            # The answer is out. At worst it is sent again, or erased when its time is over.
            self._metrics.store_error()
            log.warning("sent, but not noted: %s", error)
        self._leave(parcel.chat)
        return outcome

    def resume(self, parcel: str) -> None:
        """Send, as soon as possible, what an earlier run put aside."""
        try:
            chat, update_id, calls = render.from_json(parcel)
        except ValueError:
            log.warning("an answer put aside earlier cannot be read and is dropped")
        else:
            queued = self._chat(chat).outbox.post(update_id, calls, math.inf)
            self._start(self.finish(queued))

    async def _read_line(self, chat: Chat) -> None:
        failures = 0
        while chat.line:
            entry = chat.line[0]
            try:
                calls = await self._calls(entry.incoming)
            except StoreError as error:
                failures += 1
                self._store_is_away(error)
                await self._without_store(chat, pause_after(failures))
                continue
            failures = 0
            self._store_is_back()
            chat.line.popleft()
            self._post(chat, entry, self._rescues.unsaid(entry.incoming, calls))

    async def _calls(self, incoming: Addressed) -> tuple[render.Call, ...]:
        try:
            match incoming:
                case Turn(update_id, number, event, tap, written):
                    key = str(number)
                    replies = await self._conversations.handle(key, update_id, event, written)
                    return render.calls(replies, tap, self._words)
                case InGroup(_, _, event, tap):
                    return render.calls(await self._in_group(event), tap, self._words)
                case Left(_, number):
                    await self._conversations.forget(str(number))
                    return ()
        except StoreError:
            raise
        except Exception as error:
            # A fault of ours; to try the same again would hold the chat up for ever.
            log.error("fault: %s", where(error))
            tap = None if isinstance(incoming, Left) else incoming.tap
            return render.calls((Say(self._words["trouble"]),), tap, self._words)

    async def _in_group(self, event: Event) -> tuple[Reply, ...]:
        """An emergency answer is for everywhere; all else belongs in a private chat."""
        for reply in await self._conversations.rescue(event):
            if isinstance(reply, Say) and reply.emergency:
                return (Say(reply.text, emergency=True),)
        private = self._words.get("group_chat", "")
        return (Say(private),) if private else ()

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
        for entry in tuple(chat.line):
            if not entry.looked_at:
                entry.looked_at = True
                await self._rescues.attempt(entry.incoming, chat.outbox)
            if self.crowded and self._outage is not None and now - self._outage > OUTAGE:
                self._send_away(chat, entry)
            if entry in chat.line and entry.deadline < math.inf:
                if not (self._rescues.has(entry.incoming) and chat.is_first_of_update(entry)):
                    chat.line.remove(entry)
                entry.give(Held(pause))
        if chat.line:
            chat.came.clear()
            try:
                async with asyncio.timeout_at(now + pause):
                    await chat.came.wait()
            except TimeoutError:
                pass

    def _send_away(self, chat: Chat, entry: Entry) -> None:
        """Ask someone who still waits to write again later."""
        if entry not in chat.line or isinstance(entry.incoming, Left):
            return
        chat.line.remove(entry)
        sorry = () if self._rescues.has(entry.incoming) else (Say(self._words["trouble"]),)
        self._post(chat, entry, render.calls(sorry, entry.incoming.tap, self._words))

    def _post(self, chat: Chat, entry: Entry, calls: tuple[render.Call, ...]) -> None:
        parcel = chat.outbox.post(entry.incoming.update_id, calls, entry.deadline)
        entry.give(parcel)

    def _chat(self, number: int) -> Chat:
        if number not in self._chats:
            outbox = Outbox(number, self._transport, self._places, self._metrics)
            self._chats[number] = Chat(outbox)
        return self._chats[number]

    def _leave(self, number: int) -> None:
        chat = self._chats.get(number)
        now = asyncio.get_running_loop().time()
        if chat and not chat.is_waited_for and chat.outbox.not_before <= now:
            chat.stop_typing()
            del self._chats[number]

    def _show_typing(self, chat: Chat) -> None:
        chat.typing = None
        may = chat.outbox.not_before <= asyncio.get_running_loop().time()
        if may and chat.is_waited_for and len(self._chats) < BUSY:
            self._start(self._transport.typing(chat.outbox.chat))

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
