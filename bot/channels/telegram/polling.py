"""Long polling that confirms an update only when its answer is committed, and sent or parked.

An offset confirms all updates below it, and Telegram shows at most 100 unconfirmed ones. One chat
that has to wait for half a minute would so hold up everybody behind it. Hence an answer that is
committed but does not get out within a moment is parked: its calls are stored, its update is
confirmed, and it is sent as soon as possible, by the next run if need be.

While the database is away nothing can be stored. Once those who wait for it fill all that Telegram
shows, they are held here instead: one behind them may need an emergency answer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram import updates
from bot.channels.telegram.connection import UpdatesConnection
from bot.channels.telegram.held import HeldFile, Json
from bot.channels.telegram.transport import reason, seconds
from bot.delivery.incoming import Incoming
from bot.delivery.outcomes import Held, pause_after
from bot.delivery.parked import Parked
from bot.delivery.turns import Turns

log = logging.getLogger(__name__)

LONG_POLL: Final = 25  # seconds; a connection that broke unseen is noticed 10 s later
BATCH: Final = 100
GRACE: Final = 5.0  # seconds to finish what is in flight when asked to stop
PARKED_GRACE: Final = 1.0  # seconds more for what is parked, as the next run sends it anyway
LAST_WORD: Final = 1.5  # seconds to confirm it
FIRST_LOOK: Final = 0.05  # seconds until looking past updates that are still in work; doubled
LAST_LOOK: Final = 0.25
MOST_HELD: Final = 10_000  # updates in memory while the database is away
IN_WORK: Final = 0.002  # seconds more for each of them, as Telegram sends all of them again


class Polling:
    """Takes updates from getUpdates."""

    def __init__(
        self,
        bot: Bot,
        fetching: UpdatesConnection,
        turns: Turns,
        parked: Parked,
        clock: Callable[[], float] = time.time,
        file: HeldFile | None = None,
    ) -> None:
        self._bot = bot
        self._fetching = fetching
        self._turns = turns
        self._parked = parked
        self._clock = clock
        self._next = 0  # above all updates seen
        self._unconfirmed: set[int] = set()  # seen; neither answered nor parked yet
        self._confirmable: set[int] = set()  # answered or parked, above an unconfirmed one
        self._file = file or HeldFile()  # of those that are held
        self._shown: dict[int, Json] = {}  # as they came, until they are answered
        self._begun: dict[int, Incoming] = {}  # those of them that are answered now
        self._held: dict[int, Incoming | None] = {}  # confirmed, and not answered or parked yet
        self._idle = asyncio.Event()  # set while nothing is unconfirmed
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Answer updates until `stop` is set, then finish what is in flight."""
        self._resume()
        polling = asyncio.create_task(self._poll())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((polling, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not stop.is_set():
            polling.result()  # a fault of ours: let it be seen
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await self._finish()

    async def _poll(self) -> None:
        failures, look = 0, FIRST_LOOK
        while True:
            try:
                batch = await self._fetch()
            except TelegramError as error:
                failures += 1
                await asyncio.sleep(_pause(error, failures))
                continue
            new = self._begin([u for u in batch if updates.number_of(u) is not None])
            failures = 0 if new or not batch or self._unconfirmed else failures + 1
            look = FIRST_LOOK if new else min(LAST_LOOK, look * 2)
            if failures:  # nothing in it can be confirmed, so that it comes again at once
                await asyncio.sleep(pause_after(failures))
            elif len(batch) >= BATCH and self._hold():
                continue
            if self._unconfirmed:
                patience = look + IN_WORK * len(self._unconfirmed)
                # Not `wait_for`: in Python 3.11 it swallows a stop that comes at the same moment.
                with suppress(TimeoutError):
                    async with asyncio.timeout(patience):
                        await self._idle.wait()

    async def _fetch(self) -> list[Any]:
        # Telegram shows unconfirmed updates again at once: then a long wait is not to be had.
        try:
            await self._bot.get_updates(
                offset=self._offset() or None,
                limit=BATCH,
                timeout=0 if self._unconfirmed else LONG_POLL,
                allowed_updates=updates.ALLOWED,
            )
        except (AttributeError, KeyError, RecursionError, TypeError):
            raise TelegramError("not an answer of Telegram's") from None
        batch = self._fetching.batch
        if any(updates.number_of(update) is None for update in batch):
            log.error("an update without a number is passed over")
        return batch

    def _offset(self) -> int:
        return min(self._unconfirmed, default=self._next)

    def _begin(self, batch: list[Any]) -> int:
        """Start to answer what is new in a batch and return how much that was."""
        if not batch and not self._unconfirmed:
            # All is confirmed, so no offset is needed, and after an idle week ids start anew
            # anywhere, below the last one too.
            self._next = 0
            self._confirmable.clear()
        known = self._unconfirmed | self._confirmable
        # Some may have been confirmed while this batch was on its way.
        offset = self._offset()
        new = [u for u in batch if u["update_id"] >= offset and u["update_id"] not in known]
        for update in new:
            incoming = updates.read(update, self._bot.username, self._clock())
            number = incoming.update_id
            self._next = max(self._next, number + 1)
            if isinstance(incoming, updates.Ignored | updates.Malformed):
                self._confirmable.add(number)
                if isinstance(incoming, updates.Malformed):
                    log.error("an update that cannot be read is passed over")
            else:
                self._unconfirmed.add(number)
                self._begun[number] = incoming
                self._shown[number] = update
                self._idle.clear()
                self._start(self._answer(incoming))
        return len(new)

    def _hold(self) -> bool:
        """Keep in memory all that fills Telegram's window while the database is away.

        Returns whether there is room for more now.
        """
        if not self._turns.store_is_away or len(self._held) >= MOST_HELD:
            return False
        # Those whose answers are under way come last: until they are sent, Telegram's showing them
        # again is what outlives a kill.
        waiting = self._unconfirmed & self._begun.keys() or set(self._unconfirmed)
        self._file.keep(self._shown[number] for number in sorted(waiting))
        for number in waiting:
            self._held[number] = self._begun.get(number)
            self._confirm(number)
        log.warning("%d updates are held until the database is back", len(self._held))
        return bool(waiting)

    def _resume(self) -> None:
        """Begin with what an earlier run held."""
        for update in self._file.load():
            incoming = updates.read(update, self._bot.username, self._clock())
            if isinstance(incoming, updates.Ignored | updates.Malformed):
                self._file.done(incoming.update_id)
                continue
            self._begun[incoming.update_id] = self._held[incoming.update_id] = incoming
            self._start(self._answer(incoming))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, incoming: Incoming) -> None:
        number = incoming.update_id
        parcel = await self._turns.take(incoming)
        self._begun.pop(number, None)
        if isinstance(parcel, Held):
            return  # not without a deadline
        await self._parked.sent_or_parked(parcel)
        if not parcel.sent.done():  # parked
            self._done(number)
            self._confirm(number)
        await self._turns.finish(parcel)
        self._done(number)
        self._confirm(number)

    def _done(self, number: int) -> None:
        """Drop what was kept of an update in case it has to be held, or as it was."""
        self._held.pop(number, None)
        self._shown.pop(number, None)
        self._file.done(number)

    def _confirm(self, update_id: int) -> None:
        if update_id not in self._unconfirmed:
            return
        self._unconfirmed.remove(update_id)
        self._confirmable.add(update_id)
        offset = self._offset()
        self._confirmable = {number for number in self._confirmable if number >= offset}
        if not self._unconfirmed:
            self._idle.set()

    async def _finish(self) -> None:
        if self._unconfirmed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), GRACE)
        for incoming in tuple(self._held.values()):  # Telegram would not show them again
            if incoming is not None:
                self._turns.give_up(incoming)
        left = len(self._unconfirmed)
        if left:
            log.warning("%d updates are left to the next run", left)
        if self._next:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(LAST_WORD):
                    await self._bot.get_updates(
                        offset=self._offset(), limit=1, timeout=0, allowed_updates=updates.ALLOWED
                    )
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=0 if left else PARKED_GRACE)
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _pause(error: TelegramError, failures: int) -> float:
    """Say in the log what keeps us from getting updates; return how long to wait, in seconds."""
    pause = pause_after(failures)
    if isinstance(error, RetryAfter):
        pause = seconds(error.retry_after)
    if isinstance(error, Conflict):
        log.error(
            "another program is getting this bot's updates, or a webhook is set: stop it, or "
            "give one of the two another token. Again in %.1f s.",
            pause,
        )
    else:
        log.warning("getUpdates: %s, again in %.1f s", reason(error), pause)
    return pause
